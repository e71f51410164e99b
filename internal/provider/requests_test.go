package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// fleet is the configuration of many agents with as many holds and a publication
// each, one block for each agent, as TERRAFORM.md wants it.
func fleet(agents, actions int, seconds string) string {
	var b strings.Builder
	for i := range agents {
		fmt.Fprintf(&b, `
resource "talq_action" "of_%[1]d" {
  count         = %[2]d
  agent_id      = "agent-%[1]d"
  node_id       = "hold-${count.index}"
  name          = "Hold ${count.index}"
  description   = "Holds the call"
  type          = "hold"
  hold_duration = %[3]s
}

resource "talq_agent_publication" "of_%[1]d" {
  agent_id = "agent-%[1]d"
  triggers = { for i, action in talq_action.of_%[1]d : i => action.revision }
}
`, i+1, actions, seconds)
	}
	return b.String()
}

// TestRequestsOfOneAgent counts all requests of each command. Terraform plans
// before it applies, so an apply begins with the reads of a plan.
func TestRequestsOfOneAgent(t *testing.T) {
	t.Parallel()
	const actions = 30
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", fleet(1, actions, "30"))

	ws.Apply()
	w.Made(t, acctest.Ops{fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1})

	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	ws.Write("main.tf", fleet(1, actions, "count.index == 0 ? 40 : 30"))
	ws.Apply()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})

	ws.Write("main.tf", fleet(1, actions, "50"))
	ws.Apply()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1})

	for _, stored := range w.Actions(w.Agent) {
		w.RemoveAction(w.Agent, stored.ID)
	}
	ws.PlanChanges()
	w.Made(t, acctest.Ops{fakeapi.OpListActions: 1, fakeapi.OpGetAgent: 1}) // gone is what the agent and its listing say

	ws.Apply()
	w.Made(t, acctest.Ops{fakeapi.OpListActions: 1, fakeapi.OpGetAgent: 1, fakeapi.OpUpsertAction: actions, fakeapi.OpPublish: 1})

	ws.Destroy()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpDeleteAction: actions})
}

// TestRequestsOfASavedPlan: the plan has read, so its apply only writes. Before the first
// update of an imported action the ids of the agent's actions are read once, to tell a wrong
// node id from a right one.
func TestRequestsOfASavedPlan(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", fleet(1, 2, "30"))
	ws.Apply()
	saved := func(seconds string, want acctest.Ops) {
		t.Helper()
		ws.Write("main.tf", fleet(1, 2, seconds))
		ws.Terraform("plan", "-out=saved.tfplan").Exits(0)
		w.ForgetJournal()
		ws.Terraform("apply", "saved.tfplan").Exits(0)
		w.Made(t, want)
	}
	saved("40", acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1})

	for i, address := range []string{"talq_action.of_1[0]", "talq_action.of_1[1]"} {
		ws.Terraform("state", "rm", address).Exits(0)
		node := fmt.Sprintf("hold-%d", i)
		ws.Terraform("import", address, "agent-1/"+w.IDsByNode()[node]+"/"+node).Exits(0)
	}
	saved("50", acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1})
	saved("60", acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1})
}

// TestRequestsOfSeveralAgents: one read of each agent, or of the first two and a page.
func TestRequestsOfSeveralAgents(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		agents int
		most   int
	}{{2, 2}, {3, 3}, {6, 3}} {
		t.Run(fmt.Sprint(row.agents), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			w.AddAgents(row.agents)
			ws := acctest.NewWorkspace(t, w.ProviderBlock())
			ws.Write("main.tf", fleet(row.agents, 3, "30"))
			ws.Apply()
			w.Made(t, acctest.Ops{fakeapi.OpUpsertAction: 3 * row.agents, fakeapi.OpPublish: row.agents})
			ws.PlanEmpty()
			if n := len(w.Requests(fakeapi.Match{})); n > row.most {
				t.Errorf("%d requests, want %d at most", n, row.most)
			}

			// What a page shows is compared like what a listing shows.
			last := fmt.Sprintf("agent-%d", row.agents)
			w.EditAction(last, w.Actions(last)[2].ID, map[string]any{"name": "Edited"})
			if changes := ws.PlanChanges(); len(changes) != 2 {
				t.Errorf("the plan changes %d resources, want the action and the publication", len(changes))
			}
		})
	}
}

// TestRequestsOfALargeAccount: forty agents with fifteen actions and a publication
// each are two agents' own reads and one page. To apply them takes long, so the
// state is written by hand.
func TestRequestsOfALargeAccount(t *testing.T) {
	t.Parallel()
	const agents, actions = 40, 15
	w := acctest.NewWorld(t)
	w.AddAgents(agents)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", fleet(agents, actions, "30"))
	ws.Write("terraform.tfstate", fleetState(w, t, agents, actions))

	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 2, fakeapi.OpListAgents: 1})
}

// fleetState puts what [fleet] configures on the server, and returns the state of it.
func fleetState(w acctest.World, t *testing.T, agents, actions int) string {
	t.Helper()
	var resources []any
	resource := func(kind, name string, instances ...any) {
		resources = append(resources, map[string]any{
			"mode": "managed", "type": kind, "name": name, "provider": `provider["` + acctest.ProviderAddress + `"]`, "instances": instances,
		})
	}
	for i := range agents {
		agent, name := fmt.Sprintf("agent-%d", i+1), fmt.Sprintf("of_%d", i+1)
		var instances []any
		revisions := map[string]any{}
		for n := range actions {
			seconds := int64(30)
			attributes := map[string]any{
				"node_id": fmt.Sprintf("hold-%d", n), "name": fmt.Sprintf("Hold %d", n), "description": "Holds the call",
				"type": "hold", "hold_duration": seconds, "current_status": "active",
			}
			id := w.AddAction(agent, attributes)
			stored, _ := w.Action(agent, id)
			attributes = maps.Clone(attributes)
			attributes["id"], attributes["agent_id"], attributes["label"] = id, agent, attributes["name"]
			attributes["created_at"], attributes["updated_at"] = stored.CreatedAt.Format(time.RFC3339), stored.UpdatedAt.Format(time.RFC3339)
			attributes["revision"] = fmt.Sprintf("%s-%d", agent, n)
			revisions[fmt.Sprint(n)] = attributes["revision"]
			instances = append(instances, map[string]any{"index_key": n, "schema_version": 0, "attributes": attributes})
		}
		resource("talq_action", name, instances...)
		resource("talq_agent_publication", name, map[string]any{"schema_version": 0, "attributes": map[string]any{
			"agent_id": agent, "triggers": revisions, "unpublish_on_destroy": false, "current_status": "published",
		}})
		w.SetPublished(agent, true)
	}
	return acctest.ToJSON(t, map[string]any{
		"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "fleet", "outputs": map[string]any{}, "resources": resources,
	})
}

// TestRequestsWithinTheLimit applies and plans more than a window of the server's
// takes. All is read from the journal: no clock decides.
func TestRequestsWithinTheLimit(t *testing.T) {
	t.Parallel()
	const limit, actions = 100, 150
	t.Run("apply", func(t *testing.T) {
		t.Parallel()
		clock := fakeapi.NewPacedClock()
		w := acctest.NewWorld(t, fakeapi.WithClock(clock.Now))
		clock.Limit(w.Server, limit, time.Second)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", fleet(1, actions, "30"))
		ws.Apply("-parallelism=40")
		keptToWindows(w, t, limit, actions+1)
	})
	t.Run("plan", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		w.AddAgents(2)
		ws := acctest.NewWorkspace(t, w.ProviderBlock())
		ws.Write("main.tf", fleet(2, 3, "30"))
		ws.Apply()
		w.ForgetJournal()
		w.SetRateLimit(1, time.Second)
		ws.PlanEmpty()
		keptToWindows(w, t, 1, 2)
	})
}

// TestADraftIsFinishedFirst: all writes of an apply wait at the gate, and then those to one
// agent pass before those to the next.
func TestADraftIsFinishedFirst(t *testing.T) {
	t.Parallel()
	const agents, actions = 4, 5
	w := acctest.NewWorld(t)
	w.AddAgents(agents)
	w.SetRateLimit(90, time.Hour)
	// The first answer shuts the gate, and Terraform hands over all writes before it opens.
	write := fakeapi.Match{Op: fakeapi.OpUpsertAction}
	w.Inject(fakeapi.Fault{Match: write, Times: 1, Status: 429, Header: http.Header{"Retry-After": {"3"}}})
	w.Inject(fakeapi.Fault{Match: write, Times: actions - 1, Delay: time.Second})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", fleet(agents, actions, "30"))

	ws.Apply("-parallelism=100")

	var first []string // agents, of the writes that make up two of them
	for _, r := range w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction}) {
		if r.Accepted && len(first) < 2*actions {
			first = append(first, r.AgentID)
		}
	}
	slices.Sort(first)
	if two := slices.Compact(first); len(two) != 2 {
		t.Errorf("the first %d writes went to %q, want two agents", 2*actions, two)
	}
	for i := range agents {
		w.ExpectLive(t, fmt.Sprintf("agent-%d", i+1), true)
	}
}

// keptToWindows expects that the requests took as few windows as they can, and that
// none came between a 429 and the end of its window but those under way. What was
// under way the server cannot know: it is what arrives within a quarter of the window.
// That not one request more leaves the client is tested where time stands still, in
// internal/talq.
func keptToWindows(w acctest.World, t *testing.T, limit, requests int) {
	t.Helper()
	const underWay = time.Second / 4
	journal := w.Requests(fakeapi.Match{})
	served := slices.DeleteFunc(slices.Clone(journal), func(r fakeapi.Request) bool { return r.Status == 429 })
	if len(served) != requests {
		t.Errorf("%d requests were served, want %d", len(served), requests)
	}
	first, last := served[0].Window, 0
	for _, r := range served {
		last = max(last, r.Window)
	}
	if changes, want := last-first, (requests-1)/limit; changes != want {
		t.Errorf("they span %d changes of the window, want %d", changes, want)
	}
	for _, refused := range journal {
		if refused.Status != 429 {
			continue
		}
		for _, r := range journal {
			if r.Window == refused.Window && r.ArrivedAt.After(refused.AnsweredAt.Add(underWay)) {
				t.Errorf("request %d came after the 429 of request %d, in the same window", r.Number, refused.Number)
			}
		}
	}
}
