package training_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestRefusalsReachNoTerminalRaw: whatever fails, what is said of the server's texts is
// printable.
func TestRefusalsReachNoTerminalRaw(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddTraining(w.Agent, map[string]any{"node_id": "n", "subject": acctest.Evil, "instructions": "Text"})
	state, said := w.Protocol(t).Of("talq_training").ImportByID("agent-1/" + id + "/n")
	said.None(t)
	for _, status := range []int{401, 403, 404, 409, 422, 500, 302} {
		w.ClearFaults()
		w.Inject(fakeapi.Fault{Status: status, Header: http.Header{"Location": {"/x"}}, Body: acctest.ToJSON(t, map[string]any{
			"message": acctest.Evil, "code": acctest.Evil, "errors": map[string]any{acctest.Evil: []any{acctest.Evil}, "subject": []any{acctest.Evil}},
		})})
		p := w.Protocol(t).Of("talq_training")
		_, read := p.Refresh(state)
		_, created := p.Create(acctest.MinimalTraining())
		_, updated := p.Apply(p.Plan(state, acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"node_id": "n"})))
		_, deleted := p.Apply(acctest.Planned{State: p.Action(nil), Prior: state, Config: p.Action(nil)})
		for what, failed := range map[string]check.Said{"read": read, "create": created, "update": updated, "delete": deleted} {
			if isGone := what == "delete" && status == 404; !isGone && !strings.Contains(failed.String(), "error") {
				t.Errorf("%d: the %s does not fail", status, what)
			}
			failed.Lack(t, "\x1b", "\x07", "\r", "\u009b", "\u202e")
		}
	}
}

// TestTrainingIDsStayInTheirPartOfThePath, or are refused.
func TestTrainingIDsStayInTheirPartOfThePath(t *testing.T) {
	for id, segment := range map[string]string{ // "" where it is refused
		"": "", ".": "", "..": "",
		"a/../b": "a%2F..%2Fb", "%2e%2e": "%252e%252e", "../../../unpublish": "..%2F..%2F..%2Funpublish", "a?x=1#y": "a%3Fx=1%23y",
	} {
		w := acctest.NewWorld(t)
		p := w.Protocol(t).Of("talq_training")
		state := p.Action(acctest.ButWith(acctest.MinimalTraining(), acctest.Values{"id": id, "current_status": "active"}))
		_, said := p.Apply(acctest.Planned{State: p.Action(nil), Prior: state, Config: p.Action(nil)})
		journal := w.Requests(fakeapi.Match{})
		switch {
		case segment == "" && (len(journal) != 0 || len(said) != 1 || said[0].Severity != "error"):
			t.Errorf("%q: %d requests were made, and it is said: %s", id, len(journal), said)
		case segment != "" && (len(journal) == 0 || journal[0].Path != "/api/v1/agents/agent-1/trainings/"+segment):
			t.Errorf("%q: asked for %v", id, journal)
		}
	}
}
