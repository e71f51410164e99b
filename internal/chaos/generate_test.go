package chaos

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const agents = 3

// dice draws everything that is random in a storm. What it draws first, or lowest, is what
// rapid prefers when it looks for a smaller storm.
type dice struct {
	*rapid.T
	drawn *int // counts texts, so that no two are the same
}

func (d *dice) from(least, most int) int { return rapid.IntRange(least, most).Draw(d.T, "number") }

// chance is true in so many of eight cases, roughly.
func (d *dice) chance(eighths int) bool { return d.from(0, 7) >= 8-eighths }

func pick[T any](d *dice, from ...T) T { return rapid.SampledFrom(from).Draw(d.T, "pick") }

// weighed picks one of the words of a text.
func (d *dice) weighed(words string) string { return pick(d, strings.Fields(words)...) }

// several draws a list whose elements rapid can leave out one by one.
func several[T any](d *dice, least, most int, draw func(*dice) T) []T {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) T { return draw(&dice{t, d.drawn}) }), least, most).Draw(d.T, "several")
}

// number is a new one at each call.
func (d *dice) number() int {
	*d.drawn++
	return *d.drawn
}

// storms draws storms. With kills, runs may end in the provider's death as well.
func storms(kills bool) *rapid.Generator[storm] {
	return rapid.Custom(func(t *rapid.T) storm {
		d := &dice{t, new(int)}
		s := storm{reverted: d.chance(4)}
		for _, point := range fakeapi.Open() {
			if d.chance(3) {
				answer := pick(d, point.Answers...)
				answer.Set(&s.behaviour)
				s.answers = append(s.answers, point.Name+": "+answer.Name)
			}
		}
		s.base = d.configuration(s.reverted)
		if s.reverted {
			s.edited = d.reversibleEdits(s.base)
		} else {
			s.edited = d.edits(s.base)
		}
		// A provider that is killed cannot remember anything, so what it did cannot be
		// reverted.
		s.gusts = several(d, 1, 3, func(d *dice) gust { return d.gust(s.targets(), kills && !s.reverted) })
		return s
	})
}

func agentID(n int) string { return fmt.Sprintf("agent-%d", n+1) }

// configuration draws up to 55 actions over up to [agents] agents, most of them with a
// publication; now and then none at all, unless it must be full.
func (d *dice) configuration(full bool) configuration {
	c := configuration{map[string]attributes{}, map[string]bool{}}
	if !full && d.chance(1) {
		return c
	}
	used := d.from(1, agents)
	for n := range used { // an agent without one has nothing that fails with its listing
		if !d.chance(4) {
			c.publications[agentID(n)] = true
		}
	}
	// Small ones are as good at finding faults, and larger ones at making a crowd.
	least := pick(d, 1, 8, 25)
	for _, a := range several(d, least, 2*least+5, func(d *dice) attributes { return d.action(agentID(d.from(0, used-1))) }) {
		c.actions[fmt.Sprintf("a%d", d.number())] = a
	}
	return c
}

// edits draws what becomes of a configuration. A node id that another action has had is
// never used again: two resources that swap theirs are a rename without `moved`, whose
// interruption is documented to need a person.
func (d *dice) edits(base configuration) configuration {
	c := base.clone()
	if d.chance(1) { // an agent goes, with all that it has
		agent := agentID(d.from(0, agents-1))
		delete(c.publications, agent)
		maps.DeleteFunc(c.actions, func(_ string, a attributes) bool { return a["agent_id"] == agent })
	}
	for _, name := range slices.Sorted(maps.Keys(c.actions)) {
		from := c.actions[name]
		switch d.weighed("same same same same same same update update update update update remove remove remove node_id type") {
		case "update":
			c.actions[name] = d.changed(from)
		case "remove":
			delete(c.actions, name)
		case "node_id":
			c.actions[name] = maps.Clone(from)
			c.actions[name]["node_id"] = d.nodeID()
		case "type":
			c.actions[name] = d.action(from.text("agent_id"))
			if d.chance(5) {
				c.actions[name]["node_id"] = from["node_id"]
			}
		}
	}
	if d.chance(2) {
		c.publications[agentID(d.from(0, agents-1))] = true
	}
	for _, a := range several(d, 0, 8, func(d *dice) attributes { return d.action(agentID(d.from(0, agents-1))) }) {
		c.actions[fmt.Sprintf("a%d", d.number())] = a
	}
	return c
}

// reversibleEdits draws updates and removals. Of a creation whose outcome nobody knows
// Terraform keeps nothing, so nothing could take it back.
func (d *dice) reversibleEdits(base configuration) configuration {
	c := base.clone()
	for _, name := range slices.Sorted(maps.Keys(base.actions)) {
		switch d.weighed("same same update update update update update remove") {
		case "update":
			c.actions[name] = d.changed(base.actions[name])
		case "remove":
			delete(c.actions, name)
		}
	}
	return c
}

// gust draws an apply in bad weather. Most faults strike writes: a plan that fails ends
// the run before anything happened.
func (d *dice) gust(targets [][]fakeapi.Match, kills bool) gust {
	g := gust{settings: settings{retries: d.from(0, 2), timeout: 30}}
	if kills {
		g.retries = min(g.retries, 1) // the built provider's pauses are long
	}
	if len(targets) == 0 {
		return g
	}
	target := func(d *dice) fakeapi.Match { return pick(d, pick(d, targets...)...) }
	g.faults = several(d, 2, 12, func(d *dice) fault { return fault{pick(d, writeTrouble...), target(d), d.from(1, 6)} })
	if d.chance(1) {
		g.faults = append(g.faults, fault{pick(d, longTrouble...), pick(d, targets[0]...), 1})
		g.timeout = 1
	}
	if d.chance(4) { // more often than it is retried
		read := fakeapi.Match{Op: pick(d, fakeapi.OpGetAgent, fakeapi.OpGetAgent, fakeapi.OpGetAgent, fakeapi.OpListActions, fakeapi.OpListAgents)}
		if read.Op != fakeapi.OpListAgents {
			read.AgentID = target(d).AgentID
		}
		g.faults = append(g.faults, fault{pick(d, readTrouble...), read, d.from(3, 8)})
	}
	edits := 2
	for _, group := range targets {
		edits = max(edits, len(group))
	}
	if d.chance(1) {
		g.limit = d.from(40, 120)
	}
	if kills && d.chance(6) {
		g.end = end{kill: true, at: d.from(1, edits), reads: d.chance(1)}
	} else if d.chance(3) {
		g.end = end{at: d.from(1, edits), reads: d.chance(1)}
	}
	return g
}

// The attributes of each type that the API returns, and those that it hides.
var (
	readable = map[string]string{
		"webhook":  "name description url authorization_url inputs current_status",
		"external": "name description url authorization_url inputs current_status",
		"transfer": "name description transfer_to inputs current_status",
		"hold":     "name description hold_duration inputs current_status",
	}
	hidden = map[string]string{
		"webhook":  "custom_headers speak_on_send speak_on_receive execution_mode authorization_scheme integration",
		"external": "custom_headers speak_on_send speak_on_receive execution_mode authorization_scheme integration",
		"transfer": "integration",
		"hold":     "integration",
	}
	// needed are those that a type which has them must have.
	needed = []string{"name", "description", "transfer_to", "hold_duration"}
)

func (d *dice) nodeID() string { return fmt.Sprintf("node-%d", d.number()) }

func (d *dice) url() string { return fmt.Sprintf("https://api.example.com/%d?a=1&b=<2>", d.number()) }

// action draws an action of any type.
func (d *dice) action(agentID string) attributes {
	kind := d.weighed("webhook webhook external transfer hold")
	a := attributes{"agent_id": agentID, "node_id": d.nodeID(), "type": kind}
	for _, name := range strings.Fields(readable[kind] + " " + hidden[kind]) {
		if slices.Contains(needed, name) || d.chance(4) {
			a[name] = d.value(kind, name)
		}
	}
	return d.reachable(a)
}

// changed draws new values for one or more attributes of an action, or takes them away. Half of all
// edits change nothing that can be read.
func (d *dice) changed(from attributes) attributes {
	kind := from.text("type")
	names := strings.Fields(pick(d, hidden[kind], hidden[kind], readable[kind], readable[kind]+" "+hidden[kind]))
	to := maps.Clone(from)
	for _, name := range several(d, 1, 3, func(d *dice) string { return pick(d, names...) }) {
		if !slices.Contains(needed, name) && d.chance(3) {
			delete(to, name)
		} else {
			to[name] = d.value(kind, name)
		}
	}
	return d.reachable(to)
}

// reachable adds what a webhook must have.
func (d *dice) reachable(a attributes) attributes {
	if a["type"] == "webhook" && a["url"] == nil && a["integration"] == nil {
		a["url"] = d.url()
	}
	return a
}

func (d *dice) value(actionType, name string) any {
	switch name {
	case "name":
		return d.phrase("Action")
	case "description", "speak_on_send", "speak_on_receive":
		return d.phrase("Say")
	case "url", "authorization_url":
		return d.url()
	case "authorization_scheme":
		return d.weighed("none bearer basic api_key custom")
	case "execution_mode":
		if actionType == "external" {
			return d.weighed("during_call post_call")
		}
		return "during_call"
	case "integration":
		return map[string]any{"id": fmt.Sprintf("calendar-%d", d.number())}
	case "hold_duration":
		return int64(d.from(1, 600))
	case "transfer_to":
		return fmt.Sprintf("+1202555%04d", d.from(0, 9999))
	case "current_status":
		return d.weighed("active inactive")
	case "custom_headers":
		headers := map[string]any{}
		for n := range d.from(0, 3) {
			headers[fmt.Sprintf("%s-%d", d.weighed("X-Key Authorization X-Trace"), n)] = headerValue(d.number())
		}
		return headers
	case "inputs":
		inputs := []any{}
		for n := range d.from(0, 3) {
			inputs = append(inputs, d.input(n))
		}
		return inputs
	}
	panic("chaos: no value for " + name)
}

// phrase draws a text, some with what HCL, JSON or a trimming server could stumble over.
func (d *dice) phrase(start string) string {
	return fmt.Sprintf("%s %d%s", start, d.number(), pick(d, "", "", "", " ${name} %{if}", "\n", " \"quoted\" \\ <b>&", " Grüße, 你好", " {{ answer.id }}"))
}

func (d *dice) input(n int) map[string]any {
	input := map[string]any{"name": fmt.Sprintf("input_%d", n)}
	kind := pick(d, "", "string", "integer", "number", "boolean", "array", "object")
	if kind != "" {
		input["type"] = kind
	}
	if d.chance(4) {
		input["required"] = d.chance(4)
	}
	if d.chance(4) {
		input["description"] = pick(d, "", d.phrase("Ask"))
	}
	if d.chance(4) { // HCL has a text that is JSON of the declared type
		input["value"] = map[string]string{
			"": d.phrase("Value"), "string": d.phrase("Value"), "integer": fmt.Sprint(d.number()), "number": fmt.Sprintf("%d.5", d.number()),
			"boolean": d.weighed("true false"), "array": fmt.Sprintf(`["a",%d]`, d.number()), "object": fmt.Sprintf(`{"k":%d,"l":"m"}`, d.number()),
		}[kind]
	}
	return input
}
