package agent_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestUpdateSendsOnlyThePartsThatChanged, each with all of its fields.
func TestUpdateSendsOnlyThePartsThatChanged(t *testing.T) {
	t.Parallel()
	louder := acctest.ButWith(ultra(), acctest.Values{"ambient_volume": 2})
	for _, row := range []struct {
		name   string
		from   acctest.Values
		to     acctest.Values
		bodies map[fakeapi.Op]string
	}{
		{"nothing", acctest.Values{}, acctest.Values{}, nil},
		{"what the API knows nothing of", acctest.Values{}, acctest.Values{"deletion_protection": false}, nil},
		{"a temperature", acctest.Values{}, acctest.Values{"llm_temperature": 0.25}, map[fakeapi.Op]string{
			fakeapi.OpUpdateKnowledge: `{"description": "You answer the phone of a dental practice.", "initial_message": "Good morning, dental practice Miller.",
				"interrupt_sensitivity": "medium", "ask_if_human_present_on_idle": true, "llm_temperature": 0.25, "initial_message_delay": 0}`}},
		{"no first message", acctest.Values{}, acctest.Values{"initial_message": nil}, map[fakeapi.Op]string{
			fakeapi.OpUpdateKnowledge: `{"description": "You answer the phone of a dental practice.", "initial_message": null,
				"interrupt_sensitivity": "medium", "ask_if_human_present_on_idle": true, "llm_temperature": 0.7, "initial_message_delay": 0}`}},
		{"no temperature, which is no change", acctest.Values{}, acctest.Values{"llm_temperature": nil}, nil},
		{"no temperature, and a prompt", acctest.Values{}, acctest.Values{"llm_temperature": nil, "description": "You are brief."}, map[fakeapi.Op]string{
			fakeapi.OpUpdateKnowledge: `{"description": "You are brief.", "initial_message": "Good morning, dental practice Miller.",
				"interrupt_sensitivity": "medium", "ask_if_human_present_on_idle": true, "llm_temperature": 0.7, "initial_message_delay": 0}`}},
		{"a simpler voice", acctest.Values{"voice": louder}, acctest.Values{"voice": basic()}, map[fakeapi.Op]string{
			fakeapi.OpUpdateVoice: `{"voice_id": "clara-basic", "conversation_speed": 1, "who_speaks_first": "agent", "language": "en-US",
				"ambient_background": null, "ambient_volume": 1}`}},
		{"a volume", acctest.Values{}, acctest.Values{"voice": louder}, map[fakeapi.Op]string{
			fakeapi.OpUpdateVoice: `{"voice_id": "clara-ultra", "conversation_speed": 1, "who_speaks_first": "agent", "language": "en-US",
				"ambient_background": "office", "ambient_volume": 2, "stability": 0.8, "similarity": 0.75}`}},
		{"the first voice", acctest.Values{"voice": nil}, acctest.Values{}, map[fakeapi.Op]string{fakeapi.OpUpdateVoice: wholeVoice}},
		{"no numbers", acctest.Values{}, acctest.Values{"phone_number_ids": nil}, map[fakeapi.Op]string{
			fakeapi.OpUpdateCalling: `{"direction": "inbound", "phone_number_ids": []}`}},
		{"an empty set for no numbers", acctest.Values{"phone_number_ids": nil}, acctest.Values{"phone_number_ids": []any{}}, nil},
		{"no numbers for an empty set", acctest.Values{"phone_number_ids": []any{}}, acctest.Values{"phone_number_ids": nil}, nil},
		{"a direction, and numbers that were never set", acctest.Values{"phone_number_ids": nil}, acctest.Values{"phone_number_ids": nil, "direction": "outbound"},
			map[fakeapi.Op]string{fakeapi.OpUpdateCalling: `{"direction": "outbound"}`}},
		{"a setting", acctest.Values{}, acctest.Values{"advanced_settings": cache(false)}, map[fakeapi.Op]string{
			fakeapi.OpUpdateAdvanced: `{"enable_initial_message_cache": false}`}},
		{"a setting of null", acctest.Values{}, acctest.Values{"advanced_settings": cache(nil)}, nil},
		{"no setting after one", acctest.Values{"advanced_settings": cache(false)}, acctest.Values{}, map[fakeapi.Op]string{
			fakeapi.OpUpdateAdvanced: `{"enable_initial_message_cache": false}`}},
		{"all parts", acctest.Values{}, acctest.Values{"interrupt_sensitivity": "low", "who_speaks_first": "user", "direction": "outbound", "advanced_settings": cache(false)},
			map[fakeapi.Op]string{fakeapi.OpUpdateKnowledge: "", fakeapi.OpUpdateVoice: "", fakeapi.OpUpdateCalling: "", fakeapi.OpUpdateAdvanced: ""}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := staged(t, acctest.ButWith(whole(), row.from))
			config := acctest.ButWith(whole(), row.to)
			plan := s.Plan(s.state, config)
			plan.None(t)
			if unknown := s.Attribute(plan.State, "revision") == acctest.Unknown; unknown != (len(row.bodies) > 0) {
				t.Errorf("the revision is unknown: %t", unknown)
			}
			state, said := s.Apply(plan)
			said.None(t)
			ops := acctest.Ops{}
			for op, body := range row.bodies {
				if ops[op] = 1; body != "" {
					sameBody(t, s.World, op, body)
				}
			}
			s.Made(t, ops)
			if same := s.Attribute(state, "revision") == s.Attribute(s.state, "revision"); same != (len(row.bodies) == 0) {
				t.Errorf("the revision is the same: %t", same)
			}
			s = s.restarted(t)
			seen, said := s.Refresh(state)
			said.None(t)
			if again := s.Plan(seen, config); !again.State.Equal(seen) || len(again.Said) > 0 {
				t.Errorf("the next plan is not empty: %s", again.Said)
			}
		})
	}
}

// TestUpdateThatFailsHalfWay leaves the state true for what was written, and the next apply
// writes the rest.
func TestUpdateThatFailsHalfWay(t *testing.T) {
	t.Parallel()
	s := staged(t, whole())
	s.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateVoice}, Status: 403, Body: `{"success":false,"message":"No."}`})
	config := acctest.ButWith(whole(), acctest.Values{"description": "You are brief.", "who_speaks_first": "user", "direction": "outbound", "max_idle_check_count": 3})
	state, said := s.Apply(s.Plan(s.state, config))
	said.Are(t, `error: Could not update the voice of agent "Front desk" (agent-2)`).Hold(t, "No.", "put agent agent-2 into draft")
	s.Expect(state, acctest.Values{"description": "You are brief.", "who_speaks_first": "agent", "direction": "inbound", "max_idle_check_count": int64(3)})
	if s.Attribute(state, "revision") == s.Attribute(s.state, "revision") {
		t.Error("there was a write, and no new revision")
	}
	s.Made(t, acctest.Ops{fakeapi.OpUpdateKnowledge: 1, fakeapi.OpUpdateVoice: 1})
	s.ClearFaults()
	s = s.restarted(t)
	state, said = s.Apply(s.Plan(state, config))
	said.None(t)
	s.Made(t, acctest.Ops{fakeapi.OpUpdateVoice: 1, fakeapi.OpUpdateCalling: 1})
	s.Expect(state, acctest.Values{"who_speaks_first": "user", "direction": "outbound"})
}

// TestRefusedUpdate: the API's remark stands on the attribute of the field.
func TestRefusedUpdate(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		to   acctest.Values
		said string
	}{
		{acctest.Values{"voice": acctest.Values{"template_id": acctest.UltraVoice, "stability": 0.8}}, "error at voice.similarity_boost: Could not update the voice"},
		{acctest.Values{"voice": acctest.Values{"template_id": "nobody"}}, "error at voice.template_id: No such voice"},
		{acctest.Values{"conversation_speed": 3}, "error at conversation_speed: Could not update the voice"},
		{acctest.Values{"phone_number_ids": []any{"nobody's"}}, "error at phone_number_ids: Could not update the calling settings"},
		{acctest.Values{"advanced_settings": cache(true), "direction": "outbound"}, "error at advanced_settings.enable_initial_message_cache: The agent makes too few calls"},
	} {
		s := staged(t, whole())
		config := acctest.ButWith(whole(), row.to)
		_, said := s.Apply(s.Plan(s.state, config))
		if len(said) != 1 {
			t.Fatalf("%s: %s", row.said, said)
		}
		said.Hold(t, row.said)
	}
}

// TestUpdateNeedsWhatTheAPIWantsWithIt: nothing is invented (API-AGENT.md, ruling 2).
func TestUpdateNeedsWhatTheAPIWantsWithIt(t *testing.T) {
	t.Parallel()
	const together = "The API needs another attribute for this change"
	for _, row := range []struct {
		name string
		from acctest.Values
		to   acctest.Values
		said []string
	}{
		{"a voice", acctest.Values{"voice": nil}, acctest.Values{"voice": nil, "conversation_speed": 1.2}, []string{"error at voice: " + together}},
		{"no voice any more", acctest.Values{}, acctest.Values{"voice": nil}, []string{"error at voice: " + together}},
		{"a voice that is not known yet", acctest.Values{"voice": nil}, acctest.Values{"voice": acctest.Unknown, "conversation_speed": 1.2}, nil},
		{"a prompt", acctest.Values{"description": nil}, acctest.Values{"description": nil, "interrupt_sensitivity": "low"}, []string{"error at description: " + together}},
		{"no prompt any more", acctest.Values{}, acctest.Values{"description": nil}, []string{"error at description: " + together}},
		{"a prompt that is not known yet", acctest.Values{}, acctest.Values{"description": acctest.Unknown}, nil},
		{"a voice, for a change of the prompt", acctest.Values{"voice": nil}, acctest.Values{"voice": nil, "description": "You are brief."}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := staged(t, acctest.ButWith(whole(), row.from))
			s.Plan(s.state, acctest.ButWith(whole(), row.to)).Are(t, row.said...)
			s.Made(t, acctest.Ops{})
		})
	}
	t.Run("a temperature, after an import", func(t *testing.T) {
		t.Parallel()
		s := staged(t, whole())
		imported, said := s.restarted(t).ImportByID(s.id)
		said.Are(t, "warning: Some attributes cannot be imported")
		config := acctest.ButWith(whole(), acctest.Values{"description": "You are brief."})
		for field := range unread {
			config[field] = nil
		}
		s.Plan(imported, config).Are(t, "error at llm_temperature: "+together).Hold(t, "after an import")
		config["llm_temperature"] = acctest.Unknown
		s.Plan(imported, config).None(t)
		config["llm_temperature"] = 0.4
		_, said = s.Apply(s.Plan(imported, config))
		said.None(t)
		sameBody(t, s.World, fakeapi.OpUpdateKnowledge, `{"description": "You are brief.", "initial_message": "Good morning, dental practice Miller.",
			"interrupt_sensitivity": "medium", "ask_if_human_present_on_idle": true, "llm_temperature": 0.4, "initial_message_delay": 0}`)
	})
}

// TestHiddenSettingsThatNoCallChanges are stored with a warning, and nothing is sent.
func TestHiddenSettingsThatNoCallChanges(t *testing.T) {
	t.Parallel()
	const only = `warning: Settings that can only be changed in the dashboard: agent "Front desk" (agent-2)`
	for field, row := range map[string]struct {
		value any
		seen  any
	}{
		"endpointing_sensitivity": {"high", "high"}, "ivr_navigation_mode": {"OFF", "OFF"}, "idle_time_seconds": {20, int64(20)}, "max_idle_check_count": {3, int64(3)},
		"max_call_duration_seconds": {600, int64(600)}, "say_goodbye_on_max_duration": {true, true}, "user_inactivity_timeout_seconds": {60, int64(60)},
		"initial_idle_time_seconds": {9, int64(9)}, "initial_max_idle_check_count": {0, int64(0)}, "enable_recording": {true, true},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			s := staged(t, whole())
			plan := s.Plan(s.state, acctest.ButWith(whole(), acctest.Values{field: row.value}))
			plan.Are(t, only).Hold(t, "`"+field+"`. The apply stores the new values in the state and sends nothing")
			state, said := s.Apply(plan)
			said.None(t)
			s.Expect(state, acctest.Values{field: row.seen})
			s.Made(t, acctest.Ops{})
			if s.Attribute(state, "revision") != s.Attribute(s.state, "revision") {
				t.Error("there is a new revision without a write")
			}
			s.Plan(s.state, acctest.ButWith(whole(), acctest.Values{field: acctest.Unknown})).None(t)
			_, vital := unread[field]
			taken := s.Plan(state, acctest.ButWith(whole(), acctest.Values{field: nil}))
			if vital {
				taken.None(t) // it is the agent's own affair from then on
			} else {
				taken.Are(t, only)
			}
		})
	}
}

// TestUpdateOfUnknownOutcome is written again by the next apply, although all that can be
// read is as the configuration says.
func TestUpdateOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, "provider \"talq\" {\n  base_url = \""+w.BaseURL()+"\"\n  token = \""+w.Token()+"\"\n  max_retries = 0\n}\n")
	ws.Write("main.tf", acctest.FullAgent().HCL())
	ws.Apply()
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateKnowledge}, Times: 1, AfterProcessing: true, Status: 504})
	ws.Write("main.tf", acctest.FullAgent().With(acctest.AgentFields{"llm_temperature": `1.5`}).HCL())
	ws.ApplyFails().Says("It is not known whether this run has put agent agent-2 into draft")
	ws.Write("main.tf", acctest.FullAgent().HCL())
	w.ForgetJournal()
	ws.Terraform("plan", "-detailed-exitcode").Exits(2).Says("The outcome of the last update is not known", "~ revision")
	ws.Apply().Says("0 added, 1 changed")
	if got := bodyOf(t, w, fakeapi.OpUpdateKnowledge); acctest.JSONObject(t, got)["llm_temperature"] == nil {
		t.Error(got)
	}
	stored, _ := w.Server.Agent("agent-2")
	if got := acctest.ToJSON(t, stored.Fields["llm_temperature"]); got != "0.7" {
		t.Errorf("the temperature is %s", got)
	}
	ws.PlanEmpty()
}

// TestVolumeOfUnknownOutcome is taken away again where the lost update has sent one, and is left
// alone where it has not: nobody here has set it then.
func TestVolumeOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	const quiet = `{ template_id = "` + acctest.BasicVoice + `" }`
	const loud = `{ template_id = "` + acctest.BasicVoice + `", ambient_volume = 1.8 }`
	for name, row := range map[string]struct {
		lost acctest.AgentFields
		want any // of ambient_volume in the update that follows
	}{
		"it was sent":     {acctest.AgentFields{"voice": loud}, "1"},
		"it was not sent": {acctest.AgentFields{"voice": quiet, "conversation_speed": `1.5`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			w.AddVoices()
			ws := acctest.NewWorkspace(t, "provider \"talq\" {\n  base_url = \""+w.BaseURL()+"\"\n  token = \""+w.Token()+"\"\n  max_retries = 0\n}\n")
			before := acctest.LeastAgent().With(acctest.AgentFields{"voice": quiet})
			ws.Write("main.tf", before.HCL())
			ws.Apply()
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateVoice}, Times: 2, AfterProcessing: true, Status: 504})
			for range 2 { // a second one that fails forgets nothing
				ws.Write("main.tf", before.With(row.lost).HCL())
				ws.ApplyFails()
			}
			ws.Write("main.tf", before.HCL())
			w.ForgetJournal()
			ws.Apply().Says("0 added, 1 changed")
			if got := acctest.JSONObject(t, bodyOf(t, w, fakeapi.OpUpdateVoice))["ambient_volume"]; fmt.Sprint(got) != fmt.Sprint(row.want) {
				t.Errorf("the volume was sent as %v, want %v", got, row.want)
			}
			ws.PlanEmpty()
			w.ForgetJournal()
			ws.Write("main.tf", before.With(acctest.AgentFields{"conversation_speed": `1.2`}).HCL())
			ws.Apply()
			if got, sent := acctest.JSONObject(t, bodyOf(t, w, fakeapi.OpUpdateVoice))["ambient_volume"]; sent {
				t.Errorf("the volume is sent as %v though nothing is in doubt any more", got)
			}
		})
	}
}

// TestAgentUnderTwoAddresses: to change one would change the other.
func TestAgentUnderTwoAddresses(t *testing.T) {
	t.Parallel()
	s := staged(t, whole())
	imported, _ := s.ImportByID(s.id)
	s.Plan(s.state, whole()).None(t)
	s.Plan(imported, whole()).Are(t, "error: Agent managed twice")
}
