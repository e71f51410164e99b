package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// environment is what the program is told of a fake.
func (f fake) environment(more map[string]string) func(string) string {
	return func(name string) string {
		if value, ok := more[name]; ok {
			return value
		}
		return map[string]string{
			guard.BaseURLVariable: f.config.BaseURL, guard.TokenVariable: string(f.config.Token), guard.AgentVariable: f.config.AgentID,
		}[name]
	}
}

func TestWithoutATokenNothingIsSent(t *testing.T) {
	f := startFake(t)
	for _, missing := range []string{guard.TokenVariable, guard.AgentVariable} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), nil, f.environment(map[string]string{missing: ""}), &stdout, &stderr)
		want := "contract: set TALQ_TOKEN to an API token and TALQ_TEST_AGENT_ID to the id of an agent that may be used for tests: nothing was sent\n"
		if code != 2 || stderr.String() != want || stdout.Len() > 0 {
			t.Errorf("%s: exit code %d, %q, %q", missing, code, stderr.String(), stdout.String())
		}
	}
	if n := len(f.Requests(fakeapi.Match{})); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestAnAgentOfOthersIsRefused(t *testing.T) {
	f := startFake(t)
	f.AddAction(f.config.AgentID, map[string]any{"name": "Schedule", "description": "Text", "type": "external"})
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-out", t.TempDir()}, f.environment(nil), &stdout, &stderr)
	if code != 2 || !strings.Contains(stderr.String(), guard.MayBeChangedVariable) || stdout.Len() > 0 {
		t.Errorf("exit code %d, %q, %q", code, stderr.String(), stdout.String())
	}
	for _, r := range f.Requests(fakeapi.Match{}) {
		if r.Method != "GET" {
			t.Errorf("it sent %s %s", r.Method, r.Path)
		}
	}
}

func TestNothingIsPublishedWithoutLeave(t *testing.T) {
	f := startFake(t)
	f.config.MayPublish = false
	trial := f.tried(t)
	for _, r := range f.Requests(fakeapi.Match{}) {
		if r.Op == fakeapi.OpPublish || r.Op == fakeapi.OpUnpublish {
			t.Errorf("it sent %s", r.Path)
		}
	}
	l := verdicts(trial.seen)["Publishing answers with the status `published`."]
	if l.Verdict != Untried || !strings.Contains(l.Came, guard.MayPublishVariable) {
		t.Errorf("%s (%s)", l.Verdict, l.Came)
	}
}

func TestARunLeavesNothingBehind(t *testing.T) {
	f := startFake(t)
	f.config.MayBeChanged = true
	foreign := f.AddAction(f.config.AgentID, map[string]any{"name": "Schedule", "description": "Text", "type": "external"})
	f.AddAction(f.config.AgentID, map[string]any{"name": "tfacc-left by a run that was killed", "description": "Text", "type": "external"})
	ours := map[string]any{"name": "tfacc-left by a run that was killed", "webhook_url": "https://example.com", "events": []any{"event_action"}}
	theirs := map[string]any{"name": "CRM", "webhook_url": "https://example.com", "events": []any{"event_action"}}
	f.AddWebhook(f.config.AgentID, ours)
	foreignWebhook := f.AddWebhook(f.config.AgentID, theirs)
	f.AddTraining(f.config.AgentID, map[string]any{"subject": "tfacc-left by a run that was killed", "instructions": "Text"})
	foreignTraining := f.AddTraining(f.config.AgentID, map[string]any{"subject": "Prices", "instructions": "Text"})
	before := f.agentNow(t)
	trial := f.tried(t)
	for kind, found := range map[string]struct {
		left []fakeapi.Stored
		want string
	}{
		"actions": {f.Actions(f.config.AgentID), foreign}, "trainings": {f.Trainings(f.config.AgentID), foreignTraining},
		"webhooks": {f.Webhooks(f.config.AgentID), foreignWebhook},
	} {
		if len(found.left) != 1 || found.left[0].ID != found.want {
			t.Errorf("left of the %s: %v", kind, found.left)
		}
	}
	if flow := f.Flow(f.config.AgentID); len(flow.Versions) > 0 {
		t.Errorf("it saved a flow: %v", flow)
	}
	if after := f.agentNow(t); !reflect.DeepEqual(before, after) {
		t.Errorf("the agent was\n%v, and is\n%v", before, after)
	}
	if status := f.AgentStatus(f.config.AgentID); status != "draft" {
		t.Errorf("the agent is %s", status)
	}
	if l := verdicts(trial.seen)["A delete answers 200."]; l.Verdict != Holds {
		t.Errorf("%s (%s)", l.Verdict, l.Came)
	}
}

// agentNow has the settings of the agent.
func (f fake) agentNow(t *testing.T) map[string]any {
	t.Helper()
	agent, ok := f.Agent(f.config.AgentID)
	if !ok {
		t.Fatal("the agent is gone")
	}
	return agent.Fields
}

func TestARunHasFewRequests(t *testing.T) {
	for mayPublish, most := range map[bool]int{false: 95, true: 115} {
		f := startFake(t)
		f.config.MayPublish = mayPublish
		f.tried(t)
		if n := len(f.Requests(fakeapi.Match{})); n > most {
			t.Errorf("may publish: %t: %d requests", mayPublish, n)
		}
	}
}

func TestADryRunPrintsWhatARunSends(t *testing.T) {
	f := startFake(t)
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-n"}, f.environment(map[string]string{guard.TokenVariable: "", guard.MayPublishVariable: "1"}), &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	if n := len(f.Requests(fakeapi.Match{})); n > 0 {
		t.Fatalf("%d requests were sent", n)
	}
	f.tried(t)
	printed := stdout.String()
	anID := regexp.MustCompile(`\{[^}/]+\}`)
	paths := anID.ReplaceAllString(printed, "{}")
	for _, r := range f.Requests(fakeapi.Match{}) {
		path := r.Path
		for _, id := range []string{r.AgentID, r.ActionID, r.TrainingID, r.WebhookID} {
			if id != "" && id != nobody {
				path = strings.ReplaceAll(path+"/", "/"+id+"/", "/{}/")
				path = strings.TrimSuffix(path, "/")
			}
		}
		if path = strings.TrimPrefix(path, "/api/v1"); !strings.Contains(paths, r.Method+" "+path) {
			t.Errorf("%s %s is not printed", r.Method, path)
		}
		if node, ok := r.Body["node_id"].(string); ok && !strings.Contains(printed, `"node_id":"`+strings.TrimSuffix(node, "-run1")+`"`) {
			t.Errorf("the body for %s is not printed", node)
		}
	}
}

// TestNothingOfTheAccountLeaves searches all that a run prints and writes.
func TestNothingOfTheAccountLeaves(t *testing.T) {
	f := startFake(t)
	other := f.AddAgent(fakeapi.AgentSeed{Name: "Other Agent GmbH"})
	f.AddAction(f.config.AgentID, map[string]any{"name": "Call Mrs. Private", "description": "Her number is +4930123456", "type": "external"})
	f.AddAction(other, map[string]any{"name": "Elsewhere Action", "description": "Text", "type": "external"})
	f.AddTraining(f.config.AgentID, map[string]any{"subject": "Private prices", "instructions": "Secret discount"})
	f.AddWebhook(f.config.AgentID, map[string]any{"name": "Private CRM", "webhook_url": "https://secret.example.com", "events": []any{"event_action"}})
	f.EditFlow(f.config.AgentID, "flow_driven", map[string]any{
		"initial_node_id": "secret-node", "meta": map[string]any{"name": "Private Flow"},
		"nodes": []any{map[string]any{"id": "secret-node", "type": "say", "content": "Secret text"}},
	})
	rewrite(fakeapi.OpDeleteAction, "", "Agent action deleted", "Front desk of Dr. Secret, token "+string(f.config.Token))(f)
	folder := t.TempDir()
	client := f.client()
	client.MayBeChanged = true
	var stdout bytes.Buffer
	if err := try(t.Context(), client, folder, &stdout); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 1+len(scenarios()) {
		t.Fatalf("%v: %v", files, err)
	}
	all := stdout.String()
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all += string(content)
	}
	for _, private := range []string{string(f.config.Token), "Secret", "Private", "secret-node", "secret.example", "4930123456", "Other Agent", "Elsewhere", `"` + f.config.AgentID + `"`, "Sales", "calendar"} {
		if i := strings.Index(all, private); i >= 0 {
			t.Errorf("%q: …%s…", private, all[max(0, i-100):min(len(all), i+100)])
		}
	}
	if !strings.Contains(all, "tfacc-") || !strings.Contains(all, "successfully") {
		t.Error("what is ours was taken out too")
	}
}

// TestWhatWasRecordedIsASample replays a run's recordings on fakes that answer in the same
// way, and in another.
func TestWhatWasRecordedIsASample(t *testing.T) {
	replay := func(t *testing.T, recordings []recording.Recording) string {
		t.Helper()
		all := []string{}
		for _, r := range recordings {
			content, err := r.Write()
			if err != nil {
				t.Fatal(err)
			}
			read, err := recording.Read(content)
			if err != nil {
				t.Fatal(err)
			}
			plain := startFake(t)
			plain.AddTraining(plain.config.AgentID, map[string]any{"subject": "Prices", "instructions": "Of others."})
			differences, err := read.Replay(t.Context(), plain.client())
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, differences...)
		}
		return strings.Join(all, "\n")
	}
	t.Run("the same", func(t *testing.T) {
		if differences := replay(t, startFake(t).tried(t).recordings); differences != "" {
			t.Error(differences)
		}
	})
	for _, test := range []struct {
		name   string
		change func(*fakeapi.Behaviour)
		want   string
	}{
		{"another status", func(b *fakeapi.Behaviour) { b.UpsertStatus = 201 }, "create: status 200, recorded 201"},
		{"no body", func(b *fakeapi.Behaviour) { b.DeleteStatus = 204 }, "delete:  is an object, recorded as null"},
		{"another member", func(b *fakeapi.Behaviour) { b.Undocumented = fakeapi.UndocumentedEchoed }, "create: data has the members"},
		{"another type", func(b *fakeapi.Behaviour) { b.HoldAs = fakeapi.ValueAsString }, "hold: data.input_schema[0].value is a number, recorded as a string"},
		{"another value", func(b *fakeapi.Behaviour) { b.TrimStrings = true }, "create: data.description is "},
		{"more inputs", func(b *fakeapi.Behaviour) { b.TransferHold = fakeapi.TransferHoldAlwaysAppended }, "hold both ways: data.input_schema has 1 items, recorded are 2"},
		{"another null", func(b *fakeapi.Behaviour) { b.WebhookNull = fakeapi.WebhookNullIgnored }, "null in webhook: data.max_retries is 3, recorded as 5"},
		{"trimmed instructions", func(b *fakeapi.Behaviour) { b.TrimStrings = true }, "create training: data.instructions is "},
		{"another status of a check", func(b *fakeapi.Behaviour) { b.InvalidFlowStatus = 200 }, "faulty flow: status 422, recorded 200"},
		{"pages", func(b *fakeapi.Behaviour) { b.PageSize = 2 }, "list four: data has 4 items, recorded are 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := startFake(t)
			behave(test.change)(f)
			if differences := replay(t, f.tried(t).recordings); !strings.Contains(differences, test.want) {
				t.Errorf("no %q in\n%s", test.want, differences)
			}
		})
	}
}

func TestThePageHasTheListOfAssumptions(t *testing.T) {
	content, err := os.ReadFile("../../templates/guides/assumptions.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(content), listBegins+markdown(assumptions())+listEnds) {
		t.Error("the page has another list: run make docs")
	}
}

func TestNumbersAndStepsOfTheRowsAreRight(t *testing.T) {
	steps := map[string]bool{}
	for _, sc := range scenarios() {
		for _, s := range sc.steps {
			if steps[s.key] {
				t.Errorf("two steps are called %q", s.key)
			}
			steps[s.key] = true
			if _, err := json.Marshal(s.body); err != nil {
				t.Error(err)
			}
		}
	}
	for i, a := range assumptions() {
		if a.Number != i+1 {
			t.Errorf("%d has the number %d", i+1, a.Number)
		}
		for _, row := range a.Rows {
			for _, key := range row.Steps {
				if !steps[key] {
					t.Errorf("%d: there is no step %q", a.Number, key)
				}
			}
		}
	}
}
