package upsert

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// TestDoubtOfALaterVersion: what cannot be read of it is still a doubt.
func TestDoubtOfALaterVersion(t *testing.T) {
	for name, row := range map[string]struct {
		raw   string
		doubt bool
	}{
		"nothing":      {"", false},
		"ours":         {`{"sent":["custom_headers"]}`, true},
		"another form": {`[1]`, true},
		"other words":  {`{"sent":["something_new"]}`, true},
	} {
		t.Run(name, func(t *testing.T) {
			p := &privateValues{}
			if row.raw != "" {
				p.SetKey(t.Context(), doubtKey, []byte(row.raw))
			}
			var problems diag.Diagnostics
			d := ReadDoubt(t.Context(), p, &problems)
			if (d != nil) != row.doubt || problems.HasError() {
				t.Errorf("%v, %v", d, problems)
			}
			_ = d.MayHaveSet("integration")
			d.Settle(t.Context(), p, &problems)
			if after, _ := p.GetKey(t.Context(), doubtKey); after != nil {
				t.Errorf("%s is left", json.RawMessage(after))
			}
		})
	}
}

// privateValues plays the framework's private state.
type privateValues struct{ values map[string][]byte }

func (p *privateValues) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) {
	return p.values[key], nil
}

func (p *privateValues) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	if p.values == nil {
		p.values = map[string][]byte{}
	}
	p.values[key] = value
	return nil
}
