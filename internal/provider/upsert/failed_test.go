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
		for _, row := range []struct {
			name    string
			fault   fakeapi.Fault
			retries any // in the provider block
			said    string
		}{
			{"before the work", fakeapi.Fault{Status: http.StatusInternalServerError}, nil, "after 6 attempts"},
			{"after the work", fakeapi.Fault{Status: http.StatusInternalServerError, AfterProcessing: true}, 2, "after 3 attempts"},
			{"without an id", fakeapi.Fault{Rewrite: func([]byte) []byte { return []byte(`{"success":true,"data":{}}`) }}, nil, "no id"},
		} {
			t.Run(row.name, func(t *testing.T) {
				t.Parallel()
				w := acctest.NewWorld(t)
				fault := row.fault
				run := func() *acctest.Protocol {
					p := k.protocol(t, w)
					p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": row.retries}).None(t)
					return p
				}
				p := run()
				fail := func(op fakeapi.Op) {
					fault.Match = fakeapi.Match{Op: op}
					w.ClearFaults()
					w.Inject(fault)
				}

				fail(k.upsert)
				state, problems := p.Create(k.least)
				problems.Are(t, k.of("create", "same")).Hold(t, row.said, "no second copy")
				if !state.IsNull() {
					t.Errorf("the state holds %v", state)
				}
				w.ClearFaults()
				p = run()
				state, _ = p.Create(k.least)
				k.has(t, w, "same")

				fail(k.upsert)
				changed := k.values(acctest.Values{"current_status": "inactive"})
				p = run()
				after, problems := p.Apply(p.Plan(state, changed))
				problems.Are(t, k.of("update", "same")).Hold(t, row.said)
				if !after.Equal(state) {
					t.Errorf("the state is now\n%s\nwant\n%s", after, state)
				}
				w.ClearFaults()
				p = run()
				state, problems = p.Apply(p.Plan(state, changed))
				problems.None(t)
				if got := k.only(t, w).Fields["current_status"]; got != "inactive" {
					t.Errorf("the API has %v", got)
				}

				if fault.Status == 0 { // a delete has no answer with an id
					return
				}
				fail(k.delete)
				p = run()
				after, problems = p.Apply(p.Plan(state, nil))
				problems.Are(t, k.of("delete", "same")).Hold(t, "Deleting it again does no harm")
				if !after.Equal(state) {
					t.Errorf("the state is %s", after)
				}
				w.ClearFaults()
				_, problems = run().Apply(p.Plan(state, nil)) // where it is gone, the 404 is a success
				problems.None(t)
				k.has(t, w)
			})
		}
	})
}
