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

// trained is the agent that has nothing but trainings, at least at first: so nothing else fails
// with a read of it, and a plan may go on.
var trained = agentID(1)

func agentID(n int) string { return fmt.Sprintf("agent-%d", n+1) }

// configuration draws up to 55 actions and trainings of up to [agents] agents that somebody
// else made and as many of its own, most of them with a publication; now and then none at
// all, unless it must be full.
func (d *dice) configuration(full bool) configuration {
	c := configuration{}
	if !full && d.chance(1) {
		return c
	}
	var all []any
	for n := range pick(d, 1, 2, agents) {
		all = append(all, agentID(n))
	}
	for range pick(d, 0, 1, 2, agents) {
		all = append(all, c.addAgent(d))
	}
	for _, agent := range all { // an agent without one has nothing that fails with its listing
		if agent != trained && !d.chance(4) {
			c.publish(agent)
		}
	}
	// Small ones are as good at finding faults, and larger ones at making a crowd.
	least := pick(d, 1, 8, 25)
	c.addItems(d, least, 2*least+5, all[:max(1, len(all)-1)]) // one has none: no delete of these makes it a draft
	return c
}

// addAgent draws an agent of its own.
func (c configuration) addAgent(d *dice) reference {
	label := fmt.Sprintf("g%d", d.number())
	c[typeAgent+"."+label] = d.agent(label)
	return reference(typeAgent + "." + label)
}

func (c configuration) publish(agent any) {
	c[publicationAddress(agent)] = attributes{"agent_id": agent}
}

// addItems draws actions and trainings of some agents.
func (c configuration) addItems(d *dice, least, most int, of []any) {
	for _, a := range several(d, least, most, func(d *dice) attributes { return d.item(pick(d, of...)) }) {
		if a["type"] == nil {
			c[fmt.Sprintf("%s.t%d", typeTraining, d.number())] = a
		} else {
			c[fmt.Sprintf("%s.a%d", typeAction, d.number())] = a
		}
	}
}

// removeAgent takes an agent out with all that it has. One that somebody else made stays
// with them.
func (c configuration) removeAgent(agent any) {
	maps.DeleteFunc(c, func(address string, _ attributes) bool { return c.agentOf(address) == agent })
}

// agents are those that somebody else made, and those of the configuration.
func (c configuration) agents() []any {
	var all []any
	for n := range agents {
		all = append(all, agentID(n))
	}
	for _, address := range c.of(typeAgent) {
		all = append(all, reference(address))
	}
	return all
}

// lacks tells of an agent whether it had something in a configuration that it has no more.
func (c configuration) lacks(before configuration) func(agent any) bool {
	return func(agent any) bool {
		for address := range before {
			if c[address] == nil && before.agentOf(address) == agent {
				return true
			}
		}
		return false
	}
}

// of are the addresses of some types, sorted.
func (c configuration) of(kinds ...string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(c)), func(address string) bool { return !slices.Contains(kinds, typeOf(address)) })
}

// edits draws what becomes of a configuration. A node id that another action has had is
// never used again: two resources that swap theirs are a rename without `moved`, whose
// interruption is documented to need a person. Nor is an agent's label.
func (d *dice) edits(base configuration) configuration {
	c := maps.Clone(base)
	if d.chance(1) {
		c.removeAgent(pick(d, c.agents()...))
	}
	d.editAgents(c)
	for _, address := range c.of(typeAction, typeTraining) {
		from := c[address]
		switch d.weighed("same same same same same same update update update update update remove remove remove node_id type") {
		case "update":
			c[address] = d.changed(typeOf(address), from)
		case "remove":
			delete(c, address)
		case "node_id":
			c[address] = maps.Clone(from)
			c[address]["node_id"] = d.nodeID()
		case "type":
			if typeOf(address) == typeAction {
				c[address] = d.action(from["agent_id"])
				if d.chance(5) {
					c[address]["node_id"] = from["node_id"]
				}
			}
		}
	}
	for range pick(d, 0, 1, 2, 3) {
		c.addAgent(d)
	}
	// Nothing orders a new publication and the delete of what it never referred to.
	if whole := slices.DeleteFunc(c.agents(), c.lacks(base)); len(whole) > 0 && d.chance(2) {
		c.publish(pick(d, whole...))
	}
	c.addItems(d, 0, 8, c.agents())
	return c
}

// editAgents draws changes of the agents of a configuration, and takes some away.
func (d *dice) editAgents(c configuration) {
	for _, address := range c.of(typeAgent) {
		switch d.weighed("same update update update remove remove") {
		case "update":
			c[address] = d.changed(typeAgent, c[address])
		case "remove":
			c.removeAgent(reference(address))
		}
	}
}

// reversibleEdits draws updates and removals. Of a creation whose outcome nobody knows
// Terraform keeps nothing, so nothing could take it back.
func (d *dice) reversibleEdits(base configuration) configuration {
	c := maps.Clone(base)
	d.editAgents(c)
	for _, address := range c.of(typeAction, typeTraining) {
		switch d.weighed("same same update update update update update remove") {
		case "update":
			c[address] = d.changed(typeOf(address), base[address])
		case "remove":
			delete(c, address)
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
	g.faults = several(d, 2, 12, func(d *dice) fault { return fault{what: pick(d, writeTrouble...), on: target(d), times: d.from(1, 6)} })
	if d.chance(1) {
		g.faults = append(g.faults, fault{what: pick(d, longTrouble...), on: pick(d, targets[0]...), times: 1})
		g.timeout = 1
	}
	if d.chance(4) { // more often than it is retried
		read := fakeapi.Match{Op: pick(d, fakeapi.OpGetAgent, fakeapi.OpGetAgent, fakeapi.OpGetAgent, fakeapi.OpListActions, fakeapi.OpListTrainings), AgentID: pick(d, target(d).AgentID, trained)}
		g.faults = append(g.faults, fault{what: pick(d, readTrouble...), on: read, times: d.from(3, 8)})
	}
	if d.chance(2) { // the searches before and after the create of an agent
		g.faults = append(g.faults, fault{what: pick(d, readTrouble...), on: fakeapi.Match{Op: fakeapi.OpListAgents}, skip: d.from(0, 2), times: d.from(1, 4)})
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
