package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestAgentByIDAndByName(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	for i := range 130 { // more than a page of 100
		w.AddAgent(fakeapi.AgentSeed{Name: fmt.Sprintf("Agent %d", i)})
	}
	last := w.AddAgent(fakeapi.AgentSeed{Name: "Reception"})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", fmt.Sprintf(`
data "talq_agent" "by_id" { id = %q }
data "talq_agent" "by_name" { name = "Reception" }
output "same" { value = data.talq_agent.by_id == data.talq_agent.by_name }
output "agent" { value = data.talq_agent.by_name }
`, last))
	ws.Apply()
	if got := ws.Output("same"); got != "true" {
		t.Errorf("the two are not the same agent: %s", got)
	}
	want := `{
	  "id": "` + last + `", "name": "Reception", "label": "Reception", "description": "Handles customer inquiries and support requests", "language": "en-US",
	  "voice": {"id": "voice-uuid", "name": "Bianca", "label": "Bianca Voice", "stability": 0.6, "similarity_boost": 0.98, "ambient_background": "office",
	    "template_id": "voice-template-uuid", "template": {"id": "voice-template-uuid", "name": "Bianca"}},
	  "initial_message": "Hello, how can I help you today?", "interrupt_sensitivity": "medium", "conversation_speed": 1, "initial_message_delay": 0,
	  "ask_if_human_present_on_idle": false, "direction": "inbound", "who_speaks_first": "agent", "current_status": "draft", "is_sandbox": false, "is_ready_to_publish": true,
	  "phone_number_ids": ["phone-uuid"], "phone_numbers": [{"id": "phone-uuid", "number": "+1234567890", "country_code": "US", "formatted_number": "(123) 456-7890", "international_number": "+1 234 567 890", "current_status": "active"}],
	  "trainings": [{"id": "training-uuid", "subject": "Product Knowledge", "current_status": "active", "created_at": "2024-01-15T10:30:00Z", "updated_at": "2024-01-15T10:30:00Z"}]}`
	got := acctest.JSONObject(t, ws.Output("agent"))
	for _, varies := range []string{"created_at", "updated_at"} {
		if got[varies] == nil || got[varies] == "" {
			t.Errorf("%s is %v", varies, got[varies])
		}
		delete(got, varies)
	}
	if got, want := acctest.ToJSON(t, got), acctest.ToJSON(t, acctest.JSONObject(t, want)); got != want {
		t.Errorf("the agent is\n%s\nwant\n%s", got, want)
	}
	ws.PlanEmpty()
}

func TestAgentThatIsNotTheOne(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddAgent(fakeapi.AgentSeed{Name: "Twin"})
	w.AddAgent(fakeapi.AgentSeed{Name: "Twin"})
	for _, row := range []struct {
		name, block string
		says        []string
	}{
		{"none of the name", `name = "support"`, []string{"No agent with that name", `"support"`, `"Support"`, `"Twin"`, "3 agents"}},
		{"several of the name", `name = "Twin"`, []string{"Several agents with that name", "2 agents", `"agent-2", "agent-3"`, "id of the right one"}},
		{"unknown id", `id = "nobody"`, []string{"Could not read the agent nobody", "another environment"}},
		{"neither", ``, []string{"Missing Attribute Configuration", "[id,name]"}},
		{"both", "id = \"agent-1\"\n  name = \"Support\"", []string{"Invalid Attribute Combination", "[id,name]"}},
		{"empty name", `name = ""`, []string{"Empty text"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", "data \"talq_agent\" \"this\" {\n  "+row.block+"\n}\n")
			ws.PlanFails().Says(row.says...)
		})
	}
}

func TestAgents(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	for i := range 120 {
		w.AddAgent(fakeapi.AgentSeed{Name: fmt.Sprintf("Agent %d", i), Direction: "outbound"})
	}
	for _, row := range []struct {
		name, block string
		want        int
		requests    int
		query       string
	}{
		{"all, over two pages", "", 121, 2, ""},
		{"by status", `status = "published"`, 1, 1, "status=published"},
		{"by direction", `direction = "inbound"`, 1, 1, "direction=inbound"},
		{"by text", `search = "Agent 11"`, 11, 1, "search=Agent+11"},
		{"by all three, none found", "status = \"draft\"\n  direction = \"inbound\"\n  search = \"x\"", 0, 1, "direction=inbound"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal() // so the rows go one after another
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", "data \"talq_agents\" \"this\" {\n  "+row.block+"\n}\noutput \"n\" { value = length(data.talq_agents.this.agents) }\n")
			ws.Terraform("apply", "-auto-approve").Exits(0)
			if got := ws.Output("n"); got != fmt.Sprint(row.want) {
				t.Errorf("%s agents, want %d", got, row.want)
			}
			requests := w.Requests(fakeapi.Match{Op: fakeapi.OpListAgents})
			if len(requests) != row.requests {
				t.Errorf("%d listings, want %d", len(requests), row.requests)
			}
			for _, r := range requests {
				if !strings.Contains(r.Query.Encode(), row.query) {
					t.Errorf("the query was %s, want %s in it", r.Query.Encode(), row.query)
				}
			}
		})
	}
}

// TestAgentsWithPartsMissing: a listing may leave out anything but the id.
func TestAgentsWithPartsMissing(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.SetBehaviour(fakeapi.Behaviour{ListedAgentsLack: []string{
		"name", "label", "description", "language", "voice", "trainings", "phone_numbers", "actions", "current_status", "is_ready_to_publish", "conversation_speed", "created_at", "updated_at",
	}})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "data \"talq_agents\" \"this\" {}\noutput \"agent\" { value = one(data.talq_agents.this.agents) }\n")
	ws.Apply()
	got := acctest.JSONObject(t, ws.Output("agent"))
	for _, missing := range []string{"name", "voice", "trainings", "phone_numbers", "current_status", "conversation_speed"} {
		if got[missing] != nil {
			t.Errorf("%s is %v, want null", missing, got[missing])
		}
	}
	if got["id"] != "agent-1" || got["direction"] != "inbound" {
		t.Errorf("the agent is %v", got)
	}
}
