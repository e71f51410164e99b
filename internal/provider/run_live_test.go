package provider

import (
	"strings"
	"testing"
)

func TestDraftAfterFailureSaysNoMoreThanIsKnown(t *testing.T) {
	for _, row := range []struct {
		name  string
		known liveness
		says  string
	}{
		{"refused, nothing written before", liveness{writing: 1}, "So far this run has changed nothing"},
		{"refused after others were written", liveness{writing: 1, drafted: true}, "Earlier writes of this run have put agent a into draft"},
		{"refused while others are under way", liveness{writing: 2}, "Other writes of this run on agent a are under way"},
		{"a write without a clear answer", liveness{writing: 1, perhaps: true}, "It is not known whether"},
		{"that, after others were written", liveness{writing: 1, drafted: true, perhaps: true}, "Earlier writes"},
		{"that, while others are under way", liveness{writing: 3, perhaps: true}, "under way"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := draftAfterFailure("a", row.known); !strings.Contains(got, row.says) {
				t.Errorf("it says %q, want %q in it", got, row.says)
			}
		})
	}
}

func TestRunKnowsWhetherAnAgentIsLive(t *testing.T) {
	r := newRun()
	expect := func(want liveness) {
		t.Helper()
		if got := r.liveness("a"); got != want {
			t.Errorf("known is %+v, want %+v", got, want)
		}
	}
	expect(liveness{})
	first, err := r.lock(t.Context(), nodeKey{"a", "1"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.lock(t.Context(), nodeKey{"a", "2"})
	if err != nil {
		t.Fatal(err)
	}
	expect(liveness{writing: 2})
	if r.noteDraft("a") {
		t.Error("it was published before anything was")
	}
	first()
	expect(liveness{writing: 1, drafted: true})
	second()
	r.notePerhapsDraft("a")
	expect(liveness{drafted: true, perhaps: true})
	r.notePublished("a")
	expect(liveness{published: true})
	if !r.noteDraft("a") {
		t.Error("that it was published is forgotten")
	}
	expect(liveness{published: true, drafted: true})
	no := false
	r.noteReadiness("a", &no)
	expect(liveness{published: true, drafted: true, notReady: true})
	r.noteReadiness("a", nil)
	expect(liveness{published: true, drafted: true})
}
