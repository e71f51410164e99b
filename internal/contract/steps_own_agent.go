package main

import (
	"encoding/json"
	"maps"
	"net/http"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
)

// The agents that a run makes, by their names and labels.
const (
	ownAgent    = guard.AgentPrefix + "agent"
	idleAgent   = guard.AgentPrefix + "idle-agent"
	secondAgent = guard.AgentPrefix + "second-agent"
)

// makeAgent is a create as the reference's example has it.
func makeAgent(key, name string, more body) step {
	b := body{
		"label": name, "name": name, "description": "Made by a test.", "language": "en-US", "initial_message": "This is a test.",
		"interrupt_sensitivity": "medium", "endpointing_sensitivity": "auto", "ivr_navigation_mode": "off",
		"conversation_speed": json.Number("1.0"), "initial_message_delay": 0, "ask_if_human_present_on_idle": false,
		"idle_time_seconds": 5, "llm_temperature": json.Number("0.7"), "enable_recording": false, "direction": "inbound", "who_speaks_first": "agent",
	}
	maps.Copy(b, more)
	return step{key: key, method: http.MethodPost, path: "/agents", body: b}
}

func made(name string) string { return "/agents/{" + name + "}" }

func put(key, path string, b body) step {
	return step{key: key, method: http.MethodPut, path: path, body: b}
}

// voiceOf is a write of the agent's voice, with a template of the quality tier.
func voiceOf(key, tier string, speed float64, more body) step {
	b := body{"voice_id": "{voice " + tier + "}", "language": "{language of voice " + tier + "}", "conversation_speed": speed, "who_speaks_first": "user"}
	maps.Copy(b, more)
	return put(key, made(ownAgent)+"/voice", b)
}

func likeness(value float64) body { return body{"similarity": value, "stability": value} }

// ownVersion is what the flow calls its version. No server counts up to it.
const ownVersion = "7.7.7"

// ownAgentScenario is about an agent that the run makes, writes and deletes, so that no
// setting of the lent one changes. It gets a phone number only where one was lent.
func ownAgentScenario() scenario {
	agent, second := made(ownAgent), made(secondAgent)
	numbers := body{"direction": "inbound", "phone_number_ids": []any{"{" + recording.NumberName + "}"}}
	flow := func(node body) body {
		first := body{"id": node0, "type": "say", "content": "Hello.", "next": nodeEnd}
		maps.Copy(first, node)
		return body{
			"initial_node_id": node0, "meta": body{"name": "tfacc-flow", "version": ownVersion},
			"nodes": []any{first, body{"id": nodeEnd, "type": "end"}},
		}
	}
	withoutLanguage := voiceOf("voice without language", "basic", 1.5, nil).with(nil, "language")
	return scenario{name: "own agent", steps: []step{
		makeAgent("create agent", ownAgent, nil),
		makeAgent("create idle agent", idleAgent, body{"idle_time_seconds": 300}),
		{key: "delete idle agent", method: http.MethodDelete, path: made(idleAgent)},
		get("search agent", "/agents?search="+ownAgent),
		put("knowledge", agent+"/knowledge", body{
			"description": "Made by a test, and changed.", "initial_message": "This is still a test.", "interrupt_sensitivity": "high",
			"ask_if_human_present_on_idle": true, "llm_temperature": json.Number("0.5"), "initial_message_delay": 1,
		}),

		get("voices", "/voice-templates"),
		voiceOf("voice", "basic", 1.5, nil),
		voiceOf("voice at speed 1", "basic", 1, nil),
		voiceOf("voice at speed 2", "basic", 2, nil),
		withoutLanguage,
		voiceOf("basic with similarity", "basic", 1.5, likeness(0.75)),
		voiceOf("pro without similarity", "pro", 1.5, nil),
		voiceOf("beta without similarity", "beta", 1.5, nil),
		voiceOf("ultra with similarity 1", "ultra", 1.5, likeness(1)),

		put("give number", agent+"/calling", numbers),
		makeAgent("create second with number", secondAgent, numbers),
		get("agent with a number", agent),
		{key: "delete second agent", method: http.MethodDelete, path: second},

		post("publish own", agent+"/publish").ifPublished(),
		put("write flow", agent+"/flow", body{"conversation_mode": "flow_driven", "flow_config": flow(nil)}),
		get("own agent after a flow", agent).ifPublished(),
		put("write flow with more", agent+"/flow", body{"conversation_mode": "flow_driven", "flow_config": flow(body{otherMember: body{}, otherText: "tfacc"})}),
		get("flow versions", agent+"/flow/versions"),
		put("llm driven again", agent+"/flow", body{"conversation_mode": "llm_driven"}),
		put("flow beside llm driven", agent+"/flow", body{"conversation_mode": "llm_driven", "flow_config": flow(nil)}),

		post("publish own again", agent+"/publish").ifPublished(),
		step{key: "advanced settings", method: http.MethodPatch, path: agent + "/advanced-settings", body: body{"enable_initial_message_cache": false}}.ifPublished(),
		get("own agent after advanced settings", agent).ifPublished(),
		post("publish own once more", agent+"/publish").ifPublished(),
		step{key: "delete published", method: http.MethodDelete, path: agent}.ifPublished(),
		post("unpublish own", agent+"/unpublish").ifPublished(),

		{key: "delete agent", method: http.MethodDelete, path: agent},
		get("deleted agent", agent),
	}}
}

// The nodes of the flow that is written, and members of a node that the reference does not name.
const (
	node0, nodeEnd         = "tfacc-start", "tfacc-end"
	otherMember, otherText = "tfacc_object", "tfacc_text"
)
