package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// world is a fake that answers in some way, and the rows that must tell so.
type world struct {
	name  string
	set   func(fake)
	agent func(*testing.T, fake) string // makes another agent than that of [startFake]; may be nil
	fails []string                      // sentences that do not hold here; all others hold or could not be tried
	holds []string                      // sentences that hold here, and could not be tried on the plain fake
}

// fault makes the answers to one operation wrong. What stands in front of the server keeps
// the headers of the rate limit.
func fault(f fakeapi.Fault) func(fake) {
	return func(to fake) {
		if f.Status != 0 {
			header := http.Header{
				"X-Ratelimit-Limit": {"1000"}, "X-Ratelimit-Remaining": {"999"},
				"X-Ratelimit-Reset": {strconv.FormatInt(to.clock.now.Add(time.Minute).Unix(), 10)},
			}
			maps.Copy(header, f.Header)
			f.Header = header
		}
		to.Inject(f)
	}
}

func rewrite(op fakeapi.Op, nodeID, old, changed string) func(fake) {
	return fault(fakeapi.Fault{
		Match:   fakeapi.Match{Op: op, NodeID: nodeID},
		Rewrite: func(body []byte) []byte { return bytes.ReplaceAll(body, []byte(old), []byte(changed)) },
	})
}

func refuse(op fakeapi.Op, nodeID string) func(fake) {
	return fault(fakeapi.Fault{Match: fakeapi.Match{Op: op, NodeID: nodeID}, Status: 422, Body: `{"success":false,"message":"No."}`})
}

func behave(change func(*fakeapi.Behaviour)) func(fake) {
	return func(f fake) {
		var b fakeapi.Behaviour
		change(&b)
		f.SetBehaviour(b)
	}
}

func rateLimited(change func(*fakeapi.Behaviour)) func(fake) {
	return func(f fake) {
		behave(change)(f)
		f.SetRateLimit(40, time.Minute)
	}
}

var updatedAt = regexp.MustCompile(`"updated_at":"[^"]+"`)

// sentNode is a node id as the run of the tests sends it.
func sentNode(name string) string { return "tfacc-" + name + "-run1" }

// hiddenShown are rows that tell of hidden fields of other things than actions.
var hiddenShown = []string{"An answer has no `node_id` of a training.", "An agent's answer has no field that the reference leaves out of it.", "An answer has no hidden field of a webhook.",
	"The answer to a write of knowledge does not show `llm_temperature`."}

// withoutNumber makes an agent that has all but a phone number, and returns its id.
func withoutNumber(t *testing.T, f fake) string {
	t.Helper()
	content, err := os.ReadFile("../fakeapi/testdata/api/create-agent.request.json")
	if err != nil {
		t.Fatal(err)
	}
	a, err := f.client().Do(t.Context(), guard.Request{Method: http.MethodPost, Path: "/agents", Body: json.RawMessage(content)})
	id := recording.ID(a.Body)
	if err != nil || id == "" {
		t.Fatalf("%d, %v", a.Status, err)
	}
	f.EditAgent(id, map[string]any{"phone_number_ids": []any{}, "voice": map[string]any{"id": "voice-1"}})
	return id
}

// faultyWorlds are deviations that no open point has.
var faultyWorlds = []world{
	{name: "the update of a number does not arrive", set: rewrite(fakeapi.OpUpsertAction, sentNode("transfer-both"), secondNumber, firstNumber),
		fails: []string{"An update that is sent both ways comes back with the new value alone."}},
	{name: "a hold is refused", set: refuse(fakeapi.OpUpsertAction, sentNode("hold")),
		fails: []string{"An upsert that is made as the reference says answers with a 2xx."}},
	{name: "a delete fails after it was done", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Times: 1, AfterProcessing: true, Status: 500, Body: `{"message":"Server error."}`}),
		fails: []string{"A delete answers with a 2xx."}},
	{name: "a delete answers with a page", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Times: 1, AfterProcessing: true, Status: 200, Body: "<p>Done.</p>"}),
		fails: []string{"The answer to a delete is empty or a JSON object."}},
	{name: "a fresh action was updated before it was created", set: rewrite(fakeapi.OpUpsertAction, sentNode("transfer"), `"updated_at":"2026`, `"updated_at":"2025`),
		fails: []string{"A fresh action has equal `created_at` and `updated_at`."}},
	{name: "a second upsert makes a second action", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: sentNode("webhook")}, Skip: 1, Times: 1,
		Rewrite: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"id":"action-`), []byte(`"id":"other-`)) }}),
		fails: []string{"An upsert under a node id that is taken keeps the action's id, and `updated_at` is later than `created_at`."}},
	{name: "a listing shows another time", set: rewrite(fakeapi.OpListActions, "", `"created_at":"2026`, `"created_at":"2025`),
		fails: []string{"An upsert and a listing show the same instant.", "An upsert and a listing write a time in the same way.",
			"What `GET /agents/{agent_id}` shows of an action is what the listing shows.", "What `GET /agents` shows of an action is what the listing shows."}},
	{name: "each page is the first", set: func(f fake) {
		behave(func(b *fakeapi.Behaviour) { b.PageSize = 2 })(f)
		var first []byte
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListActions}, Rewrite: func(b []byte) []byte {
			if bytes.Contains(b, []byte(`"current_page":1`)) || first == nil {
				first = b
			}
			return first
		}})
	}, fails: []string{"The listing comes whole, also where `per_page=1` is asked for.", "Where the listing comes in pages, these hold each action once.",
		"The listing has the oldest action first."}},
	{name: "hidden fields are shown and reset", set: behave(func(b *fakeapi.Behaviour) { b.Undocumented, b.ResetLeftOut = fakeapi.UndocumentedEchoed, true }),
		fails: append([]string{"An answer has no hidden field beside the documented ones.", "An update keeps a field that is read back and that it leaves out.",
			"An update keeps a hidden field that it leaves out."}, hiddenShown...),
		holds: []string{"Values of headers that come back are those that were sent."}},
	{name: "the neutral values are refused", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: sentNode("webhook")}, Skip: 5, Times: 1, Status: 422, Body: `{"message":"No."}`}),
		fails: []string{"Neutral values are taken: `none`, `during_call`, `[]`, and null for the others."}},
	{name: "external needs more", set: refuse(fakeapi.OpUpsertAction, sentNode("external")),
		fails: []string{"`external` needs nothing more than every action does.", "An upsert that is made as the reference says answers with a 2xx."}},
	{name: "external takes less", set: refuse(fakeapi.OpUpsertAction, sentNode("external-all")),
		fails: []string{"`external` takes URLs, authorization, headers, phrases and `post_call`."}},
	{name: "other types of inputs are refused", set: refuse(fakeapi.OpUpsertAction, sentNode("word")),
		fails: []string{"A type of an input that the reference does not list is taken, and comes back as it was sent."}},
	{name: "a number comes back as text", set: func(f fake) {
		for _, op := range []fakeapi.Op{fakeapi.OpListActions, fakeapi.OpGetAgent, fakeapi.OpListAgents} {
			rewrite(op, "", `"value":1.5`, `"value":"1.5"`)(f)
		}
	}, fails: []string{"A text, a number, a boolean, an object and a list come back as they were sent."}},
	{name: "a deleted action is still listed", set: func(f fake) {
		var before []byte
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListActions}, Skip: 1, Times: 2, Rewrite: func(b []byte) []byte {
			if before == nil {
				before = b
			}
			return before
		}})
	}, fails: []string{"A deleted action is missing in the listing and in the agent's answer."}},
	{name: "a second delete answers with nothing", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpDeleteAction}, Skip: 1, Times: 1, Status: 404, Body: "<p>Not found.</p>"}),
		fails: []string{"A second delete answers 404 with a text, which does not say \"in this environment\".", "Every refusal is a JSON object with a text."}},
	{name: "no agent answers 403", set: fault(fakeapi.Fault{Match: fakeapi.Match{AgentID: "00000000-0000-4000-8000-000000000000"}, Status: 403, Body: `{"message":"Forbidden."}`}),
		fails: []string{"An agent that does not exist answers 404 with a text."}},
	{name: "texts are escaped", set: rewrite(fakeapi.OpListActions, "", `<b>`, `&lt;b&gt;`),
		fails: []string{"Apart from this, texts come back as they were sent.",
			"What `GET /agents/{agent_id}` shows of an action is what the listing shows.", "What `GET /agents` shows of an action is what the listing shows."}},
	{name: "a name is taken", set: refuse(fakeapi.OpUpsertAction, sentNode("transfer-both")),
		fails: []string{"Two actions of one name are two actions."}},
	{name: "the agents redirect", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Skip: 1, Times: 1, Status: 302, Header: http.Header{"Location": {"/elsewhere"}}, Body: "{}"}),
		fails: []string{"No answer is a redirect."}},
	{name: "an answer has no headers of the rate limit", set: func(f fake) {
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListIntegrations}, Status: 200, Body: `{"success":true,"data":[]}`})
	}, fails: []string{"Every answer to a token carries the three `X-RateLimit` headers as whole numbers."}},
	{name: "the reset is in milliseconds", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListIntegrations}, Header: http.Header{"X-Ratelimit-Reset": {"1800000000000"}}}),
		fails: []string{"`X-RateLimit-Reset`, read as assumed, lies in the next hour.", "`X-RateLimit-Reset` is an epoch."}},
	{name: "a 429 is retried after a word", set: func(f fake) {
		fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListIntegrations}, Times: 1, Status: 429, Header: http.Header{"Retry-After": {"soon"}}, Body: `{"message":"Too many requests."}`})(f)
	}, fails: []string{"`Retry-After` is a number of seconds or a date.", "A 429 comes without `Retry-After`."}},
	{name: "a refused body answers 400", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: sentNode("invalid")}, Status: 400, Body: `{"message":"No."}`}),
		fails: []string{"A body that is refused answers 422 with `message` and with `errors` by field."}},
	{name: "a wrong token answers 403", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Skip: 2, Times: 1, Status: 403, Body: `{"message":"No."}`}),
		fails: []string{"A missing token and a wrong one answer 401 with a text."}},
	{name: "a publish leaves a draft", set: rewrite(fakeapi.OpPublish, "", `"published"`, `"draft"`),
		fails: []string{"Publishing answers with the status `published`.", "An agent that is published may be published again."}},
	{name: "a second publish is refused", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpPublish}, Skip: 1, Times: 1, Status: 409, Body: `{"message":"It is."}`}),
		fails: []string{"An agent that is published may be published again."}},
	{name: "a write leaves the agent published", set: func(f fake) {
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent, AgentID: f.config.AgentID}, Skip: 5, Times: 1,
			Rewrite: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`"draft"`), []byte(`"published"`)) }})
	},
		fails: []string{"A write makes a published agent a draft."}},
	{name: "unpublishing leaves it published", set: rewrite(fakeapi.OpUnpublish, "", `"draft"`, `"published"`),
		fails: []string{"Unpublishing answers with the status `draft`."}},
	{name: "a status is a number", set: rewrite(fakeapi.OpListActions, "", `"active"`, `1`),
		fails: []string{"Types and statuses are texts.",
			"What `GET /agents/{agent_id}` shows of an action is what the listing shows.", "What `GET /agents` shows of an action is what the listing shows."}},
	{name: "an upsert never moves updated_at", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, NodeID: sentNode("webhook")},
		Rewrite: func(b []byte) []byte { return updatedAt.ReplaceAll(b, []byte(`"updated_at":"2026-05-01T12:00:00Z"`)) }}),
		fails: []string{"An edit of what is read back moves `updated_at`.", "An edit of a phrase, which is not read back, moves `updated_at`.",
			"An upsert that changes nothing moves `updated_at`.", "An upsert under a node id that is taken keeps the action's id, and `updated_at` is later than `created_at`."}},
	{name: "a publish moves actions apart", set: func(f fake) {
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListActions}, Skip: 5, Times: 1, Rewrite: func(b []byte) []byte {
			at := updatedAt.FindIndex(b)
			return slices.Concat(b[:at[0]], []byte(`"updated_at":"2026-05-01T13:00:00Z"`), b[at[1]:])
		}})
	}, fails: []string{"A publish leaves the `updated_at` of actions alone.", "Where a publish moves them, they lie within two seconds."}},
	{name: "the agent lacks urls", set: rewrite(fakeapi.OpGetAgent, "", `"url":`, `"other":`),
		fails: []string{"`GET /agents/{agent_id}` shows an action with all that the listing shows."}},
	{name: "listed agents lack actions", set: behave(func(b *fakeapi.Behaviour) { b.ListedAgentsLack = []string{"actions"} }),
		fails: []string{"`GET /agents` shows an action with all that the listing shows."}},
	{name: "the agent shows an old name", set: rewrite(fakeapi.OpGetAgent, "", `tfacc-Name`, `tfacc-Old`),
		fails: []string{"What `GET /agents/{agent_id}` shows of an action is what the listing shows."}},
	{name: "listed agents show an old name", set: rewrite(fakeapi.OpListAgents, "", `tfacc-Name`, `tfacc-Old`),
		fails: []string{"What `GET /agents` shows of an action is what the listing shows."}},
	{name: "the rest rises within a window", set: fault(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListIntegrations}, Header: http.Header{"X-Ratelimit-Remaining": {"100"}}}),
		fails: []string{"`X-RateLimit-Remaining` only falls until the reset."}},
	{name: "the window does not end", set: func(f fake) {
		f.SetRateLimit(1000, time.Minute)
		f.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent, AgentID: f.config.AgentID}, Skip: 8, Times: 2, Header: http.Header{"X-Ratelimit-Remaining": {"3"}}})
	}, fails: []string{"`X-RateLimit-Remaining` only falls until the reset.", "After the reset `X-RateLimit-Remaining` is up again."}},
}

func TestThePlainFakeRaisesNoAlarm(t *testing.T) {
	for says, l := range verdicts(startFake(t).tried(t).seen) {
		if l.Verdict == Fails {
			t.Errorf("%s %s: %s", l.Number, says, l.Came)
		}
	}
}

func TestEveryOpenAnswerShowsInTheTable(t *testing.T) {
	told := 0
	for _, point := range fakeapi.Open() {
		for i, answer := range point.Answers {
			name := point.Name + ": " + answer.Name
			w, known := openWorlds[name]
			if known {
				told++
			}
			if i > 0 && (!known || len(w.fails) == 0) {
				t.Errorf("no row tells of %q: add one", name)
			}
			t.Run(name, func(t *testing.T) {
				w.set = behave(answer.Set)
				switch point.Name {
				case "Retry-After":
					w.set = rateLimited(answer.Set)
				case "agent without a number":
					w.agent = withoutNumber
				}
				w.judge(t)
			})
		}
	}
	if told != len(openWorlds) {
		t.Errorf("%d of openWorlds are answers of the fake, of %d", told, len(openWorlds))
	}
}

func TestEveryDeviationShowsInTheTable(t *testing.T) {
	for _, w := range append(faultyWorlds, agentWorlds...) {
		t.Run(w.name, w.judge)
	}
}

// judge expects that exactly the named rows fail.
func (w world) judge(t *testing.T) {
	f := startFake(t)
	w.set(f)
	if w.agent != nil {
		f.config.AgentID = w.agent(t, f)
	}
	by := verdicts(f.tried(t).seen)
	for says, l := range by {
		if (l.Verdict == Fails) != slices.Contains(w.fails, says) {
			t.Errorf("%s %s: %s (%s)", l.Number, says, l.Verdict, l.Came)
		}
	}
	for _, says := range append(w.fails, w.holds...) {
		if l, there := by[says]; !there || slices.Contains(w.holds, says) && l.Verdict != Holds {
			t.Errorf("%s: %s (%s)", says, l.Verdict, l.Came)
		}
	}
}

// TestEveryRowIsSeenToHoldAndToFail: a row that cannot fail tells nothing.
func TestEveryRowIsSeenToHoldAndToFail(t *testing.T) {
	holds, fails := map[string]bool{}, map[string]bool{}
	for says, l := range verdicts(startFake(t).tried(t).seen) {
		holds[says] = l.Verdict == Holds
	}
	worlds := append(slices.Clone(faultyWorlds), agentWorlds...)
	for _, w := range openWorlds {
		worlds = append(worlds, w)
	}
	for _, w := range worlds {
		for _, says := range w.fails {
			fails[says] = true
		}
		for _, says := range w.holds {
			holds[says] = true
		}
	}
	// With a rate limit the fake answers 429 without a Retry-After: the first answer of that point.
	limited := startFake(t)
	rateLimited(func(*fakeapi.Behaviour) {})(limited)
	if says := "A 429 comes without `Retry-After`."; verdicts(limited.tried(t).seen)[says].Verdict == Holds {
		holds[says] = true
	}
	for _, a := range assumptions() {
		for _, row := range a.Rows {
			if !holds[row.Says] || !fails[row.Says] {
				t.Errorf("%d: %s Seen to hold: %t, to fail: %t", a.Number, row.Says, holds[row.Says], fails[row.Says])
			}
		}
	}
}

// TestWhatNoRunCanTryIsNamed: each assumption has rows or reasons, and these are in the table.
func TestWhatNoRunCanTryIsNamed(t *testing.T) {
	want := map[int]int{7: 1, 9: 1, 14: 1, 22: 1, 24: 1}
	all := assumptions()
	text := table(lines(all, startFake(t).tried(t).seen))
	for _, a := range all {
		if len(a.Untried) != want[a.Number] {
			t.Errorf("%d: %q", a.Number, a.Untried)
		}
		if !strings.Contains(a.Text, "**") || len(a.Rows)+len(a.Untried) == 0 {
			t.Errorf("%d has no text in bold, or neither a row nor a reason", a.Number)
		}
		for _, untried := range a.Untried {
			what, why, ok := strings.Cut(untried, ": ")
			if row := "| " + what + ". | nothing | " + why + " | could not be tried |"; !ok || !strings.HasSuffix(why, ".") || !strings.Contains(text, row) {
				t.Errorf("%d: the table has no row %q", a.Number, row)
			}
		}
	}
}
