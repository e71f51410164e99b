package upsert_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestFailedWrites leave the state as it was, whether the server has done the work or not, and
// the next apply does it.
func TestFailedWrites(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		for name, fault := range map[string]fakeapi.Fault{
			"before the work": {Status: http.StatusInternalServerError},
			"after the work":  {Status: http.StatusInternalServerError, AfterProcessing: true},
			"without an id":   {Rewrite: func([]byte) []byte { return []byte(`{"success":true,"data":{}}`) }},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := acctest.NewWorld(t)
				p := k.protocol(t, w)
				said := "after 6 attempts"
				if fault.Status == 0 {
					said = "no id"
				}
				fail := func(op fakeapi.Op) {
					fault.Match = fakeapi.Match{Op: op}
					w.ClearFaults()
					w.Inject(fault)
				}

				fail(k.upsert)
				state, problems := p.Create(k.least)
				problems.Are(t, k.of("create", "same")).Hold(t, said, "no second copy")
				if !state.IsNull() {
					t.Errorf("the state holds %v", state)
				}
				w.ClearFaults()
				p = k.protocol(t, w)
				state, _ = p.Create(k.least)
				k.has(t, w, "same")

				fail(k.upsert)
				changed := k.values(acctest.Values{"current_status": "inactive"})
				p = k.protocol(t, w)
				after, problems := p.Apply(p.Plan(state, changed))
				problems.Are(t, k.of("update", "same")).Hold(t, said)
				if !after.Equal(state) {
					t.Errorf("the state is now\n%s\nwant\n%s", after, state)
				}
				w.ClearFaults()
				p = k.protocol(t, w)
				state, problems = p.Apply(p.Plan(state, changed))
				problems.None(t)
				if got := k.only(t, w).Fields["current_status"]; got != "inactive" {
					t.Errorf("the API has %v", got)
				}

				if fault.Status == 0 { // a delete has no answer with an id
					return
				}
				fail(k.delete)
				p = k.protocol(t, w)
				after, problems = p.Apply(p.Plan(state, nil))
				problems.Are(t, k.of("delete", "same")).Hold(t, "Deleting it again does no harm")
				if !after.Equal(state) {
					t.Errorf("the state is %s", after)
				}
				w.ClearFaults()
				_, problems = k.protocol(t, w).Apply(p.Plan(state, nil)) // where it is gone, the 404 is a success
				problems.None(t)
				k.has(t, w)
			})
		}
	})
}
