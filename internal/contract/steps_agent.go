package main

import "net/http"

const (
	theTrainings = theAgent + "/trainings"
	theWebhooks  = theAgent + "/webhooks"
	theFlow      = theAgent + "/flow"
	nobody       = "00000000-0000-4000-8000-000000000000"
)

// nowhere is an address that no server has, as RFC 6761 says of "invalid": what is sent there
// reaches nobody.
const nowhere = "https://tfacc.invalid/hook"

// webhookScenario is about webhooks that are never enabled, and lead nowhere: an update may
// enable one, which is what one of the steps finds out.
func webhookScenario() scenario {
	webhook := body{ //nolint:gosec // the secret is made up for this webhook, which is deleted again
		"name": node("hook"), "webhook_url": nowhere,
		"events":  []any{"event_phone_call_ended", "event_phone_call_started"},
		"timeout": 40, "max_retries": 5, "enabled": false,
		"webhook_secret": "tfacc-not-secret", "http_method": "PUT", "authorization_scheme": "bearer",
		"custom_headers":    []any{body{"key": "X-Test", "value": "tfacc-header"}},
		"payload_templates": body{"event_phone_call_ended": body{"test": "tfacc"}},
	}
	one, toNowhere := theWebhooks+"/{"+node("hook")+"}", theWebhooks+"/{"+node("nowhere")+"}"
	return scenario{name: "webhooks", steps: []step{
		post("publish before a webhook", theAgent+"/publish").ifPublished(),
		{key: "create webhook", method: http.MethodPost, path: theWebhooks, body: webhook},
		get("agent after a webhook", theAgent).ifPublished(),
		get("list webhooks", theWebhooks),
		{key: "leave out of webhook", method: http.MethodPut, path: one, body: body{"timeout": 50}},
		{key: "null in webhook", method: http.MethodPut, path: one, body: body{"max_retries": nil}},
		{key: "delete webhook", method: http.MethodDelete, path: one},
		get("deleted webhook", one),
		{key: "create webhook to nowhere", method: http.MethodPost, path: theWebhooks, body: body{
			"name": node("nowhere"), "webhook_url": nowhere, "events": webhook["events"], "enabled": false,
		}},
		post("test webhook", toNowhere+"/test"),
		{key: "test webhook with a URL", method: http.MethodPost, path: toNowhere + "/test", body: body{"url": nowhere}},
		{key: "delete webhook to nowhere", method: http.MethodDelete, path: toNowhere},
	}}
}

// trainingScenario finds a published agent where the scenario before it published it.
func trainingScenario() scenario {
	training := step{key: "create training", method: http.MethodPost, path: theTrainings, body: body{
		"node_id": node("training"), "subject": longTextName, "instructions": longText + paddedBy, "current_status": "inactive",
	}}
	one := theTrainings + "/{" + node("training") + "}"
	return scenario{name: "trainings", steps: []step{
		training,
		get("agent with a training", theAgent),
		training.as("change training").with(body{"current_status": "active"}).after(apart),
		list("list trainings", theTrainings),
		{key: "delete training", method: http.MethodDelete, path: one},
		{key: "delete training again", method: http.MethodDelete, path: one},
	}}
}

// The nodes of the flow that has faults.
const (
	nodeLost    = "tfacc-lost"    // leads to a node that does not exist
	nodeNowhere = "tfacc-nowhere" // leads nowhere
	nodeAction  = "tfacc-action"  // names an action that does not exist
)

// flowScenario stores no flow: a run leaves that of the lent agent alone.
func flowScenario() scenario {
	flow := func(key string, nodes ...any) step {
		return step{key: key, method: http.MethodPost, path: theFlow + "/validate", body: body{
			"flow_config": body{"initial_node_id": node("start"), "nodes": nodes},
		}}
	}
	end := body{"id": node("end"), "type": "end"}
	return scenario{name: "flow", steps: []step{
		get("flow", theFlow),
		flow("valid flow", body{"id": node("start"), "type": "say", "content": "Hello.", "next": node("end")}, end),
		// Two faults are certain: the lost node and the one that nothing leads to.
		flow("faulty flow",
			body{"id": node("start"), "type": "decision", "content": "Where to?", "branches": []any{
				body{"match": "a", "next": nodeLost}, body{"match": "b", "next": nodeNowhere}, body{"match": "c", "next": nodeAction},
			}},
			body{"id": nodeLost, "type": "say", "content": "Lost.", "next": node("missing")},
			body{"id": nodeNowhere, "type": "say", "content": "Nowhere."},
			body{"id": nodeAction, "type": "action", "content": "Acting.", "action_id": nobody, "next": node("end")},
			end, body{"id": node("alone"), "type": "end"},
		),
	}}
}
