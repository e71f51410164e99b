package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// recipes is where the recipes stand, seen from this package.
const recipes = "../../examples/recipes"

// recipe copies a recipe, and gives a workspace in the given folder of it. What
// a user would set from outside comes in from outside here too: the variables
// as terraform.tfvars, and the fake's address and token by an override file,
// which Terraform merges into the recipe's own provider blocks.
func recipe(t *testing.T, name, root, override, variables string) *workspace {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(recipes, name))); err != nil {
		t.Fatal(err)
	}
	ws := &workspace{t: t, dir: filepath.Join(dir, root), attach: serve(t)}
	ws.write("override.tf", override)
	ws.write("terraform.tfvars", variables)
	ws.terraform("get").exits(0)
	return ws
}

// text reads a file of the folder.
func (w *workspace) text(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, filepath.FromSlash(name)))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// replace changes a text in a file of the recipe, as somebody with an editor does.
func (w *workspace) replace(name, old, with string) {
	w.t.Helper()
	text := w.text(name)
	if !strings.Contains(text, old) {
		w.t.Fatalf("%s lacks %q", name, old)
	}
	w.write(name, strings.ReplaceAll(text, old, with))
}

// expectLive expects what an agent is at the moment.
func (w world) expectLive(t *testing.T, agent string, live bool) {
	t.Helper()
	if got := w.AgentStatus(agent); (got == talq.AgentPublished) != live {
		t.Errorf("agent %s is %s, want live: %v", agent, got, live)
	}
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
	tested := []string{"adopt", "draft-check", "many-agents", "off-air", "one-agent", "promotion", "promotion-aliases", "unmanaged"}
	if !slices.Equal(found, tested) {
		t.Errorf("the recipes are %v, and tested are %v", found, tested)
	}
}

func TestRecipeOneAgent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := recipe(t, "one-agent", ".", w.provider(), fmt.Sprintf("agent_id = %q\n", w.agent))

	ws.apply().says("4 added, 0 changed, 0 destroyed").saysNot("Warning")

	w.expectOnAgent(t, w.agent, 3, []int{0}, 1)
	w.expectLive(t, w.agent, true)
	ws.planEmpty()

	t.Log("one changed, one renamed")
	ws.replace("main.tf", "+12025550123", "+12025550199")
	ws.replace("main.tf", "look-up-schedule", "look-up-calendar")
	w.ForgetJournal()
	ws.apply().says("1 added, 2 changed, 1 destroyed").saysNot("Warning")
	w.expectOnAgent(t, w.agent, 2, []int{1}, 1)
	w.expectLive(t, w.agent, true)
	ws.planEmpty()

	t.Log("unpublished in the dashboard")
	w.SetPublished(w.agent, false)
	expectDraftSeen(t, ws)
	w.ForgetJournal()
	ws.apply()
	w.expectOnAgent(t, w.agent, 0, []int{0}, 1)
	ws.planEmpty()
}

// manyAgents serves the three agents of the recipe and of the one-map form.
func manyAgents(t *testing.T) (w world, frontDesk, emergency, billing string) {
	t.Helper()
	w = newWorld(t)
	emergency = w.AddAgent(fakeapi.AgentSeed{Name: "Emergency", Status: talq.AgentPublished})
	billing = w.AddAgent(fakeapi.AgentSeed{Name: "Billing", Status: talq.AgentPublished})
	return w, w.agent, emergency, billing
}

// impatient is a provider block that gives up soon, for applies that must not
// wait for each other: one that does ends in an error.
func (w world) impatient() string {
	return strings.Replace(w.provider(), "}\n", "  max_retries = 0\n  request_timeout = 10\n}\n", 1)
}

func agentIDs(frontDesk, emergency, billing string) string {
	return fmt.Sprintf("agent_ids = {\n  front_desk = %q\n  emergency  = %q\n  billing    = %q\n}\n", frontDesk, emergency, billing)
}

// chainPublishes holds every write to an agent back until the agent before it in
// the list was published.
func (w world) chainPublishes(agents ...string) {
	for i, agent := range agents[1:] {
		w.Hold(fakeapi.Match{Op: fakeapi.OpUpsertAction, AgentID: agent}, fakeapi.Match{Op: fakeapi.OpPublish, AgentID: agents[i]})
	}
}

func TestRecipeManyAgents(t *testing.T) {
	t.Parallel()
	t.Run("each is published as soon as its own actions are written", func(t *testing.T) {
		t.Parallel()
		w, frontDesk, emergency, billing := manyAgents(t)
		ws := recipe(t, "many-agents", ".", w.impatient(), agentIDs(frontDesk, emergency, billing))
		order := []string{billing, frontDesk, emergency}
		w.chainPublishes(order...)

		ws.apply().saysNot("Warning")

		var published []string
		for _, r := range w.Requests(fakeapi.OpPublish) {
			published = append(published, r.AgentID)
			for _, other := range w.Requests(fakeapi.OpUpsertAction) {
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
			w.expectOnAgent(t, agent, 2, []int{0}, 1)
			w.expectLive(t, agent, true)
		}
		ws.planEmpty()
	})
	t.Run("one that cannot be written leaves the others live", func(t *testing.T) {
		t.Parallel()
		w, frontDesk, emergency, billing := manyAgents(t)
		ws := recipe(t, "many-agents", ".", w.provider(), agentIDs(frontDesk, emergency, billing))
		w.Inject(refusal(emergency, "transfer-to-doctor"))

		ws.applyFails().says("The number is not allowed.")

		w.expectOnAgent(t, emergency, 2, []int{0}, 0)
		w.expectLive(t, emergency, false)
		for _, agent := range []string{frontDesk, billing} {
			w.expectOnAgent(t, agent, 2, []int{0}, 1)
			w.expectLive(t, agent, true)
		}

		t.Log("repaired: the others are left alone")
		w.ClearFaults()
		w.ForgetJournal()
		ws.apply()
		w.expectOnAgent(t, emergency, 1, []int{0}, 1)
		w.expectLive(t, emergency, true)
		for _, agent := range []string{frontDesk, billing} {
			w.expectOnAgent(t, agent, 0, []int{0}, 0)
		}
		ws.planEmpty()
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
	w := newWorld(t)
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Other", Status: talq.AgentPublished})
	w.AddAgent(fakeapi.AgentSeed{Name: "Nobody's"})
	ws := recipe(t, "draft-check", ".", w.provider(), fmt.Sprintf("agent_ids = {\n  support = %q\n  other = %q\n}\n", w.agent, other))

	ws.apply().saysNot("Warning")
	ws.planEmpty().saysNot("Warning")

	w.SetPublished(w.agent, false)
	ws.planEmpty().says(failed, names+"support. Publish them")
	ws.apply().says(failed, names+"support.")
	if lines := string(ws.terraform("plan", "-json").exits(0).stdout); !strings.Contains(lines, `"type":"diagnostic"`) {
		t.Errorf("plan -json says nothing of the check:\n%s", lines)
	}

	w.RemoveAgent(other)
	ws.planEmpty().says(failed, names+"other, support.")

	for _, r := range w.Journal() {
		if r.Method != "GET" {
			t.Errorf("%s %s was sent, want reads alone", r.Method, r.Path)
		}
	}
}

func TestRecipeOffAir(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := recipe(t, "off-air", ".", w.provider(), fmt.Sprintf("agent_id = %q\n", w.agent))
	ws.apply().saysNot("Warning")
	w.expectOnAgent(t, w.agent, 1, []int{0}, 1)
	w.expectLive(t, w.agent, true)
	ws.planEmpty()

	t.Log("off the air, and it stays there")
	w.ForgetJournal()
	ws.apply("-var=on_air=false").says("0 added, 0 changed, 1 destroyed").saysNot("Warning")
	if writes, unpublishes := len(w.writes()), w.Count(fakeapi.OpUnpublish); writes != 1 || unpublishes != 1 {
		t.Errorf("%d writes, %d of them unpublish the agent, want one that does", writes, unpublishes)
	}
	w.expectLive(t, w.agent, false)
	ws.planEmpty("-var=on_air=false")

	t.Log("work on it while it is off")
	ws.replace("main.tf", "+12025550123", "+12025550199")
	w.ForgetJournal()
	ws.apply("-var=on_air=false")
	w.expectOnAgent(t, w.agent, 1, []int{0}, 0)
	w.expectLive(t, w.agent, false)

	t.Log("back on the air")
	w.ForgetJournal()
	ws.apply()
	w.expectOnAgent(t, w.agent, 0, []int{0}, 1)
	w.expectLive(t, w.agent, true)
	ws.planEmpty()
}

// writes are the requests that were there to change something.
func (w world) writes() []fakeapi.Request {
	return slices.DeleteFunc(w.Journal(), func(r fakeapi.Request) bool { return r.Method == "GET" })
}
