package agent_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// evilAgent is a published agent whose texts would take over a terminal, as the state has it
// after an import.
func evilAgent(t *testing.T) (w acctest.World, state tftypes.Value, said check.Said) {
	t.Helper()
	w = acctest.NewWorld(t)
	id := w.AddAgent(fakeapi.AgentSeed{Name: acctest.Evil, Status: "published", Fields: map[string]any{
		"label": acctest.Evil, "description": acctest.Evil, "initial_message": acctest.Evil,
		"voice": map[string]any{"ambient_background": acctest.Evil, "template": map[string]any{"id": acctest.Evil}},
	}})
	state, said = w.Protocol(t).Of("talq_agent").ImportByID(id)
	return w, state, said
}

// TestTextsOfTheServerReachNoTerminalRaw: what diagnostics say of the server's texts is
// printable, whatever fails.
func TestTextsOfTheServerReachNoTerminalRaw(t *testing.T) {
	w, state, said := evilAgent(t)
	everything := []check.Said{said}
	p := w.Protocol(t).Of("talq_agent")
	p.Expect(state, acctest.Values{"label": acctest.EvilInState, "name": acctest.EvilInState, "description": acctest.EvilInState, "initial_message": acctest.EvilInState})
	everything = append(everything, p.Plan(state, acctest.NewAgent()).Said) // an error that has the old label

	ours := acctest.ButWith(acctest.NewAgent(), acctest.Values{"label": acctest.EvilInState, "name": acctest.EvilInState, "voice": basic(), "deletion_protection": false})
	destroyed := p.Action(acctest.ButWith(ours, acctest.Values{"id": "agent-2", "current_status": "published"}))
	for _, status := range []int{401, 403, 404, 409, 422, 500, 302} {
		w.ClearFaults()
		w.Inject(fakeapi.Fault{Status: status, Header: http.Header{"Location": {"/x"}}, Body: acctest.ToJSON(t, map[string]any{
			"message": acctest.Evil, "code": acctest.Evil, "error": map[string]any{"code": acctest.Evil, "message": acctest.Evil},
			"errors": map[string]any{acctest.Evil: []any{acctest.Evil}, "description": []any{acctest.Evil}, "voice_id": []any{acctest.Evil}},
		})})
		q := w.Protocol(t).Of("talq_agent")
		_, read := q.Refresh(state)
		_, created := q.Create(acctest.NewAgent())
		plan := q.Plan(state, ours)
		_, updated := q.Apply(plan)
		_, deleted := q.Apply(acctest.Planned{State: q.Action(nil), Prior: destroyed, Config: q.Action(nil)})
		for what, failed := range map[string]check.Said{"read": read, "create": created, "update": updated, "delete": deleted} {
			if isGone := what == "delete" && status == 404; !isGone && !strings.Contains(failed.String(), "error") {
				t.Errorf("%d: the %s does not fail", status, what)
			}
			everything = append(everything, failed)
		}
		everything = append(everything, plan.Said)
	}
	for _, said := range everything {
		said.Lack(t, "\x1b", "\x07", "\r", "\u009b", "\u202e")
	}
}

// TestAgentIDsStayInTheirPartOfThePath, or are refused.
func TestAgentIDsStayInTheirPartOfThePath(t *testing.T) {
	for id, path := range map[string]string{ // "" where it is refused
		"": "", ".": "", "..": "", "a\x1b[31mb": "", "agent\n": "",
		"a/../b": "/a%2F..%2Fb", "../agent-1/publish": "/..%2Fagent-1%2Fpublish", "%2e%2e": "/%252e%252e", "a?status=draft": "/a%3Fstatus=draft", "a#b": "/a%23b",
		"//evil.example": "/%2F%2Fevil.example",
	} {
		w := acctest.NewWorld(t)
		p := w.Protocol(t).Of("talq_agent")
		_, said := p.ImportByID(id)
		if said.Lack(t, "\x1b"); !strings.Contains(said.String(), "error") {
			t.Errorf("the import of %q is no error", id)
		}
		state := p.Action(acctest.ButWith(acctest.NewAgent(), acctest.Values{"id": id, "current_status": "draft", "deletion_protection": false}))
		if path != "" { // a state may hold it
			p.Refresh(state)
			p.Apply(acctest.Planned{State: p.Action(nil), Prior: state, Config: p.Action(nil)})
		}
		asked := w.Requests(fakeapi.Match{})
		for _, r := range asked {
			if path == "" || r.Path != "/api/v1/agents"+path || len(r.Query) > 0 {
				t.Errorf("%q: %s %s?%s was asked for", id, r.Method, r.Path, r.Query.Encode())
			}
		}
		if (len(asked) == 0) != (path == "") {
			t.Errorf("%q: %d requests were made", id, len(asked))
		}
	}
}

// TestNumbersOfAHostileServer are taken digit by digit, or not at all.
func TestNumbersOfAHostileServer(t *testing.T) {
	for text, want := range map[string]any{
		"9007199254740993": int64(9007199254740993), "3e1": int64(30), "1e999999999": nil, "1e99999999999": nil, `"soon"`: nil, strings.Repeat("9", 1_000_000): nil, "null": nil,
	} {
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Body: `{"data":{"id":"agent-1","label":"L","name":"N","initial_message_delay":` + text + `,"conversation_speed":` + text + `}}`})
		p := w.Protocol(t).Of("talq_agent")
		state, said := p.ImportByID("agent-1")
		said.Lack(t, "error")
		p.Expect(state, acctest.Values{"initial_message_delay": want, "conversation_speed": want})
	}
}
