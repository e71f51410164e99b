package publication_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// actionSet is the actions of an agent by key: node id and the attributes of the type.
type actionSet map[string]struct{ node, actionType, attributes string }

func hold(node string, seconds int) struct{ node, actionType, attributes string } {
	return struct{ node, actionType, attributes string }{node, "hold", fmt.Sprintf("hold_duration = %d", seconds)}
}

func transfer(node string) struct{ node, actionType, attributes string } {
	return struct{ node, actionType, attributes string }{node, "transfer", `transfer_to = "+12025550123"`}
}

// form is a way to write the same actions and their publication down.
type form struct {
	name    string
	agents  int
	files   func(agents []string, actions actionSet) map[string]string
	address func(key string) []string // of one action, once for each agent
}

const eachAction = `
resource "talq_action" "this" {
  for_each      = local.actions
  agent_id      = %[1]s
  node_id       = each.value.node_id
  name          = each.value.node_id
  description   = "One of several"
  type          = each.value.type
  hold_duration = lookup(each.value, "hold_duration", null)
  transfer_to   = lookup(each.value, "transfer_to", null)
}

resource "talq_agent_publication" "this" {
  agent_id = %[1]s
  triggers = { for key, action in talq_action.this : key => action.revision }
}
`

// local writes the actions as a map.
func local(actions actionSet) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(actions)) {
		a := actions[key]
		fmt.Fprintf(&b, "  %s = { node_id = %q, type = %q, %s }\n", key, a.node, a.actionType, a.attributes)
	}
	return "locals {\n  actions = {\n" + b.String() + "}\n}\n"
}

// module is the eachAction form as a child module.
func module(actions actionSet) string {
	return "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\nvariable \"agent_id\" {}\n" +
		local(actions) + fmt.Sprintf(eachAction, "var.agent_id")
}

var forms = []form{
	{
		name: "for_each", agents: 1,
		files: func(agents []string, actions actionSet) map[string]string {
			return map[string]string{"main.tf": local(actions) + fmt.Sprintf(eachAction, fmt.Sprintf("%q", agents[0]))}
		},
		address: func(key string) []string { return []string{fmt.Sprintf("talq_action.this[%q]", key)} },
	},
	{
		name: "single blocks", agents: 1,
		files: func(agents []string, actions actionSet) map[string]string {
			var b, triggers strings.Builder
			for _, key := range slices.Sorted(maps.Keys(actions)) {
				a := actions[key]
				fmt.Fprintf(&b, "resource \"talq_action\" %q {\n  agent_id = %q\n  node_id = %q\n  name = %q\n  description = \"One of several\"\n  type = %q\n  %s\n}\n",
					key, agents[0], a.node, a.node, a.actionType, a.attributes)
				fmt.Fprintf(&triggers, "    %s = talq_action.%s.revision\n", key, key)
			}
			fmt.Fprintf(&b, "resource \"talq_agent_publication\" \"this\" {\n  agent_id = %q\n  triggers = {\n%s  }\n}\n", agents[0], triggers.String())
			return map[string]string{"main.tf": b.String()}
		},
		address: func(key string) []string { return []string{"talq_action." + key} },
	},
	{
		name: "module", agents: 1,
		files: func(agents []string, actions actionSet) map[string]string {
			return map[string]string{
				"agent/main.tf": module(actions),
				"main.tf":       fmt.Sprintf("module \"one\" {\n  source = \"./agent\"\n  agent_id = %q\n}\n", agents[0]),
			}
		},
		address: func(key string) []string { return []string{fmt.Sprintf("module.one.talq_action.this[%q]", key)} },
	},
	{
		name: "three agents, a module block each", agents: 3,
		files: func(agents []string, actions actionSet) map[string]string {
			var b strings.Builder
			for i, agent := range agents {
				fmt.Fprintf(&b, "module \"agent%d\" {\n  source = \"./agent\"\n  agent_id = %q\n}\n", i, agent)
			}
			return map[string]string{"agent/main.tf": module(actions), "main.tf": b.String()}
		},
		address: func(key string) []string {
			var addresses []string
			for i := range 3 {
				addresses = append(addresses, fmt.Sprintf("module.agent%d.talq_action.this[%q]", i, key))
			}
			return addresses
		},
	},
}

// scenario is a change to three actions, and what it costs on each agent.
type scenario struct {
	name      string
	before    actionSet // nil for the three holds
	after     actionSet
	dashboard func(w acctest.World, agent string) // done between the two applies
	replace   string                              // key for -replace
	watched   bool                                // something with create_before_destroy depends on the actions
	leftovers bool                                // the server keeps something of the type before, which the next apply takes away
	posts     int
	deletes   int
	mayDelete bool // one, or none
}

func three() actionSet {
	return actionSet{"a": hold("a", 10), "b": hold("b", 20), "c": hold("c", 30)}
}

func without(actions actionSet, key string) actionSet {
	delete(actions, key)
	return actions
}

func plus(actions actionSet, key string, a struct{ node, actionType, attributes string }) actionSet {
	actions[key] = a
	return actions
}

var scenarios = []scenario{
	{name: "the first apply", before: actionSet{}, after: three(), posts: 3},
	{name: "one added", after: plus(three(), "d", hold("d", 40)), posts: 1},
	{name: "one changed", after: plus(three(), "b", hold("b", 21)), posts: 1},
	{name: "one removed", after: without(three(), "b"), posts: 0, deletes: 1},
	{name: "added, changed and removed at once", after: plus(plus(without(three(), "a"), "d", hold("d", 40)), "b", hold("b", 21)), posts: 2, deletes: 1},
	{name: "key renamed, the node id follows", after: plus(without(three(), "b"), "z", hold("z", 20)), posts: 1, deletes: 1},
	{name: "key renamed, the node id stays", after: plus(without(three(), "b"), "z", hold("b", 20)), posts: 1, mayDelete: true},
	{name: "one replaced on demand", after: three(), replace: "b", posts: 1, deletes: 1},
	{name: "type changed", after: plus(three(), "b", transfer("b")), posts: 1, deletes: 1},
	{name: "one replaced under create_before_destroy of a dependent", after: three(), replace: "b", watched: true, posts: 1},
	{name: "type changed under create_before_destroy of a dependent", after: plus(three(), "b", transfer("b")), watched: true, leftovers: true, posts: 1},
	{name: "one deleted in the dashboard, and the agent published there", after: three(), posts: 1,
		dashboard: func(w acctest.World, agent string) {
			w.RemoveAction(agent, w.Actions(agent)[1].ID)
			w.SetPublished(agent, true)
		}},
	{name: "one edited in the dashboard, and the agent published there", after: three(), posts: 1,
		dashboard: func(w acctest.World, agent string) {
			w.EditAction(agent, w.Actions(agent)[1].ID, map[string]any{"name": "Other"})
			w.SetPublished(agent, true)
		}},
	{name: "nothing", after: three(), posts: 0},
}

// TestOnePublishAfterTheLastWrite makes every kind of change in every form of
// writing it down: one apply, one publish on each agent, after its last write.
func TestOnePublishAfterTheLastWrite(t *testing.T) {
	t.Parallel()
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			playScenarios(t, f)
		})
	}
}

// played is a scenario in a module of its own, on agents of its own.
type played struct {
	scenario
	module string
	agents []string
}

// playScenarios plays all scenarios side by side in one configuration, which
// spares hundreds of starts of the CLI.
func playScenarios(t *testing.T, f form) {
	// Of so many agents the provider would read pages. Where a form has one agent,
	// it is to make the calls that it makes for one.
	var behaviour fakeapi.Behaviour
	if f.agents == 1 {
		behaviour.ListedAgentsLack = []string{"actions"}
	}
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	var plays []played
	var root strings.Builder
	for i, s := range scenarios {
		if s.watched && f.agents > 1 {
			continue // the module form shows it
		}
		p := played{scenario: s, module: fmt.Sprintf("s%d", i)}
		for range f.agents {
			p.agents = append(p.agents, w.AddAgent(fakeapi.AgentSeed{Name: s.name, Status: "published"}))
		}
		if p.before == nil {
			p.before = three()
		}
		plays = append(plays, p)
		fmt.Fprintf(&root, "module %q { source = \"./%s\" }\n", p.module, p.module)
		ws.Write(p.module+"/provider.tf", "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n")
		p.write(ws, f, p.before)
	}
	ws.Write("main.tf", root.String())
	ws.Terraform("get").Exits(0)
	ws.Apply()

	var replace []string
	leftovers := false
	for _, p := range plays {
		if p.dashboard != nil {
			for _, agent := range p.agents {
				p.dashboard(w, agent)
			}
		}
		p.write(ws, f, p.after)
		if p.replace != "" {
			for _, address := range f.address(p.replace) {
				replace = append(replace, "-replace=module."+p.module+"."+address)
			}
		}
		leftovers = leftovers || p.leftovers
	}
	w.ForgetJournal()
	ws.Apply(replace...).SaysNot("The agent is a draft again")
	for _, p := range plays {
		t.Run(p.name, func(t *testing.T) { p.expect(t, w) })
	}

	if leftovers {
		ws.Apply()
	}
	for _, p := range plays {
		for _, agent := range p.agents {
			if status := w.AgentStatus(agent); status != "published" {
				t.Errorf("%s: agent %s is %s in the end", p.name, agent, status)
			}
		}
	}
	ws.PlanEmpty()
}

// write puts the scenario's module down with these actions.
func (p played) write(ws *acctest.Workspace, f form, actions actionSet) {
	for name, content := range f.files(p.agents, actions) {
		if p.watched && strings.Contains(content, "talq_agent_publication") {
			content += watcher(f, actions)
		}
		ws.Write(p.module+"/"+name, content)
	}
}

// expect checks what the scenario's change came to on each of its agents.
func (p played) expect(t *testing.T, w acctest.World) {
	publishes := 1
	if p.name == "nothing" {
		publishes = 0
	}
	for _, agent := range p.agents {
		deletes := p.deletes
		if p.mayDelete && slices.ContainsFunc(w.Requests(fakeapi.Match{Op: fakeapi.OpDeleteAction}), func(r fakeapi.Request) bool { return r.AgentID == agent }) {
			deletes = 1
		}
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: p.posts, fakeapi.OpDeleteAction: deletes, fakeapi.OpPublish: publishes}, agent)
		if status := w.AgentStatus(agent); status != "published" {
			t.Errorf("agent %s is %s", agent, status)
		}
		if n := len(w.Actions(agent)); n != len(p.after) {
			t.Errorf("agent %s has %d actions, want %d", agent, n, len(p.after))
		}
	}
}

// watcher depends on the actions and is created before it is destroyed, which
// Terraform then does with the actions too.
func watcher(f form, actions actionSet) string {
	var on []string
	for _, key := range slices.Sorted(maps.Keys(actions)) {
		if f.name == "single blocks" {
			on = append(on, "talq_action."+key)
		}
	}
	if f.name != "single blocks" {
		on = []string{"talq_action.this"}
	}
	return "resource \"terraform_data\" \"watcher\" {\n  depends_on = [" + strings.Join(on, ", ") + "]\n  lifecycle { create_before_destroy = true }\n}\n"
}
