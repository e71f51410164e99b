package provider

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// seeded is an agent with an action of a type, made in the dashboard.
func seeded(t *testing.T, actionType string, behaviour fakeapi.Behaviour) (world, *protocol, string) {
	t.Helper()
	w := newWorld(t, fakeapi.WithBehaviour(behaviour))
	fields := given{"node_id": "theirs", "name": "Made elsewhere", "description": "What it does.", "type": actionType}
	switch actionType {
	case "webhook", "external":
		fields["url"], fields["authorization_scheme"], fields["speak_on_send"] = "https://a.example", "bearer", "One moment."
		fields["custom_headers"] = []any{given{"key": "X-Key", "value": someSecret}}
	case "transfer":
		fields["transfer_to"] = "+12025550123"
	case "hold":
		fields["hold_duration"] = 30
	}
	id := w.AddAction(w.agent, fields)
	return w, w.protocol(t), id
}

const cannotImport = "warning: Some attributes cannot be imported"

func TestImportWarnsOfWhatTheAPIHides(t *testing.T) {
	const six = "`authorization_scheme`, `custom_headers`, `speak_on_send`, `speak_on_receive`, `execution_mode`, `integration`"
	for actionType, hiddenOnes := range map[string]string{"webhook": six, "external": six, "transfer": "`integration`", "hold": "`integration`"} {
		for name, suffix := range map[string]string{"two parts": "", "three parts": "/my-node"} {
			t.Run(actionType+" by "+name, func(t *testing.T) {
				w, p, id := seeded(t, actionType, fakeapi.Behaviour{})
				state, got := p.importByID(w.agent + "/" + id + suffix)
				got.Are(t, cannotImport).Hold(t, `action "Made elsewhere"`, ": "+hiddenOnes+". If the action uses any of them, write them into the configuration before the next change").Lack(t, someSecret)
				want := any(nil)
				if suffix != "" {
					want = "my-node"
				}
				p.expect(state, given{"agent_id": w.agent, "id": id, "node_id": want, "name": "Made elsewhere", "type": actionType,
					"current_status": "active", "custom_headers": nil, "authorization_scheme": nil, "inputs": nil, "revision": nil})
				_, again := p.refresh(state)
				again.None(t) // it warns once
			})
		}
	}
}

func TestImportBringsWhatTheTypeNeeds(t *testing.T) {
	for actionType, want := range map[string]given{
		"webhook":  {"url": "https://a.example", "transfer_to": nil, "hold_duration": nil},
		"transfer": {"url": nil, "transfer_to": "+12025550123", "hold_duration": nil},
		"hold":     {"url": nil, "transfer_to": nil, "hold_duration": int64(30)},
	} {
		w, p, id := seeded(t, actionType, fakeapi.Behaviour{})
		state, _ := p.importByID(w.agent + "/" + id)
		p.expect(state, want)
	}
}

func TestImportFromAnAnswerThatEchoes(t *testing.T) {
	for name, echo := range map[string]fakeapi.Undocumented{"at top level": fakeapi.UndocumentedEchoed, "inside config": fakeapi.UndocumentedInConfig, "masked": fakeapi.UndocumentedMasked} {
		t.Run(name, func(t *testing.T) {
			w, p, id := seeded(t, "webhook", fakeapi.Behaviour{Undocumented: echo})
			state, got := p.importByID(w.agent + "/" + id)
			got.Are(t, cannotImport).Hold(t, ": `custom_headers`, `speak_on_receive`, `execution_mode`, `integration`. If").Lack(t, someSecret)
			p.expect(state, given{"node_id": "theirs", "authorization_scheme": "bearer", "speak_on_send": "One moment.", "custom_headers": nil, "execution_mode": nil, "integration": nil})
			state, _ = p.importByID(w.agent + "/" + id + "/mine")
			p.expect(state, given{"node_id": "mine"})
		})
	}
}

func TestImportWrongIDs(t *testing.T) {
	for _, id := range []string{"action-1", "/action-1", "agent-1/", "agent-1//n", "agent-1/action-1/", "agent-1/action-1/n "} {
		t.Run(id, func(t *testing.T) {
			w, p, _ := seeded(t, "hold", fakeapi.Behaviour{})
			state, got := p.importByID(id)
			got.Are(t, "error: Wrong import id").Hold(t, fmt.Sprintf("%q", id), "AGENT_ID/ACTION_ID, or AGENT_ID/ACTION_ID/NODE_ID")
			if !state.IsNull() || len(w.Journal()) > 0 {
				t.Errorf("state %v, %d requests", plain(t, state), len(w.Journal()))
			}
		})
	}
}

func TestImportOfWhatThereIsNot(t *testing.T) {
	t.Run("no such action", func(t *testing.T) {
		w, p, _ := seeded(t, "hold", fakeapi.Behaviour{})
		_, got := p.importByID(w.agent + "/theirs")
		got.Are(t, "error: No such action to import").Hold(t, "has 1 actions", `none with the id "theirs"`, "not the node id")
	})
	t.Run("no such agent", func(t *testing.T) {
		_, p, id := seeded(t, "hold", fakeapi.Behaviour{})
		_, got := p.importByID("agent-9/" + id)
		got.Are(t, "error: Could not read the action "+id+" of agent agent-9").Hold(t, "Agent not found", "another environment")
	})
}

func TestImportThatIsCompletedSendsNothing(t *testing.T) {
	w, p, id := seeded(t, "hold", fakeapi.Behaviour{})
	state, _ := p.importByID(w.agent + "/" + id)
	config := butWith(minimal("hold"), given{"agent_id": w.agent, "name": "Made elsewhere", "node_id": "mine"})
	plan := p.plan(state, config)
	plan.Are(t, "warning at node_id: The node id cannot be checked")
	if len(plan.replace) > 0 {
		t.Errorf("it would be replaced because of %v", plan.replace)
	}
	next, got := p.apply(plan)
	got.None(t)
	p.expect(next, given{"node_id": "mine"})
	if n := w.Count(fakeapi.OpUpsertAction); n != 0 {
		t.Errorf("%d writes were sent", n)
	}
	renamed := p.plan(next, butWith(config, given{"node_id": "other"}))
	if want := "[node_id]"; fmt.Sprint(renamed.replace) != want {
		t.Errorf("another node id replaces because of %v, want %s", renamed.replace, want)
	}
}

func TestImportThatIsCompletedWithAnotherChangeIsSent(t *testing.T) {
	w, p, id := seeded(t, "hold", fakeapi.Behaviour{})
	state, _ := p.importByID(w.agent + "/" + id)
	plan := p.plan(state, butWith(minimal("hold"), given{"agent_id": w.agent, "name": "New name", "node_id": "theirs"}))
	plan.Are(t, "warning at node_id: The node id cannot be checked")
	next, got := p.apply(plan)
	got.None(t)
	p.expect(next, given{"id": id, "node_id": "theirs", "name": "New name"})
	if n := w.Count(fakeapi.OpUpsertAction); n != 1 {
		t.Errorf("%d writes were sent, want 1", n)
	}
}
