package action

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
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
			d := readDoubt(t.Context(), p, &problems)
			if (d != nil) != row.doubt || problems.HasError() {
				t.Errorf("%v, %v", d, problems)
			}
			_ = d.mayHaveSet("integration")
			d.settle(t.Context(), p, &problems)
			if after, _ := p.GetKey(t.Context(), doubtKey); after != nil {
				t.Errorf("%s is left", json.RawMessage(after))
			}
		})
	}
}

// privateValues stands in for the framework's private state.
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

// TestDoubtKnowsEveryHiddenAttribute: one that is forgotten keeps what an update of
// unknown outcome may have written.
func TestDoubtKnowsEveryHiddenAttribute(t *testing.T) {
	t.Parallel()
	everything := actionModel{
		AgentID: types.StringValue("a"), NodeID: types.StringValue("n"), Type: types.StringValue(TypeWebhook), Inputs: types.ListNull(inputType),
		AuthorizationScheme: types.StringValue("bearer"), CustomHeaders: types.MapValueMust(types.StringType, map[string]attr.Value{"X-Key": types.StringValue("v")}),
		ExecutionMode: types.StringValue("post_call"), Integration: types.ObjectValueMust(integrationType.AttrTypes, map[string]attr.Value{"id": types.StringValue("crm")}),
		SpeakOnSend: types.StringValue("a"), SpeakOnReceive: types.StringValue("b"),
	}
	sent, diags := everything.createRequest(nil, nil)
	if diags.HasError() {
		t.Fatal(diags)
	}
	d := newDoubt(sent)
	var known []string
	for _, h := range hiddenAttributes {
		known = append(known, h.name)
	}
	if got, want := slices.Sorted(slices.Values(d.Sent)), slices.Sorted(slices.Values(known)); !slices.Equal(got, want) {
		t.Errorf("the doubt is about %v, hidden are %v", got, want)
	}
	nothing := actionModel{AgentID: everything.AgentID, NodeID: everything.NodeID, Type: everything.Type, Inputs: everything.Inputs}
	after, diags := nothing.createRequest(&nothing, d)
	if diags.HasError() {
		t.Fatal(diags)
	}
	for _, h := range hiddenAttributes {
		if !h.isSent(&after) {
			t.Errorf("after a doubtful update %s is not taken away", h.name)
		}
	}
}
