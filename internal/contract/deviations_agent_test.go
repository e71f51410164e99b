package main

import (
	"bytes"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// failing answers one request to an operation with a status and a body, and does not process
// it. The first ones pass.
func failing(op fakeapi.Op, skip, status int, body string) func(fake) {
	return fault(fakeapi.Fault{Match: fakeapi.Match{Op: op}, Skip: skip, Times: 1, Status: status, Body: body})
}

// agentWorlds are deviations of what is not an action, that no open point has.
var agentWorlds = []world{
	{name: "a second write makes a second training", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining}, Skip: 1, Times: 1,
		Rewrite: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"id":"training-`), []byte(`"id":"other-`)) }}),
		fails: []string{"A training that is written again under its node id keeps its id, and `updated_at` is later."}},
	{name: "a write of a training never moves updated_at", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertTraining},
		Rewrite: func(b []byte) []byte { return updatedAt.ReplaceAll(b, []byte(`"updated_at":"2026-05-01T12:00:00Z"`)) }}),
		fails: []string{"A training that is written again under its node id keeps its id, and `updated_at` is later.",
			"A fresh training has equal `created_at` and `updated_at`."}},
	{name: "texts of trainings are escaped", set: rewrite(fakeapi.OpListTrainings, "", `<b>`, `&lt;b&gt;`),
		fails: []string{"Apart from this, the listing shows a training as it was sent."}},
	{name: "the agent lacks instructions", set: rewrite(fakeapi.OpGetAgent, "", `"instructions":`, `"other":`),
		fails: []string{"`GET /agents/{agent_id}` shows a training with all that the listing shows."}},
	{name: "the agent lacks trainings", set: func(f fake) {
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Skip: 8, Times: 1,
			Rewrite: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"trainings"`), []byte(`"other"`)) }})
	}, fails: []string{"`GET /agents/{agent_id}` shows a training with all that the listing shows."}},
	{name: "a delete of a training does nothing", set: failing(fakeapi.OpDeleteTraining, 0, 200, `{"success":true}`),
		fails: []string{"A second delete of a training answers 404 with a text."}},
	{name: "a deleted training is still shown", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteTraining}, Times: 2, Status: 200, Body: `{"success":true}`}),
		fails: []string{"A deleted training is missing in the agent's answer.", "A second delete of a training answers 404 with a text."}},
	{name: "a number of the agent is a text", set: rewrite(fakeapi.OpGetAgent, "", `"conversation_speed":1.0`, `"conversation_speed":"1.0"`),
		fails: []string{"`conversation_speed` and `initial_message_delay` are JSON numbers."}},
	{name: "the mode is a number", set: failing(fakeapi.OpGetFlow, 1, 200, `{"success":true,"data":{"conversation_mode":1,"flow_config":null}}`), // not where the agent is checked
		fails: []string{"The flow is shown as one of the two modes, with `flow_config` as an object or null."}},
	{name: "an empty flow is a list", set: rewrite(fakeapi.OpGetFlow, "", `null`, `[]`),
		fails: []string{"The flow is shown as one of the two modes, with `flow_config` as an object or null."}},
	{name: "a good flow is refused", set: failing(fakeapi.OpValidateFlow, 0, 422, `{"success":false,"message":"No."}`),
		fails: []string{"The check of a flow without faults answers with a 2xx, and `success` is true."}},
	{name: "the check names no node", set: rewrite(fakeapi.OpValidateFlow, "", nodeLost, "…"),
		fails: []string{"That answer has `success` false, and a sentence in `errors` names the node."}},
	{name: "the check tells one fault", set: failing(fakeapi.OpValidateFlow, 1, 422, `{"success":false,"message":"No.","errors":["Node 'tfacc-lost' leads nowhere"]}`)},
	{name: "a webhook comes back with another URL", set: rewrite(fakeapi.OpCreateWebhook, "", "tfacc.invalid/hook", "tfacc.invalid/other"),
		fails: []string{"A webhook comes back as it was sent, except its hidden fields and its events.", "The listing has all that the create showed of a webhook.",
			"An update of a webhook keeps what it leaves out."}},
	{name: "the listing shows another URL", set: rewrite(fakeapi.OpListWebhooks, "", "tfacc.invalid/hook", "tfacc.invalid/other"),
		fails: []string{"The listing has all that the create showed of a webhook."}},
	{name: "an event has another name", set: rewrite(fakeapi.OpListWebhooks, "", `"event_phone_call_ended":`, `"ended":`),
		fails: []string{"The listing has `available_events`, with the events that were sent."}},
	{name: "a webhook that is not enabled is active", set: rewrite(fakeapi.OpCreateWebhook, "", `"disabled"`, `"active"`),
		fails: []string{"A webhook that is not enabled has the status `disabled`."}},
	{name: "an update enables the webhook", set: rewrite(fakeapi.OpUpdateWebhook, "", `"enabled":false`, `"enabled":true`),
		fails: []string{"An update of a webhook keeps what it leaves out."}},
	{name: "a deleted webhook is still there", set: failing(fakeapi.OpDeleteWebhook, 0, 200, `{"success":true}`),
		fails: []string{"A deleted webhook answers 404 with a text."}},
	{name: "an agent is made under another name", set: rewrite(fakeapi.OpCreateAgent, "", `"name":"tfacc-`, `"name":"other-`),
		fails: []string{"An agent that is made is a draft, and is shown as it was sent."}},
	{name: "an agent is made published", set: rewrite(fakeapi.OpCreateAgent, "", `"current_status":"draft"`, `"current_status":"published"`),
		fails: []string{"An agent that is made is a draft, and is shown as it was sent."}},
	{name: "a search finds nothing", set: failing(fakeapi.OpListAgents, 2, 200, `{"success":true,"data":[]}`),
		fails: []string{"A search for its label finds an agent."}},
	{name: "knowledge stays as it was", set: rewrite(fakeapi.OpUpdateKnowledge, "", `This is still a test.`, `This is a test.`),
		fails: []string{"A write of knowledge makes it what was sent."}},
	{name: "a voice has another template", set: rewrite(fakeapi.OpUpdateVoice, "", `"voice-template-uuid-1"`, `"other"`),
		fails: []string{"The answer to a write of the voice shows the id of its template."}},
	{name: "a published agent cannot be deleted for another reason", set: failing(fakeapi.OpDeleteAgent, 1, 403, `{"success":false,"message":"No."}`),
		fails: []string{"The delete of a published agent answers 409 with a text."}},
	{name: "a delete of an agent does nothing", set: failing(fakeapi.OpDeleteAgent, 2, 200, `{"success":true}`),
		fails: []string{"A deleted agent answers 404 with a text."}},
	{name: "agents may not be made", set: failing(fakeapi.OpCreateAgent, 0, 403, `{"success":false,"message":"No."}`)},
}
