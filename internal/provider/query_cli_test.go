package provider

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestQueryThroughTheCLI takes an agent's actions into a configuration: found,
// generated, completed by their node ids, imported. It needs Terraform 1.14; CI
// has 1.11.
func TestQueryThroughTheCLI(t *testing.T) {
	t.Parallel()
	needCLI(t, "1.14.1", never, "the command query")
	w := newWorld(t)
	w.seedActions(w.agent)
	w.SetPublished(w.agent, true)
	ws := newWorkspace(t, w.provider())
	ws.write("find.tfquery.hcl", "list \"talq_action\" \"all\" {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = \"agent-1\"\n  }\n}\n")

	ws.terraform("query", "-generate-config-out=generated.tf").exits(0).
		says("Support / Book (webhook)", "Support / Sync (external)", "Support / Reception (transfer)", "Support / Wait (hold)")
	w.made(t, ops{fakeapi.OpGetAgent: 1})

	generated := readFile(t, ws.dir, "generated.tf")
	if n := strings.Count(generated, "node_id"); n != 4 {
		t.Fatalf("%d node ids in\n%s", n, generated)
	}
	ws.remove("find.tfquery.hcl")
	ws.write("generated.tf", w.fillNodeIDs(t, generated))
	ws.terraform("plan").exits(0).says("4 to import, 0 to add, 4 to change", "The node id cannot be checked")
	ws.apply().says("4 imported, 0 added, 4 changed, 0 destroyed")
	if writes := w.accepted(fakeapi.OpUpsertAction) + w.accepted(fakeapi.OpPublish); writes != 0 {
		t.Errorf("%d writes", writes)
	}
	ws.planEmpty()
}

// fillNodeIDs writes the node ids that the server knows into a generated
// configuration: by the action's id, which the import block after it names.
func (w world) fillNodeIDs(t *testing.T, generated string) string {
	t.Helper()
	blocks := strings.Split(generated, "resource \"talq_action\"")
	for i, block := range blocks {
		found := regexp.MustCompile(`id\s+= "(action-\d+)"`).FindStringSubmatch(block)
		if found == nil {
			continue
		}
		stored, ok := w.Action(w.agent, found[1])
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
	needCLI(t, "1.12.0", "1.12.0", "import by identity")
	w := newWorld(t)
	id := w.AddAction(w.agent, map[string]any{"node_id": "a", "name": "Hold", "description": "Holds the call", "type": "hold", "hold_duration": 30})
	w.SetPublished(w.agent, true)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", holdAction("a", "a", "")+"\nresource \"talq_agent_publication\" \"this\" {\n  agent_id = \"agent-1\"\n  triggers = {}\n}\n"+fmt.Sprintf(`
import {
  to       = talq_action.a
  identity = { agent_id = "agent-1", id = %q }
}

import {
  to       = talq_agent_publication.this
  identity = { agent_id = "agent-1" }
}
`, id))
	ws.apply().says("2 imported, 0 added, 2 changed, 0 destroyed")
	if n := w.accepted(fakeapi.OpUpsertAction); n != 0 {
		t.Errorf("%d upserts", n)
	}
	ws.planEmpty()
}
