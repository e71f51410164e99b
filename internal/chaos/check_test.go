package chaos

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// calm is what must hold when the storm is over: one apply without faults reaches the
// configuration, on the server and in the state, and the next plan is empty. Where an apply
// says that a person has to help, as the page of talq_agent has it, that is done first.
func (s storm) calm(d *driver, seen tally) *failure {
	want := s.edited
	if s.reverted {
		want = s.base
	}
	r := d.apply(want, fair)
	for range len(want) {
		helps, ok := remediesIn(r.errors)
		if !ok || len(helps) == 0 {
			break
		}
		for _, help := range helps {
			seen[help.what()]++
			if helped := help.with(d); len(helped.errors) > 0 {
				return &failure{"what an error tells a person to do fails", helped.errors}
			}
		}
		r = d.apply(want, fair)
	}
	if broken := first(failure{"the calm apply fails", r.errors}, leaks(r, d.server.Token())); broken != nil {
		return broken
	}
	state, err := d.state()
	if err != nil {
		return &failure{"the state is not whole", []string{err.Error()}}
	}
	if broken := s.check(want, state, d.server); broken != nil {
		return broken
	}
	changes, r := d.plan(want)
	return first(failure{"the plan after the calm apply fails", r.errors}, failure{"the plan after the calm apply is not empty", changes})
}

// check compares the server and the state with the configuration: nothing twice, nothing
// lost, nothing left over, each attribute as configured, hidden ones too, all agents live.
func (s storm) check(want configuration, state map[string]attributes, server *fakeapi.Server) *failure {
	crowd, differing, drafts := failure{what: "the server has not what is configured"}, failure{what: "the server differs from the configuration"}, failure{what: "an agent takes no calls"}
	lost, stale := failure{what: "the state has not the resources that are configured"}, failure{what: "the state differs from the configuration"}
	onServer := holdings(server)
	for _, resource := range want.resources() {
		known, ok := state[resource.address]
		if !ok {
			lost.add("%s is not in the state", resource.address)
		}
		wished := maps.Clone(resource.attributes)
		if agent, ok := wished["agent_id"].(reference); ok {
			wished["agent_id"] = state[string(agent)].text("id")
		}
		if resource.kind == typePublication { // the empty plan compares the rest
			if status := server.AgentStatus(wished.text("agent_id")); status != "published" {
				drafts.add("%s: its agent is %q", resource.address, status)
			}
			continue
		}
		key := keyOf(resource.kind, wished)
		found := onServer[key]
		delete(onServer, key)
		if len(found) != 1 {
			crowd.add("%s is %d times on the server", resource.address, len(found))
			continue
		}
		expected := factsOf(resource.kind, cleaned(map[string]any(wished), s.behaviour).(map[string]any))
		differing.compare(resource, "the configuration", expected, "the server", found[0].facts)
		stale.compare(resource, "the configuration", factsOf(resource.kind, wished), "the state", factsOf(resource.kind, known))
		if known.text("id") != found[0].id {
			stale.add("%s: the state has the id %q, the server %q", resource.address, known.text("id"), found[0].id)
		}
	}
	for key, found := range onServer {
		crowd.add("nothing configures what the server has as %q: %d times", key, len(found))
	}
	for address := range state {
		if want[address] == nil {
			lost.add("%s is in the state, and nothing configures it", address)
		}
	}
	return first(crowd, differing, drafts, lost, stale)
}

// held is one thing that the server holds, since when, and what it says of it.
type held struct {
	id    string
	since time.Time
	facts facts
}

// keyOf tells one thing on the server from all others: an agent by its label, what belongs to
// an agent by its node id.
func keyOf(kind string, a attributes) [3]string {
	if kind == typeAgent {
		return [3]string{kind, "", a.text("label")}
	}
	return [3]string{kind, a.text("agent_id"), a.text("node_id")}
}

// holdings are all that the server holds, except the agents that somebody else made.
func holdings(server *fakeapi.Server) map[[3]string][]held {
	all := map[[3]string][]held{}
	add := func(kind string, a attributes, one held) {
		key := keyOf(kind, a)
		all[key] = append(all[key], one)
	}
	for _, agent := range server.Agents() {
		if !isElses(agent) {
			add(typeAgent, agent.Fields, held{agent.ID, agent.CreatedAt, factsOfAgent(agent)})
		}
		for kind, items := range map[string][]fakeapi.Stored{typeAction: server.Actions(agent.ID), typeTraining: server.Trainings(agent.ID)} {
			for _, one := range items {
				add(kind, attributes{"agent_id": agent.ID, "node_id": one.NodeID}, held{one.ID, one.CreatedAt, factsOfItem(kind, agent.ID, one)})
			}
		}
	}
	return all
}

// isElses reports whether somebody else made an agent: those have other labels.
func isElses(agent fakeapi.StoredAgent) bool { return agent.Fields["label"] == agent.Fields["name"] }

// seconds says which agents there are twice. No weather excuses that.
func seconds(server *fakeapi.Server) failure {
	found := failure{what: "a second agent was made"}
	for key, agents := range holdings(server) {
		if key[0] == typeAgent && len(agents) > 1 {
			found.add("%d agents have the label %s", len(agents), key[2])
		}
	}
	return found
}

// births are when the server made each thing that it holds, by kind and id.
func births(server *fakeapi.Server) map[[2]string]time.Time {
	made := map[[2]string]time.Time{}
	for key, found := range holdings(server) {
		for _, one := range found {
			made[[2]string{key[0], one.id}] = one.since
		}
	}
	return made
}

// dropped says what a state has let go of though the server has it, and did not make it again.
func dropped(before, after map[string]attributes, made, now map[[2]string]time.Time) failure {
	found := failure{what: "the state let go of something that is there"}
	for address, known := range before {
		key := [2]string{typeOf(address), known.text("id")}
		if at, there := made[key]; there && now[key].Equal(at) && after[address] == nil {
			found.add("%s: %s", address, key[1])
		}
	}
	return found
}

// leaks says whether a run has shown a secret: the token, or a header's value.
func leaks(r run, token string) failure {
	found := failure{what: "a secret was shown"}
	for line := range strings.SplitSeq(r.output, "\n") {
		if hidden := strings.NewReplacer(token, "SECRET", headerMark, "SECRET").Replace(line); hidden != line {
			found.add("%s", hidden)
		}
	}
	return found
}

// failure is a promise that is broken where it has details, in the same words for the same
// promise.
type failure struct {
	what    string
	details []string
}

func (f *failure) add(format string, args ...any) {
	f.details = append(f.details, fmt.Sprintf(format, args...))
}

// compare adds what two views of one resource do not agree on.
func (f *failure) compare(resource declared, whose string, facts facts, others string, other facts) {
	for _, name := range compared[resource.kind] {
		if facts[name] != other[name] {
			f.add("%s: %s: %s has %s, %s has %s", resource.address, name, whose, cmp.Or(facts[name], "nothing"), others, cmp.Or(other[name], "nothing"))
		}
	}
}

// first is the first promise that is broken; nil for none.
func first(promises ...failure) *failure {
	for i := range promises {
		if len(promises[i].details) > 0 {
			return &promises[i]
		}
	}
	return nil
}
