package provider_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// newState names a folder under testdata/states that the test is to write: each
// version that changes what is in the state adds one.
var newState = flag.String("write-state", "", "write a state under testdata/states by this name")

// writeOnlyInStates is a value that is in configurations under
// testdata/states and must be in no state there.
const writeOnlyInStates = "Bearer write-only-value"

// TestStatesOfEarlierVersions plans the states that earlier versions wrote,
// against the server as it was then. A folder holds the configuration, the
// state and what the server had.
func TestStatesOfEarlierVersions(t *testing.T) {
	t.Parallel()
	if *newState != "" {
		writeState(t, filepath.Join("testdata", "states", *newState))
	}
	folders, err := filepath.Glob("testdata/states/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no states: %v", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			w.AddVoices()
			server := acctest.JSONObject(t, acctest.ReadFile(t, folder, "server.json"))
			for _, action := range server["actions"].([]any) {
				w.AddAction(w.Agent, action.(map[string]any))
			}
			trainings, _ := server["trainings"].([]any) // older folders have none
			for _, training := range trainings {
				w.AddTraining(w.Agent, training.(map[string]any))
			}
			webhooks, _ := server["webhooks"].([]any)
			for _, webhook := range webhooks {
				w.AddWebhook(w.Agent, webhook.(map[string]any))
			}
			agents, _ := server["agents"].(map[string]any) // by their ids
			for id, fields := range agents {
				w.AddAgent(fakeapi.AgentSeed{ID: id, Fields: fields.(map[string]any)})
			}
			if flow, ok := server["flow"].(map[string]any); ok {
				w.EditFlow(w.Agent, "flow_driven", flow)
			}
			w.SetPublished(w.Agent, true)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", acctest.ReadFile(t, folder, "main.tf"))
			state := acctest.ReadFile(t, folder, "state.json")
			if strings.Contains(state, writeOnlyInStates) {
				t.Error("the state holds a write-only value")
			}
			ws.Write("terraform.tfstate", state)
			ws.PlanEmpty()
			if !strings.Contains(state, tfvalue.AttributeHeadersWO) {
				// A state also lists its sensitive attributes. Without a refresh one that is
				// new is an update for Terraform, of which no provider is told.
				w.ForgetJournal()
				ws.Apply("-refresh=false").Says("0 added", "0 destroyed")
				w.Made(t, acctest.Ops{})
			}
			ws.PlanEmpty("-refresh=false")
		})
	}
}

// writeState applies every resource with everything set, and keeps what came of it.
func writeState(t *testing.T, folder string) {
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	config := acctest.AllKinds(w.Agent, 1) + acctest.FullAgent().HCL("front_desk") + `
resource "talq_action" "write_only" {
  agent_id                  = "agent-1"
  node_id                   = "write-only"
  name                      = "Write-only"
  description               = "What it does."
  type                      = "external"
  custom_headers            = { Accept = "text/plain" }
  custom_headers_wo         = { Authorization = "` + writeOnlyInStates + `" }
  custom_headers_wo_version = 3
}

resource "talq_training" "prices" {
  agent_id       = "agent-1"
  node_id        = "prices"
  subject        = "Prices"
  instructions   = <<-EOT
    A cleaning costs 90 euros.
  EOT
  current_status = "inactive"
}

resource "talq_agent_flow" "this" {
  agent_id          = "agent-1"
  conversation_mode = "flow_driven"
  flow_config = {
    initial_node_id = "greet"
    meta            = { name = "Intake", version = "1.0.0" }
    nodes = [
      { id = "greet", type = "ask", content = "Hello!", next = "decide" },
      { id = "decide", type = "decision", branches = [{ match = "wait", next = "hold" }, { match = "no", next = "bye" }] },
      { id = "hold", type = "action", next = "bye", extra_json = jsonencode({ action_id = talq_action.hold.id }) },
      { id = "bye", type = "end" },
    ]
    global_functions = [{ name = "end_conversation", description = "Ends the call" }]
  }
}

resource "talq_agent_webhook" "crm" {
  agent_id                  = "agent-1"
  name                      = "CRM"
  webhook_url               = "https://example.com/hook"
  events                    = ["event_phone_call_started", "event_phone_call_ended"]
  timeout                   = 45
  max_retries               = 0
  enabled                   = false
  http_method               = "PUT"
  authorization_scheme      = "bearer"
  custom_headers            = { Accept = "text/plain" }
  custom_headers_wo         = { Authorization = "` + writeOnlyInStates + `" }
  custom_headers_wo_version = 1
  webhook_secret_wo         = "` + writeOnlyInStates + `"
  webhook_secret_wo_version = 1
  payload_templates         = { event_phone_call_ended = jsonencode({ call = "{{call.id}}" }) }
}

resource "talq_agent_webhook" "signed" {
  agent_id       = "agent-1"
  name           = "Signed"
  webhook_url    = "https://example.com/signed"
  events         = ["event_recording"]
  webhook_secret = "signs"
}

resource "talq_agent_publication" "this" {
  agent_id             = "agent-1"
  unpublish_on_destroy = true
  triggers = {
    webhook = talq_action.webhook.revision
    hold    = talq_action.hold.revision
    prices  = talq_training.prices.revision
    flow    = talq_agent_flow.this.revision
    crm     = talq_agent_webhook.crm.revision
  }
}
`
	ws.Write("main.tf", config)
	ws.Apply()
	seeds := func(all []fakeapi.Stored) (seeds []any) {
		for _, stored := range all {
			seed := maps.Clone(stored.Fields)
			seed["id"] = stored.ID
			seed["created_at"] = stored.CreatedAt.Format(time.RFC3339)
			seed["updated_at"] = stored.UpdatedAt.Format(time.RFC3339)
			seeds = append(seeds, seed)
		}
		return seeds
	}
	agents := map[string]any{}
	for _, stored := range w.Agents() {
		if stored.ID != w.Agent {
			agents[stored.ID] = stored.Fields
		}
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"main.tf": config, "state.json": acctest.ReadFile(t, ws.Dir, "terraform.tfstate"),
		"server.json": acctest.ToJSON(t, map[string]any{
			"actions": seeds(w.Actions(w.Agent)), "trainings": seeds(w.Trainings(w.Agent)[1:]), "webhooks": seeds(w.Webhooks(w.Agent)),
			"agents": agents, "flow": w.Flow(w.Agent).Config,
		}) + "\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
