package guides_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// dashboardActions puts forty actions on the agent, ten of each type, made outside
// Terraform an hour ago, and publishes it.
func dashboardActions(w acctest.World) []string {
	var ids []string
	for i := range 10 {
		for _, fields := range []map[string]any{
			acctest.Secretive(),
			{"type": action.TypeExternal, "url": "https://api.example.com/sync", "execution_mode": "post_call"},
			{"type": action.TypeTransfer, "transfer_to": fmt.Sprintf("+120255501%02d", i)},
			{"type": action.TypeHold, "hold_duration": 30 + i, "current_status": "inactive"},
		} {
			delete(fields, "node_id")
			fields["name"], fields["description"] = fmt.Sprintf("%s %d", fields["type"], i), "Made by hand"
			fields["created_at"] = acctest.TakenHold("")["created_at"]
			ids = append(ids, w.AddAction(w.Agent, fields))
		}
	}
	w.SetPublished(w.Agent, true)
	return ids
}

// adopt is what the guide tells to do, in a new root module: the blocks from the
// recipe, then the resources that Terraform writes. Each command may make one
// listing, and none writes to the agent.
func adopt(w acctest.World, t *testing.T, nodeIDs map[string]string) (root, finder *acctest.Workspace) {
	t.Helper()
	known, err := json.Marshal(nodeIDs)
	if err != nil {
		t.Fatal(err)
	}
	finder = recipe(t, "adopt", ".", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\nnode_ids = %s\n", w.Agent, known))
	root = acctest.NewWorkspace(t, w.ProviderBlock())
	w.ForgetJournal()
	step := func(name string, do func()) {
		t.Helper()
		do()
		if n := len(w.Requests(fakeapi.Match{})); n > 1 {
			t.Errorf("%s made %d requests, want one listing at most", name, n)
		}
		w.Wrote(t, acctest.Ops{})
		w.ForgetJournal()
	}
	step("the recipe", func() { finder.Apply() })
	step("its output", func() {
		root.Write("imports.tf", string(finder.Terraform("output", "-raw", "imports").Exits(0).Stdout))
	})
	step("plan -generate-config-out", func() {
		root.GenerateConfig("imports.tf", func() {
			root.Terraform("plan", "-generate-config-out=generated.tf").Exits(0).Says("0 to add, 0 to change, 0 to destroy")
		})
	})
	step("apply", func() { root.Apply().Says("0 added, 0 changed, 0 destroyed") })
	root.Remove("imports.tf")
	step("plan", func() { root.PlanEmpty() })
	return root, finder
}

// stored returns what the server holds of each action, by id.
func stored(w acctest.World, t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, action := range w.Actions(w.Agent) {
		found[action.ID] = acctest.ToJSON(t, action)
	}
	return found
}

// edit changes what matches in some of the resources of a generated file.
func edit(ws *acctest.Workspace, t *testing.T, from, to string, addresses ...string) {
	t.Helper()
	matches := regexp.MustCompile(from)
	blocks := strings.Split(ws.Text("generated.tf"), "\nresource ")
	for i, block := range blocks {
		for _, address := range addresses {
			if name := strings.TrimPrefix(address, "talq_action."); strings.HasPrefix(block, `"talq_action" "`+name+`"`) {
				blocks[i] = matches.ReplaceAllLiteralString(block, to)
			}
		}
	}
	ws.Write("generated.tf", strings.Join(blocks, "\nresource "))
}

// TestAdoptAnAgent: from forty actions of all types to an empty plan, and on to an
// edit of each of them.
func TestAdoptAnAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ids := dashboardActions(w)
	nodeIDs := map[string]string{} // of four in five, so of some of each type
	for i, id := range ids {
		if i%5 != 0 {
			nodeIDs[id] = "node-of-" + id
		}
	}
	root, finder := adopt(w, t, nodeIDs)

	var right, wrong []string // addresses
	state := root.State()
	for address, resource := range state {
		if id := resource["id"].(string); nodeIDs[id] == "" {
			wrong = append(wrong, address)
		} else {
			right = append(right, address)
		}
	}
	slices.Sort(wrong)
	if len(right) != 32 || len(wrong) != 8 {
		t.Fatalf("%d and %d were adopted, want 32 and 8", len(right), len(wrong))
	}

	t.Log("the publication is one publish")
	root.Write("publication.tf", string(finder.Terraform("output", "-raw", "publication").Exits(0).Stdout))
	w.ForgetJournal()
	root.Apply().Says("1 added, 0 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{fakeapi.OpPublish: 1})
	root.PlanEmpty()

	t.Log("a rename in the dashboard is drift: nothing adopted is read from the data source")
	w.EditAction(w.Agent, ids[1], map[string]any{"name": "Renamed"})
	changes := root.PlanChanges()
	change := changes["talq_action.external_0"]
	if change == nil || len(changes) != 2 {
		t.Fatalf("the plan changes %v, want the action and the publication", slices.Collect(maps.Keys(changes)))
	}
	before, after := change.Before.(map[string]any)["name"], change.After.(map[string]any)["name"]
	if before != "Renamed" || after != "external 0" {
		t.Errorf("the plan shows the name %v -> %v", before, after)
	}
	w.ForgetJournal()
	root.Apply()
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})

	t.Log("where the node id is right, the edit is in place")
	edit(root, t, "Made by hand", "Edited", right...)
	w.ForgetJournal()
	root.Apply().Says("0 added, 33 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 32, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	for _, upsert := range w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction}) {
		for _, field := range []string{"authorization_scheme", "custom_headers", "speak_on_send", "speak_on_receive", "execution_mode", "integration"} {
			if upsert.Has(field) {
				t.Errorf("the update of %s names %s", upsert.NodeID, field)
			}
		}
	}

	t.Log("where there is none, the plan of an edit fails, and nothing is sent")
	edit(root, t, "Made by hand", "Edited", wrong...)
	storedBefore, stateBefore := stored(w, t), root.State()
	w.ForgetJournal()
	root.ApplyFails().Says("A change needs the node id")
	if got, want := stored(w, t), storedBefore; !maps.Equal(got, want) {
		t.Errorf("the actions are now\n%v\nwant\n%v", got, want)
	}
	if got, want := acctest.ToJSON(t, root.State()), acctest.ToJSON(t, stateBefore); got != want {
		t.Errorf("the state is now\n%s\nwant\n%s", got, want)
	}
	w.Wrote(t, acctest.Ops{})
	w.ExpectLive(t, w.Agent, true)

	t.Log("-replace with a node id does it, with one publish")
	var flags []string
	for _, address := range wrong {
		edit(root, t, "node_id +=.*", fmt.Sprintf("node_id = %q", "mine-"+address), address)
		flags = append(flags, "-replace="+address)
	}
	w.ForgetJournal()
	root.Apply(flags...).Says("8 added, 1 changed, 8 destroyed")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 8, fakeapi.OpDeleteAction: 8, fakeapi.OpPublish: 1})
	w.ExpectLive(t, w.Agent, true)
	for _, address := range wrong {
		if old, now := stateBefore[address]["id"], root.State()[address]["id"]; old == now {
			t.Errorf("%s still has the id %v", address, now)
		}
	}
	if n := len(w.Actions(w.Agent)); n != len(ids) {
		t.Errorf("the agent has %d actions, want %d", n, len(ids))
	}
	root.PlanEmpty()
}

// TestAdoptActionsOfAnyName: names need not differ, nor be words, and may hold what
// means something in Terraform's language.
func TestAdoptActionsOfAnyName(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	add := func(id string, name any) {
		w.AddAction(w.Agent, map[string]any{"id": id, "name": name, "description": "${x} %{y} $${z}", "type": action.TypeHold, "hold_duration": 3})
	}
	add("one", "Please wait")
	add("two", " please WAIT!")
	add("three", "24 hours")
	add("four", "予約")
	add("a${b}%{c}", "}\n${path.root}\"\nimport {")
	root, finder := adopt(w, t, map[string]string{"one": "its/own"})

	imports := string(finder.Terraform("output", "-raw", "imports").Exits(0).Stdout)
	want := `# "Please wait". Its node id was given.
import {
  to = talq_action.please_wait_1
  id = "agent-1/one/its/own"
}

# " please WAIT!". Its node id is not known: its first change needs one.
import {
  to = talq_action.please_wait_2
  id = "agent-1/two"
}

# "24 hours". Its node id is not known: its first change needs one.
import {
  to = talq_action.action_24_hours
  id = "agent-1/three"
}

# "予約". Its node id is not known: its first change needs one.
import {
  to = talq_action.hold
  id = "agent-1/four"
}

# "}\n${path.root}\"\nimport {". Its node id is not known: its first change needs one.
import {
  to = talq_action.path_root_import
  id = "agent-1/a$${b}%%{c}"
}
`
	if imports != want {
		t.Errorf("the blocks are\n%s\nwant\n%s", imports, want)
	}
	if state := root.State()["talq_action.path_root_import"]; state["id"] != "a${b}%{c}" || state["description"] != "${x} %{y} $${z}" {
		t.Errorf("the state has %v", state)
	}

	t.Log("different names that give one address")
	add("five", "Please wait 2")
	finder.ApplyFails().Says("Two actions would get the same address", "talq_action.please_wait_2, talq_action.please_wait_2", "Rename one of them")
}

func TestAdoptAnAgentWithoutActions(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := recipe(t, "adopt", ".", w.ProviderBlock(), fmt.Sprintf("agent_id = %q\n", w.Agent))
	ws.Apply()
	if got := string(ws.Terraform("output", "-raw", "imports").Exits(0).Stdout); got != "" {
		t.Errorf("the blocks are %q, want none", got)
	}
}
