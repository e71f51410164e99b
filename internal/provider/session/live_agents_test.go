package session

import (
	"strings"
	"testing"
)

func TestDraftAfterFailureSaysNoMoreThanIsKnown(t *testing.T) {
	for _, row := range []struct {
		name  string
		known Liveness
		says  string
	}{
		{"refused, nothing written before", Liveness{writing: 1}, "So far this run has changed nothing"},
		{"refused after others were written", Liveness{writing: 1, Drafted: true}, "Earlier writes of this run have put agent a into draft"},
		{"refused while others are under way", Liveness{writing: 2}, "Other writes of this run on agent a are under way"},
		{"a write without a clear answer", Liveness{writing: 1, Perhaps: true}, "It is not known whether"},
		{"that, after others were written", Liveness{writing: 1, Drafted: true, Perhaps: true}, "Earlier writes"},
		{"refused after this run published", Liveness{writing: 1, Published: true}, "This run has published agent a, and nothing has put it into draft since: it is published and takes calls."},
		{"that, and a write after it", Liveness{writing: 1, Published: true, Drafted: true}, "Earlier writes"},
		{"that, and a write without a clear answer", Liveness{writing: 1, Published: true, Perhaps: true}, "It is not known whether"},
		{"that, while others are under way", Liveness{writing: 2, Published: true}, "under way"},
		{"that, while others are under way", Liveness{writing: 3, Perhaps: true}, "under way"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := draftAfterFailure("a", row.known); !strings.Contains(got, row.says) {
				t.Errorf("it says %q, want %q in it", got, row.says)
			}
		})
	}
}

func TestRunKnowsWhetherAnAgentIsLive(t *testing.T) {
	r := &run{}
	expect := func(want Liveness) {
		t.Helper()
		if got := r.Liveness("a"); got != want {
			t.Errorf("known is %+v, want %+v", got, want)
		}
	}
	expect(Liveness{})
	first, err := r.Lock(t.Context(), NodeKey{Action, "a", "1"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.Lock(t.Context(), NodeKey{Action, "a", "2"})
	if err != nil {
		t.Fatal(err)
	}
	expect(Liveness{writing: 2})
	if r.NoteDraft("a") {
		t.Error("it was published before anything was")
	}
	first()
	expect(Liveness{writing: 1, Drafted: true})
	second()
	r.NotePerhapsDraft("a")
	expect(Liveness{Drafted: true, Perhaps: true})
	r.notePublished("a")
	expect(Liveness{Published: true})
	if !r.NoteDraft("a") {
		t.Error("that it was published is forgotten")
	}
	expect(Liveness{Published: true, Drafted: true})
	no := false
	r.NoteReadiness("a", &no)
	expect(Liveness{Published: true, Drafted: true, NotReady: true})
	r.NoteReadiness("a", nil)
	expect(Liveness{Published: true, Drafted: true})
}
