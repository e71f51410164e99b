package action

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

func TestRequestJoinsBothMaps(t *testing.T) {
	plain := func(names ...string) func(*actionModel) {
		return func(m *actionModel) {
			headers := map[string]string{}
			for _, name := range names {
				headers[name] = "plain"
			}
			m.CustomHeaders = headerMap(headers)
		}
	}
	writeOnly := func(names ...string) func(*actionModel) {
		return func(m *actionModel) {
			headers := map[string]string{}
			for _, name := range names {
				headers[name] = "secret"
			}
			m.HeadersWOVersion, m.WriteOnly = types.Int64Value(1), tfvalue.HeadersOf(headerMap(headers))
		}
	}
	wrote := func(m *actionModel) { m.HeadersWOVersion = types.Int64Value(1) } // what a state knows
	for name, row := range map[string]struct {
		plan, prior []func(*actionModel)
		want        string // "" where it is left out
	}{
		"none, never":                            {nil, nil, ""},
		"write-only ones":                        {[]func(*actionModel){writeOnly("X-B", "X-A")}, nil, "[X-A: secret, X-B: secret]"},
		"both, in the order of the names":        {[]func(*actionModel){plain("X-C", "X-A"), writeOnly("X-B")}, nil, "[X-A: plain, X-B: secret, X-C: plain]"},
		"an empty map":                           {[]func(*actionModel){writeOnly()}, nil, "[]"},
		"write-only ones as before":              {[]func(*actionModel){writeOnly("X-A")}, []func(*actionModel){wrote}, "[X-A: secret]"},
		"write-only ones taken out":              {nil, []func(*actionModel){wrote}, "[]"},
		"write-only ones taken out, plain stay":  {[]func(*actionModel){plain("X-A")}, []func(*actionModel){wrote, plain("X-A")}, "[X-A: plain]"},
		"plain ones taken out, write-only stay":  {[]func(*actionModel){writeOnly("X-A")}, []func(*actionModel){wrote, plain("X-B")}, "[X-A: secret]"},
		"both taken out":                         {nil, []func(*actionModel){wrote, plain("X-A")}, "[]"},
		"moved from the plain to the write-only": {[]func(*actionModel){writeOnly("X-A")}, []func(*actionModel){plain("X-A")}, "[X-A: secret]"},
		"moved from the write-only to the plain": {[]func(*actionModel){plain("X-A")}, []func(*actionModel){wrote}, "[X-A: plain]"},
	} {
		t.Run(name, func(t *testing.T) {
			m, prior := someAction("webhook"), someAction("webhook")
			for _, change := range row.plan {
				change(&m)
			}
			for _, change := range row.prior {
				change(&prior)
			}
			want := map[string]string{"custom_headers": row.want}
			if row.want == "" {
				want = nil
			}
			expectBody(t, m, &prior, want)
		})
	}
}
