package integration_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const integrations = "talq_action_integrations"

func TestIntegrations(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		config acctest.Values
		want   []any
	}{
		{"all", acctest.Values{}, []any{"calendar", "email-calendar", "crm"}},
		{"by category", acctest.Values{"category": "scheduling"}, []any{"calendar", "email-calendar"}},
		{"by a category in other letters", acctest.Values{"category": "Scheduling"}, nil},
		{"by one that there is not", acctest.Values{"category": "x"}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			state, said := w.Protocol(t).ReadData(integrations, row.config)
			said.None(t)
			var found []any
			for _, entry := range acctest.Elements(state, "integrations") {
				found = append(found, entry["identifier"])
			}
			if fmt.Sprint(found) != fmt.Sprint(row.want) {
				t.Errorf("found %v, want %v", found, row.want)
			}
			if _, ok := state["integrations"].([]any); !ok {
				t.Errorf("integrations is %v, want a list, empty or not", state["integrations"])
			}
			w.Made(t, acctest.Ops{fakeapi.OpListIntegrations: 1})
		})
	}
}

func TestIntegrationHasWhatTheAPIShows(t *testing.T) {
	t.Parallel()
	state, said := acctest.NewWorld(t).Protocol(t).ReadData(integrations, acctest.Values{"category": "data"})
	said.None(t)
	want := []acctest.Values{{"identifier": "crm", "display_name": "CRM Sync", "description": "Push call summary and outcome to your CRM.",
		"category": "data", "icon_url": "https://app.talkover.ai/integrations/icons/crm.svg"}}
	if got := acctest.Elements(state, "integrations"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestIntegrationsValidate(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	for _, row := range []struct {
		name     string
		category any
		want     []string
	}{
		{"null", nil, nil},
		{"unknown", acctest.Unknown, nil},
		{"a word", "data", nil},
		{"empty", "", []string{"error at category: Empty text"}},
		{"blank", " ", []string{"error at category: Empty text"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p.ValidateData(integrations, acctest.Values{"category": row.category}).Are(t, row.want...)
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
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Body: `{"success":true,"data":[` + entry + `]}`})
		state, said := w.Protocol(t).ReadData(integrations, acctest.Values{})
		said.None(t)
		want := []acctest.Values{{"identifier": "x", "display_name": nil, "description": nil, "category": nil, "icon_url": nil}}
		if got := acctest.Elements(state, "integrations"); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", entry, got, want)
		}
	}
}

func TestIntegrationsTextsReachNoTerminalRaw(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.Inject(fakeapi.Fault{Body: `{"success":true,"data":[{"identifier":"x","display_name":` + acctest.ToJSON(t, acctest.Evil) + `}]}`})
	state, said := w.Protocol(t).ReadData(integrations, acctest.Values{})
	said.None(t)
	if got := acctest.Elements(state, "integrations")[0]["display_name"]; got != acctest.EvilInState {
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
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Status: row.status, Body: `{"success":false,"message":"No."}`})
		_, said := w.Protocol(t).ReadData(integrations, acctest.Values{})
		said.Are(t, "error: Could not list the action integrations").Hold(t, row.says)
	}
}

// TestIntegrationsThroughTheCLI finds an identifier and uses it in an action.
func TestIntegrationsThroughTheCLI(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `
data "talq_action_integrations" "this" {}
locals { calendar = one([for i in data.talq_action_integrations.this.integrations : i.identifier if i.display_name == "Calendar"]) }
`+acctest.WebhookWith("integration = { id = local.calendar }"))
	ws.Apply()
	w.Made(t, acctest.Ops{fakeapi.OpListIntegrations: 1, fakeapi.OpUpsertAction: 1})
	stored := w.Actions(w.Agent)[0]
	if got := fmt.Sprint(stored.Fields["integration"]); got != "map[id:calendar]" {
		t.Errorf("the integration is %s", got)
	}
	ws.PlanEmpty()
}
