package chaos

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// calm is what must hold when the storm is over: one apply without faults reaches the
// configuration, on the server and in the state, and the next plan is empty.
func (s storm) calm(ctx context.Context, server *fakeapi.Server, d driver) *failure {
	want := s.edited
	if s.reverted {
		want = s.base
	}
	r := d.apply(ctx, want, fair)
	if broken := first(failure{"the calm apply fails", r.errors}, leaks(r, server.Token())); broken != nil {
		return broken
	}
	state, err := d.state(ctx)
	if err != nil {
		return &failure{"the state is not whole", []string{err.Error()}}
	}
	if broken := s.check(want, state, server); broken != nil {
		return broken
	}
	changes, r := d.plan(ctx, want, fair)
	return first(failure{"the plan after the calm apply fails", r.errors}, failure{"the plan after the calm apply is not empty", changes})
}

// check compares the server and the state with the configuration: no action twice, none
// lost, none left over, each attribute as configured, hidden ones too, all agents live.
func (s storm) check(want configuration, state map[string]attributes, server *fakeapi.Server) *failure {
	crowd, differing, drafts := failure{what: "the server has not the actions that are configured"}, failure{what: "the server differs from the configuration"}, failure{what: "an agent takes no calls"}
	lost, stale := failure{what: "the state has not the resources that are configured"}, failure{what: "the state differs from the configuration"}
	onServer := map[[2]string][]fakeapi.Stored{}
	for n := range agents {
		agent := agentID(n)
		for _, stored := range server.Actions(agent) {
			key := [2]string{agent, stored.NodeID}
			onServer[key] = append(onServer[key], stored)
		}
		if status := server.AgentStatus(agent); want.publications[agent] && status != "published" {
			drafts.add("%s is %s", agent, status)
		}
	}
	for _, resource := range want.resources() {
		known, ok := state[resource.address]
		if !ok {
			lost.add("%s is not in the state", resource.address)
		}
		delete(state, resource.address)
		if resource.kind == typePublication {
			continue // the empty plan compares the rest
		}
		agent := resource.attributes.text("agent_id")
		key := [2]string{agent, resource.attributes.text("node_id")}
		found := onServer[key]
		delete(onServer, key)
		if len(found) != 1 {
			crowd.add("%s is %d times on the server", resource.address, len(found))
			continue
		}
		expected := factsOf(cleaned(map[string]any(resource.attributes), s.behaviour).(map[string]any))
		differing.compare(resource.address, "the configuration", expected, "the server", factsOfServer(agent, found[0]))
		stale.compare(resource.address, "the configuration", factsOf(resource.attributes), "the state", factsOf(known))
		if known.text("id") != found[0].ID {
			stale.add("%s: the state has the id %q, the server %q", resource.address, known.text("id"), found[0].ID)
		}
	}
	for key, found := range onServer {
		crowd.add("nothing configures what %s has under the node id %s: %d actions", key[0], key[1], len(found))
	}
	for address := range state {
		lost.add("%s is in the state, and nothing configures it", address)
	}
	return first(crowd, differing, drafts, lost, stale)
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

// compare adds what two views of one action do not agree on.
func (f *failure) compare(address, whose string, facts facts, others string, other facts) {
	for _, name := range compared {
		if facts[name] != other[name] {
			f.add("%s: %s: %s has %s, %s has %s", address, name, whose, cmp.Or(facts[name], "nothing"), others, cmp.Or(other[name], "nothing"))
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
