package provider

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// A 422 of the API's goes all the way through a resource: the type that errors.As
// looks for is the type that the client returns.
func TestDiagnosticsThroughAResource(t *testing.T) {
	config := func(w world) given {
		return butWith(minimal("webhook"), given{"agent_id": w.agent, "name": "N", "node_id": "n",
			"inputs": []any{given{"name": "a"}, given{"name": "b"}}, "custom_headers": given{"X-B": someSecret, "X-A": "first"}})
	}
	could := `Could not create the action "N" (n) of agent agent-1`
	for _, row := range []struct {
		name, body string
		heads      []string
		says       []string
	}{
		{"a map of fields", `{"success":false,"message":"The given data was invalid.","errors":{"inputs.1.name":["Odd."],"custom_headers.1.value":["Bad: ` + someSecret + `"],"node_id":["Taken."],"quota":["Used up."]}}`,
			[]string{"error at inputs[1].name: " + could, "error at custom_headers[X-B]: " + could, "error at node_id: " + could, "error: " + could}, []string{"Odd.", "Taken.", "quota: Used up."}},
		{"a list", `{"success":false,"message":"Refused.","errors":["One.","Two."]}`, []string{"error: " + could}, []string{"Refused.", "One. Two."}},
		{"no message in English", `{"message":"été refusé"}`, []string{"error: " + could}, []string{"Été refusé"}},
		{"no JSON", `<html>422</html>`, []string{"error: " + could}, []string{"proxy"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := newWorld(t)
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Status: 422, Body: row.body})
			state, got := w.protocol(t).create(config(w))
			got.Are(t, row.heads...).Hold(t, row.says...).Lack(t, someSecret, w.Token())
			if !state.IsNull() {
				t.Errorf("a state was saved: %v", plain(t, state))
			}
		})
	}
	t.Run("the fake's own rules", func(t *testing.T) {
		w := newWorld(t)
		p := w.protocol(t)
		// A plan that never passed validate, as when a value becomes known too late.
		state, got := p.create(butWith(config(w), given{"url": "no url", "inputs": []any{given{"name": "a"}, given{"name": " "}}}))
		got.Are(t, "error at url: "+could, "error at inputs[1].name: "+could).Hold(t, "The url field must be a valid URL.", "HTTP 422")
		if !state.IsNull() || len(w.Actions(w.agent)) > 0 {
			t.Errorf("state %v, %d actions", plain(t, state), len(w.Actions(w.agent)))
		}
	})
}
