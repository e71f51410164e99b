package provider

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/talq"
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
		{"refused after this run published", liveness{writing: 1, published: true}, "This run has published agent a, and nothing has put it into draft since: it is published and takes calls."},
		{"that, and a write after it", liveness{writing: 1, published: true, drafted: true}, "Earlier writes"},
		{"that, and a write without a clear answer", liveness{writing: 1, published: true, perhaps: true}, "It is not known whether"},
		{"that, while others are under way", liveness{writing: 2, published: true}, "under way"},
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

func TestRunKnowsWhatAnUnpublishDid(t *testing.T) {
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		want  liveness
	}{
		{"done, without a fault", fakeapi.Fault{Skip: 1}, liveness{drafted: true}},
		{"no answer", fakeapi.Fault{Drop: true}, liveness{perhaps: true}},
		{"answered with another status", fakeapi.Fault{Body: `{"success":true,"data":{"current_status":"published"}}`}, liveness{perhaps: true}},
		{"refused", fakeapi.Fault{Status: http.StatusForbidden, Body: `{"success":false,"message":"No."}`}, liveness{}},
		{"the agent is gone", fakeapi.Fault{Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found"}`}, liveness{}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, err := fakeapi.Start()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(w.Close)
			agent := w.AddAgent(fakeapi.AgentSeed{Name: "Support", Status: "published"})
			row.fault.Match = fakeapi.Match{Op: fakeapi.OpUnpublish}
			w.Inject(row.fault)
			client, err := talq.New(talq.Config{BaseURL: w.BaseURL(), Token: talq.NewSecret(w.Token())})
			if err != nil {
				t.Fatal(err)
			}
			r := &publicationResource{newSession(client, hiddenWarn)}
			var diags diag.Diagnostics

			r.unpublish(t.Context(), &publicationModel{AgentID: types.StringValue(agent)}, &diags)

			if got := r.run.liveness(agent); got != row.want || w.Count(fakeapi.OpUnpublish) != 1 {
				t.Errorf("known is %+v after %d requests, want %+v after one: %v", got, w.Count(fakeapi.OpUnpublish), row.want, diags)
			}
		})
	}
}
