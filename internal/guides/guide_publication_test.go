package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestGuidePublicationOutputs repeats what the guides show of the publication.
func TestGuidePublicationOutputs(t *testing.T) {
	t.Parallel()
	needWordsOfTerraform(t)
	for name, situation := range map[string]func(*testing.T) map[string]string{
		"a draft": guideDraft, "an edit": guideEdit, "a refusal": guideRefusal,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			compareGuides(t, situation(t))
		})
	}
}

// TestGuideOutputOfInvoke needs Terraform 1.14; CI has 1.11.
func TestGuideOutputOfInvoke(t *testing.T) {
	t.Parallel()
	needWordsOfTerraform(t)
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "apply -invoke")
	w, ws := guideAgent(t)
	ws.Write("now.tf", guideSnippet(t, "now"))
	w.SetPublished(w.Agent, false)
	ws.Replace("main.tf", "+12025550123", "+12025550199") // which waits for an apply of its own
	compareGuides(t, map[string]string{"invoke": shown(ws, "terraform apply -auto-approve -invoke=action.talq_agent_publish.now")})
	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
}

// guideAgent is the agent of the recipe one-agent, live.
func guideAgent(t *testing.T) (acctest.World, *acctest.Workspace) {
	t.Helper()
	w := acctest.NewWorld(t)
	ws := recipe(t, "one-agent", ".", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	ws.Apply()
	w.ForgetJournal()
	return w, ws
}

func guideDraft(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	w.SetPublished(w.Agent, false)
	ws.Terraform("plan", "-refresh=false", "-detailed-exitcode").Exits(0) // as the guide says, such a plan is blind
	ws.Terraform("plan", "-detailed-exitcode").Exits(2)
	ws.Terraform("plan", "-json").Exits(0).Says(`"planned_change"`, "talq_agent_publication.this: Plan to update")
	outputs := map[string]string{"draft-plan": shown(ws, "terraform plan -out=live.tfplan")}
	w.ForgetJournal()
	ws.Terraform("apply", "live.tfplan").Exits(0).Says("0 added, 1 changed, 0 destroyed")
	w.Made(t, acctest.Ops{fakeapi.OpPublish: 1}) // the guide says that it publishes and does no more
	return outputs
}

func guideEdit(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	outputs := map[string]string{"edit-plan": shown(ws, "terraform plan -out=edit.tfplan")}
	w.ForgetJournal()
	outputs["edit-apply"] = shown(ws, "terraform apply edit.tfplan")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	if reads := len(w.Requests(fakeapi.Match{})) - 2; reads > 1 {
		t.Errorf("the apply of a saved plan made %d reads; the guide says one for each agent", reads)
	}
	return outputs
}

func guideRefusal(t *testing.T) map[string]string {
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Replace("main.tf", "= 30", "= 45")
	w.Inject(refusal(w.Agent, "transfer-to-reception"))
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0)
	// The refusal comes when Terraform has said that the other write is done, so
	// that what the error says of the agent is the same in each run.
	seen := make(chan struct{})
	w.Before(func(r fakeapi.Request) {
		if r.NodeID == "transfer-to-reception" {
			select {
			case <-seen:
			case <-t.Context().Done():
			}
		}
	})
	outputs := map[string]string{"fail-apply": shownTo(ws, &watched{text: `["look-up-schedule"]: Modifications complete`, seen: seen}, "terraform apply edit.tfplan")}
	w.Before(nil)
	w.ExpectLive(t, w.Agent, false)
	w.ClearFaults()
	w.ForgetJournal()
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	return outputs
}

// TestGuideNotReady: the plan warns of an agent that cannot be published; where the apply has
// made it a draft, the next one publishes and writes nothing again.
func TestGuideNotReady(t *testing.T) {
	t.Parallel()
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	w.SetReady(w.Agent, false, "No voice was chosen.")
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0).Says("Warning: The agent is not ready to be published")
	ws.Terraform("apply", "edit.tfplan").Exits(1).Says("Could not publish the agent agent-1")
	w.ExpectLive(t, w.Agent, false)
	w.SetReady(w.Agent, true)
	w.ForgetJournal()
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
}

// TestGuideOneMap does what the guide says not to do: one refused action keeps all agents
// off, and only the end of the error names the others.
func TestGuideOneMap(t *testing.T) {
	t.Parallel()
	w, frontDesk, emergency, billing := manyAgents(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", guideSnippet(t, "one-map"))
	ws.Write("terraform.tfvars", agentIDs(frontDesk, emergency, billing))
	ws.Apply()
	ws.PlanEmpty()
	ws.Replace("main.tf", "+12025550", "+12025551")
	w.Inject(refusal(emergency, "transfer"))
	// The publications would come at once, if they did not wait for all actions.
	for _, agent := range []string{frontDesk, billing} {
		w.Hold(fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: emergency}, fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: agent})
	}
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0)
	w.ForgetJournal()
	ws.Terraform("apply", "edit.tfplan").Exits(1).
		Says("So far this run has changed nothing on agent "+emergency, "This run also writes to other agents", strconv.Quote(frontDesk), strconv.Quote(billing))
	for _, agent := range []string{frontDesk, billing} {
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1}, agent)
		w.ExpectLive(t, agent, false)
	}
	w.ExpectLive(t, emergency, true)
}

// TestGuideCreateBeforeDestroy does what the guide says never to do.
func TestGuideCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "action.revision }\n", "action.revision }\n\n  lifecycle {\n    create_before_destroy = true\n  }\n")
	ws.Apply()
	main := filepath.Join(ws.Dir, "main.tf")
	text, err := os.ReadFile(main)
	if err != nil {
		t.Fatal(err)
	}
	removed := regexp.MustCompile(`(?s) {4}look-up-schedule = \{.*?\n {4}\}\n`).ReplaceAllString(string(text), "")
	if removed == string(text) {
		t.Fatal("the action to remove was not found")
	}
	ws.Write("main.tf", removed)
	ws.Terraform("plan", "-out=edit.tfplan").Exits(0)
	ws.Terraform("apply", "edit.tfplan").Exits(0).Says("The agent is a draft again")
	w.ExpectLive(t, w.Agent, false)

	t.Log("a replaced action takes over the id of the one before")
	w.ForgetJournal()
	ws.Apply(`-replace=talq_action.this["transfer-to-reception"]`).Says("An action was taken over")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
}

// TestGuideTarget: a targeted apply publishes if the publication is its target.
func TestGuideTarget(t *testing.T) {
	t.Parallel()
	w, ws := guideAgent(t)
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Replace("main.tf", "= 30", "= 45")
	ws.Terraform("plan", `-target=talq_action.this["look-up-schedule"]`, "-out=edit.tfplan").Exits(0)
	ws.Terraform("apply", "edit.tfplan").Exits(0).Says("Applied changes may be incomplete")
	w.ExpectLive(t, w.Agent, false)

	t.Log("the publication as the target brings its actions along, one that is gone from the map too")
	ws.Replace("main.tf", "schedule-appointment", "make-appointment")
	w.ForgetJournal()
	ws.Apply("-target=talq_agent_publication.this")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpDeleteAction: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()
}
