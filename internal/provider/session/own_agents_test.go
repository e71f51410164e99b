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

func TestCreatesOfOneLabelGoOneAfterAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun()
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
	r := newRun()
	r.NoteAgent("made", "r1")
	r.AgentHandedIn("planned", types.StringValue("r0"))
	r.AgentHandedIn("imported", types.StringNull())
	for id, want := range map[string]bool{"made": true, "planned": true, "imported": true, "other": false} {
		if r.HasAgent(id) != want {
			t.Errorf("%s is held: %t", id, !want)
		}
	}
}

func TestAgentHeldByTwoStates(t *testing.T) {
	const keep, destroy = false, true
	for name, row := range map[string]struct {
		revisions []string
		goes      []bool
		sound     bool // the last
	}{
		"one":                       {[]string{"1"}, []bool{keep}, true},
		"one that is planned twice": {[]string{"1", "1"}, []bool{keep, keep}, true},
		"two that stay":             {[]string{"1", "2"}, []bool{keep, keep}, false},
		"one of two goes":           {[]string{"1", "2"}, []bool{keep, destroy}, false},
		"both go":                   {[]string{"1", "2"}, []bool{destroy, destroy}, true},
		"an import and another":     {[]string{"", "1"}, []bool{keep, keep}, false},
	} {
		r := newRun()
		sound := true
		for i, revision := range row.revisions {
			sound = r.HoldAgent("a", revision, row.goes[i])
		}
		if sound != row.sound || !r.HoldAgent("b", "1", keep) {
			t.Errorf("%s: sound %t", name, sound)
		}
	}
}

// TestAgentOfALaterWalk: a provider that serves several walks gets back what it wrote.
func TestAgentOfALaterWalk(t *testing.T) {
	r := newRun()
	r.HoldAgent("a", "r0", false)
	r.NoteAgent("a", "r1")
	r.NoteDraft("a")
	r.AgentHandedIn("a", types.StringValue("r0"))
	if !r.Liveness("a").Drafted {
		t.Error("an older state ends the walk")
	}
	r.AgentHandedIn("a", types.StringValue("r1"))
	if r.Liveness("a").Drafted || !r.HoldAgent("a", "r1", false) {
		t.Error("the walk before still counts")
	}
	r.NoteDraft("a")
	r.ForgetAgent("a")
	if r.Liveness("a").Drafted {
		t.Error("an agent that is gone is still a draft")
	}
}
