package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// tale is a terraform that says what it is told to, and does nothing.
type tale struct {
	plan      string
	planErr   error
	apply     func() error
	resources []string
	output    string
	t         *testing.T
}

func (f *tale) Validate(context.Context) error { return nil }

func (f *tale) Plan(context.Context, bool) (*tfjson.Plan, error) {
	if f.planErr != nil {
		return nil, f.planErr
	}
	return planOf(f.t, f.plan), nil
}

func (f *tale) Apply(context.Context) error {
	if f.apply == nil {
		return nil
	}
	return f.apply()
}

func (f *tale) Resources(context.Context) ([]string, error) { return f.resources, nil }

func (f *tale) Output() string { return f.output }

// The changes of two plans: one like the example's, and another.
const (
	fiveAdded = `
		{"address": "talq_action.a", "type": "talq_action", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"node_id": "a", "type": "external"}}},
		{"address": "talq_action.b", "type": "talq_action", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"node_id": "b", "type": "hold"}}},
		{"address": "talq_action.c", "type": "talq_action", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"node_id": "transfer-to-reception", "type": "transfer", "transfer_to": "+12025550123"}}},
		{"address": "talq_action.d", "type": "talq_action", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"node_id": "d", "type": "webhook"}}},
		{"address": "talq_agent_publication.front_desk", "type": "talq_agent_publication", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"current_status": "published"}}}`
	oneAdded = `{"address": "talq_action.a", "type": "talq_action", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"node_id": "a", "type": "hold"}}}`
)

// wentLive is the change of a plan that sees a draft.
const wentLive = `{"address": "talq_agent_publication.front_desk", "mode": "managed", "change": {"actions": ["update"], "before": {"current_status": "draft"}, "after": {"current_status": "published"}}}`

// call is a request about the agent: its path below the agent's, and its body.
type call struct{ path, body string }

var (
	publishes  = call{"/publish", ""}
	writesHold = call{"/actions", `{"node_id": "a", "name": "A", "description": "A hold", "type": "hold", "hold_duration": 30}`}
)

// applies makes the apply of one hold send these requests.
func applies(s *story, calls ...call) {
	f := s.tf.(*tale)
	s.made = planOf(f.t, oneAdded)
	f.apply = func() error {
		for _, c := range calls {
			request, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, s.talq.server.BaseURL()+"/agents/"+s.talq.agent+c.path, strings.NewReader(c.body))
			if err != nil {
				return err
			}
			request.Header.Set("Authorization", "Bearer "+s.talq.server.Token())
			request.Header.Set("Content-Type", "application/json")
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				return err
			}
			if err := response.Body.Close(); err != nil {
				return err
			}
		}
		return nil
	}
}

func newTale(t *testing.T, f *tale) *story {
	t.Helper()
	talq, err := startStandIn()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(talq.close)
	work, err := newWorkspace(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f.t = t
	return &story{cli: onPathChoices[0], tf: f, talq: talq, work: work, say: &narrator{out: io.Discard}, made: planOf(t, fiveAdded)}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	reception := map[string]any{"node_id": "transfer-to-reception", "type": "transfer", "transfer_to": "+12025550123"}
	tests := map[string]struct {
		tale  tale
		setUp func(s *story)
		step  func(s *story) func(context.Context) error
		want  []string
	}{
		"a plan of something else": {
			tale: tale{plan: oneAdded},
			step: func(s *story) func(context.Context) error { return s.planActions },
			want: []string{"expected: the plan to be: 5 to add, 0 to change, 0 to destroy", "seen:     1 to add, 0 to change, 0 to destroy"},
		},
		"a plan that fails, with what Terraform printed": {
			tale: tale{
				planErr: &mismatch{expected: "`terraform plan` to succeed", seen: "exit status 1"},
				output: "\nWarning: Provider development overrides are in effect\n\nThe following provider development overrides are set in the CLI\nconfiguration:\n - talqover/talq in /somewhere\n\n" +
					"The behavior may therefore not match any released version of the provider and\napplying changes may cause the state to become incompatible with published\nreleases.\n\nError: No usable Talq token\n\nThe token is empty.\n",
			},
			step: func(s *story) func(context.Context) error { return s.planActions },
			want: []string{"expected: `terraform plan` to succeed", "seen:     exit status 1", "", "What Terraform printed:", "  | Error: No usable Talq token", "  | ", "  | The token is empty."},
		},
		"an apply that wrote nothing": {
			step: func(s *story) func(context.Context) error { return s.applyActions },
			want: []string{`expected: Talq to hold an action with node id "a"`, "seen:     none"},
		},
		"an apply that wrote something else": {
			setUp: func(s *story) {
				s.made = planOf(s.tf.(*tale).t, strings.ReplaceAll(oneAdded, `"type": "hold"`, `"type": "hold", "hold_duration": 30`))
				s.talq.server.AddAction(s.talq.agent, map[string]any{"node_id": "a", "type": "hold", "hold_duration": 45})
			},
			step: func(s *story) func(context.Context) error { return s.applyActions },
			want: []string{"expected: talq_action.a.hold_duration in Talq to be: 30", "seen:     45"},
		},
		"an apply that left a second copy": {
			setUp: func(s *story) {
				s.made = planOf(s.tf.(*tale).t, oneAdded)
				s.talq.server.AddAction(s.talq.agent, map[string]any{"node_id": "a", "type": "hold"})
				s.talq.server.AddAction(s.talq.agent, map[string]any{"node_id": "b", "type": "hold"})
			},
			step: func(s *story) func(context.Context) error { return s.applyActions },
			want: []string{"expected: the number of actions in Talq to be: 1", "seen:     2"},
		},
		"an apply without the requests that it takes": {
			setUp: func(s *story) {
				s.made = planOf(s.tf.(*tale).t, oneAdded)
				s.talq.server.AddAction(s.talq.agent, map[string]any{"node_id": "a", "type": "hold"})
			},
			step: func(s *story) func(context.Context) error { return s.applyActions },
			want: []string{"expected: what Talq received to be: writes: upsert action: 4, then publish: 1", "seen:     no writes"},
		},
		"a plan that should be empty": {
			tale: tale{plan: oneAdded},
			step: func(s *story) func(context.Context) error { return s.planNothing },
			want: []string{"expected: the plan to be: 0 to add, 0 to change, 0 to destroy", "seen:     1 to add, 0 to change, 0 to destroy"},
		},
		"a drift that is not seen": {
			step: func(s *story) func(context.Context) error { return s.planRepair },
			want: []string{"expected: the plan to be: 0 to add, 2 to change, 0 to destroy", "seen:     0 to add, 0 to change, 0 to destroy"},
		},
		"a drift seen elsewhere": {
			tale: tale{plan: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["update"], "before": {"url": "a"}, "after": {"url": "b"}}},` + wentLive},
			step: func(s *story) func(context.Context) error { return s.planRepair },
			want: []string{
				`expected: what the plan changes to be: [talq_action.reception [transfer_to: "+12025550199" -> "+12025550123"] talq_agent_publication.front_desk [current_status: "draft" -> "published"]]`,
				`seen:     [talq_action.a [url: "a" -> "b"] talq_agent_publication.front_desk [current_status: "draft" -> "published"]]`,
			},
		},
		"a draft that is not seen": {
			step: func(s *story) func(context.Context) error {
				s.talq.server.SetPublished(s.talq.agent, false)
				return s.planNothing
			},
			want: []string{"expected: the agent's status in Talq to be: published", "seen:     draft"},
		},
		"a publish before the write": {
			setUp: func(s *story) { applies(s, publishes, writesHold) },
			step:  func(s *story) func(context.Context) error { return s.applyRepair },
			want:  []string{"expected: what Talq received to be: writes: upsert action: 1, then publish: 1", "seen:     writes: publish: 1, then upsert action: 1"},
		},
		"a second publish": {
			setUp: func(s *story) { applies(s, writesHold, publishes, publishes) },
			step:  func(s *story) func(context.Context) error { return s.applyRepair },
			want:  []string{"expected: what Talq received to be: writes: upsert action: 1, then publish: 1", "seen:     writes: upsert action: 1, then publish: 2"},
		},
		"a publish that Talq refuses": {
			setUp: func(s *story) {
				s.talq.server.SetReady(s.talq.agent, false)
				applies(s, writesHold, publishes)
			},
			step: func(s *story) func(context.Context) error { return s.applyRepair },
			want: []string{"expected: the agent's status in Talq to be: published", "seen:     draft"},
		},
		"a destroy that leaves an action": {
			tale:  tale{plan: strings.NewReplacer("create", "delete", `"before": null, "after"`, `"after": null, "before"`).Replace(fiveAdded)},
			setUp: func(s *story) { s.talq.server.AddAction(s.talq.agent, reception) },
			step:  func(s *story) func(context.Context) error { return s.destroy },
			want:  []string{"expected: the number of actions in Talq to be: 0", "seen:     1"},
		},
		"anything else": {
			tale: tale{planErr: errors.New("the disk is full")},
			step: func(s *story) func(context.Context) error { return s.planActions },
			want: []string{"cause:    the disk is full"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTale(t, &test.tale)
			if test.setUp != nil {
				test.setUp(s)
			}
			nothing := func(context.Context) error { return nil }
			err := s.tell(t.Context(), []step{{"Before", nothing}, {"A title", test.step(s)}, {"After", nothing}})
			want := "The demo failed at step 2: A title\n"
			for i, line := range test.want {
				if i < 2 {
					line = "  " + line
				}
				want += line + "\n"
			}
			if err == nil || err.Error()+"\n" != want {
				t.Errorf("error:\n%v\nwant:\n%s", err, want)
			}
			if s.told != 2 {
				t.Errorf("went on to step %d", s.told)
			}
		})
	}
}

func TestFailuresKeepSecrets(t *testing.T) {
	t.Parallel()
	want := map[string]any{"custom_headers": map[string]any{"K": "secret one"}}
	got := map[string]any{"custom_headers": []any{map[string]any{"key": "K", "value": "secret two"}}}
	err := checkFields("talq_action.a", want, got)
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("error %v", err)
	}
}

func TestChecksOfInputs(t *testing.T) {
	t.Parallel()
	want := map[string]any{"inputs": []any{map[string]any{"name": "a", "value": "30", "description": nil}}}
	for name, test := range map[string]struct {
		inputs []any
		want   string
	}{
		"as wished":     {[]any{map[string]any{"name": "a", "value": 30}, map[string]any{"name": "transfer_to"}}, ""},
		"missing":       {nil, "expected the number of talq_action.a.inputs in Talq to be: 1, but saw 0"},
		"another value": {[]any{map[string]any{"name": "a", "value": 31}}, "expected talq_action.a.inputs[0].value in Talq to be: 30, but saw 31"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := checkFields("talq_action.a", want, map[string]any{"inputs": test.inputs})
			if got := message(err); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestOutputThatCannotBeWrittenIsAFailure(t *testing.T) {
	t.Parallel()
	s := newTale(t, &tale{})
	s.say.out = brokenPipe{}
	err := s.tell(t.Context(), []step{{"A title", func(context.Context) error { return nil }}})
	if !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestInterruptionIsToldAsSuch(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newTale(t, &tale{})
	err := s.tell(ctx, []step{{"A title", func(context.Context) error { cancel(); return errors.New("signal: interrupt") }}})
	if !errors.Is(err, errInterrupted) {
		t.Errorf("error %v", err)
	}
}

func TestCleanUpLooksAtTheResult(t *testing.T) {
	t.Parallel()
	s := newTale(t, &tale{})
	if err := s.cleanUp(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.cleanUp(t.Context()); err != nil {
		t.Error("the second time:", err)
	}
}
