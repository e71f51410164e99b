package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const integrations = "talq_action_integrations"

func TestIntegrations(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		config given
		want   []any
	}{
		{"all", given{}, []any{"calendar", "email-calendar", "crm"}},
		{"by category", given{"category": "scheduling"}, []any{"calendar", "email-calendar"}},
		{"by a category in other letters", given{"category": "Scheduling"}, nil},
		{"by one that there is not", given{"category": "x"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			state, said := w.protocol(t).readData(integrations, row.config)
			said.None(t)
			var found []any
			for _, entry := range elements(state, "integrations") {
				found = append(found, entry["identifier"])
			}
			if fmt.Sprint(found) != fmt.Sprint(row.want) {
				t.Errorf("found %v, want %v", found, row.want)
			}
			if _, ok := state["integrations"].([]any); !ok {
				t.Errorf("integrations is %v, want a list, empty or not", state["integrations"])
			}
			w.made(t, ops{fakeapi.OpListIntegrations: 1})
		})
	}
}

func TestIntegrationHasWhatTheAPIShows(t *testing.T) {
	t.Parallel()
	state, said := newWorld(t).protocol(t).readData(integrations, given{"category": "data"})
	said.None(t)
	want := []given{{"identifier": "crm", "display_name": "CRM Sync", "description": "Push call summary and outcome to your CRM.",
		"category": "data", "icon_url": "https://app.talkover.ai/integrations/icons/crm.svg"}}
	if got := elements(state, "integrations"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestIntegrationsValidate(t *testing.T) {
	t.Parallel()
	p := newProtocol(t)
	for _, row := range []struct {
		name     string
		category any
		want     []string
	}{
		{"null", nil, nil},
		{"unknown", notKnown, nil},
		{"a word", "data", nil},
		{"empty", "", []string{"error at category: Empty text"}},
		{"blank", " ", []string{"error at category: Empty text"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p.validateData(integrations, given{"category": row.category}).Are(t, row.want...)
		})
	}
}

// TestIntegrationWithPartsMissing: left out, null and "" are all null.
func TestIntegrationWithPartsMissing(t *testing.T) {
	t.Parallel()
	for _, entry := range []string{
		`{"identifier":"x"}`,
		`{"identifier":"x","display_name":null,"description":null,"category":null,"icon_url":null}`,
		`{"identifier":"x","display_name":"","description":"","category":"","icon_url":""}`,
	} {
		w := newWorld(t)
		w.Inject(fakeapi.Fault{Body: `{"success":true,"data":[` + entry + `]}`})
		state, said := w.protocol(t).readData(integrations, given{})
		said.None(t)
		want := []given{{"identifier": "x", "display_name": nil, "description": nil, "category": nil, "icon_url": nil}}
		if got := elements(state, "integrations"); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", entry, got, want)
		}
	}
}

func TestIntegrationsTextsReachNoTerminalRaw(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Inject(fakeapi.Fault{Body: `{"success":true,"data":[{"identifier":"x","display_name":` + toJSON(t, evil) + `}]}`})
	state, said := w.protocol(t).readData(integrations, given{})
	said.None(t)
	if got := elements(state, "integrations")[0]["display_name"]; got != evilInState {
		t.Errorf("the name is %q", got)
	}
}

func TestIntegrationsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		status int
		says   string
	}{
		{404, "There is no such list at this address. Check base_url"},
		{401, "The token is wrong, expired or revoked."},
		{500, "The server failed. Nothing was changed"},
	} {
		w := newWorld(t)
		w.Inject(fakeapi.Fault{Status: row.status, Body: `{"success":false,"message":"No."}`})
		_, said := w.protocol(t).readData(integrations, given{})
		said.Are(t, "error: Could not list the action integrations").Hold(t, row.says)
	}
}

// TestIntegrationsThroughTheCLI finds an identifier and gives it to an action.
func TestIntegrationsThroughTheCLI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", `
data "talq_action_integrations" "this" {}
locals { calendar = one([for i in data.talq_action_integrations.this.integrations : i.identifier if i.display_name == "Calendar"]) }
`+strings.Replace(webhook("schedule", "Schedules"), "inputs ", "integration = { id = local.calendar }\n  inputs ", 1))
	ws.apply()
	w.made(t, ops{fakeapi.OpListIntegrations: 1, fakeapi.OpUpsertAction: 1})
	stored := w.Actions(w.agent)[0]
	if got := fmt.Sprint(stored.Fields["integration"]); got != "map[id:calendar]" {
		t.Errorf("the integration is %s", got)
	}
	ws.planEmpty()
}
