package action_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Whatever is in an id, it stays one segment of the path, or is refused.
func TestIDsStayInTheirPartOfThePath(t *testing.T) {
	const actions = "/api/v1/agents/%s/actions"
	for id, segment := range map[string]string{ // "" where it is refused
		"":                    "",
		".":                   "",
		"..":                  "",
		" agent":              "",
		"agent\n":             "",
		"a\x1b[31mb":          "",
		"a\x00b":              "",
		"...":                 "...",
		"a/../b":              "a%2F..%2Fb",
		"../../publish":       "..%2F..%2Fpublish",
		"a/b":                 "a%2Fb",
		"a%2fb":               "a%252fb",
		"a%2Fb":               "a%252Fb",
		"%2e%2e":              "%252e%252e",
		"%2e%2e%2f":           "%252e%252e%252f",
		"..%2f..":             "..%252f..",
		`..\..`:               "..%5C..",
		"a?status=draft":      "a%3Fstatus=draft",
		"a#b":                 "a%23b",
		"a;b":                 "a%3Bb",
		"a b":                 "a%20b",
		"//evil.example":      "%2F%2Fevil.example",
		"https://evil.test/a": "https:%2F%2Fevil.test%2Fa",
		"@evil.example":       "@evil.example",
	} {
		t.Run(strings.ReplaceAll(fmt.Sprintf("%q", id), "/", "⁄"), func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := w.Protocol(t)
			config := acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"agent_id": id})
			state := p.Action(acctest.ButWith(config, acctest.Values{"id": "action-1", "current_status": "active"}))
			if segment == "" {
				p.Validate(config).Are(t, "error at agent_id: Wrong id").Lack(t, "\x1b", "\x00")
				_, got := p.ImportByID(id + "/action-1")
				got.Are(t, "error: Wrong import id").Lack(t, "\x1b", "\x00")
			} else {
				p.Validate(config).None(t)
			}
			if segment != "" || id == "." || id == ".." || id == "" {
				// A state may hold what validate would refuse now.
				p.Refresh(state)
				p.Apply(acctest.Planned{State: p.Action(nil), Prior: state, Config: p.Action(nil)})
			}
			asked := w.Requests(fakeapi.Match{})
			for _, r := range asked {
				want := fmt.Sprintf(actions, segment)
				if r.Op == fakeapi.OpDeleteAction || r.Method == http.MethodDelete {
					want += "/action-1"
				}
				if r.Op == fakeapi.OpGetAgent || r.Method == http.MethodGet {
					want = strings.TrimSuffix(want, "/actions")
				}
				if segment == "" || r.Path != want || len(r.Query) > 0 {
					t.Errorf("%s %s?%s was asked for, want %s", r.Method, r.Path, r.Query.Encode(), want)
				}
			}
			if (len(asked) == 0) != (segment == "") {
				t.Errorf("%d requests were made", len(asked))
			}
		})
	}
}

func TestActionIDsStayInTheirPartOfThePath(t *testing.T) {
	for id, segment := range map[string]string{
		"..": "", ".": "", "": "", "a/../b": "a%2F..%2Fb", "%2e%2e": "%252e%252e", "a%2fb": "a%252fb", "../../../unpublish": "..%2F..%2F..%2Funpublish", "a?x=1#y": "a%3Fx=1%23y",
	} {
		t.Run(strings.ReplaceAll(fmt.Sprintf("%q", id), "/", "⁄"), func(t *testing.T) {
			w := acctest.NewWorld(t)
			p := w.Protocol(t)
			state := p.Action(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"id": id, "current_status": "active"}))
			_, got := p.Apply(acctest.Planned{State: p.Action(nil), Prior: state, Config: p.Action(nil)})
			if segment == "" {
				w.Made(t, acctest.Ops{})
				if len(got) != 1 || got[0].Severity != "error" {
					t.Errorf("it is said: %s", got)
				}
				return
			}
			if asked, want := w.Requests(fakeapi.Match{}), "/api/v1/agents/agent-1/actions/"+segment; len(asked) != 1 || asked[0].Path != want {
				t.Errorf("asked for %v, want %s", asked, want)
			}
		})
	}
}

func TestImportIDsStayInTheirPartOfThePath(t *testing.T) {
	for id, path := range map[string]string{ // "" where it is refused
		"../action": "", "agent/..": "", "./action": "", "agent/../node": "", "..": "", "a\x1b]0;title\x07/b": "",
		"%2e%2e/action": "/api/v1/agents/%252e%252e/actions", "a%2fb/action": "/api/v1/agents/a%252fb/actions", "agent-1/%2e%2e": "/api/v1/agents/agent-1/actions",
		"agent-1/action-1/../../x": "/api/v1/agents/agent-1/actions",
	} {
		t.Run(strings.ReplaceAll(fmt.Sprintf("%q", id), "/", "⁄"), func(t *testing.T) {
			w := acctest.NewWorld(t)
			_, got := w.Protocol(t).ImportByID(id)
			got.Lack(t, "\x1b", "\x07")
			if path == "" {
				got.Are(t, "error: Wrong import id")
			}
			asked := w.Requests(fakeapi.Match{})
			for _, r := range asked {
				if strings.TrimSuffix(r.Path, "/actions") != strings.TrimSuffix(path, "/actions") || r.Method != http.MethodGet {
					t.Errorf("%s %s was asked for, want %s", r.Method, r.Path, path)
				}
			}
			if (len(asked) == 0) != (path == "") {
				t.Errorf("%d requests were made", len(asked))
			}
		})
	}
}

// escapesIn names what of a text a terminal would act on.
func escapesIn(text string) string {
	var found []string
	for _, r := range text {
		if r == '\x1b' || r == '\x07' || r == '\r' || r == '\u009b' || r == '\u202e' {
			found = append(found, fmt.Sprintf("%q", r))
		}
	}
	return strings.Join(found, " ")
}

// What our diagnostics say of a server's text is printable.
func TestTextsOfTheServerReachNoTerminalRaw(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"node_id": "node", "name": acctest.Evil, "description": "What it does.", "type": "webhook", "url": "https://api.example.com/x"})
	p := w.Protocol(t)
	state, got := p.ImportByID(w.Agent + "/" + id)
	everything := []check.Said{got}
	if name := p.Attribute(state, "name"); name != acctest.EvilInState {
		t.Errorf("the state's name is %q", name)
	}
	plan := p.Plan(state, acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"name": acctest.Evil}))
	everything = append(everything, plan.Said)

	t.Log("refusals that repeat the text everywhere")
	for _, status := range []int{401, 403, 404, 409, 422, 500, 302} {
		w.ClearFaults()
		w.Inject(fakeapi.Fault{Status: status, Body: acctest.ToJSON(t, map[string]any{"message": acctest.Evil, "code": acctest.Evil, "error": map[string]any{"code": acctest.Evil, "message": acctest.Evil},
			"errors": map[string]any{acctest.Evil: []any{acctest.Evil}, "name": []any{acctest.Evil}, "inputs.0." + acctest.Evil: []any{acctest.Evil}}}), Header: http.Header{"Location": {"/" + "x"}}})
		q := w.Protocol(t)
		_, failed := q.Refresh(state)
		everything = append(everything, failed)
		plan := q.Plan(state, acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"node_id": "node"}))
		_, failed = q.Apply(plan)
		everything = append(everything, plan.Said, failed)
		_, failed = q.Apply(acctest.Planned{State: q.Action(nil), Prior: state, Config: q.Action(nil)})
		everything = append(everything, failed)
	}
	w.ClearFaults()

	t.Log("an answer to a write that holds other things than were sent")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Body: `{"data":{"id":"other` + `","name":` + acctest.ToJSON(t, acctest.Evil) + `,"created_at":` + acctest.ToJSON(t, acctest.Evil) + `}}`})
	q := w.Protocol(t)
	_, failed := q.Apply(q.Plan(state, acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"node_id": "node"})))
	everything = append(everything, failed)
	w.ClearFaults()

	t.Log("the action gone")
	w.RemoveAction(w.Agent, id)
	_, gone := w.Protocol(t).Refresh(state)
	everything = append(everything, gone)

	lines := 0
	for _, diagnostics := range everything {
		for _, d := range diagnostics {
			lines++
			if bad := escapesIn(d.String()); bad != "" {
				t.Errorf("%s in %q", bad, d)
			}
			if !utf8.ValidString(d.String()) {
				t.Errorf("%q is not valid UTF-8", d)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d diagnostics were looked at", lines)
	}
}

func TestAgentsNamesReachNoTerminalRaw(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	for range 2 {
		w.AddAgent(fakeapi.AgentSeed{Name: acctest.Evil, Status: talq.AgentPublished})
	}
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `data "talq_agent" "this" { name = "nobody" }`)
	if got := ws.Terraform("plan").Exits(1).Says("No agent with that name", "Evil"); strings.ContainsAny(got.Output, "\x1b\x07\u009b") {
		t.Errorf("escapes in %q", got.Output)
	}
	ws.Write("main.tf", `
data "talq_agents" "all" {}
output "names" { value = data.talq_agents.all.agents[*].name }
`)
	ws.Apply()
	names := string(ws.Terraform("output", "-json", "names").Exits(0).Stdout)
	if !strings.Contains(names, "Evil␛[2J") {
		t.Errorf("the names are %s", names)
	}
}

// TestDiagnosticsOfTheCLIAreClean looks at the bytes that the CLI prints.
func TestDiagnosticsOfTheCLIAreClean(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"node_id": "h", "name": acctest.Evil, "description": "Holds the call", "type": "hold", "hold_duration": 30})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("h", "h", ""))
	runs := []acctest.Result{ws.Terraform("import", "talq_action.h", w.Agent+"/"+id+"/h"), ws.Terraform("plan").Says("Evil␛[2J"), ws.Terraform("show")}
	t.Log("the edit is drift like any other, and is repaired")
	runs = append(runs, ws.Apply(), ws.PlanEmpty())
	for _, got := range runs {
		if got.Exits(0); strings.ContainsAny(got.Output, "\x1b\x07\u009b") {
			t.Errorf("%s: escapes in %q", got.What, got.Output)
		}
	}
	w.Inject(fakeapi.Fault{Status: 422, Body: acctest.ToJSON(t, map[string]any{"message": acctest.Evil, "errors": map[string]any{acctest.Evil: []any{acctest.Evil}}})})
	if got := ws.Terraform("plan").Exits(1).Says("Evil"); strings.ContainsAny(got.Output, "\x1b\x07\u009b") {
		t.Errorf("escapes in %q", got.Output)
	}
}

// Numbers are what the server says, digit by digit, or nothing at all.
func TestNumbersOfTheServer(t *testing.T) {
	const beyondDouble = "9007199254740993" // 2^53 + 1
	for name, row := range map[string]struct {
		value string
		want  any // of hold_duration
	}{
		"beyond 2^53":                     {beyondDouble, int64(9007199254740993)},
		"beyond 2^53 as text":             {`"` + beyondDouble + `"`, int64(9007199254740993)},
		"the largest of int64":            {"9223372036854775807", int64(9223372036854775807)},
		"one more":                        {"9223372036854775808", nil},
		"with an exponent":                {"3e1", int64(30)},
		"with a huge exponent":            {"1e999999999", nil},
		"with an exponent past int32":     {"1e99999999999", nil},
		"with a million digits":           {strings.Repeat("9", 1_000_000), nil},
		"with a million digits behind 30": {"30." + strings.Repeat("0", 1_000_000), int64(30)},
		"a fraction":                      {"1.5", nil},
		"no number":                       {`"soon"`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			id := w.AddAction(w.Agent, map[string]any{"node_id": "h", "name": "Hold", "description": "Holds.", "type": "hold", "hold_duration": 30})
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Body: `{"data":{"id":"agent-1"}}`})
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListActions}, Body: fmt.Sprintf(`{"data":[{"id":%q,"name":"Hold","type":"hold","input_schema":[{"name":"hold_duration","type":"integer","value":%s},{"name":"n","type":"integer","value":%s}]}]}`, id, row.value, row.value)})
			p := w.Protocol(t)
			state, got := p.ImportByID(w.Agent + "/" + id + "/h")
			got.Lack(t, "error")
			p.Expect(state, acctest.Values{"hold_duration": row.want})
			inputs := p.Attribute(state, "inputs").([]any)
			if kept := inputs[0].(acctest.Values)["value"]; kept != strings.Trim(row.value, `"`) {
				t.Errorf("the value is %.50v…", kept)
			}
		})
	}
	t.Run("of an agent", func(t *testing.T) {
		for _, number := range []string{"1e2000000000", "-1e-2000000000", strings.Repeat("9", 1_000_000), beyondDouble} {
			agent := tfvalue.NumberValue(lenientNumber(number))
			if known := !agent.IsNull(); known != (number == beyondDouble) || known && agent.ValueBigFloat().Text('f', 0) != beyondDouble {
				t.Errorf("%.20s… is %s", number, agent)
			}
		}
	})
}

// A state takes valid UTF-8 only.
func TestBytesThatAreNoText(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"node_id": "n", "name": "Name", "description": "What it does.", "type": "webhook", "url": "https://api.example.com/x"})
	w.Inject(withoutActions)
	w.Inject(fakeapi.Fault{Match: listing, Body: `{"data":[{"id":"` + id + `","name":"a` + "\xff" + `b\ud800","type":"webhook","input_schema":[` +
		`{"name":"i` + "\xff" + `","type":"object","value":{"k` + "\xff" + `":"` + "\xff" + `"}},{"name":"s","value":"` + "\xff" + `"}]}]}`})
	p := w.Protocol(t)
	state, got := p.ImportByID(w.Agent + "/" + id + "/n")
	got.Are(t, cannotImport)
	p.Expect(state, acctest.Values{"name": "a\ufffdb\ufffd"})
	err := tftypes.Walk(state, func(_ *tftypes.AttributePath, value tftypes.Value) (bool, error) {
		var text string
		if value.IsKnown() && !value.IsNull() && value.Type().Is(tftypes.String) && value.As(&text) == nil && !utf8.ValidString(text) {
			t.Errorf("%q stands in the state", text)
		}
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func lenientNumber(text string) talq.Lenient[json.Number] {
	number := json.Number(text)
	return talq.Lenient[json.Number]{Value: &number}
}

func TestStateText(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "plain": "plain", "two\nlines\tand a tab": "two\nlines\tand a tab", "a\r\nb": "a\r\nb", "a\rb": "a␍b", "a\r": "a␍", "\x00\x1b\x7f": "␀␛␡", "a\u009bb": "a\ufffdb",
		"\u200fשלום\u200f": "\u200fשלום\u200f", "grün 😀": "grün 😀",
	} {
		if got := tfvalue.StateText(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if again := tfvalue.StateText(want); again != want {
			t.Errorf("%q becomes %q", want, again)
		}
	}
}

// A control character that the configuration has is no drift.
func TestControlCharactersOfOurOwnAreNoDrift(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	config := acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"description": "a\x1b[1mb\rc"})
	state, got := p.Create(config)
	got.None(t)
	next, got := p.Refresh(state)
	got.None(t)
	p.Expect(next, acctest.Values{"description": "a\x1b[1mb\rc"})
}
