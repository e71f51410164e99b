package action_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestQueryThroughTheCLI takes an agent's actions into a configuration: found,
// generated, completed by their node ids, imported. It needs Terraform 1.14; CI
// has 1.11.
func TestQueryThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "the command query")
	w := acctest.NewWorld(t)
	w.SeedActions(w.Agent)
	w.SetPublished(w.Agent, true)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("find.tfquery.hcl", "list \"talq_action\" \"all\" {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n")

	ws.Terraform("query", "-generate-config-out=generated.tf").Exits(0).
		Says("Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)", "Support / Wait (hold)")
	w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})

	generated := acctest.ReadFile(t, ws.Dir, "generated.tf")
	if n := strings.Count(generated, "node_id"); n != 4 {
		t.Fatalf("%d node ids in\n%s", n, generated)
	}
	ws.Remove("find.tfquery.hcl")
	ws.Write("generated.tf", fillNodeIDs(w, t, generated))
	ws.Terraform("plan").Exits(0).Says("4 to import, 0 to add, 4 to change", "The node id cannot be checked")
	ws.Apply().Says("4 imported, 0 added, 4 changed, 0 destroyed")
	if writes := w.Accepted(fakeapi.OpUpsertAction) + w.Accepted(fakeapi.OpPublish); writes != 0 {
		t.Errorf("%d writes", writes)
	}
	ws.PlanEmpty()
}

// fillNodeIDs writes the node ids that the server knows into a generated
// configuration: by the action's id, which the import block after it names.
func fillNodeIDs(w acctest.World, t *testing.T, generated string) string {
	t.Helper()
	blocks := strings.Split(generated, "resource \"talq_action\"")
	for i, block := range blocks {
		found := regexp.MustCompile(`id\s+= "(action-\d+)"`).FindStringSubmatch(block)
		if found == nil {
			continue
		}
		stored, ok := w.Action(w.Agent, found[1])
		if !ok {
			t.Fatalf("no action %s", found[1])
		}
		blocks[i] = regexp.MustCompile(`(node_id\s+= )null`).ReplaceAllString(block, fmt.Sprintf("${1}%q", stored.NodeID))
	}
	return strings.Join(blocks, "resource \"talq_action\"")
}

// TestImportByIdentityThroughTheCLI needs Terraform or OpenTofu 1.12; CI has
// Terraform 1.11.
func TestImportByIdentityThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.12.0", "1.12.0", "import by identity")
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"node_id": "a", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30})
	w.SetPublished(w.Agent, true)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("a", "a", "")+"\nresource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n}\n"+fmt.Sprintf(`
import {
  to       = talq_action.a
  identity = { agent_id = "agent-1", id = %q }
}

import {
  to       = talq_agent_publication.this
  identity = { agent_id = "agent-1" }
}
`, id))
	ws.Apply().Says("2 imported, 0 added, 2 changed, 0 destroyed")
	if n := w.Accepted(fakeapi.OpUpsertAction); n != 0 {
		t.Errorf("%d upserts", n)
	}
	ws.PlanEmpty()
}
