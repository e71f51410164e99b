package chaos

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// The attributes of each kind that the API returns, and those that it hides; of an agent
// those that a call changes after the create. A kind is an action's type or a resource type.
// Those of an action are what the table of types allows it, without what is write-only.
var (
	readable = map[string]string{
		typeAgent: "description initial_message interrupt_sensitivity initial_message_delay ask_if_human_present_on_idle " +
			"language conversation_speed who_speaks_first voice direction phone_number_ids",
		typeTraining: "subject instructions current_status",
	}
	hidden = map[string]string{
		typeAgent: "llm_temperature voice advanced_settings", // the volume inside voice
	}
	// atCreate are those of an agent that no call changes later.
	atCreate = "name endpointing_sensitivity ivr_navigation_mode idle_time_seconds max_idle_check_count max_call_duration_seconds " +
		"say_goodbye_on_max_duration user_inactivity_timeout_seconds initial_idle_time_seconds initial_max_idle_check_count enable_recording"
	// needed are those that a kind which has them must have; of an agent also those without
	// which it is not ready to be published.
	needed = strings.Fields("name description transfer_to hold_duration subject instructions interrupt_sensitivity initial_message_delay " +
		"ask_if_human_present_on_idle language conversation_speed who_speaks_first voice direction phone_number_ids llm_temperature " +
		"endpointing_sensitivity ivr_navigation_mode idle_time_seconds enable_recording")
)

func init() {
	for _, kind := range action.ActionTypes {
		readable[kind] = "name description current_status"
		for _, rule := range action.TypeRules {
			for _, name := range rule.Attributes {
				switch {
				case rule.Of(kind).Presence == action.Forbidden || strings.Contains(name, "_wo"):
				case slices.Contains(fakeapi.HiddenFields(), name):
					hidden[kind] += " " + name
				default:
					readable[kind] += " " + name
				}
			}
		}
		compared[typeAction] = append(compared[typeAction], strings.Fields(readable[kind]+hidden[kind])...)
	}
	slices.Sort(compared[typeAction])
	compared[typeAction] = slices.Compact(compared[typeAction])
}

func (d *dice) nodeID() string { return fmt.Sprintf("node-%d", d.number()) }

func (d *dice) url() string { return fmt.Sprintf("https://api.example.com/%d?a=1&b=<2>", d.number()) }

// attributesOf draws some attributes of a kind.
func (d *dice) attributesOf(kind, names string, into attributes) attributes {
	for _, name := range strings.Fields(names) {
		if slices.Contains(needed, name) || d.chance(4) {
			into[name] = d.value(kind, name)
		}
	}
	return d.fitting(into)
}

// item draws an action or a training.
func (d *dice) item(agent any) attributes {
	if agent == trained || d.chance(2) {
		return d.attributesOf(typeTraining, readable[typeTraining], attributes{"agent_id": agent, "node_id": d.nodeID()})
	}
	return d.action(agent)
}

// action draws an action of any type.
func (d *dice) action(agent any) attributes {
	kind := d.weighed("webhook webhook external transfer hold")
	return d.attributesOf(kind, readable[kind]+" "+hidden[kind], attributes{"agent_id": agent, "node_id": d.nodeID(), "type": kind})
}

// agent draws an agent that can be published.
func (d *dice) agent(label string) attributes {
	return d.attributesOf(typeAgent, readable[typeAgent]+" "+hidden[typeAgent]+" "+atCreate, attributes{"label": label, "deletion_protection": false})
}

// changed draws new values for one or more attributes of a resource, or takes them away. Half
// of all edits of what has hidden attributes change nothing that can be read.
func (d *dice) changed(kind string, from attributes) attributes {
	if kind == typeAction {
		kind = from.text("type")
	}
	all := []string{readable[kind], readable[kind] + " " + hidden[kind], hidden[kind], hidden[kind]}
	names := strings.Fields(pick(d, slices.DeleteFunc(all, func(names string) bool { return names == "" })...))
	to := maps.Clone(from)
	for _, name := range several(d, 1, 3, func(d *dice) string { return pick(d, names...) }) {
		if !slices.Contains(needed, name) && d.chance(3) {
			delete(to, name)
		} else {
			to[name] = d.value(kind, name)
		}
	}
	if to["advanced_settings"] != nil { // an agent that is there has had its calls
		to["advanced_settings"] = map[string]any{"enable_initial_message_cache": d.chance(5)}
	}
	return d.fitting(to)
}

// fitting makes what one attribute asks of another: a webhook has an address, a voice speaks
// the agent's language, and an agent has numbers of its own.
func (d *dice) fitting(a attributes) attributes {
	if a["type"] == "webhook" && a["url"] == nil && a["integration"] == nil {
		a["url"] = d.url()
	}
	if voice, ok := a["voice"].(map[string]any); ok {
		voice = maps.Clone(voice)
		tier, _, _ := strings.Cut(voice["template_id"].(string), "-")
		voice["template_id"] = tier + "-" + a.text("language")
		a["voice"] = voice
	}
	if label := a.text("label"); label != "" {
		numbers := []any{}
		for _, number := range a["phone_number_ids"].([]any) {
			numbers = append(numbers, label+strings.TrimPrefix(number.(string), label))
		}
		a["phone_number_ids"] = numbers
	}
	return a
}

func (d *dice) value(kind, name string) any {
	switch name {
	case "name":
		return d.phrase("Action")
	case "url", "authorization_url":
		return d.url()
	case "authorization_scheme":
		return d.weighed("none bearer basic api_key custom")
	case "execution_mode":
		if kind == "external" {
			return d.weighed("during_call post_call")
		}
		return "during_call"
	case "integration":
		return map[string]any{"id": fmt.Sprintf("calendar-%d", d.number())}
	case "hold_duration":
		return int64(d.from(1, 600))
	case "transfer_to":
		return fmt.Sprintf("+1202555%04d", d.from(0, 9999))
	case "current_status":
		return d.weighed("active inactive")
	case "custom_headers":
		headers := map[string]any{}
		for n := range d.from(0, 3) {
			headers[fmt.Sprintf("%s-%d", d.weighed("X-Key Authorization X-Trace"), n)] = headerValue(d.number())
		}
		return headers
	case "inputs":
		inputs := []any{}
		for n := range d.from(0, 3) {
			inputs = append(inputs, d.input(n))
		}
		return inputs
	}
	return d.valueOfAgent(name)
}

// The languages of the fake's voices, the tiers of which every API knows what they need, and
// the numbers of each agent, to which its label is added.
var (
	languages    = []string{"en-US", "de-DE"}
	tiers        = []string{"basic", "ultra"}
	phoneNumbers = []string{"-desk", "-night", "-mobile"}
)

func (d *dice) valueOfAgent(name string) any {
	switch name {
	case "language":
		return pick(d, languages...)
	case "interrupt_sensitivity":
		return d.weighed("low medium high")
	case "direction":
		return d.weighed("inbound outbound")
	case "who_speaks_first":
		return d.weighed("agent user")
	case "endpointing_sensitivity", "ivr_navigation_mode":
		return d.weighed("auto off")
	case "ask_if_human_present_on_idle", "say_goodbye_on_max_duration", "enable_recording":
		return d.chance(4)
	case "conversation_speed": // what every answer to the open point of its range allows
		return d.decimal(11, 19)
	case "llm_temperature":
		return d.decimal(0, 20)
	case "initial_message_delay", "idle_time_seconds", "max_idle_check_count", "max_call_duration_seconds",
		"user_inactivity_timeout_seconds", "initial_idle_time_seconds", "initial_max_idle_check_count":
		return int64(d.from(5, 10))
	case "phone_number_ids":
		return []any{pick(d, phoneNumbers...)}
	case "advanced_settings":
		return map[string]any{"enable_initial_message_cache": false} // a new agent has no calls
	case "voice":
		voice := map[string]any{"template_id": pick(d, tiers...) + "-"}
		if voice["template_id"] == "ultra-" {
			voice["stability"], voice["similarity_boost"] = d.decimal(5, 9), d.decimal(5, 9)
		}
		if d.chance(4) {
			voice["ambient_background"] = d.weighed("office cafe quiet")
		}
		if d.chance(4) {
			voice["ambient_volume"] = d.decimal(0, 20)
		}
		return voice
	}
	return d.phrase("Say")
}

// decimal draws tenths, another number each time as far as the range allows.
func (d *dice) decimal(least, most int) json.Number {
	n := least + d.number()%(most-least+1)
	return json.Number(strings.TrimSuffix(fmt.Sprintf("%d.%d", n/10, n%10), ".0"))
}

// phrase draws a text, some with what HCL, JSON or a trimming server could stumble over.
func (d *dice) phrase(start string) string {
	return fmt.Sprintf("%s %d%s", start, d.number(), pick(d, "", "", "", " ${name} %{if}", "\n", " \"quoted\" \\ <b>&", " Grüße, 你好", " {{ answer.id }}"))
}

func (d *dice) input(n int) map[string]any {
	input := map[string]any{"name": fmt.Sprintf("input_%d", n)}
	kind := pick(d, "", "string", "integer", "number", "boolean", "array", "object")
	if kind != "" {
		input["type"] = kind
	}
	if d.chance(4) {
		input["required"] = d.chance(4)
	}
	if d.chance(4) {
		input["description"] = pick(d, "", d.phrase("Ask"))
	}
	if d.chance(4) { // HCL has a text that is JSON of the declared type
		input["value"] = map[string]string{
			"": d.phrase("Value"), "string": d.phrase("Value"), "integer": fmt.Sprint(d.number()), "number": fmt.Sprintf("%d.5", d.number()),
			"boolean": d.weighed("true false"), "array": fmt.Sprintf(`["a",%d]`, d.number()), "object": fmt.Sprintf(`{"k":%d,"l":"m"}`, d.number()),
		}[kind]
	}
	return input
}
