package agent_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const leastBody = `"label": "Front desk", "name": "Bianca", "description": "You answer the phone of a dental practice.", "language": "en-US",
	"interrupt_sensitivity": "medium", "endpointing_sensitivity": "auto", "ivr_navigation_mode": "off", "conversation_speed": 1,
	"initial_message_delay": 0, "ask_if_human_present_on_idle": true, "idle_time_seconds": 10, "llm_temperature": 0.7,
	"enable_recording": false, "direction": "inbound", "who_speaks_first": "agent"`

// empty is a fake without agents.
func empty(t *testing.T, options ...fakeapi.Option) (acctest.World, *acctest.Protocol) {
	t.Helper()
	w := acctest.NewWorld(t, options...)
	w.AddVoices()
	w.RemoveAgent(w.Agent)
	return w, w.Protocol(t).Of("talq_agent")
}

func TestCreateMakesOnlyTheCallsThatItNeeds(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		more   acctest.Values
		body   string // of the create, beside what every one sends
		more2  fakeapi.Op
		second string
	}{
		{"the least", acctest.Values{}, ``, "", ""},
		{"without a description", acctest.Values{"description": nil}, `, "description": null`, "", ""},
		{"with numbers", acctest.Values{"phone_number_ids": []any{"front-desk", "after-hours"}}, `, "phone_number_ids": ["after-hours", "front-desk"]`, "", ""},
		{"with no numbers", acctest.Values{"phone_number_ids": []any{}}, `, "phone_number_ids": []`, "", ""},
		{"with a voice", acctest.Values{"voice": basic()}, ``, fakeapi.OpUpdateVoice,
			`{"voice_id": "clara-basic", "conversation_speed": 1, "who_speaks_first": "agent", "language": "en-US"}`},
		{"with a setting", acctest.Values{"advanced_settings": cache(false)}, ``, fakeapi.OpUpdateAdvanced, `{"enable_initial_message_cache": false}`},
		{"with a setting of null", acctest.Values{"advanced_settings": cache(nil)}, ``, "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w, p := empty(t)
			config := acctest.ButWith(acctest.NewAgent(), row.more)
			state, said := p.Create(config)
			said.None(t)
			want := acctest.JSONObject(t, "{"+leastBody+row.body+"}")
			for field, value := range want {
				if value == nil {
					delete(want, field)
				}
			}
			sameBody(t, w, fakeapi.OpCreateAgent, acctest.ToJSON(t, want))
			ops := acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpCreateAgent: 1}
			if row.second != "" {
				sameBody(t, w, row.more2, row.second)
				ops[row.more2] = 1
			}
			w.Made(t, ops)
			for _, computed := range []string{"id", "revision", "created_at", "updated_at", "current_status"} {
				if p.Attribute(state, computed) == nil {
					t.Errorf("%s is null", computed)
				}
			}
			seen, said := p.Refresh(state)
			said.None(t)
			if plan := p.Plan(seen, config); !plan.State.Equal(seen) || len(plan.Said) > 0 {
				t.Errorf("the next plan is not empty: %s", plan.Said)
			}
		})
	}
}

// TestCreateIsAllOrNothing: where a second call fails, the agent that this call has just
// made is deleted again, and no state is saved.
func TestCreateIsAllOrNothing(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name string
		more acctest.Values
		said string
		hold []string
	}{
		{"a voice that there is not", acctest.Values{"voice": acctest.Values{"template_id": "nobody"}},
			"error at voice.template_id: No such voice", []string{"talq_voice_templates"}},
		{"a voice that needs more", acctest.Values{"voice": acctest.Values{"template_id": acctest.UltraVoice, "stability": 0.8}},
			`error at voice.similarity_boost: Could not update the voice of agent "Front desk" (agent-2)`, []string{"similarity field is required"}},
		{"a voice of another language", acctest.Values{"voice": basic(), "language": "de-DE"},
			`error at language: Could not update the voice of agent "Front desk" (agent-2)`, nil},
		{"an agent without calls", acctest.Values{"advanced_settings": cache(true), "direction": "outbound"},
			"error at advanced_settings.enable_initial_message_cache: The agent makes too few calls", []string{"700 calls in seven days"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w, p := empty(t)
			state, said := p.Create(acctest.ButWith(acctest.NewAgent(), row.more))
			said.Are(t, row.said).Hold(t, "was deleted again, so nothing is left of it").Hold(t, row.hold...)
			if !state.IsNull() || len(w.Agents()) > 0 {
				t.Errorf("left: state %s, agents %v", state, w.Agents())
			}
			if deletes := w.Requests(fakeapi.Match{Op: fakeapi.OpDeleteAgent}); len(deletes) != 1 || !deletes[0].Accepted {
				t.Errorf("the deletes are %v, want one that was accepted", deletes)
			}
		})
	}
}

// TestCreateThatCannotBeUndone names the agent that it leaves behind, and the next one makes
// no second agent.
func TestCreateThatCannotBeUndone(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAgent}, Status: 500, Body: `{"success":false,"message":"Internal server error."}`})
	config := acctest.ButWith(acctest.NewAgent(), acctest.Values{"voice": acctest.Values{"template_id": "nobody"}})
	state, said := p.Create(config)
	said.Are(t, "error at voice.template_id: No such voice").Hold(t, "agent-2", "could not delete it again", "terraform import ADDRESS agent-2", "It is in no state")
	if !state.IsNull() {
		t.Errorf("the state is %s", state)
	}
	w.ClearFaults()
	w.ForgetJournal()
	_, said = w.Protocol(t).Of("talq_agent").Create(acctest.ButWith(config, acctest.Values{"voice": basic()}))
	said.Are(t, "error: An agent like this exists already").Hold(t, "agent-2", "terraform import ADDRESS agent-2")
	w.Made(t, acctest.Ops{fakeapi.OpListAgents: 1})
}

// TestRefusedCreate: the API's remark stands on its attribute, and nothing is left.
func TestRefusedCreate(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	state, said := p.Create(acctest.ButWith(acctest.NewAgent(), acctest.Values{"phone_number_ids": []any{"nobody's"}}))
	said.Are(t, `error at phone_number_ids: Could not create the agent "Front desk"`).Hold(t, "phone_number_ids.0")
	if !state.IsNull() || len(w.Agents()) > 0 {
		t.Errorf("state %s, %d agents", state, len(w.Agents()))
	}
	w.Wrote(t, acctest.Ops{fakeapi.OpCreateAgent: 1})
}

// TestNoAgentsAtThisAddress: a 404 to a create is not about an agent.
func TestNoAgentsAtThisAddress(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, Status: 404, Body: `{"success":false,"message":"Not found"}`})
	_, said := p.Create(acctest.NewAgent())
	said.Are(t, `error: Could not create the agent "Front desk"`).Hold(t, "Check base_url", "phone_number_ids").Lack(t, "agent_id is wrong")
}

// lostAnswers are ways in which the answer to a create gets lost after the server has made
// the agent.
var lostAnswers = map[string]fakeapi.Fault{
	"dropped": {Drop: true}, "cut off": {Cut: true},
	"500":         {Status: 500, Body: `{"success":false,"message":"Internal server error."}`},
	"502 page":    {Status: 502, Body: "<html></html>"},
	"no agent":    {Status: 201, Body: `{"success":true}`},
	"a page":      {Status: 200, Body: "<html></html>"},
	"another one": {Status: 201, Body: `{"success":true,"data":{"name":"x"}}`},
}

// TestLostCreateIsFoundAgain: the one fresh agent that is all that was sent is taken over,
// and gets the voice that it lacks.
func TestLostCreateIsFoundAgain(t *testing.T) {
	t.Parallel()
	for name, fault := range lostAnswers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, p := empty(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ListedAgentsLack: []string{"phone_numbers", "description"}}))
			fault.Match, fault.AfterProcessing, fault.Times = fakeapi.Match{Op: fakeapi.OpCreateAgent}, true, 1
			w.Inject(fault)
			config := whole()
			state, said := p.Create(config)
			said.Are(t, "warning: An agent was found again").Hold(t, "agent-2 (created at ")
			p.Expect(state, acctest.Values{"id": "agent-2", "label": "Front desk"})
			if n := len(w.Agents()); n != 1 {
				t.Errorf("%d agents", n)
			}
			w.Wrote(t, acctest.Ops{fakeapi.OpCreateAgent: 1, fakeapi.OpUpdateVoice: 1})
			p = w.Protocol(t).Of("talq_agent")
			seen, said := p.Refresh(state)
			said.None(t)
			if plan := p.Plan(seen, config); !plan.State.Equal(seen) {
				t.Error("the next plan is not empty")
			}
		})
	}
}

// TestLostCreateThatIsNotCertain ends in an error that says what to look at. There is one
// create in any case.
func TestLostCreateThatIsNotCertain(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		more  func(acctest.World) // done before the search
		hold  []string
		lack  []string
	}{
		{"nothing was made", fakeapi.Fault{Drop: true}, nil, []string{"There is no new agent with this label", "there will be no second agent"}, nil},
		{"somebody made another like it", fakeapi.Fault{Drop: true, AfterProcessing: true}, func(w acctest.World) {
			w.AddAgent(twin(nil))
		}, []string{"agent-2 (created at ", "made-by-hand (created at ", "terraform import ADDRESS ID"}, nil},
		{"what was made was changed at once", fakeapi.Fault{Drop: true, AfterProcessing: true}, func(w acctest.World) {
			w.EditAgent("agent-2", map[string]any{"interrupt_sensitivity": "low"})
		}, []string{"agent-2 (created at "}, nil},
		{"an older one is no candidate", fakeapi.Fault{Drop: true}, func(w acctest.World) {
			w.AddAgent(twin(map[string]any{"interrupt_sensitivity": "low"}))
			w.EditAgent("made-by-hand", map[string]any{"created_at": "2024-01-15T10:30:00Z"})
		}, []string{"There is no new agent with this label"}, []string{"made-by-hand"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w, p := empty(t)
			row.fault.Match = fakeapi.Match{Op: fakeapi.OpCreateAgent}
			w.Inject(row.fault)
			searches := 0
			w.Before(func(r fakeapi.Request) {
				if r.Op == fakeapi.OpListAgents {
					if searches++; searches == 2 && row.more != nil {
						row.more(w)
					}
				}
			})
			state, said := p.Create(acctest.NewAgent())
			said.Are(t, `error: Could not create the agent "Front desk"`).Hold(t, row.hold...).Lack(t, row.lack...)
			if !state.IsNull() {
				t.Errorf("state %s", state)
			}
			w.Wrote(t, acctest.Ops{fakeapi.OpCreateAgent: 1})
		})
	}
	t.Run("the search fails too", func(t *testing.T) {
		t.Parallel()
		w, p := empty(t)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, AfterProcessing: true, Drop: true})
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Skip: 1, Status: 403, Body: `{"success":false,"message":"No."}`})
		_, said := p.Create(acctest.NewAgent())
		said.Are(t, `error: Could not create the agent "Front desk"`).Hold(t, "The search for what it may have created failed too", `the label "Front desk"`)
	})
}

// twin is an agent that somebody makes in the dashboard, just like [acctest.NewAgent].
func twin(but map[string]any) fakeapi.AgentSeed {
	fields := map[string]any{"label": "Front desk", "description": "You answer the phone of a dental practice.", "language": "en-US",
		"interrupt_sensitivity": "medium", "conversation_speed": 1, "initial_message_delay": 0, "ask_if_human_present_on_idle": true,
		"initial_message": nil, "who_speaks_first": "agent", "phone_number_ids": []any{}, "voice": nil}
	for field, value := range but {
		fields[field] = value
	}
	return fakeapi.AgentSeed{ID: "made-by-hand", Name: "Bianca", Fields: fields}
}

// TestFoundAgentIsNotDeleted: it may be somebody else's after all.
func TestFoundAgentIsNotDeleted(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, AfterProcessing: true, Drop: true})
	state, said := p.Create(acctest.ButWith(acctest.NewAgent(), acctest.Values{"voice": acctest.Values{"template_id": "nobody"}}))
	said.Are(t, "warning: An agent was found again", "error at voice.template_id: No such voice").Hold(t, "not deleted again", "terraform import ADDRESS agent-2")
	if !state.IsNull() || len(w.Agents()) != 1 {
		t.Errorf("state %s, %d agents", state, len(w.Agents()))
	}
}

// TestCreateFindsWhatAKilledProviderMade: the agent is there and no state holds it.
func TestCreateFindsWhatAKilledProviderMade(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	if _, said := p.Create(whole()); len(said) > 0 {
		t.Fatal(said)
	}
	later := func() *acctest.Protocol { w.ForgetJournal(); return w.Protocol(t).Of("talq_agent") }
	_, said := later().Create(whole())
	said.Are(t, "error: An agent like this exists already").Hold(t, "agent-2 (created at ", "terraform import ADDRESS agent-2", "another label")
	w.Made(t, acctest.Ops{fakeapi.OpListAgents: 1})

	for name, edit := range map[string]func(){
		"another prompt": func() { w.EditAgent("agent-2", map[string]any{"description": "Somebody's."}) },
		"an action":      func() { w.AddAction("agent-2", acctest.TakenHold("x")) },
		"published":      func() { w.SetPublished("agent-2", true) },
	} {
		w.RemoveAgent("agent-2")
		for _, a := range w.Agents() {
			w.RemoveAgent(a.ID)
		}
		w.AddAgent(fakeapi.AgentSeed{ID: "agent-2", Name: "Bianca", Fields: twin(nil).Fields})
		edit()
		_, said := later().Create(acctest.NewAgent())
		if len(said) > 0 {
			t.Errorf("%s: %s", name, said)
		}
		w.Wrote(t, acctest.Ops{fakeapi.OpCreateAgent: 1})
	}
}

// TestEqualAgentsOfOneRunAreTwo: neither takes the other one's agent for its own, not even
// when an answer gets lost.
func TestEqualAgentsOfOneRunAreTwo(t *testing.T) {
	t.Parallel()
	for _, lost := range []int{0, 1} {
		w, p := empty(t)
		if lost > 0 {
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, Times: lost, AfterProcessing: true, Drop: true})
		}
		ids := make(chan any, 2)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				state, said := p.Create(acctest.NewAgent())
				for _, r := range said {
					if r.Severity == "error" {
						t.Error(r)
					}
				}
				if !state.IsNull() {
					ids <- p.Attribute(state, "id")
				}
			})
		}
		both.Wait()
		close(ids)
		first, second := <-ids, <-ids
		if first == nil || second == nil || first == second || len(w.Agents()) != 2 {
			t.Errorf("%d lost: the agents are %v and %v, and the server has %d", lost, first, second, len(w.Agents()))
		}
	}
}

// TestNewAgentNeedsWhatAnImportDoesNotBring at plan, but an unknown value will do.
func TestNewAgentNeedsWhatAnImportDoesNotBring(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t).Of("talq_agent")
	for field := range unread {
		p.Plan(p.Action(nil), acctest.ButWith(acctest.NewAgent(), acctest.Values{field: nil})).
			Are(t, "error at "+field+": Missing attribute of a new agent")
		p.Plan(p.Action(nil), acctest.ButWith(acctest.NewAgent(), acctest.Values{field: acctest.Unknown})).None(t)
		p.Validate(acctest.ButWith(acctest.NewAgent(), acctest.Values{field: nil})).None(t)
	}
}

// TestCreateSaysNothingOfTheServersRaw: texts of the server's reach no terminal as they are.
func TestCreateSaysNothingOfTheServersRaw(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, Drop: true})
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Skip: 1, Rewrite: func([]byte) []byte {
		evil := strings.TrimSpace(acctest.ToJSON(t, acctest.Evil))
		return []byte(`{"success":true,"data":[{"id":"x","label":"Front desk","created_at":"2999-01-01T00:00:00Z","name":` + evil + `,"description":` + evil + `}]}`)
	}})
	_, said := p.Create(acctest.NewAgent())
	said.Lack(t, "\x1b", "\u202e", "\u009b").Hold(t, "x (created at 2999-01-01T00:00:00Z)")
}
