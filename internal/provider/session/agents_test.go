package session

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func agentKey(id string) ItemKey { return ItemKey{Agent, id, id} }

func TestCreatesOfOneLabelGoOneAfterAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &run{}
		unlock, err := r.LockLabel(t.Context(), "Front desk")
		if err != nil {
			t.Fatal(err)
		}
		other, err := r.LockLabel(t.Context(), "Back office")
		if err != nil {
			t.Fatal(err)
		}
		other()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err = r.LockLabel(ctx, "Front desk")
		var notSent *talq.NotSentError
		if !errors.As(err, &notSent) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the second got in, or failed with %v", err)
		}
		unlock()
		if unlock, err = r.LockLabel(t.Context(), "Front desk"); err != nil {
			t.Fatal(err)
		}
		unlock()
	})
}

func TestRunKnowsTheAgentsOfStates(t *testing.T) {
	r := &run{}
	r.Note(Created, NodeKey{}, agentKey("made"), "r1")
	r.HandedIn(agentKey("planned"), types.StringValue("r0"))
	r.HandedIn(agentKey("imported"), types.StringNull())
	for id, want := range map[string]bool{"made": true, "planned": true, "imported": true, "other": false} {
		if r.Knows(agentKey(id)) != want {
			t.Errorf("%s is held: %t", id, !want)
		}
	}
}

// TestAgentOfALaterWalk: a provider that serves several walks gets back what it wrote.
func TestAgentOfALaterWalk(t *testing.T) {
	r := &run{}
	r.Hold(agentKey("a"), "r0", false)
	r.Note(Updated, NodeKey{}, agentKey("a"), "r1")
	r.NoteDraft("a")
	r.HandedIn(agentKey("a"), types.StringValue("r0"))
	if !r.Liveness("a").Drafted {
		t.Error("an older state ends the walk")
	}
	r.HandedIn(agentKey("a"), types.StringValue("r1"))
	if r.Liveness("a").Drafted || !r.Hold(agentKey("a"), "r1", false) {
		t.Error("the walk before still counts")
	}
	r.NoteDraft("a")
	r.ForgetAgent("a")
	if r.Liveness("a").Drafted {
		t.Error("an agent that is gone is still a draft")
	}
}
