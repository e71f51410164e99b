package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// seeded is an agent with an action of a type, made in the dashboard.
func seeded(t *testing.T, actionType string, behaviour fakeapi.Behaviour) (acctest.World, *acctest.Protocol, string) {
	t.Helper()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	fields := acctest.Values{"node_id": "theirs", "name": "Made elsewhere", "description": "What it does.", "type": actionType}
	switch actionType {
	case "webhook", "external":
		fields["url"], fields["authorization_scheme"], fields["speak_on_send"] = "https://a.example", "bearer", "One moment."
		fields["custom_headers"] = []any{acctest.Values{"key": "X-Key", "value": acctest.SomeSecret}}
	case "transfer":
		fields["transfer_to"] = "+12025550123"
	case "hold":
		fields["hold_duration"] = 30
	}
	id := w.AddAction(w.Agent, fields)
	return w, w.Protocol(t), id
}

const cannotImport = "warning: Some attributes cannot be imported"

func TestImportWarnsOfWhatTheAPIHides(t *testing.T) {
	takesHidden := map[string]bool{"webhook": true, "external": true, "transfer": false, "hold": false} // beside integration
	for actionType, all := range takesHidden {
		for name, suffix := range map[string]string{"two parts": "", "three parts": "/my-node"} {
			t.Run(actionType+" by "+name, func(t *testing.T) {
				w, p, id := seeded(t, actionType, fakeapi.Behaviour{})
				state, got := p.ImportByID(w.Agent + "/" + id + suffix)
				got.Are(t, cannotImport).Hold(t, `action "Made elsewhere"`, "If the action uses any of them, write them into the configuration before the next change").Lack(t, acctest.SomeSecret)
				for _, field := range fakeapi.HiddenFields() {
					if named := strings.Contains(got.String(), "`"+field+"`"); named != (field == "integration" || all && field != "node_id") {
						t.Errorf("the warning names %s: %v", field, named)
					}
				}
				want := any(nil)
				if suffix != "" {
					want = "my-node"
				}
				p.Expect(state, acctest.Values{"agent_id": w.Agent, "id": id, "node_id": want, "name": "Made elsewhere", "type": actionType,
					"current_status": "active", "custom_headers": nil, "authorization_scheme": nil, "inputs": nil, "revision": nil})
				_, again := p.Refresh(state)
				again.None(t) // it warns once
			})
		}
	}
}

func TestImportFromAnAnswerThatEchoes(t *testing.T) {
	for name, echo := range map[string]fakeapi.Undocumented{"at top level": fakeapi.UndocumentedEchoed, "inside config": fakeapi.UndocumentedInConfig, "masked": fakeapi.UndocumentedMasked} {
		t.Run(name, func(t *testing.T) {
			w, p, id := seeded(t, "webhook", fakeapi.Behaviour{Undocumented: echo})
			state, got := p.ImportByID(w.Agent + "/" + id)
			got.Are(t, cannotImport).Hold(t, "`custom_headers`", "`speak_on_receive`", "`execution_mode`", "`integration`").Lack(t, acctest.SomeSecret, "`speak_on_send`", "`authorization_scheme`")
			p.Expect(state, acctest.Values{"node_id": "theirs", "authorization_scheme": "bearer", "speak_on_send": "One moment.", "custom_headers": nil, "execution_mode": nil, "integration": nil})
			state, _ = p.ImportByID(w.Agent + "/" + id + "/mine")
			p.Expect(state, acctest.Values{"node_id": "mine"})
		})
	}
}

func TestImportWrongIDs(t *testing.T) {
	for _, id := range []string{"action-1", "/action-1", "agent-1/", "agent-1//n", "agent-1/action-1/", "agent-1/action-1/n "} {
		t.Run(id, func(t *testing.T) {
			w, p, _ := seeded(t, "hold", fakeapi.Behaviour{})
			state, got := p.ImportByID(id)
			got.Are(t, "error: Wrong import id").Hold(t, fmt.Sprintf("%q", id), "AGENT_ID/ACTION_ID, or AGENT_ID/ACTION_ID/NODE_ID")
			if !state.IsNull() {
				t.Errorf("state %v", acctest.Plain(t, state))
			}
			w.Made(t, acctest.Ops{})
		})
	}
}

func TestImportOfWhatThereIsNot(t *testing.T) {
	t.Run("no such action", func(t *testing.T) {
		w, p, _ := seeded(t, "hold", fakeapi.Behaviour{})
		_, got := p.ImportByID(w.Agent + "/theirs")
		got.Are(t, "error: No such action to import").Hold(t, "has 1 actions", `none with the id "theirs"`, "not the node id")
	})
	t.Run("no such agent", func(t *testing.T) {
		_, p, id := seeded(t, "hold", fakeapi.Behaviour{})
		_, got := p.ImportByID("agent-9/" + id)
		got.Are(t, "error: Could not read the action "+id+" of agent agent-9").Hold(t, "Agent not found", "another environment")
	})
}
