package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// calendarKey is the example's secret. It opens nothing.
const calendarKey = "not-a-real-key"

// What Talq calls an agent that takes calls, and one that takes none.
const (
	live  = "published"
	draft = "draft"
)

// standIn is the Talq that the demo talks to, with the practice's agent.
type standIn struct {
	server *fakeapi.Server
	agent  string
}

// startStandIn serves a Talq with one live agent that has no actions.
func startStandIn() (*standIn, error) {
	server, err := fakeapi.Start()
	if err != nil {
		return nil, fmt.Errorf("the stand-in for Talq cannot be served: %w", err)
	}
	agent := server.AddAgent(fakeapi.AgentSeed{Name: "Front desk", Status: live})
	return &standIn{server: server, agent: agent}, nil
}

// close stops serving. Doing it again does no harm.
func (t *standIn) close() {
	t.server.Close()
}

// writes are requests that are there to change something, in order of arrival.
type writes []fakeapi.Op

// times are n writes of one kind.
func times(n int, op fakeapi.Op) writes {
	return slices.Repeat(writes{op}, n)
}

// String sums up neighbours of one kind.
func (w writes) String() string {
	if len(w) == 0 {
		return "no writes"
	}
	var parts []string
	for rest := w; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(op fakeapi.Op) bool { return op != rest[0] })
		if n < 0 {
			n = len(rest)
		}
		parts = append(parts, fmt.Sprintf("%s: %d", rest[0], n))
		rest = rest[n:]
	}
	return "writes: " + strings.Join(parts, ", then ")
}

// checkWrites says whether exactly these writes arrived since it was last asked, in this
// order, and whether the agent then is a draft or live. A refused write counts, too.
func (t *standIn) checkWrites(ctx context.Context, want writes, status string) error {
	if err := t.server.Settle(ctx); err != nil {
		return err
	}
	var got writes
	for _, request := range t.server.Journal() {
		if request.Method != http.MethodGet {
			got = append(got, request.Op)
		}
	}
	t.server.ForgetJournal()
	if err := same("what Talq received", want, got); err != nil {
		return err
	}
	return t.checkStatus(status)
}

// checkStatus says whether the agent is a draft or live.
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
