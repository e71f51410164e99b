package agent_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// french is a voice that does not speak the language of the configurations.
const french = "claire-ultra"

// change is a value of an attribute, which is JSON as well as HCL; a member of voice is "voice.x".
// field is its name in the request, where that is another one.
type change struct{ attribute, value, field string }

// voiceOf is voice as HCL.
func voiceOf(members acctest.AgentFields) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		parts = append(parts, name+" = "+members[name])
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// TestAccAgent_each changes one attribute of each part at a time: each part goes out in one
// request, which holds all of it. What no call changes goes into the state, and nothing is sent.
func TestAccAgent_each(t *testing.T) {
	c, w := agentCase(t)
	w.AddVoice(fakeapi.VoiceSeed{ID: french, Name: "Claire", Language: "fr-FR", Tier: "ultra"})
	voice := acctest.AgentFields{"template_id": `"` + acctest.UltraVoice + `"`, "ambient_background": `"office"`, "ambient_volume": `0.5`, "stability": `0.8`, "similarity_boost": `0.75`}
	bodies := map[fakeapi.Op]map[string]any{
		fakeapi.OpUpdateKnowledge: acctest.JSONObject(t, `{"description": "You answer the phone of a dental practice.", "initial_message": "Good morning, dental practice Miller.",
			"interrupt_sensitivity": "medium", "ask_if_human_present_on_idle": true, "llm_temperature": 0.7, "initial_message_delay": 0}`),
		fakeapi.OpUpdateVoice: acctest.JSONObject(t, `{"voice_id": "clara-ultra", "conversation_speed": 1, "who_speaks_first": "agent", "language": "en-US",
			"ambient_background": "office", "ambient_volume": 0.5, "stability": 0.8, "similarity": 0.75}`),
		fakeapi.OpUpdateCalling:  acctest.JSONObject(t, `{"direction": "inbound", "phone_number_ids": ["front-desk"]}`),
		fakeapi.OpUpdateAdvanced: acctest.JSONObject(t, `{"enable_initial_message_cache": false}`),
	}
	sameID, sameBirth := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesSame())
	otherRevision, otherUpdate := statecheck.CompareValue(compare.ValuesDiffer()), statecheck.CompareValue(compare.ValuesDiffer())
	agent := acctest.FullAgent().With(acctest.AgentFields{"voice": voiceOf(voice)})
	// step expects a plan that changes the agent, and these requests, by operation.
	step := func(requests map[fakeapi.Op]string, more ...statecheck.StateCheck) resource.TestStep {
		return resource.TestStep{
			PreConfig:        w.ForgetJournal,
			Config:           agent.HCL(),
			ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: slices.Concat(shown(agent), more, []statecheck.StateCheck{
				sameID.AddStateValue(address, at("id")), sameBirth.AddStateValue(address, at("created_at")),
			}),
			PostApplyFunc: func() {
				made := map[fakeapi.Op]string{}
				for _, r := range w.Requests(fakeapi.Match{}) {
					if r.Method != http.MethodGet {
						made[r.Op] += acctest.ToJSON(t, r.Body)
					}
				}
				if !maps.Equal(made, requests) {
					t.Errorf("the requests were %v, want %v", made, requests)
				}
			},
		}
	}
	written := func() []statecheck.StateCheck {
		return []statecheck.StateCheck{otherRevision.AddStateValue(address, at("revision")), otherUpdate.AddStateValue(address, at("updated_at"))}
	}
	steps := []resource.TestStep{{Config: agent.HCL(), ConfigStateChecks: written()}}
	for _, changes := range []map[fakeapi.Op][]change{
		{
			fakeapi.OpUpdateKnowledge: {{"description", `"You are brief."`, ""}},
			fakeapi.OpUpdateVoice:     {{"who_speaks_first", `"user"`, ""}},
			fakeapi.OpUpdateCalling:   {{"direction", `"outbound"`, ""}},
		},
		{
			fakeapi.OpUpdateKnowledge: {{"initial_message", `"Good evening."`, ""}},
			fakeapi.OpUpdateVoice:     {{"conversation_speed", `1.2`, ""}},
			fakeapi.OpUpdateCalling:   {{"phone_number_ids", `["after-hours", "front-desk"]`, ""}},
			fakeapi.OpUpdateAdvanced:  {{"advanced_settings", `true`, "enable_initial_message_cache"}},
		},
		{
			fakeapi.OpUpdateKnowledge: {{"interrupt_sensitivity", `"low"`, ""}},
			fakeapi.OpUpdateVoice:     {{"voice.ambient_background", `"cafe"`, "ambient_background"}},
		},
		{
			fakeapi.OpUpdateKnowledge: {{"initial_message_delay", `3`, ""}},
			fakeapi.OpUpdateVoice:     {{"voice.ambient_volume", `1.5`, "ambient_volume"}},
		},
		{
			fakeapi.OpUpdateKnowledge: {{"ask_if_human_present_on_idle", `false`, ""}},
			fakeapi.OpUpdateVoice:     {{"voice.stability", `0.9`, "stability"}},
		},
		{
			fakeapi.OpUpdateKnowledge: {{"llm_temperature", `0.25`, ""}},
			fakeapi.OpUpdateVoice:     {{"voice.similarity_boost", `0.6`, "similarity"}},
		},
		{ // no voice speaks two languages
			fakeapi.OpUpdateVoice: {{"language", `"fr-FR"`, ""}, {"voice.template_id", `"` + french + `"`, "voice_id"}},
		},
	} {
		requests := map[fakeapi.Op]string{}
		for op, all := range changes {
			for _, each := range all {
				field := each.field
				switch member, ofVoice := strings.CutPrefix(each.attribute, "voice."); {
				case ofVoice:
					voice[member] = each.value
					agent = agent.With(acctest.AgentFields{"voice": voiceOf(voice)})
				case each.attribute == "advanced_settings":
					agent = agent.With(acctest.AgentFields{each.attribute: "{ " + field + " = " + each.value + " }"})
				default:
					field = each.attribute
					agent = agent.With(acctest.AgentFields{field: each.value})
				}
				maps.Copy(bodies[op], acctest.JSONObject(t, `{"`+field+`": `+each.value+`}`))
			}
			requests[op] = acctest.ToJSON(t, bodies[op])
		}
		steps = append(steps, step(requests, written()...))
	}
	steps[2].PreConfig = func() { w.ForgetJournal(); w.SetRecentCalls("agent-2", 700) } // else the API refuses the cache
	agent = agent.With(acctest.AgentFields{
		"label": `"Front desk "`, "name": `"Bianca "`, // the API trims both
		"endpointing_sensitivity": `"fast"`, "ivr_navigation_mode": `"on"`, "idle_time_seconds": `11`, "max_idle_check_count": `4`, "max_call_duration_seconds": `901`,
		"say_goodbye_on_max_duration": `false`, "user_inactivity_timeout_seconds": `31`, "initial_idle_time_seconds": `9`, "initial_max_idle_check_count": `3`, "enable_recording": `true`,
	})
	unsent := step(map[fakeapi.Op]string{})
	sameRevision, sameUpdate := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesSame())
	for _, s := range []*resource.TestStep{&steps[len(steps)-1], &unsent} {
		s.ConfigStateChecks = append(s.ConfigStateChecks, sameRevision.AddStateValue(address, at("revision")), sameUpdate.AddStateValue(address, at("updated_at")))
	}
	c.Test(resource.TestCase{Steps: append(steps, unsent, resource.TestStep{
		Config:      agent.With(acctest.AgentFields{"language": `"es-ES"`}).HCL(), // by itself
		ExpectError: regexp.MustCompile(`language += "es-ES"(?s:.*)does not support the\s+language es-ES`),
	})})
}

// TestAccAgent_refused: what the API says of a field stands on its attribute.
func TestAccAgent_refused(t *testing.T) {
	c, w := agentCase(t)
	full := acctest.FullAgent()
	errors, remarks := map[string]any{}, []string{}
	for _, name := range slices.Sorted(maps.Keys(full)) {
		if !slices.Contains([]string{"voice", "advanced_settings", "deletion_protection"}, name) { // which a create does not take
			errors[name] = []any{"Not " + name + "."}
			remarks = append(remarks, `\d+:   `+name+` = [^\n]*\n[^:]*:\s+Not\s+`+name+`\.`)
		}
	}
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, Status: http.StatusUnprocessableEntity,
		Body: acctest.ToJSON(t, map[string]any{"success": false, "message": "The given data was invalid.", "errors": errors})})
	c.Test(resource.TestCase{Steps: []resource.TestStep{{Config: full.HCL(), ExpectError: regexp.MustCompile(strings.Join(remarks, "(?s:.*)"))}}})
}

// TestAccAgent_vital: a new agent needs what an imported one may lack.
func TestAccAgent_vital(t *testing.T) {
	c, _ := agentCase(t)
	vital := []string{"llm_temperature", "endpointing_sensitivity", "ivr_navigation_mode", "idle_time_seconds", "enable_recording"}
	var remarks []string
	without := acctest.LeastAgent()
	for _, name := range vital {
		without = without.With(acctest.AgentFields{name: ""})
		remarks = append(remarks, `The API creates no agent\s+without\s+`+name)
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{Config: without.HCL(), ExpectError: regexp.MustCompile(strings.Join(remarks, "(?s:.*)"))}}})
}

// TestAccAgent_lostAnswer: the agent of a create without an answer is found again, and what a
// create does not take is written.
func TestAccAgent_lostAnswer(t *testing.T) {
	c, w := agentCase(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, Times: 1, AfterProcessing: true, Drop: true})
	full := acctest.FullAgent()
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: full.HCL(), ConfigStateChecks: shown(full),
		Check: holds(t, w, `"label": "Front desk", "enable_initial_message_cache": false, "voice.ambient_volume": 0.5`),
	}}})
}

// TestAccAgent_noSuchNumber: a look-up that finds no number ends at plan, and says what to compare.
func TestAccAgent_noSuchNumber(t *testing.T) {
	c, _ := agentCase(t)
	lookedUp := func(number string) string {
		return "data \"talq_phone_numbers\" \"all\" {}\n" + acctest.LeastAgent().With(acctest.AgentFields{
			"phone_number_ids": `[one([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == "` + number + `"])]`,
		}).HCL()
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: lookedUp("+12025559999"), ExpectError: regexp.MustCompile(`Error: No such phone number(?s:.*)\d+:   phone_number_ids = (?s:.*)compare\s+it`)},
		{Config: lookedUp("+12025550100"), ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(address, at("phone_number_ids"), valueOf(`["front-desk"]`)),
		}},
	}})
}
