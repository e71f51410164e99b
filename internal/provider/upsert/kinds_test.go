package upsert_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// kind is a resource that is written by a node id. What holds of one holds of all.
type kind struct {
	session.Kind
	hidden               bool // whether there is something that no answer shows
	upsert, delete, list fakeapi.Op
	config               func(address, nodeID, more string) string
	least                acctest.Values // the same, for calls of the protocol
	name, text           string         // what messages call it by, and an attribute that an update changes
	changes              acctest.Values // of further attributes
	seed                 map[string]any // the same, as somebody makes it in the dashboard
	add                  func(w acctest.World, fields map[string]any) (id string)
	remove               func(w acctest.World, id string)
	all                  func(w acctest.World) []fakeapi.Stored
}

var kinds = []kind{
	{
		Kind: session.Action, hidden: true, upsert: fakeapi.OpUpsertAction, delete: fakeapi.OpDeleteAction, list: fakeapi.OpListActions,
		config: acctest.HoldAction,
		least:  acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"node_id": "same", "name": "Hold", "description": "Holds the call"}),
		name:   "Hold", text: "description",
		changes: acctest.Values{"name": acctest.Unknown, "inputs": []any{acctest.Values{"name": "reason"}}, "integration": acctest.Values{"id": "crm"}}, // no answer shows an integration
		seed: map[string]any{"name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30, "current_status": "active",
			"inputs": []any{map[string]any{"name": "hold_duration", "type": "integer", "required": true, "description": "Hold duration in seconds", "value": 30}}},
		add:    func(w acctest.World, fields map[string]any) string { return w.AddAction(w.Agent, fields) },
		remove: func(w acctest.World, id string) { w.RemoveAction(w.Agent, id) },
		all:    func(w acctest.World) []fakeapi.Stored { return w.Actions(w.Agent) },
	},
	{
		Kind: session.Training, upsert: fakeapi.OpUpsertTraining, delete: fakeapi.OpDeleteTraining, list: fakeapi.OpListTrainings,
		config: acctest.Training,
		least:  acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"node_id": "same"}),
		name:   "Prices", text: "instructions",
		changes: acctest.Values{"subject": acctest.Unknown},
		seed:    map[string]any{"subject": "Prices", "instructions": "A cleaning costs 90 euros.", "current_status": "active"},
		add:     func(w acctest.World, fields map[string]any) string { return w.AddTraining(w.Agent, fields) },
		remove:  func(w acctest.World, id string) { w.RemoveTraining(w.Agent, id) },
		all:     func(w acctest.World) []fakeapi.Stored { return w.Trainings(w.Agent)[1:] }, // every agent of the fake begins with one
	},
}

// each runs a test for each kind.
func each(t *testing.T, run func(*testing.T, kind)) {
	t.Helper()
	t.Parallel()
	for _, k := range kinds {
		t.Run(string(k.Kind), func(t *testing.T) {
			t.Parallel()
			run(t, k)
		})
	}
}

// resource is the type of the resource.
func (k kind) resource() string { return "talq_" + string(k.Kind) }

// address is where configurations have the only one.
func (k kind) address() string { return k.resource() + ".a" }

// protocol begins a run.
func (k kind) protocol(t *testing.T, w acctest.World) *acctest.Protocol {
	t.Helper()
	return w.Protocol(t).Of(k.resource())
}

// values is the configuration with changes, for calls of the protocol.
func (k kind) values(changes acctest.Values) acctest.Values { return acctest.ButWith(k.least, changes) }

// like adds what is just like the configuration, under a node id.
func (k kind) like(w acctest.World, nodeID string) (id string) {
	fields := maps.Clone(k.seed)
	fields["node_id"] = nodeID
	return k.add(w, fields)
}

// theirs adds what somebody made an hour ago, under a node id.
func (k kind) theirs(w acctest.World, nodeID string) (id string) {
	fields := maps.Clone(k.seed)
	maps.Copy(fields, map[string]any{"node_id": nodeID, k.text: "Theirs", "created_at": time.Now().Add(-time.Hour).Format(time.RFC3339)})
	return k.add(w, fields)
}

// only returns what the agent has, and expects it to be alone.
func (k kind) only(t *testing.T, w acctest.World) fakeapi.Stored {
	t.Helper()
	all := k.all(w)
	if len(all) != 1 {
		t.Fatalf("the agent has %v, want one %s", all, string(k.Kind))
	}
	return all[0]
}

// has expects the agent to have these node ids, in order of their creation.
func (k kind) has(t *testing.T, w acctest.World, nodeIDs ...string) {
	t.Helper()
	got := []string{}
	for _, stored := range k.all(w) {
		got = append(got, stored.NodeID)
	}
	if fmt.Sprint(got) != fmt.Sprint(nodeIDs) {
		t.Errorf("the agent has the node ids %q, want %q", got, nodeIDs)
	}
}

// overwritten and takenOver are the first lines of warnings.
func (k kind) overwritten() string { return "An existing " + string(k.Kind) + " was overwritten" }
func (k kind) takenOver() string   { return k.CapitalOne() + " was taken over" }

// of is how messages call the configured one, by a verb that failed.
func (k kind) of(verb, nodeID string) string {
	return fmt.Sprintf("error: Could not %s the %s %q (%s) of agent agent-1", verb, string(k.Kind), k.name, nodeID)
}
