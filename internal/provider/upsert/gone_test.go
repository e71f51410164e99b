package upsert_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAbsenceIsConfirmed: the agent's answer alone takes nothing out of the state, only a whole
// listing that lacks it too.
func TestAbsenceIsConfirmed(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		w := acctest.NewWorld(t)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", k.config("a", "same", ""))
		ws.Apply()
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Times: 1, Rewrite: func(body []byte) []byte {
			return bytes.ReplaceAll(body, []byte(`"`+string(k.Kind)+`-1"`), []byte(`"`+string(k.Kind)+`-9"`))
		}})
		w.ForgetJournal()

		ws.PlanEmpty().SaysNot(k.CapitalOne() + " is gone")

		w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, k.list: 1})
	})
}

// TestAnAgentThatCannotBeReadTakesNothingOut of the state: its own answer comes first.
func TestAnAgentThatCannotBeReadTakesNothingOut(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		for name, row := range map[string]struct {
			fault fakeapi.Fault
			says  string
		}{
			"404 on the agent":       {fakeapi.Fault{Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found"}`}, "The agent was deleted, and its " + string(k.Kind) + "s with it"},
			"in another environment": {fakeapi.Fault{Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found in this environment."}`}, "terraform state rm"},
			"500":                    {fakeapi.Fault{Status: http.StatusInternalServerError, Body: `{"message":"Internal server error."}`}, "Internal server error"},
			"an empty answer":        {fakeapi.Fault{Status: http.StatusOK, Body: " "}, ""},
			"null":                   {fakeapi.Fault{Body: `{"success":true,"data":null}`}, "null"},
			"a web page":             {fakeapi.Fault{Body: "<html>"}, "no JSON"},
			"an answer cut off":      {fakeapi.Fault{Cut: true}, ""},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := acctest.NewWorld(t)
				state, said := k.protocol(t, w).Create(k.least)
				said.None(t)
				p := k.protocol(t, w)
				p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": 0})
				w.Inject(row.fault)

				after, said := p.Refresh(state)

				said.Are(t, k.of("read", "same")).Hold(t, row.says)
				if after.IsNull() {
					t.Error("it left the state")
				}
			})
		}
	})
}

// TestDeleteOfWhatIsGone succeeds, unless the token may be of another environment.
func TestDeleteOfWhatIsGone(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		for name, row := range map[string]struct {
			body  string
			heads []string
		}{
			"it is gone":             {`{"success":false,"message":"` + k.CapitalWord() + ` not found"}`, nil},
			"the agent is gone":      {`{"success":false,"message":"Agent not found"}`, nil},
			"in another environment": {`{"success":false,"message":"Agent not found in this environment."}`, []string{k.of("delete", "same")}},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := acctest.NewWorld(t)
				state, _ := k.protocol(t, w).Create(k.least)
				p := k.protocol(t, w)
				w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: k.delete}, Status: http.StatusNotFound, Body: row.body})

				_, said := p.Apply(p.Plan(state, nil))

				said.Are(t, row.heads...)
			})
		}
	})
}

// TestALaterWalkOfOneProvider: `terraform test` may use one configured provider for all walks.
// What an earlier one has written is no takeover in a later one.
func TestALaterWalkOfOneProvider(t *testing.T) {
	each(t, func(t *testing.T, k kind) {
		w := acctest.NewWorld(t)
		p := k.protocol(t, w)
		state, said := p.Create(k.least)
		said.None(t)
		state, said = p.Refresh(state)
		said.None(t)
		_, said = p.Apply(p.Plan(state, nil))
		said.None(t)
		k.has(t, w)
	})
}
