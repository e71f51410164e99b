package upsert

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

func TestSubject(t *testing.T) {
	none, text := types.StringNull(), types.StringValue
	for _, row := range []struct {
		name             string
		kind             session.Kind
		called, node, id types.String
		want             string
	}{
		{"with a name and a node id", session.Action, text("Book"), text("book"), text("a-1"), `action "Book" (book) of agent agent-1`},
		{"of another kind", session.Training, text("Prices"), text("prices"), text("t-1"), `training "Prices" (prices) of agent agent-1`},
		{"before an id is known", session.Training, text("Prices"), text("prices"), types.StringUnknown(), `training "Prices" (prices) of agent agent-1`},
		{"imported without a node id", session.Training, text("Prices"), none, text("t-1"), `training "Prices" (t-1) of agent agent-1`},
		{"not read yet", session.Training, none, none, text("t-1"), `training t-1 of agent agent-1`},
		{"with a name that moves a cursor", session.Training, text("\x1b[A"), text("\x1b[B"), none, `training "\x1b[A" (\x1b[B) of agent agent-1`},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Subject(row.kind, row.called, row.node, row.id, text("agent-1")); got != row.want {
				t.Errorf("it is %s, want %s", got, row.want)
			}
		})
	}
}

// TestKeysHoldTheKind: an action and a training may have the same id and node id.
func TestKeysHoldTheKind(t *testing.T) {
	action := Item{Kind: session.Action, AgentID: types.StringValue("agent-1"), ID: types.StringValue("x"), NodeID: types.StringValue("n")}
	training := action
	training.Kind = session.Training
	if action.Key() == training.Key() || action.NodeKey() == training.NodeKey() {
		t.Errorf("%v and %v, %v and %v are the same", action.Key(), training.Key(), action.NodeKey(), training.NodeKey())
	}
}
