package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The size of a storm.
const (
	mostActions = 60
	agents      = 3
)

// dice draws everything that is random in a storm, from its seed.
type dice struct {
	*rand.Rand
	drawn int // counts texts, so that no two are the same
}

// newStorm draws a storm; every third seed goes back to the base. The same seed gives the same storm; what the concurrency of ten
// operations at once makes of it still varies. With kills, runs may end in the provider's
// death as well.
func newStorm(seed uint64, kills bool) storm {
	d := &dice{Rand: rand.New(rand.NewPCG(seed, 0))}
	s := storm{seed: seed, kind: kindSame, answers: d.answers()}
	if seed%3 == 0 {
		s.kind, kills = kindReverted, false
		s.base = d.fullConfiguration()
		s.edits = d.reversibleEdits(s.base)
	} else {
		s.base = d.configuration()
		s.edits = d.edits(s.base)
	}
	for range 1 + d.IntN(3) {
		s.gusts = append(s.gusts, d.gust(len(s.edits), kills))
	}
	return s
}

func (d *dice) chance(percent int) bool { return d.IntN(100) < percent }

func pick[T any](d *dice, from ...T) T { return from[d.IntN(len(from))] }

// number is a new one at each call.
func (d *dice) number() int {
	d.drawn++
	return d.drawn
}

// answers draws for some points of API.md how the API answers there.
func (d *dice) answers() []answer {
	var drawn []answer
	for _, point := range fakeapi.Open() {
		if d.chance(40) {
			drawn = append(drawn, answer{point.Name, pick(d, point.Answers...).Name})
		}
	}
	return drawn
}

func agentID(n int) string { return fmt.Sprintf("agent-%d", n+1) }

// configuration draws up to [mostActions] over up to [agents] agents, each with its
// publication; now and then none at all.
func (d *dice) configuration() configuration {
	c := configuration{map[string]attributes{}, map[string]bool{}}
	if d.chance(10) {
		return c
	}
	return d.fullConfiguration()
}

// fullConfiguration is a configuration that has at least one action.
func (d *dice) fullConfiguration() configuration {
	c := configuration{map[string]attributes{}, map[string]bool{}}
	used := pick(d, 1, 2, 3, 3)
	for n := range used {
		c.publications[agentID(n)] = true
	}
	// Small ones are as good at finding faults, and larger ones at making a crowd.
	most := pick(d, 6, 20, mostActions-10)
	for range 1 + d.IntN(most) {
		c.actions[d.name()] = d.action(agentID(d.IntN(used)))
	}
	return c
}

func (d *dice) name() string { return fmt.Sprintf("a%d", d.number()) }

// edits draws what changes about a configuration.
func (d *dice) edits(base configuration) []edit {
	var edits []edit
	if len(base.publications) > 1 && d.chance(8) {
		edits = append(edits, d.leaveAgent(base)...)
	}
	left := edited(base, edits)
	for _, name := range slices.Sorted(maps.Keys(left.actions)) {
		if d.chance(50) {
			edits = append(edits, d.edit(name, left.actions[name]))
		}
	}
	if known := len(base.publications); known == 0 || (known < agents && d.chance(20)) {
		agent := agentID(known)
		edits = append(edits, edit{what: "publish " + agent + " as well", agentID: agent, publish: true})
		left.publications[agent] = true
	}
	places := slices.Sorted(maps.Keys(left.publications))
	for range d.IntN(min(8, mostActions-len(base.actions)) + 1) {
		name := d.name()
		edits = append(edits, edit{what: "add " + actionAddress(name), name: name, to: d.action(pick(d, places...))})
	}
	return edits
}

// reversibleEdits draws edits that can be taken back: see [kindReverted].
func (d *dice) reversibleEdits(base configuration) []edit {
	var edits []edit
	for _, name := range slices.Sorted(maps.Keys(base.actions)) {
		from := base.actions[name]
		switch n := d.IntN(100); {
		case n < 10:
			edits = append(edits, edit{what: "take out " + actionAddress(name), name: name})
		case n < 80:
			edits = append(edits, d.update(name, from))
		}
	}
	return edits
}

func edited(base configuration, edits []edit) configuration {
	return storm{base: base, edits: edits}.edited()
}

// leaveAgent takes one agent out, with all that it has.
func (d *dice) leaveAgent(base configuration) []edit {
	agent := pick(d, slices.Sorted(maps.Keys(base.publications))...)
	edits := []edit{{what: "take out the publication of " + agent, agentID: agent}}
	for _, name := range slices.Sorted(maps.Keys(base.actions)) {
		if base.actions[name].text("agent_id") == agent {
			edits = append(edits, edit{what: "take out " + actionAddress(name), name: name})
		}
	}
	return edits
}

// edit draws one change of an action. A node id that another action has had is never
// given again: two resources that swap theirs are a rename without `moved`, whose
// interruption is documented to need a person.
func (d *dice) edit(name string, from attributes) edit {
	address := actionAddress(name)
	switch n := d.IntN(100); {
	case n < 15:
		return edit{what: "take out " + address, name: name}
	case n < 85:
		return d.update(name, from)
	case n < 93:
		to := maps.Clone(from)
		to["node_id"] = d.nodeID()
		return edit{what: "give " + address + " another node id", name: name, to: to}
	default:
		to := d.action(from.text("agent_id"))
		for to["type"] == from["type"] {
			to = d.action(from.text("agent_id"))
		}
		if d.chance(70) {
			to["node_id"] = from["node_id"]
		}
		return edit{what: "make another type of " + address, name: name, to: to}
	}
}

// update draws an edit that keeps the action.
func (d *dice) update(name string, from attributes) edit {
	address := actionAddress(name)
	switch n := d.IntN(100); {
	case n < 45:
		return edit{what: "change only hidden attributes of " + address, name: name, to: d.changed(from, hiddenOf(from))}
	case n < 80:
		return edit{what: "change readable attributes of " + address, name: name, to: d.changed(from, readableOf(from))}
	default:
		return edit{what: "change attributes of " + address, name: name, to: d.changed(from, slices.Concat(readableOf(from), hiddenOf(from)))}
	}
}

// changed draws one or more of some attributes anew.
func (d *dice) changed(from attributes, names []string) attributes {
	for {
		to := maps.Clone(from)
		for range 1 + d.IntN(3) {
			d.draw(to, pick(d, names...))
		}
		if to["type"] == "webhook" && to["url"] == nil && to["integration"] == nil {
			to["url"] = d.url()
		}
		if len(factsOf(to).differences("", factsOf(from), "")) > 0 {
			return to
		}
	}
}

// gust draws an apply in bad weather. Most faults strike writes: a plan that fails ends
// the run before anything happened.
func (d *dice) gust(edits int, kills bool) gust {
	g := gust{retries: d.IntN(3), timeout: 30}
	if kills {
		g.retries = d.IntN(2) // the built provider's pauses are long
	}
	for range 2 + d.IntN(6) {
		f := fault{what: pick(d, writeTrouble...), skip: d.IntN(edits/2 + 1), times: 1 + d.IntN(6)}
		switch n := d.IntN(100); {
		case n < 55:
			f.op = fakeapi.OpUpsertAction
		case n < 75:
			f.op = fakeapi.OpDeleteAction
			f.skip /= 3
		case n < 87:
			f.op = fakeapi.OpPublish
			f.skip %= agents
		default:
			f.op, f.what, f.times = pick(d, fakeapi.OpListActions, fakeapi.OpGetAgent), pick(d, readTrouble...), 1
		}
		g.faults = append(g.faults, f)
	}
	if d.chance(20) {
		g.faults = append(g.faults, fault{what: pick(d, longTrouble...), op: fakeapi.OpUpsertAction, skip: d.IntN(edits + 1), times: 1})
	}
	if slices.ContainsFunc(g.faults, fault.tooLate) {
		g.timeout = troubleTimeout
	}
	if d.chance(8) {
		g.limit = 40 + d.IntN(80)
	}
	if kills && d.chance(70) {
		g.end = &end{how: kill, at: 1 + d.IntN(edits+2), reads: d.chance(10)}
	} else if d.chance(25) {
		g.end = &end{how: interrupt, at: 1 + d.IntN(edits+2), reads: d.chance(10)}
	}
	return g
}
