package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// calm is what must hold when the storm is over: one apply without faults reaches the
// configuration, on the server and in the state, and the next plan is empty.
func (s storm) calm(ctx context.Context, server *fakeapi.Server, d driver) (*failure, error) {
	want := s.last()
	r := d.apply(ctx, want, fair)
	if len(r.errors) > 0 {
		return &failure{"the calm apply fails", r.errors}, nil
	}
	if leaked := leaks(r, server.Token()); leaked != nil {
		return leaked, nil
	}
	if found := s.checkServer(want, server); found != nil {
		return found, nil
	}
	state, err := d.state(ctx)
	if err != nil {
		return nil, err
	}
	if found := checkState(want, state, server); found != nil {
		return found, nil
	}
	changes, r := d.plan(ctx, want, fair)
	if len(r.errors) > 0 {
		return &failure{"the plan after the calm apply fails", r.errors}, nil
	}
	if len(changes) > 0 {
		return &failure{"the plan after the calm apply is not empty", changes}, nil
	}
	return nil, nil
}

// checkServer compares what the server holds with the configuration: no action twice, none
// lost, none left over, each attribute as configured, hidden ones too, all agents live.
func (s storm) checkServer(want configuration, server *fakeapi.Server) *failure {
	var wrong, differing, drafts []string
	configured := map[[2]string]string{}
	for name, a := range want.actions {
		configured[[2]string{a.text("agent_id"), a.text("node_id")}] = name
	}
	seen := map[string]int{}
	for n := range agents {
		agent := agentID(n)
		for _, stored := range server.Actions(agent) {
			name, ok := configured[[2]string{agent, stored.NodeID}]
			if !ok {
				wrong = append(wrong, fmt.Sprintf("%s has the action %s with the node id %s, which nothing configures", agent, stored.ID, stored.NodeID))
				continue
			}
			if seen[name]++; seen[name] > 1 {
				wrong = append(wrong, fmt.Sprintf("%s has more than one action with the node id %s", agent, stored.NodeID))
			}
			expected := factsOf(cleaned(want.actions[name], s.behaviour()))
			for _, difference := range expected.differences("the configuration", factsOfServer(agent, stored), "the server") {
				differing = append(differing, actionAddress(name)+": "+difference)
			}
		}
		if want.publications[agent] && server.AgentStatus(agent) != "published" {
			drafts = append(drafts, fmt.Sprintf("%s is %s", agent, server.AgentStatus(agent)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want.actions)) {
		if seen[name] == 0 {
			wrong = append(wrong, fmt.Sprintf("%s is not on the server", actionAddress(name)))
		}
	}
	return first(
		failure{"the server has not the actions that are configured", wrong},
		failure{"the server differs from the configuration", differing},
		failure{"an agent takes no calls", drafts},
	)
}

// checkState compares the state with the configuration, and its ids with the server's.
func checkState(want configuration, state map[string]attributes, server *fakeapi.Server) *failure {
	var wrong, differing []string
	ids := map[[2]string]string{}
	for n := range agents {
		for _, stored := range server.Actions(agentID(n)) {
			ids[[2]string{agentID(n), stored.NodeID}] = stored.ID
		}
	}
	for _, resource := range want.resources() {
		known, ok := state[resource.address]
		if !ok {
			wrong = append(wrong, resource.address+" is not in the state")
			continue
		}
		delete(state, resource.address)
		if resource.kind == typePublication {
			continue // the empty plan compares the rest
		}
		for _, difference := range factsOf(resource.attributes).differences("the configuration", factsOf(known), "the state") {
			differing = append(differing, resource.address+": "+difference)
		}
		key := [2]string{resource.attributes.text("agent_id"), resource.attributes.text("node_id")}
		if known.text("id") != ids[key] {
			differing = append(differing, fmt.Sprintf("%s: the state has the id %q, the server %q", resource.address, known.text("id"), ids[key]))
		}
	}
	for _, address := range slices.Sorted(maps.Keys(state)) {
		wrong = append(wrong, address+" is in the state, and nothing configures it")
	}
	return first(failure{"the state has not the resources that are configured", wrong}, failure{"the state differs from the configuration", differing})
}

// leaks says whether a run has shown a secret: the token, or a header's value.
func leaks(r run, token string) *failure {
	var found []string
	for line := range strings.SplitSeq(r.output, "\n") {
		for _, secret := range []string{token, headerMark} {
			if strings.Contains(line, secret) {
				line = strings.ReplaceAll(line, secret, "SECRET")
				found = append(found, line)
			}
		}
	}
	return first(failure{"a secret was shown", found})
}

func first(found ...failure) *failure {
	for i := range found {
		if len(found[i].details) > 0 {
			return &found[i]
		}
	}
	return nil
}
