package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestARunWritesNoSettingsOfOthers: what the lent agent has of its own, and all of any other
// agent, is written by nobody. Settings and flows are those of agents that the run made.
func TestARunWritesNoSettingsOfOthers(t *testing.T) {
	f := startFake(t)
	other := f.AddAgent(fakeapi.AgentSeed{Name: "Sales"})
	f.tried(t)
	made := map[string]bool{}
	allowed := []fakeapi.Op{
		fakeapi.OpUpsertAction, fakeapi.OpDeleteAction, fakeapi.OpUpsertTraining, fakeapi.OpDeleteTraining,
		fakeapi.OpCreateWebhook, fakeapi.OpUpdateWebhook, fakeapi.OpTestWebhook, fakeapi.OpDeleteWebhook,
		fakeapi.OpValidateFlow, fakeapi.OpPublish, fakeapi.OpUnpublish,
	}
	for _, r := range f.Requests(fakeapi.Match{}) {
		if r.Op == fakeapi.OpCreateAgent {
			made[r.AgentID] = true
			continue
		}
		if r.Method != "GET" && !made[r.AgentID] && (r.AgentID == other || !slices.Contains(allowed, r.Op)) {
			t.Errorf("it sent %s %s", r.Method, r.Path)
		}
		if enabled, there := r.Body["enabled"]; r.Op == fakeapi.OpCreateWebhook && enabled != false || there && enabled != false {
			t.Errorf("it enabled a webhook: %v", r.Body)
		}
		if url, there := r.Body["url"]; r.Op == fakeapi.OpTestWebhook && there && url != nowhere {
			t.Errorf("a test was sent to %v", url)
		}
	}
	if left := f.Agents(); len(left) != 2 {
		t.Errorf("%d agents are left, want the lent one and the other", len(left))
	}
}

func TestAWebhookIsTestedOnlyWhereItPointsNowhere(t *testing.T) {
	f := startFake(t)
	tests := 0
	f.Before(func(r fakeapi.Request) {
		if r.Op != fakeapi.OpTestWebhook {
			return
		}
		tests++
		if hook, _ := f.Webhook(r.AgentID, r.WebhookID); hook.Fields["webhook_url"] != nowhere {
			t.Errorf("it is tested at %v", hook.Fields["webhook_url"])
		}
	})
	if f.tried(t); tests == 0 {
		t.Error("no webhook was tested")
	}
}

func TestAnAgentGetsNoNumberThatWasNotLent(t *testing.T) {
	f := startFake(t)
	f.config.NumberID = ""
	l := verdicts(f.tried(t).seen)["A phone number that an agent has may be given to another one."]
	if l.Verdict != Untried || !strings.Contains(l.Came, guard.NumberVariable) {
		t.Errorf("%s (%s)", l.Verdict, l.Came)
	}
	for _, r := range f.Requests(fakeapi.Match{}) {
		if _, there := r.Body["phone_number_ids"]; there {
			t.Errorf("it sent %s %s: %v", r.Method, r.Path, r.Body)
		}
	}
}

func TestEverythingThatIsMadeHasThePrefix(t *testing.T) {
	for _, sc := range scenarios() {
		for _, s := range sc.steps {
			// A check stores nothing, and neither does a test.
			if s.body == nil || strings.HasSuffix(s.path, "/validate") || strings.HasSuffix(s.path, "/test") {
				continue
			}
			keys := map[string][]string{theActions: {"node_id", "name"}, theTrainings: {"node_id", "subject"}, theWebhooks: {"name"}, "/agents": {"name", "label"}}[s.path]
			if len(keys) == 0 && s.method == "POST" {
				t.Errorf("%s: what says that it is ours?", s.key)
			}
			for _, key := range keys {
				if text := fmt.Sprint(s.body[key]); !strings.HasPrefix(text, guard.Prefix) {
					t.Errorf("%s: %s is %q", s.key, key, text)
				}
			}
		}
	}
}

func TestAnInterruptedRunSweepsToo(t *testing.T) {
	f := startFake(t)
	ctx, interrupt := context.WithCancel(t.Context())
	f.Before(func(r fakeapi.Request) {
		if r.NodeID == sentNode("transfer-both") {
			interrupt()
		}
	})
	trial := newTrial(f.client(), "run1")
	if err := trial.tryAll(ctx); err == nil {
		t.Error("it did not say that it broke off")
	}
	if left := f.Actions(f.config.AgentID); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	text := table(lines(assumptions(), trial.seen))
	if !strings.Contains(text, "| could not be tried |") || !strings.Contains(text, "| holds |") {
		t.Errorf("the table tells nothing:\n%s", text)
	}
}

// TestAMessageIsCleanedWithoutALentNumber: an id that is not there is in no message.
func TestAMessageIsCleanedWithoutALentNumber(t *testing.T) {
	c := newTrial(guard.NewClient(guard.Config{AgentID: "agent-1", Token: "talq_x"}), "run1").clean
	c.learn(map[string]any{"name": "Front desk of Dr. Secret"})
	if got, want := c.text("message", "Front desk of Dr. Secret is agent-1."), "… is {agent_id}."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnIDInsideAnotherIsReplacedAfterIt(t *testing.T) {
	for range 20 { // The order of a map changes.
		c := newCleaner("agent-1", "talq_x", "run1")
		c.names["agent-12"], c.names[""] = "id-1", "id-2"
		if got, want := c.text("message", "Not agent-12 but agent-1."), "Not id-1 but {agent_id}."; got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}
