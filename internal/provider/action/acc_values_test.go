package action_test

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// known are values by attribute.
type known = map[string]knownvalue.Check

// is expects a text in the state.
func is(attribute, text string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, at(attribute), knownvalue.StringExact(text))
}

// has expects every attribute of the action in the state at a stage.
func has(agent string, k acctest.Kind, stage int) []statecheck.StateCheck {
	all := known{
		"id": knownvalue.NotNull(), "agent_id": knownvalue.StringExact(agent), "node_id": knownvalue.StringExact(acctest.TestName),
		"name": knownvalue.StringExact(acctest.TestName), "label": knownvalue.StringExact(acctest.TestName),
		"description": knownvalue.StringExact("What the " + k.ActionType + " does."), "type": knownvalue.StringExact(k.ActionType),
		"current_status": knownvalue.StringExact("active"), "created_at": knownvalue.NotNull(), "updated_at": knownvalue.NotNull(), "revision": knownvalue.NotNull(),
	}
	for _, name := range []string{"url", "authorization_url", "authorization_scheme", "custom_headers", "custom_headers_wo", "custom_headers_wo_version",
		"speak_on_send", "speak_on_receive", "execution_mode", "integration", "hold_duration", "transfer_to", "inputs"} {
		all[name] = knownvalue.Null()
	}
	maps.Copy(all, atStage(k.ActionType, stage))
	var checks []statecheck.StateCheck
	for _, name := range slices.Sorted(maps.Keys(all)) {
		checks = append(checks, statecheck.ExpectKnownValue(address, at(name), all[name]))
	}
	return checks
}

// atStage is what a type has at a stage beside what all have.
func atStage(actionType string, stage int) known {
	values := map[string][]known{
		action.TypeWebhook: {
			{"url": knownvalue.StringExact("https://api.example.com/schedule")},
			{"url": knownvalue.StringExact("https://api.example.com/schedule"), "execution_mode": knownvalue.StringExact("during_call")},
			{},
		},
		action.TypeExternal: {
			{},
			{"url": knownvalue.StringExact("https://api.example.com/sync"), "execution_mode": knownvalue.StringExact("during_call")},
			{"url": knownvalue.StringExact("https://api.example.com/v2/sync"), "execution_mode": knownvalue.StringExact("post_call")},
		},
		action.TypeTransfer: {
			{"transfer_to": knownvalue.StringExact("+12025550123")},
			{"transfer_to": knownvalue.StringExact("+12025550123")},
			{"transfer_to": knownvalue.StringExact("+12025550199")},
		},
		action.TypeHold: {
			{"hold_duration": knownvalue.Int64Exact(30)},
			{"hold_duration": knownvalue.Int64Exact(30)},
			{"hold_duration": knownvalue.Int64Exact(45)},
		},
	}[actionType][stage]
	switch {
	case stage == least:
	case actionType == action.TypeWebhook || actionType == action.TypeExternal:
		maps.Copy(values, []known{everything: webhookLike, altered: webhookLikeChanged}[stage])
	default:
		maps.Copy(values, []known{everything: extras, altered: extrasChanged}[stage])
	}
	return values
}

var webhookLike = known{
	"authorization_url":    knownvalue.StringExact("https://auth.example.com/token"),
	"authorization_scheme": knownvalue.StringExact("bearer"),
	"custom_headers":       knownvalue.MapExact(known{"X-Api-Key": knownvalue.StringExact("first"), "Accept": knownvalue.StringExact("text/plain")}),
	"speak_on_send":        knownvalue.StringExact("One moment."),
	"speak_on_receive":     knownvalue.StringExact("You are booked for {{date}}."),
	"integration":          knownvalue.ObjectExact(known{"id": knownvalue.StringExact("calendar")}),
	"current_status":       knownvalue.StringExact("inactive"),
	"inputs": knownvalue.ListExact([]knownvalue.Check{
		input("date", "string", true, knownvalue.StringExact("Meeting date"), knownvalue.Null()),
		input("guests", "integer", false, knownvalue.Null(), knownvalue.StringExact("2")),
		input("options", "object", false, knownvalue.Null(), knownvalue.StringExact(`{"tags":["a"],"vip":false}`)),
	}),
}

var webhookLikeChanged = known{
	"authorization_url":    knownvalue.StringExact("https://auth.example.com/v2/token"),
	"authorization_scheme": knownvalue.StringExact("basic"),
	"custom_headers":       knownvalue.MapExact(known{"X-Api-Key": knownvalue.StringExact("second")}),
	"speak_on_send":        knownvalue.StringExact("Just a second."),
	"speak_on_receive":     knownvalue.StringExact("Done."),
	"integration":          knownvalue.ObjectExact(known{"id": knownvalue.StringExact("crm")}),
	"inputs": knownvalue.ListExact([]knownvalue.Check{
		input("guests", "number", true, knownvalue.Null(), knownvalue.StringExact("2.5")),
		input("date", "string", false, knownvalue.StringExact("The day"), knownvalue.Null()),
	}),
}

var extras = known{
	"current_status": knownvalue.StringExact("inactive"),
	"integration":    knownvalue.ObjectExact(known{"id": knownvalue.StringExact("crm")}),
	"inputs":         knownvalue.ListExact([]knownvalue.Check{input("reason", "string", false, knownvalue.StringExact("Why"), knownvalue.Null())}),
}

var extrasChanged = known{
	"integration": knownvalue.ObjectExact(known{"id": knownvalue.StringExact("calendar")}),
	"inputs": knownvalue.ListExact([]knownvalue.Check{
		input("cause", "string", false, knownvalue.StringExact("Why"), knownvalue.Null()),
		input("level", "integer", false, knownvalue.Null(), knownvalue.StringExact("3")),
	}),
}

func input(name, kind string, required bool, description, value knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectExact(known{
		"name": knownvalue.StringExact(name), "type": knownvalue.StringExact(kind), "required": knownvalue.Bool(required), "description": description, "value": value,
	})
}
