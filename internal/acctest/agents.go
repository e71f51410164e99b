package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// Voices of the fake for agents that speak English, by what the API asks of them: a basic
// one takes neither stability nor similarity, an ultra one needs both.
const (
	BasicVoice = "clara-basic"
	UltraVoice = "clara-ultra"
)

// AddVoices adds the two voices to the fake, and the numbers front-desk and after-hours.
func (w World) AddVoices() {
	w.AddVoice(fakeapi.VoiceSeed{ID: BasicVoice, Name: "Clara", Tier: "basic"})
	w.AddVoice(fakeapi.VoiceSeed{ID: UltraVoice, Name: "Clara", Tier: "ultra"})
	w.AddPhoneNumber(fakeapi.NumberSeed{ID: "front-desk", Number: "+12025550100"})
	w.AddPhoneNumber(fakeapi.NumberSeed{ID: "after-hours", Number: "+12025550101"})
}

// NewAgent is the least that a new talq_agent needs, as a configuration of [Protocol].
func NewAgent() Values {
	return Values{
		"label": "Front desk", "name": "Bianca", "description": "You answer the phone of a dental practice.", "language": "en-US",
		"interrupt_sensitivity": "medium", "endpointing_sensitivity": "auto", "ivr_navigation_mode": "off", "conversation_speed": 1,
		"initial_message_delay": 0, "ask_if_human_present_on_idle": true, "idle_time_seconds": 10, "llm_temperature": 0.7,
		"enable_recording": false, "direction": "inbound", "who_speaks_first": "agent",
	}
}

// AgentFields are a talq_agent's attributes in HCL, by name. Under [Blocks] are its blocks.
type AgentFields map[string]string

// Blocks is where [AgentFields] have blocks, such as lifecycle.
const Blocks = ""

// LeastAgent is [NewAgent] in HCL.
func LeastAgent() AgentFields {
	return AgentFields{
		"label": `"Front desk"`, "name": `"Bianca"`, "description": `"You answer the phone of a dental practice."`, "language": `"en-US"`,
		"interrupt_sensitivity": `"medium"`, "endpointing_sensitivity": `"auto"`, "ivr_navigation_mode": `"off"`, "conversation_speed": `1.0`,
		"initial_message_delay": `0`, "ask_if_human_present_on_idle": `true`, "idle_time_seconds": `10`, "llm_temperature": `0.7`,
		"enable_recording": `false`, "direction": `"inbound"`, "who_speaks_first": `"agent"`, "deletion_protection": `false`,
	}
}

// FullAgent is an agent with everything set that a new one can have.
func FullAgent() AgentFields {
	return LeastAgent().With(AgentFields{
		"initial_message": `"Good morning, dental practice Miller."`, "max_idle_check_count": `3`, "max_call_duration_seconds": `900`,
		"say_goodbye_on_max_duration": `true`, "user_inactivity_timeout_seconds": `30`, "initial_idle_time_seconds": `8`, "initial_max_idle_check_count": `2`,
		"phone_number_ids":  `["front-desk"]`,
		"voice":             `{ template_id = "` + UltraVoice + `", ambient_background = "office", ambient_volume = 0.5, stability = 0.8, similarity_boost = 0.75 }`,
		"advanced_settings": `{ enable_initial_message_cache = false }`,
	})
}

// With returns a copy in which some attributes are others; an empty text takes one out.
func (f AgentFields) With(changes AgentFields) AgentFields {
	changed := maps.Clone(f)
	maps.Copy(changed, changes)
	return changed
}

// HCL is the configuration of talq_agent.this, or under another name.
func (f AgentFields) HCL(name ...string) string {
	address := "this"
	if len(name) > 0 {
		address = name[0]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "resource \"talq_agent\" %q {\n", address)
	for _, attribute := range slices.Sorted(maps.Keys(f)) {
		switch {
		case f[attribute] == "":
		case attribute == Blocks:
			fmt.Fprintf(&b, "  %s\n", f[attribute])
		default:
			fmt.Fprintf(&b, "  %s = %s\n", attribute, f[attribute])
		}
	}
	return b.String() + "}\n"
}

// AgentAddress is where [AgentFields.HCL] has the agent.
const AgentAddress = "talq_agent.this"

// OfAgent returns an attribute of talq_agent.this in the state.
func (w *Workspace) OfAgent(attribute string) any {
	w.T.Helper()
	return w.State()[AgentAddress][attribute]
}
