package action_test

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

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
func editedHidden(t *testing.T, mode string, options ...fakeapi.Option) (w acctest.World, ws *acctest.Workspace, at, before map[string]string) {
	t.Helper()
	w = acctest.NewWorld(t, options...)
	ws = acctest.NewWorkspace(t, w.WithHidden(mode))
	config := acctest.HoldAction("untouched", "untouched", "")
	for attribute := range hiddenEdits {
		config += acctest.WebhookOf(attribute, attribute, acctest.AllHidden)
	}
	ws.Write("main.tf", config)
	ws.Apply().SaysNot(acctest.HiddenChange)
	at, before = map[string]string{}, map[string]string{}
	for i, attribute := range slices.Sorted(maps.Keys(hiddenEdits)) {
		at[attribute], before[attribute] = acctest.Later(time.Duration(i)*time.Minute), acctest.ToJSON(t, w.StoredOf(t, attribute).Fields)
		edit := maps.Clone(hiddenEdits[attribute])
		edit["updated_at"] = at[attribute]
		w.EditAction(w.Agent, w.IDOf(t, attribute), edit)
	}
	return w, ws, at, before
}

func TestHiddenChangeIsNamed(t *testing.T) {
	t.Parallel()
	_, ws, at, _ := editedHidden(t, "warn")
	planned := ws.PlanEmpty("-json").SaysNot("secret-1", "stolen")
	for attribute := range hiddenEdits {
		t.Run(attribute, func(t *testing.T) {
			warning := planned.DiagnosticAbout(t, "warning", "("+attribute+")")
			for _, text := range []string{strings.TrimPrefix(acctest.HiddenChange, "Warning: "), `action "Schedule" (` + attribute + `) of agent agent-1`, at[attribute], "`" + attribute + "`", "so it may be any of these"} {
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
	w, ws := acctest.HiddenWorld(t, "warn")
	w.EditAction(w.Agent, w.IDOf(t, "schedule"), map[string]any{"speak_on_send": "Hang on", "updated_at": acctest.Later(0)})
	for range 2 {
		ws.PlanEmpty().Says(acctest.HiddenChange)
	}
	ws.Apply("-refresh-only").Says(acctest.HiddenChange)
	for range 2 {
		ws.PlanEmpty().SaysNot(acctest.HiddenChange)
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
			changes := ws.PlanChanges()
			if len(changes) != len(hiddenEdits) {
				t.Errorf("the plan is %v", changes)
			}
			w.ForgetJournal()
			ws.Apply().Says(acctest.HiddenChange, "This plan writes the configuration again")
			for attribute := range hiddenEdits {
				t.Run(attribute, func(t *testing.T) {
					if change := changes["talq_action."+attribute]; change == nil || !change.Actions.Update() {
						t.Errorf("the plan for it is %v", change)
					}
					if upserts := len(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: attribute})); upserts != 1 {
						t.Errorf("%d upserts, want 1", upserts)
					}
					if attribute == "execution_mode" { // which the configuration never set
						return
					}
					if after := acctest.ToJSON(t, w.StoredOf(t, attribute).Fields); after != before[attribute] {
						t.Errorf("the server has %s, want %s", after, before[attribute])
					}
				})
			}
			w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: len(hiddenEdits)})
			ws.PlanEmpty().SaysNot(acctest.HiddenChange)
		})
	}
}

func TestHiddenChangeIsIgnored(t *testing.T) {
	t.Parallel()
	w, ws := acctest.HiddenWorld(t, "ignore")
	w.EditAction(w.Agent, w.IDOf(t, "schedule"), map[string]any{"speak_on_send": "Hang on", "updated_at": acctest.Later(0)})
	ws.PlanEmpty().SaysNot(acctest.HiddenChange)
}

// TestNoHiddenChangeIsInvented: what moves updated_at without a hidden change.
func TestNoHiddenChangeIsInvented(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"warn", "rewrite"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			t.Run("ten refreshes", func(t *testing.T) {
				t.Parallel()
				_, ws := acctest.HiddenWorld(t, mode)
				for range 10 {
					ws.Apply("-refresh-only").SaysNot(acctest.HiddenChange)
				}
				ws.PlanEmpty().SaysNot(acctest.HiddenChange)
			})
			t.Run("a publish that touches all actions", func(t *testing.T) {
				t.Parallel()
				clock := &movedClock{}
				w, ws := acctest.HiddenWorld(t, mode, fakeapi.WithClock(clock.now), fakeapi.WithBehaviour(fakeapi.Behaviour{PublishTouchesActions: true}))
				clock.forward(time.Hour)
				w.SetPublished(w.Agent, true)
				ws.PlanEmpty().SaysNot(acctest.HiddenChange)
			})
			t.Run("a publish that touches the only action", func(t *testing.T) {
				t.Parallel()
				clock := &movedClock{}
				w := acctest.NewWorld(t, fakeapi.WithClock(clock.now), fakeapi.WithBehaviour(fakeapi.Behaviour{PublishTouchesActions: true}))
				ws := acctest.NewWorkspace(t, w.WithHidden(mode))
				ws.Write("main.tf", acctest.WebhookWith(acctest.AllHidden))
				ws.Apply()
				clock.forward(time.Hour)
				w.SetPublished(w.Agent, true)
				ws.PlanEmpty().SaysNot(acctest.HiddenChange)
			})
			t.Run("a change that can be read", func(t *testing.T) {
				t.Parallel()
				w, ws := acctest.HiddenWorld(t, mode)
				w.EditAction(w.Agent, w.IDOf(t, "schedule"), map[string]any{"name": "Edited", "updated_at": acctest.Later(0)})
				ws.Terraform("plan").Exits(0).SaysNot(acctest.HiddenChange).Says(`"Edited" -> "Schedule"`)
				ws.Replace("main.tf", `name        = "Schedule"`, `name        = "Edited"`) // the drift is accepted
				ws.PlanEmpty().SaysNot(acctest.HiddenChange)
			})
			t.Run("an import", func(t *testing.T) {
				t.Parallel()
				w := acctest.NewWorld(t)
				id := w.AddAction(w.Agent, map[string]any{"node_id": "a", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30, "updated_at": acctest.Later(0)})
				ws := acctest.NewWorkspace(t, w.WithHidden(mode))
				ws.Write("main.tf", acctest.HoldAction("a", "a", ""))
				ws.Terraform("import", "talq_action.a", "agent-1/"+id+"/a").Exits(0).SaysNot(acctest.HiddenChange)
				ws.PlanEmpty().SaysNot(acctest.HiddenChange)
			})
			t.Run("an update of our own", func(t *testing.T) {
				t.Parallel()
				_, ws := acctest.HiddenWorld(t, mode)
				ws.Replace("main.tf", "One moment", "Just a moment")
				ws.Apply().SaysNot(acctest.HiddenChange)
				ws.PlanEmpty().SaysNot(acctest.HiddenChange)
			})
		})
	}
}

// TestHiddenChangeOfTheOnlyAction: a publish at another time does not hide it, and
// neither does an agent that cannot be read.
func TestHiddenChangeOfTheOnlyAction(t *testing.T) {
	t.Parallel()
	clock := &movedClock{}
	w := acctest.NewWorld(t, fakeapi.WithClock(clock.now))
	ws := acctest.NewWorkspace(t, w.WithHidden("warn"))
	ws.Write("main.tf", acctest.WebhookWith(acctest.AllHidden))
	ws.Apply()
	clock.forward(time.Hour)
	w.EditAction(w.Agent, w.IDOf(t, "schedule"), map[string]any{"speak_on_send": "Hang on"}) // which makes it a draft at the same time
	ws.PlanEmpty().Says(acctest.HiddenChange)
	clock.forward(time.Minute)
	w.SetPublished(w.Agent, true)
	ws.PlanEmpty().Says(acctest.HiddenChange)
}

// TestHiddenChangeIsRewrittenWhereTheNodeIDIsFilledIn: the plan that fills it in makes
// no request otherwise.
func TestHiddenChangeIsRewrittenWhereTheNodeIDIsFilledIn(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.WithHidden("rewrite"))
	ws.Write("main.tf", acctest.HoldAction("a", "a", ""))
	ws.Apply()
	id := w.IDOf(t, "a")
	ws.Terraform("state", "rm", "talq_action.a").Exits(0)
	ws.Terraform("import", "talq_action.a", w.Agent+"/"+id).Exits(0)
	w.EditAction(w.Agent, id, map[string]any{"speak_on_send": "Hang on", "updated_at": acctest.Later(0)})
	w.ForgetJournal()
	ws.Apply().Says("0 added, 1 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	ws.PlanEmpty().SaysNot(acctest.HiddenChange)
}

// TestHiddenChangeNextToAPublish: only where the times of all actions moved is it
// the publish.
func TestHiddenChangeNextToAPublish(t *testing.T) {
	t.Parallel()
	w, ws := acctest.HiddenWorld(t, "warn")
	w.EditAction(w.Agent, w.IDOf(t, "b"), map[string]any{"updated_at": acctest.Later(0)})
	w.EditAction(w.Agent, w.IDOf(t, "c"), map[string]any{"updated_at": acctest.Later(time.Second)})
	ws.PlanEmpty().Says(acctest.HiddenChange+`: action "Hold" (b) of agent agent-1`, acctest.HiddenChange+`: action "Hold" (c) of agent agent-1`, "`integration`").SaysNot("speak_on_send")
}

// movedClock is a server's clock that a test moves.
type movedClock struct{ ahead atomic.Int64 }

func (c *movedClock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *movedClock) forward(d time.Duration) { c.ahead.Add(int64(d)) }
