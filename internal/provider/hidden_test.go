package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const hiddenChange = "Warning: Something that cannot be read has changed"

// withHidden is the provider block with a value of hidden_changes.
func (w world) withHidden(mode string) string {
	return strings.Replace(w.provider(), "}\n", fmt.Sprintf("  hidden_changes = %q\n}\n", mode), 1)
}

// later is a time that no publish of this test can be near to.
func later(d time.Duration) string {
	return time.Now().Add(time.Hour + d).UTC().Format(time.RFC3339)
}

// allHidden sets everything that cannot be read.
const allHidden = `
  authorization_scheme = "bearer"
  custom_headers       = { X-Key = "secret-1" }
  speak_on_send        = "One moment"
  speak_on_receive     = "Done"
  integration          = { id = "crm" }
`

// hiddenWorld has three applied webhooks with everything set that cannot be read.
func hiddenWorld(t *testing.T, mode string, options ...fakeapi.Option) (world, *workspace) {
	t.Helper()
	w := newWorld(t, options...)
	ws := newWorkspace(t, w.withHidden(mode))
	config := webhookWith(allHidden) + holdAction("b", "b", "") + holdAction("c", "c", "")
	ws.write("main.tf", config)
	ws.apply().saysNot(hiddenChange)
	return w, ws
}

// storedOf finds an action by its node id.
func (w world) storedOf(t *testing.T, nodeID string) fakeapi.Stored {
	t.Helper()
	for _, stored := range w.Actions(w.agent) {
		if stored.NodeID == nodeID {
			return stored
		}
	}
	t.Fatalf("no action has the node id %s", nodeID)
	return fakeapi.Stored{}
}

// idOf is the id of the action with the node id.
func (w world) idOf(t *testing.T, nodeID string) string {
	t.Helper()
	return w.storedOf(t, nodeID).ID
}

// hiddenEdits are what somebody may do in the dashboard that no answer shows.
var hiddenEdits = map[string]map[string]any{
	"authorization_scheme": {"authorization_scheme": "basic"},
	"custom_headers":       {"custom_headers": []any{map[string]any{"key": "X-Key", "value": "stolen"}}},
	"speak_on_send":        {"speak_on_send": "Hang on"},
	"speak_on_receive":     {"speak_on_receive": nil},
	"execution_mode":       {"execution_mode": "post_call"},
	"integration":          {"integration": map[string]any{"id": "calendar"}},
}

// editedHidden has an applied webhook for each of hiddenEdits, each since edited in
// its own way, and a hold that nobody touched.
func editedHidden(t *testing.T, mode string, options ...fakeapi.Option) (w world, ws *workspace, at, before map[string]string) {
	t.Helper()
	w = newWorld(t, options...)
	ws = newWorkspace(t, w.withHidden(mode))
	config := holdAction("untouched", "untouched", "")
	for attribute := range hiddenEdits {
		config += webhookOf(attribute, attribute, allHidden)
	}
	ws.write("main.tf", config)
	ws.apply().saysNot(hiddenChange)
	at, before = map[string]string{}, map[string]string{}
	for i, attribute := range slices.Sorted(maps.Keys(hiddenEdits)) {
		at[attribute], before[attribute] = later(time.Duration(i)*time.Minute), toJSON(t, w.storedOf(t, attribute).Fields)
		edit := maps.Clone(hiddenEdits[attribute])
		edit["updated_at"] = at[attribute]
		w.EditAction(w.agent, w.idOf(t, attribute), edit)
	}
	return w, ws, at, before
}

func TestHiddenChangeIsNamed(t *testing.T) {
	t.Parallel()
	_, ws, at, _ := editedHidden(t, "warn")
	planned := ws.planEmpty("-json").saysNot("secret-1", "stolen")
	for attribute := range hiddenEdits {
		t.Run(attribute, func(t *testing.T) {
			warning := planned.diagnosticAbout(t, "warning", "("+attribute+")")
			for _, text := range []string{strings.TrimPrefix(hiddenChange, "Warning: "), `action "Schedule" (` + attribute + `) of agent agent-1`, at[attribute], "`" + attribute + "`", "its undoing look the same"} {
				if !strings.Contains(warning, text) {
					t.Errorf("%q lacks %q", warning, text)
				}
			}
		})
	}
}

// TestHiddenChangeIsSaidUntilAnApplyHasShownIt: a plan alone stores nothing.
func TestHiddenChangeIsSaidUntilAnApplyHasShownIt(t *testing.T) {
	t.Parallel()
	w, ws := hiddenWorld(t, "warn")
	w.EditAction(w.agent, w.idOf(t, "schedule"), map[string]any{"speak_on_send": "Hang on", "updated_at": later(0)})
	for range 2 {
		ws.planEmpty().says(hiddenChange)
	}
	ws.apply("-refresh-only").says(hiddenChange)
	for range 2 {
		ws.planEmpty().saysNot(hiddenChange)
	}
}

func TestHiddenChangeIsRewritten(t *testing.T) {
	t.Parallel()
	for name, behaviour := range map[string]fakeapi.Behaviour{
		"times of whole seconds":           {},
		"times of several kinds":           {Microseconds: true, MixedTimes: true},
		"an equal write touches no action": {UntouchedWhenEqual: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, ws, _, before := editedHidden(t, "rewrite", fakeapi.WithBehaviour(behaviour))
			changes := ws.planChanges()
			if len(changes) != len(hiddenEdits) {
				t.Errorf("the plan is %v", changes)
			}
			w.ForgetJournal()
			ws.apply().says(hiddenChange, "This plan writes the configuration again")
			for attribute := range hiddenEdits {
				t.Run(attribute, func(t *testing.T) {
					if change := changes["talq_action."+attribute]; change == nil || !change.Actions.Update() {
						t.Errorf("the plan for it is %v", change)
					}
					if upserts := w.countOf(fakeapi.OpUpsertAction, attribute); upserts != 1 {
						t.Errorf("%d upserts, want 1", upserts)
					}
					if attribute == "execution_mode" { // which the configuration never set
						return
					}
					if after := toJSON(t, w.storedOf(t, attribute).Fields); after != before[attribute] {
						t.Errorf("the server has %s, want %s", after, before[attribute])
					}
				})
			}
			if upserts, deletes := w.Count(fakeapi.OpUpsertAction), w.Count(fakeapi.OpDeleteAction); upserts != len(hiddenEdits) || deletes != 0 {
				t.Errorf("%d upserts and %d deletes, want %d and none", upserts, deletes, len(hiddenEdits))
			}
			ws.planEmpty().saysNot(hiddenChange)
		})
	}
}

func TestHiddenChangeIsIgnored(t *testing.T) {
	t.Parallel()
	w, ws := hiddenWorld(t, "ignore")
	w.EditAction(w.agent, w.idOf(t, "schedule"), map[string]any{"speak_on_send": "Hang on", "updated_at": later(0)})
	ws.planEmpty().saysNot(hiddenChange)
}

// TestNoHiddenChangeIsInvented: what moves updated_at without a hidden change.
func TestNoHiddenChangeIsInvented(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"warn", "rewrite"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			t.Run("ten refreshes", func(t *testing.T) {
				t.Parallel()
				_, ws := hiddenWorld(t, mode)
				for range 10 {
					ws.apply("-refresh-only").saysNot(hiddenChange)
				}
				ws.planEmpty().saysNot(hiddenChange)
			})
			t.Run("a publish that touches all actions", func(t *testing.T) {
				t.Parallel()
				clock := &movedClock{}
				w, ws := hiddenWorld(t, mode, fakeapi.WithClock(clock.now), fakeapi.WithBehaviour(fakeapi.Behaviour{PublishTouchesActions: true}))
				clock.forward(time.Hour)
				w.SetPublished(w.agent, true)
				ws.planEmpty().saysNot(hiddenChange)
			})
			t.Run("a publish that touches the only action", func(t *testing.T) {
				t.Parallel()
				clock := &movedClock{}
				w := newWorld(t, fakeapi.WithClock(clock.now), fakeapi.WithBehaviour(fakeapi.Behaviour{PublishTouchesActions: true}))
				ws := newWorkspace(t, w.withHidden(mode))
				ws.write("main.tf", webhookWith(allHidden))
				ws.apply()
				clock.forward(time.Hour)
				w.SetPublished(w.agent, true)
				ws.planEmpty().saysNot(hiddenChange)
			})
			t.Run("a change that can be read", func(t *testing.T) {
				t.Parallel()
				w, ws := hiddenWorld(t, mode)
				w.EditAction(w.agent, w.idOf(t, "schedule"), map[string]any{"name": "Edited", "updated_at": later(0)})
				ws.terraform("plan").exits(0).saysNot(hiddenChange).says(`"Edited" -> "Schedule"`)
				ws.replace("main.tf", `name        = "Schedule"`, `name        = "Edited"`) // the drift is accepted
				ws.planEmpty().saysNot(hiddenChange)
			})
			t.Run("an import", func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				id := w.AddAction(w.agent, map[string]any{"node_id": "a", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30, "updated_at": later(0)})
				ws := newWorkspace(t, w.withHidden(mode))
				ws.write("main.tf", holdAction("a", "a", ""))
				ws.terraform("import", "talq_action.a", "agent-1/"+id+"/a").exits(0).saysNot(hiddenChange)
				ws.planEmpty().saysNot(hiddenChange)
			})
			t.Run("an update of our own", func(t *testing.T) {
				t.Parallel()
				_, ws := hiddenWorld(t, mode)
				ws.replace("main.tf", "One moment", "Just a moment")
				ws.apply().saysNot(hiddenChange)
				ws.planEmpty().saysNot(hiddenChange)
			})
		})
	}
}

// TestHiddenChangeOfTheOnlyAction: a publish at another time does not hide it, and
// neither does an agent that cannot be read.
func TestHiddenChangeOfTheOnlyAction(t *testing.T) {
	t.Parallel()
	clock := &movedClock{}
	w := newWorld(t, fakeapi.WithClock(clock.now))
	ws := newWorkspace(t, w.withHidden("warn"))
	ws.write("main.tf", webhookWith(allHidden))
	ws.apply()
	clock.forward(time.Hour)
	w.EditAction(w.agent, w.idOf(t, "schedule"), map[string]any{"speak_on_send": "Hang on"}) // which makes it a draft at the same time
	ws.planEmpty().says(hiddenChange)
	clock.forward(time.Minute)
	w.SetPublished(w.agent, true)
	ws.planEmpty().says(hiddenChange)
}

// TestHiddenChangeIsRewrittenWhereTheNodeIDIsFilledIn: the plan that fills it in makes
// no request otherwise.
func TestHiddenChangeIsRewrittenWhereTheNodeIDIsFilledIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.withHidden("rewrite"))
	ws.write("main.tf", holdAction("a", "a", ""))
	ws.apply()
	id := w.idOf(t, "a")
	ws.terraform("state", "rm", "talq_action.a").exits(0)
	ws.terraform("import", "talq_action.a", w.agent+"/"+id).exits(0)
	w.EditAction(w.agent, id, map[string]any{"speak_on_send": "Hang on", "updated_at": later(0)})
	w.ForgetJournal()
	ws.apply().says("0 added, 1 changed, 0 destroyed")
	if n := w.Count(fakeapi.OpUpsertAction); n != 1 {
		t.Errorf("%d writes, want 1", n)
	}
	ws.planEmpty().saysNot(hiddenChange)
}

// TestHiddenChangeNextToAPublish: only where the times of all actions moved is it
// the publish.
func TestHiddenChangeNextToAPublish(t *testing.T) {
	t.Parallel()
	w, ws := hiddenWorld(t, "warn")
	w.EditAction(w.agent, w.idOf(t, "b"), map[string]any{"updated_at": later(0)})
	w.EditAction(w.agent, w.idOf(t, "c"), map[string]any{"updated_at": later(time.Second)})
	ws.planEmpty().says(hiddenChange+`: action "Hold" (b) of agent agent-1`, hiddenChange+`: action "Hold" (c) of agent agent-1`, "`integration`").saysNot("speak_on_send")
}

// movedClock is a server's clock that a test moves.
type movedClock struct{ ahead atomic.Int64 }

func (c *movedClock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *movedClock) forward(d time.Duration) { c.ahead.Add(int64(d)) }
