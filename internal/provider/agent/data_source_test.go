package agent_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAgentByNameOnAnyPage finds an agent beyond the first 100, all of it.
func TestAgentByNameOnAnyPage(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddAgents(130)
	last := w.AddAgent(fakeapi.AgentSeed{Name: "Reception"})
	p := w.Protocol(t)
	byName, said := p.ReadData("talq_agent", acctest.Values{"name": "Reception"})
	said.None(t)
	byID, said := p.ReadData("talq_agent", acctest.Values{"id": last})
	said.None(t)
	if fmt.Sprint(byName) != fmt.Sprint(byID) {
		t.Errorf("by its name it is\n%v\nby its id\n%v", byName, byID)
	}
}

func TestAgentThatIsNotTheOne(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddAgent(fakeapi.AgentSeed{Name: "Twin"})
	w.AddAgent(fakeapi.AgentSeed{Name: "Twin"})
	for _, row := range []struct {
		name   string
		config acctest.Values
		says   []string
	}{
		{"none of the name", acctest.Values{"name": "support"}, []string{"No agent with that name", `"support"`, `"Support"`, `"Twin"`, "3 agents"}},
		{"several of the name", acctest.Values{"name": "Twin"}, []string{"Several agents with that name", "2 agents", `"agent-2", "agent-3"`, "id of the right one"}},
		{"unknown id", acctest.Values{"id": "nobody"}, []string{"Could not read the agent nobody", "another environment"}},
		{"neither", acctest.Values{}, []string{"Missing Attribute Configuration", "[id,name]"}},
		{"both", acctest.Values{"id": "agent-1", "name": "Support"}, []string{"Invalid Attribute Combination", "[id,name]"}},
		{"empty name", acctest.Values{"name": ""}, []string{"Empty text"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p := w.Protocol(t)
			said := p.ValidateData("talq_agent", row.config)
			if len(said) == 0 {
				_, said = p.ReadData("talq_agent", row.config)
			}
			said.Hold(t, "error").Hold(t, row.says...)
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
		name     string
		config   acctest.Values
		want     int
		requests int
		query    string
	}{
		{"all, over two pages", acctest.Values{}, 121, 2, ""},
		{"by status", acctest.Values{"status": "published"}, 1, 1, "status=published"},
		{"by direction", acctest.Values{"direction": "inbound"}, 1, 1, "direction=inbound"},
		{"by text", acctest.Values{"search": "Agent 11"}, 11, 1, "search=Agent+11"},
		{"by all three, none found", acctest.Values{"status": "draft", "direction": "inbound", "search": "x"}, 0, 1, "direction=inbound"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal() // so the rows go one after another
			state, said := w.Protocol(t).ReadData("talq_agents", row.config)
			said.None(t)
			if n := len(acctest.Elements(state, "agents")); n != row.want {
				t.Errorf("%d agents, want %d", n, row.want)
			}
			for _, r := range w.Requests(fakeapi.Match{}) {
				if !strings.Contains(r.Query.Encode(), row.query) {
					t.Errorf("the query was %s, want %s in it", r.Query.Encode(), row.query)
				}
			}
			w.Made(t, acctest.Ops{fakeapi.OpListAgents: row.requests})
		})
	}
}

// TestAgentsWithPartsMissing: a listing may leave out anything but the id.
func TestAgentsWithPartsMissing(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ListedAgentsLack: []string{
		"name", "label", "description", "language", "voice", "trainings", "phone_numbers", "actions", "current_status", "is_ready_to_publish", "conversation_speed", "created_at", "updated_at",
	}}))
	state, said := w.Protocol(t).ReadData("talq_agents", acctest.Values{})
	said.None(t)
	got := acctest.Elements(state, "agents")[0]
	for _, missing := range []string{"name", "voice", "trainings", "phone_numbers", "current_status", "conversation_speed"} {
		if got[missing] != nil {
			t.Errorf("%s is %v, want null", missing, got[missing])
		}
	}
	if got["id"] != "agent-1" || got["direction"] != "inbound" {
		t.Errorf("the agent is %v", got)
	}
}
