package upsert_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestWrongNodeID updates after an import under a node id that is not the imported one's own:
// no work of somebody's is lost, and the state stays.
func TestWrongNodeID(t *testing.T) {
	upsert503 := func(k kind) *fakeapi.Fault {
		return &fakeapi.Fault{Match: fakeapi.Match{Op: k.upsert}, Times: 1, Status: http.StatusServiceUnavailable}
	}
	each(t, func(t *testing.T, k kind) {
		for _, row := range []struct {
			name  string
			other func(w acctest.World) // adds what the wrong node id belongs to, if anything
			fault *fakeapi.Fault        // of the update
			says  []string              // beside the first line
			left  []string              // node ids
			made  acctest.Ops
		}{
			{"The update overwrote another " + string(k.Kind), func(w acctest.World) { k.theirs(w, "wrong") }, nil,
				[]string{string(k.Kind) + "-2", "nothing was deleted", "Earlier writes of this run have put agent agent-1 into draft"}, []string{"right", "wrong"}, acctest.Ops{k.upsert: 1}},
			{"The update overwrote another " + string(k.Kind), func(w acctest.World) { k.like(w, "wrong") }, nil, // fresh by its times, and not by the listing
				[]string{string(k.Kind) + "-2"}, []string{"right", "wrong"}, acctest.Ops{k.upsert: 1}},
			{"The update found no " + string(k.Kind), nil, nil,
				[]string{"which was deleted again"}, []string{"right"}, acctest.Ops{k.upsert: 1, k.delete: 1}},
			{"The update found no " + string(k.Kind), nil, &fakeapi.Fault{Match: fakeapi.Match{Op: k.upsert}, Times: 1, Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}}, // is no attempt
				[]string{"which was deleted again"}, []string{"right"}, acctest.Ops{k.upsert: 2, k.delete: 1}},
			{"The update overwrote or created " + k.One(), nil, upsert503(k), // so the new one may be somebody's
				[]string{"nothing was deleted", "Earlier writes of this run have put agent agent-1 into draft"}, []string{"right", "wrong"}, acctest.Ops{k.upsert: 2}},
			{"The update overwrote or created " + k.One(), nil, &fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Status: http.StatusInternalServerError}, // so there is no listing from before
				[]string{"nothing was deleted", "Earlier writes of this run have put agent agent-1 into draft"}, []string{"right", "wrong"}, acctest.Ops{k.upsert: 1}},
			{"Could not delete the " + string(k.Kind) + " " + string(k.Kind) + "-2 again", nil, &fakeapi.Fault{Match: fakeapi.Match{Op: k.delete}, Status: http.StatusInternalServerError},
				[]string{"first delete " + string(k.Kind) + "-2 in the dashboard"}, []string{"right", "wrong"}, acctest.Ops{k.upsert: 1, k.delete: 2}},
		} {
			for _, form := range []string{"", "/wrong"} { // of the import id
				t.Run(row.name+", imported as ID"+form, func(t *testing.T) {
					t.Parallel()
					w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{UntouchedWhenEqual: true}))
					id := k.theirs(w, "right")
					p := k.protocol(t, w)
					state, _ := p.ImportByID("agent-1/" + id + form)
					if row.other != nil {
						row.other(w)
					}
					p = k.protocol(t, w)
					p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": 1})
					plan := p.Plan(state, k.values(acctest.Values{"node_id": "wrong"}))
					if row.fault != nil {
						w.Inject(*row.fault)
					}

					after, said := p.Apply(plan)

					if len(said) != 1 || said[0].Severity != "error" {
						t.Errorf("it is said: %s", said)
					}
					said.Hold(t, row.name).Hold(t, row.says...)
					if !k.hidden {
						said.Lack(t, "what the API does not return")
					}
					k.has(t, w, row.left...)
					w.Wrote(t, row.made)
					if !after.Equal(state) {
						t.Errorf("the state is now\n%s\nwant\n%s", after, state)
					}
				})
			}
		}
	})
}

// TestWaysOutOfAWrongNodeID tries what the error advises.
func TestWaysOutOfAWrongNodeID(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		start := func(t *testing.T, form string) (acctest.World, *acctest.Workspace, string) {
			t.Parallel()
			w := acctest.NewWorld(t)
			id := k.theirs(w, "right")
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", k.config("a", "wrong", ""))
			ws.Terraform("import", k.address(), "agent-1/"+id+form).Exits(0)
			return w, ws, id
		}
		t.Run("the state has none: the right one", func(t *testing.T) {
			w, ws, _ := start(t, "")
			ws.ApplyFails().Says("The update found no " + string(k.Kind))
			ws.Terraform("plan", "-detailed-exitcode").Exits(2)
			ws.Write("main.tf", k.config("a", "right", ""))
			ws.Apply().Says("0 added, 1 changed, 0 destroyed")
			ws.PlanEmpty()
			k.has(t, w, "right")
		})
		t.Run("the state has none: -replace under a new one", func(t *testing.T) {
			w, ws, _ := start(t, "")
			ws.ApplyFails().Says("terraform apply -replace=ADDRESS")
			ws.Write("main.tf", k.config("a", "mine", ""))
			ws.Apply("-replace=" + k.address()).Says("1 added, 0 changed, 1 destroyed")
			ws.PlanEmpty()
			k.has(t, w, "mine")
		})
		t.Run("the state has a wrong one: a new one replaces", func(t *testing.T) {
			w, ws, _ := start(t, "/wrong")
			ws.ApplyFails().Says("terraform state rm", "the plan then replaces the "+string(k.Kind))
			ws.Write("main.tf", k.config("a", "mine", ""))
			ws.Apply().Says("1 added, 0 changed, 1 destroyed")
			ws.PlanEmpty()
			k.has(t, w, "mine")
		})
		t.Run("the state has a wrong one: import it again", func(t *testing.T) {
			w, ws, id := start(t, "/wrong")
			ws.ApplyFails()
			ws.Terraform("state", "rm", k.address()).Exits(0)
			ws.Terraform("import", k.address(), "agent-1/"+id+"/right").Exits(0)
			ws.Write("main.tf", k.config("a", "right", ""))
			ws.Apply().Says("0 added, 1 changed, 0 destroyed")
			ws.PlanEmpty()
			k.has(t, w, "right")
		})
	})
}

// TestUpdateOfWhatWasDeletedMeanwhile: deleted between plan and apply, it is there again under
// another id, which the next apply takes over.
func TestUpdateOfWhatWasDeletedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", k.config("a", "same", ""))
		ws.Apply()
		ws.Write("main.tf", k.config("a", "same", `current_status = "inactive"`))
		ws.Terraform("plan", "-out=saved.tfplan").Exits(0)
		k.remove(w, k.only(t, w).ID)

		ws.Terraform("apply", "saved.tfplan").Exits(1).
			Says("The "+string(k.Kind)+" was deleted meanwhile", "Most likely somebody deleted ours", "Nothing was deleted", "takes over "+string(k.Kind)+"-2")

		ws.Apply().Says("1 added, 0 changed, 0 destroyed")
		ws.PlanEmpty()
		k.has(t, w, "same")
		if got, want := k.only(t, w).ID, string(k.Kind)+"-2"; got != want {
			t.Errorf("the agent has %s, want %s", got, want)
		}
		w.Wrote(t, acctest.Ops{k.upsert: 3})
	})
}
