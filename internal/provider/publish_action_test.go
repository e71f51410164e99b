package provider

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// invoke plans and invokes talq_agent_publish as Terraform does, and gives the
// progress and the diagnostics.
func (p *protocol) invoke(config given) ([]string, check.Said) {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ProviderServerWithActions) //nolint:staticcheck // until its methods are part of ProviderServer, as announced
	if !ok {
		p.t.Fatal("the provider serves no actions")
	}
	packed := pack(p.t, build(p.t, p.schema.ActionSchemas["talq_agent_publish"].Schema.ValueType(), config))
	checked, err := server.ValidateActionConfig(p.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: "talq_agent_publish", Config: packed})
	p.check(err)
	if problems := p.read(checked.Diagnostics); len(problems) > 0 {
		return nil, problems
	}
	planned, err := server.PlanAction(p.t.Context(), &tfprotov6.PlanActionRequest{ActionType: "talq_agent_publish", Config: packed})
	p.check(err)
	if problems := p.read(planned.Diagnostics); len(problems) > 0 {
		return nil, problems
	}
	stream, err := server.InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: "talq_agent_publish", Config: packed})
	p.check(err)
	var progress []string
	var problems check.Said
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			problems = p.read(event.Diagnostics)
		}
	}
	return progress, problems
}

func TestPublishAction(t *testing.T) {
	t.Parallel()
	t.Run("publishes", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.SetPublished(w.agent, false)
		progress, problems := w.protocol(t).invoke(given{"agent_id": w.agent})
		problems.None(t)
		if fmt.Sprint(progress) != "[Agent agent-1 is published.]" {
			t.Errorf("progress: %v", progress)
		}
		if w.AgentStatus(w.agent) != "published" || w.Count(fakeapi.OpPublish) != 1 {
			t.Errorf("the agent is %s after %d publishes", w.AgentStatus(w.agent), w.Count(fakeapi.OpPublish))
		}
	})
	t.Run("not ready: an error with the reasons", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.SetReady(w.agent, false, "No voice was chosen.")
		progress, problems := w.protocol(t).invoke(given{"agent_id": w.agent})
		problems.Hold(t, "Could not publish the agent agent-1", "No voice was chosen.")
		if len(progress) > 0 {
			t.Errorf("progress: %v", progress)
		}
	})
	t.Run("unknown agent: an error", func(t *testing.T) {
		t.Parallel()
		_, problems := newWorld(t).protocol(t).invoke(given{"agent_id": "nobody"})
		problems.Hold(t, "Could not publish the agent nobody", "1. agent_id is wrong", "another environment").Lack(t, "terraform state rm")
	})
	t.Run("answered with another status: an error", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpPublish}, Status: http.StatusOK, Body: `{"success":true,"data":{"id":"agent-1","current_status":"draft"}}`})
		_, problems := w.protocol(t).invoke(given{"agent_id": w.agent})
		problems.Hold(t, "The agent is not live")
	})
	for name, id := range map[string]string{"empty": "", "blanks around it": " agent-1", "two dots": ".."} {
		t.Run("id is "+name+": an error at validate", func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			_, problems := w.protocol(t).invoke(given{"agent_id": id})
			problems.Hold(t, "Wrong id")
			if n := w.Count(fakeapi.OpPublish); n != 0 {
				t.Errorf("%d publishes, want none", n)
			}
		})
	}
}

// TestPublishActionThroughTheCLI needs Terraform 1.14; CI has 1.11.
func TestPublishActionThroughTheCLI(t *testing.T) {
	t.Parallel()
	needCLI(t, "1.14.1", never, "apply -invoke")
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", "action \"talq_agent_publish\" \"now\" {\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n"+held(10, "a", "b"))
	ws.apply()
	w.SetPublished(w.agent, false)
	w.ForgetJournal()

	ws.apply("-invoke=action.talq_agent_publish.now").says("Agent agent-1 is published.")

	w.expectOnAgent(t, w.agent, 0, []int{0}, 1)
	ws.planEmpty()
}

// never stands for the version of a CLI that has what none has yet.
const never = ""

// needCLI skips a test that the CLI at hand is too old for, and says why.
func needCLI(t *testing.T, terraform, openTofu, what string) {
	t.Helper()
	first := cliVersion(t)
	name, number, _ := strings.Cut(first, " v")
	least, known := map[string]string{"Terraform": terraform, "OpenTofu": openTofu}[name]
	have, err := version.NewVersion(strings.TrimSpace(number))
	if err != nil || !known {
		t.Fatalf("%q is no version of Terraform or OpenTofu (%v)", first, err)
	}
	switch {
	case least == never:
		t.Skipf("%s is not there in any version of %s, and this is %s", what, name, first)
	case have.Core().LessThan(version.Must(version.NewVersion(least))):
		t.Skipf("%s is not there before %s %s, and this is %s", what, name, least, first)
	}
}
