package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// calendarKey is the example's secret. It opens nothing.
const calendarKey = "not-a-real-key"

// standIn is the Talq that the demo talks to, with the practice's agent.
type standIn struct {
	server *fakeapi.Server
	agent  string
}

// startStandIn serves a Talq with one published agent that has no actions.
func startStandIn() (*standIn, error) {
	server, err := fakeapi.Start()
	if err != nil {
		return nil, fmt.Errorf("the stand-in for Talq cannot be served: %w", err)
	}
	agent := server.AddAgent(fakeapi.AgentSeed{Name: "Front desk", Status: "published"})
	return &standIn{server: server, agent: agent}, nil
}

// close stops serving. Doing it again does no harm.
func (t *standIn) close() {
	t.server.Close()
}

// writes are requests that changed something, by what they did.
type writes map[fakeapi.Op]int

func (w writes) String() string {
	var parts []string
	for op, n := range w {
		parts = append(parts, fmt.Sprintf("%s: %d", op, n))
	}
	if len(parts) == 0 {
		return "no writes"
	}
	slices.Sort(parts)
	return "writes: " + strings.Join(parts, ", ")
}

// checkWrites says whether exactly these writes arrived since it was last asked.
func (t *standIn) checkWrites(ctx context.Context, want writes) error {
	if err := t.server.Settle(ctx); err != nil {
		return err
	}
	got := writes{}
	for _, request := range t.server.Journal() {
		if request.Accepted {
			got[request.Op]++
		}
	}
	t.server.ForgetJournal()
	return same("what Talq received", want, got)
}

// checkStatus says whether the agent is a draft or published.
func (t *standIn) checkStatus(want string) error {
	return same("the agent's status in Talq", want, t.server.AgentStatus(t.agent))
}

// find is the action with that node id.
func (t *standIn) find(nodeID string) (fakeapi.Stored, error) {
	for _, action := range t.server.Actions(t.agent) {
		if action.NodeID == nodeID {
			return action, nil
		}
	}
	return fakeapi.Stored{}, &mismatch{expected: fmt.Sprintf("Talq to hold an action with node id %q", nodeID), seen: "none"}
}
