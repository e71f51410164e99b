package action_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// A 422 of the API's goes all the way through a resource: the type that errors.As
// looks for is the type that the client returns.
func TestDiagnosticsThroughAResource(t *testing.T) {
	config := func(w acctest.World) acctest.Values {
		return acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"agent_id": w.Agent, "name": "N", "node_id": "n",
			"inputs": []any{acctest.Values{"name": "a"}, acctest.Values{"name": "b"}}, "custom_headers": acctest.Values{"X-B": acctest.SomeSecret, "X-A": "first"}})
	}
	could := `Could not create the action "N" (n) of agent agent-1`
	for _, row := range []struct {
		name, body string
		heads      []string
		says       []string
	}{
		{"a map of fields", `{"success":false,"message":"The given data was invalid.","errors":{"inputs.1.name":["Odd."],"custom_headers.1.value":["Bad: ` + acctest.SomeSecret + `"],"node_id":["Taken."],"quota":["Used up."]}}`,
			[]string{"error at inputs[1].name: " + could, "error at custom_headers[X-B]: " + could, "error at node_id: " + could, "error: " + could}, []string{"Odd.", "Taken.", "quota: Used up."}},
		{"a list", `{"success":false,"message":"Refused.","errors":["One.","Two."]}`, []string{"error: " + could}, []string{"Refused.", "One. Two."}},
		{"no message in English", `{"message":"été refusé"}`, []string{"error: " + could}, []string{"Été refusé"}},
		{"no JSON", `<html>422</html>`, []string{"error: " + could}, []string{"proxy"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Status: 422, Body: row.body})
			state, got := w.Protocol(t).Create(config(w))
			got.Are(t, row.heads...).Hold(t, row.says...).Lack(t, acctest.SomeSecret, w.Token())
			if !state.IsNull() {
				t.Errorf("a state was saved: %v", acctest.Plain(t, state))
			}
		})
	}
	t.Run("the fake's own rules", func(t *testing.T) {
		w := acctest.NewWorld(t)
		p := w.Protocol(t)
		// A plan that never passed validate, as when a value becomes known too late.
		state, got := p.Create(acctest.ButWith(config(w), acctest.Values{"url": "no url", "inputs": []any{acctest.Values{"name": "a"}, acctest.Values{"name": " "}}}))
		got.Are(t, "error at url: "+could, "error at inputs[1].name: "+could).Hold(t, "The url field must be a valid URL.", "HTTP 422")
		if !state.IsNull() || len(w.Actions(w.Agent)) > 0 {
			t.Errorf("state %v, %d actions", acctest.Plain(t, state), len(w.Actions(w.Agent)))
		}
	})
}
