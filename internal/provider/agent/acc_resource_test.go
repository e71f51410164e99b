package agent_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const address = acctest.AgentAddress

// agentCase is a case that makes agents, on the fake only, and the fake with the voices and
// numbers of the configurations.
func agentCase(t *testing.T, options ...fakeapi.Option) (*acctest.Case, acctest.World) {
	t.Helper()
	acctest.Parallel(t)
	c := acctest.NewCase(t, options...)
	w := c.Fake()
	w.AddVoices()
	return c, w
}

func at(attribute string) tfjsonpath.Path { return tfjsonpath.New(attribute) }

// shown expects an agent's attributes in the state as they are written in HCL, which for all of
// these is JSON too, and all others that a person may set to be null.
func shown(fields acctest.AgentFields) []statecheck.StateCheck {
	checks := []statecheck.StateCheck{statecheck.ExpectKnownValue(address, at("current_status"), knownvalue.StringExact("draft"))}
	for _, computed := range []string{"id", "is_ready_to_publish", "created_at", "updated_at", "revision"} {
		checks = append(checks, statecheck.ExpectKnownValue(address, at(computed), knownvalue.NotNull()))
	}
	for name := range acctest.FullAgent() {
		switch text, set := fields[name]; {
		case name == "voice" || name == "advanced_settings":
			if set = set && text != ""; !set {
				checks = append(checks, statecheck.ExpectKnownValue(address, at(name), knownvalue.Null()))
			}
		case text == "":
			checks = append(checks, statecheck.ExpectKnownValue(address, at(name), knownvalue.Null()))
		default:
			checks = append(checks, statecheck.ExpectKnownValue(address, at(name), valueOf(text)))
		}
	}
	return checks
}

// valueOf is a text, a number, a boolean or a list of texts in HCL. It panics where the table
// of a test has something else.
func valueOf(hcl string) knownvalue.Check {
	var value any
	if err := json.Unmarshal([]byte(hcl), &value); err != nil {
		panic(err)
	}
	switch value := value.(type) {
	case string:
		return knownvalue.StringExact(value)
	case bool:
		return knownvalue.Bool(value)
	case []any:
		var elements []knownvalue.Check
		for _, element := range value {
			elements = append(elements, knownvalue.StringExact(fmt.Sprint(element)))
		}
		return knownvalue.SetExact(elements)
	}
	number, err := strconv.ParseFloat(hcl, 64)
	if err != nil {
		panic(err)
	}
	return knownvalue.Float64Exact(number)
}

// fullVoice is the voice of [acctest.FullAgent].
var fullVoice = knownvalue.ObjectExact(map[string]knownvalue.Check{
	"template_id": knownvalue.StringExact(acctest.UltraVoice), "ambient_background": knownvalue.StringExact("office"),
	"ambient_volume": knownvalue.Float64Exact(0.5), "stability": knownvalue.Float64Exact(0.8), "similarity_boost": knownvalue.Float64Exact(0.75),
})

// neverShown are the attributes that no import can bring; it has protection on.
var neverShown = []string{
	"llm_temperature", "advanced_settings", "endpointing_sensitivity", "ivr_navigation_mode", "idle_time_seconds", "max_idle_check_count", "max_call_duration_seconds",
	"say_goodbye_on_max_duration", "user_inactivity_timeout_seconds", "initial_idle_time_seconds", "initial_max_idle_check_count", "enable_recording",
	"voice.ambient_volume", "revision", "deletion_protection",
}

func imported() resource.TestStep {
	return resource.TestStep{
		ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: neverShown,
		ImportStateCheck: func(states []*terraform.InstanceState) error {
			if protection := states[0].Attributes["deletion_protection"]; protection != "true" {
				return fmt.Errorf("deletion_protection is %q after an import", protection)
			}
			return nil
		},
	}
}

func plans(what plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, what)}}
}

// holds expects that the fake has these members of the case's one agent, as JSON; "voice.x" is
// a member of the voice.
func holds(t *testing.T, w acctest.World, members string) resource.TestCheckFunc {
	t.Helper()
	want := acctest.JSONObject(t, "{"+members+"}")
	return func(state *terraform.State) error {
		agent, _ := w.Server.Agent(state.RootModule().Resources[address].Primary.ID)
		for name, value := range want {
			fields := agent.Fields
			if member, ofVoice := strings.CutPrefix(name, "voice."); ofVoice {
				fields, _ = fields["voice"].(map[string]any)
				name = member
			}
			if got := acctest.ToJSON(t, fields[name]); got != acctest.ToJSON(t, value) {
				return fmt.Errorf("the API has %s as %s, want %v", got, name, value)
			}
		}
		return nil
	}
}

// TestAccAgent_basic makes an agent with the least that it needs.
func TestAccAgent_basic(t *testing.T) {
	c, w := agentCase(t)
	var checks []plancheck.PlanCheck
	for _, computed := range []string{"id", "current_status", "is_ready_to_publish", "created_at", "updated_at", "revision"} {
		checks = append(checks, plancheck.ExpectUnknownValue(address, at(computed)))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config:            acctest.LeastAgent().HCL(),
			ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: append(checks, plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate))},
			ConfigStateChecks: shown(acctest.LeastAgent()),
			Check:             holds(t, w, `"label": "Front desk", "llm_temperature": 0.7, "enable_recording": false, "voice": null, "max_idle_check_count": null`),
		},
		imported(),
	}})
}

// TestAccAgent_everything makes an agent with all that can be set. An import brings all that
// the API shows.
func TestAccAgent_everything(t *testing.T) {
	c, w := agentCase(t)
	full := acctest.FullAgent().With(acctest.AgentFields{"initial_message_delay": `2`, "enable_recording": `true`})
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config: full.HCL(),
			ConfigStateChecks: append(shown(full), statecheck.ExpectKnownValue(address, at("voice"), fullVoice),
				statecheck.ExpectKnownValue(address, at("advanced_settings").AtMapKey("enable_initial_message_cache"), knownvalue.Bool(false))),
			Check: holds(t, w, `"initial_message_delay": 2, "enable_recording": true, "phone_number_ids": ["front-desk"], "max_idle_check_count": 3, "max_call_duration_seconds": 900, "say_goodbye_on_max_duration": true,
				"user_inactivity_timeout_seconds": 30, "initial_idle_time_seconds": 8, "initial_max_idle_check_count": 2, "enable_initial_message_cache": false`),
		},
		imported(),
	}})
}

// TestAccAgent_update takes away in place what an agent may be without, and sets all of it again.
// The API wants all that any page requires.
func TestAccAgent_update(t *testing.T) {
	c, w := agentCase(t, fakeapi.WithBehaviour(fakeapi.Behaviour{VoiceNeedsLanguage: true}))
	full := acctest.FullAgent()
	sameID := statecheck.CompareValue(compare.ValuesSame())
	step := func(changes acctest.AgentFields, what plancheck.ResourceActionType, members string, more ...statecheck.StateCheck) resource.TestStep {
		agent := full.With(changes)
		return resource.TestStep{
			Config: agent.HCL(), ConfigPlanChecks: plans(what), Check: holds(t, w, members),
			ConfigStateChecks: slices.Concat(shown(agent), more, []statecheck.StateCheck{sameID.AddStateValue(address, at("id"))}),
		}
	}
	whole := statecheck.ExpectKnownValue(address, at("voice"), fullVoice)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		step(nil, plancheck.ResourceActionCreate, `"direction": "inbound"`, whole),
		step(acctest.AgentFields{"initial_message": ``, "voice": `{ template_id = "` + acctest.BasicVoice + `" }`, "phone_number_ids": ``, "advanced_settings": ``},
			plancheck.ResourceActionUpdate, `"initial_message": null, "voice.ambient_background": null, "voice.ambient_volume": 1, "phone_number_ids": [], "enable_initial_message_cache": false`,
			statecheck.ExpectKnownValue(address, at("voice").AtMapKey("template_id"), knownvalue.StringExact(acctest.BasicVoice)),
			statecheck.ExpectKnownValue(address, at("voice").AtMapKey("stability"), knownvalue.Null())),
		step(nil, plancheck.ResourceActionUpdate, `"initial_message": "Good morning, dental practice Miller.", "voice.ambient_background": "office", "voice.ambient_volume": 0.5, "phone_number_ids": ["front-desk"]`, whole),
	}})
}

// TestAccAgent_advancedSettings switches a setting on for an agent with enough calls, and off.
func TestAccAgent_advancedSettings(t *testing.T) {
	c, w := agentCase(t)
	agent := acctest.FullAgent().With(acctest.AgentFields{"direction": `"outbound"`})
	cached := agent.With(acctest.AgentFields{"advanced_settings": `{ enable_initial_message_cache = true }`})
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: agent.HCL()},
		{Config: cached.HCL(), ExpectError: regexp.MustCompile("The agent makes too few calls")},
		{
			PreConfig:        func() { w.SetRecentCalls("agent-2", 700) },
			Config:           cached.HCL(),
			ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			Check:            holds(t, w, `"enable_initial_message_cache": true`),
		},
		{Config: agent.With(acctest.AgentFields{"advanced_settings": ""}).HCL(), Check: holds(t, w, `"enable_initial_message_cache": false`)},
	}})
}

// TestAccAgent_rename: no call changes the label, so the plan is an error, until the dashboard
// has the same.
func TestAccAgent_rename(t *testing.T) {
	c, w := agentCase(t)
	renamed := acctest.LeastAgent().With(acctest.AgentFields{"label": `"Back office"`})
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: acctest.LeastAgent().HCL()},
		{Config: renamed.HCL(), ExpectError: regexp.MustCompile("The API cannot change this")},
		{
			PreConfig:        func() { w.EditAgent("agent-2", map[string]any{"label": "Back office"}) },
			Config:           renamed.HCL(),
			ConfigPlanChecks: plans(plancheck.ResourceActionNoop),
		},
	}})
}
