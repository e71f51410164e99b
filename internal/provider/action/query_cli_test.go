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
