package publication_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// invoke plans and invokes talq_agent_publish as Terraform does, and returns the
// progress and the diagnostics.
func invoke(p *acctest.Protocol, config acctest.Values) ([]string, check.Said) {
	p.T.Helper()
	server, ok := p.Server.(tfprotov6.ProviderServerWithActions) //nolint:staticcheck // until its methods are part of ProviderServer, as announced
	if !ok {
		p.T.Fatal("the provider serves no actions")
	}
	packed := acctest.Pack(p.T, acctest.Build(p.T, p.Schema.ActionSchemas["talq_agent_publish"].Schema.ValueType(), config))
	checked, err := server.ValidateActionConfig(p.T.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: "talq_agent_publish", Config: packed})
	p.Check(err)
	if problems := p.Read(checked.Diagnostics); len(problems) > 0 {
		return nil, problems
	}
	planned, err := server.PlanAction(p.T.Context(), &tfprotov6.PlanActionRequest{ActionType: "talq_agent_publish", Config: packed})
	p.Check(err)
	if problems := p.Read(planned.Diagnostics); len(problems) > 0 {
		return nil, problems
	}
	stream, err := server.InvokeAction(p.T.Context(), &tfprotov6.InvokeActionRequest{ActionType: "talq_agent_publish", Config: packed})
	p.Check(err)
	var progress []string
	var problems check.Said
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			problems = p.Read(event.Diagnostics)
		}
	}
	return progress, problems
}

func TestPublishAction(t *testing.T) {
	t.Parallel()
	t.Run("publishes", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		w.SetPublished(w.Agent, false)
		progress, problems := invoke(w.Protocol(t), acctest.Values{"agent_id": w.Agent})
		problems.None(t)
		if fmt.Sprint(progress) != "[Agent agent-1 is published.]" {
			t.Errorf("progress: %v", progress)
		}
		w.ExpectLive(t, w.Agent, true)
		w.Made(t, acctest.Ops{fakeapi.OpPublish: 1})
	})
	t.Run("not ready: an error with the reasons", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		w.SetReady(w.Agent, false, "No voice was chosen.")
		progress, problems := invoke(w.Protocol(t), acctest.Values{"agent_id": w.Agent})
		problems.Hold(t, "Could not publish the agent agent-1", "No voice was chosen.")
		if len(progress) > 0 {
			t.Errorf("progress: %v", progress)
		}
	})
	t.Run("unknown agent: an error", func(t *testing.T) {
		t.Parallel()
		_, problems := invoke(acctest.NewWorld(t).Protocol(t), acctest.Values{"agent_id": "nobody"})
		problems.Hold(t, "Could not publish the agent nobody", "1. agent_id is wrong", "another environment").Lack(t, "terraform state rm")
	})
	t.Run("answered with another status: an error", func(t *testing.T) {
		t.Parallel()
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpPublish}, Status: http.StatusOK, Body: `{"success":true,"data":{"id":"agent-1","current_status":"draft"}}`})
		_, problems := invoke(w.Protocol(t), acctest.Values{"agent_id": w.Agent})
		problems.Hold(t, "The agent is not live")
	})
	for name, id := range map[string]string{"empty": "", "blanks around it": " agent-1", "two dots": ".."} {
		t.Run("id is "+name+": an error at validate", func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			_, problems := invoke(w.Protocol(t), acctest.Values{"agent_id": id})
			problems.Hold(t, "Wrong id")
			w.Wrote(t, acctest.Ops{})
		})
	}
}

// TestPublishActionThroughTheCLI needs Terraform 1.14; CI has 1.11.
func TestPublishActionThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "apply -invoke")
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", "action \"talq_agent_publish\" \"now\" {\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n"+acctest.Held(10, "a", "b"))
	ws.Apply()
	w.SetPublished(w.Agent, false)
	w.ForgetJournal()

	ws.Apply("-invoke=action.talq_agent_publish.now").Says("Agent agent-1 is published.")

	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
	ws.PlanEmpty()
}
