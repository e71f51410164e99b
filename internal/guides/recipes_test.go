package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// recipes is where the recipes stand, seen from this package.
const recipes = "../../examples/recipes"

// recipe copies a recipe, and returns a workspace in the given folder of it. What
// a user would set from outside comes in from outside here too: the variables
// as terraform.tfvars, and the fake's address and token by an override file,
// which Terraform merges into the recipe's own provider blocks.
func recipe(t *testing.T, name, root, override, variables string) *acctest.Workspace {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(recipes, name))); err != nil {
		t.Fatal(err)
	}
	ws := &acctest.Workspace{T: t, Dir: filepath.Join(dir, root), Attach: acctest.Serve(t)}
	ws.Write("override.tf", override)
	ws.Write("terraform.tfvars", variables)
	ws.Terraform("get").Exits(0)
	return ws
}

// TestRecipesAreListed keeps a recipe from being there without a test.
func TestRecipesAreListed(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(recipes)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	tested := []string{"adopt", "draft-check", "many-agents", "off-air", "one-agent", "promotion", "promotion-aliases", "unmanaged", "whole-agent"}
	if !slices.Equal(found, tested) {
		t.Errorf("the recipes are %v, and tested are %v", found, tested)
	}
}

func TestRecipeOneAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := recipe(t, "one-agent", ".", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))

	ws.Apply().Says("4 added, 0 changed, 0 destroyed").SaysNot("Warning")

	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 3, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()

	t.Log("one changed, one renamed")
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	ws.Replace("main.tf", "look-up-schedule", "look-up-calendar")
	w.ForgetJournal()
	ws.Apply().Says("1 added, 2 changed, 1 destroyed").SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpDeleteAction: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()

	t.Log("unpublished in the dashboard")
	w.SetPublished(w.Agent, false)
	acctest.ExpectDraftSeen(t, ws)
	w.ForgetJournal()
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
	ws.PlanEmpty()
}

func TestRecipeWholeAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddPhoneNumber(fakeapi.NumberSeed{Number: "+12025550100"})
	ws := recipe(t, "whole-agent", ".", w.ProviderBlock(), "phone_number = \"+12025550100\"\n")

	ws.Apply().Says("6 added, 0 changed, 0 destroyed").SaysNot("Warning")

	agents := w.Agents()
	made := agents[len(agents)-1].ID
	if trainings, actions := len(w.Trainings(made)), len(w.Actions(made)); trainings != 2 || actions != 2 {
		t.Errorf("the agent has %d trainings and %d actions", trainings, actions)
	}
	w.ExpectLive(t, made, true)
	w.ForgetJournal()
	ws.PlanEmpty()
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListVoices: 1, fakeapi.OpListNumbers: 1})

	t.Log("another price, another prompt: a write each, and one publish")
	ws.Replace("main.tf", "A check-up is 60 dollars", "A check-up is 70 dollars")
	ws.Replace("main.tf", "You are friendly and brief.", "You are friendly.")
	ws.Apply().Says("0 added, 3 changed, 0 destroyed").SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertTraining: 1, fakeapi.OpUpdateKnowledge: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, made, true)
	ws.PlanEmpty()
}

// manyAgents serves the three agents of the recipe and of the one-map form.
func manyAgents(t *testing.T) (w acctest.World, frontDesk, emergency, billing string) {
	t.Helper()
	w = acctest.NewWorld(t)
	emergency = w.AddAgent(fakeapi.AgentSeed{Name: "Emergency", Status: "published"})
	billing = w.AddAgent(fakeapi.AgentSeed{Name: "Billing", Status: "published"})
	return w, w.Agent, emergency, billing
}

// impatient is a provider block that gives up soon, for applies that must not
// wait for each other: one that does ends in an error.
func impatient(w acctest.World) string {
	return w.ProviderBlock("max_retries = 0", "request_timeout = 10")
}

func agentIDs(frontDesk, emergency, billing string) string {
	return fmt.Sprintf("agent_ids = {\n  front_desk = %q\n  emergency  = %q\n  billing    = %q\n}\n", frontDesk, emergency, billing)
}

// chainPublishes holds every write to an agent back until the agent before it in
// the list was published.
func chainPublishes(w acctest.World, agents ...string) {
	for i, agent := range agents[1:] {
		w.Hold(fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: agent}, fakeapi.Match{Op: fakeapi.OpPublish, AgentID: agents[i]})
	}
}

func TestRecipeManyAgents(t *testing.T) {
	t.Parallel()
	t.Run("each is published as soon as its own actions are written", func(t *testing.T) {
		t.Parallel()
		w, frontDesk, emergency, billing := manyAgents(t)
		ws := recipe(t, "many-agents", ".", impatient(w), agentIDs(frontDesk, emergency, billing))
		order := []string{billing, frontDesk, emergency}
		chainPublishes(w, order...)

		ws.Apply().SaysNot("Warning")

		var published []string
		for _, r := range w.Requests(fakeapi.Match{Op: fakeapi.OpPublish}) {
			published = append(published, r.AgentID)
			for _, other := range w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction}) {
				before, later := slices.Index(order, r.AgentID), slices.Index(order, other.AgentID)
				if before < later && other.AnsweredAt.Before(r.AnsweredAt) {
					t.Errorf("agent %s was published after the write of %s on agent %s", r.AgentID, other.NodeID, other.AgentID)
				}
			}
		}
		if !slices.Equal(published, order) {
			t.Errorf("published in the order %v, want %v", published, order)
		}
		for _, agent := range order {
			w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1}, agent)
			w.ExpectLive(t, agent, true)
		}
		ws.PlanEmpty()
	})
	t.Run("one that cannot be written leaves the others live", func(t *testing.T) {
		t.Parallel()
		w, frontDesk, emergency, billing := manyAgents(t)
		ws := recipe(t, "many-agents", ".", w.ProviderBlock(), agentIDs(frontDesk, emergency, billing))
		w.Inject(refusal(emergency, "transfer-to-doctor"))

		ws.ApplyFails().Says("The number is not allowed.")

		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2}, emergency)
		w.ExpectLive(t, emergency, false)
		for _, agent := range []string{frontDesk, billing} {
			w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1}, agent)
			w.ExpectLive(t, agent, true)
		}

		t.Log("repaired: the others are left alone")
		w.ClearFaults()
		w.ForgetJournal()
		ws.Apply()
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1}, emergency)
		w.ExpectLive(t, emergency, true)
		for _, agent := range []string{frontDesk, billing} {
			w.Wrote(t, acctest.Ops{}, agent)
		}
		ws.PlanEmpty()
	})
}

// refusal lets the API refuse one action of one agent.
func refusal(agent, node string) fakeapi.Fault {
	return fakeapi.Fault{
		Match: fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: agent, NodeID: node}, Status: 422,
		Body: `{"success":false,"message":"The given data was invalid.","errors":{"transfer_to":["The number is not allowed."]}}`,
	}
}

func TestRecipeDraftCheck(t *testing.T) {
	t.Parallel()
	const failed, names = "Warning: Check block assertion failed", "These agents take no calls: "
	w := acctest.NewWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Other", Status: "published"})
	w.AddAgent(fakeapi.AgentSeed{Name: "Nobody's"})
	ws := recipe(t, "draft-check", ".", w.ProviderBlock(), fmt.Sprintf("agent_ids = {\n  support = %q\n  other = %q\n}\n", w.Agent, other))

	ws.Apply().SaysNot("Warning")
	ws.PlanEmpty().SaysNot("Warning")

	w.SetPublished(w.Agent, false)
	ws.PlanEmpty().Says(failed, names+"support. Publish them")
	ws.Apply().Says(failed, names+"support.")
	if lines := string(ws.Terraform("plan", "-json").Exits(0).Stdout); !strings.Contains(lines, `"type":"diagnostic"`) {
		t.Errorf("plan -json says nothing of the check:\n%s", lines)
	}

	w.RemoveAgent(other)
	ws.PlanEmpty().Says(failed, names+"other, support.")

	w.Wrote(t, acctest.Ops{})
}

func TestRecipeOffAir(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := recipe(t, "off-air", ".", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	ws.Apply().SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()

	t.Log("off the air, and it stays there")
	w.ForgetJournal()
	ws.Apply("-var=on_air=false").Says("0 added, 0 changed, 1 destroyed").SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUnpublish: 1})
	w.ExpectLive(t, w.Agent, false)
	ws.PlanEmpty("-var=on_air=false")

	t.Log("work on it while it is off")
	ws.Replace("main.tf", "+12025550123", "+12025550199")
	w.ForgetJournal()
	ws.Apply("-var=on_air=false")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
	w.ExpectLive(t, w.Agent, false)

	t.Log("back on the air")
	w.ForgetJournal()
	ws.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty()
}
