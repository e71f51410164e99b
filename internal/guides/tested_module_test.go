package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The files with the tests of the module in examples/tested-module.
const (
	withMock = "-filter=tests/mock.tftest.hcl"
	withFake = "-filter=tests/fake.tftest.hcl"
)

// testedModule copies the module that has tests of its own. What a user gives as
// TALQ_BASE_URL comes in by an override file: the provider runs in this process
// and sees this one's environment.
func testedModule(t *testing.T, baseURL string) *acctest.Workspace {
	t.Helper()
	ws := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: acctest.Serve(t)}
	if err := os.CopyFS(ws.Dir, os.DirFS(filepath.Join(examplesFolder, "tested-module"))); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"tests/fake", "tests/look"} {
		ws.Write(folder+"/override.tf", fmt.Sprintf("provider \"talq\" {\n  base_url = %q\n}\n", baseURL))
	}
	ws.Terraform("fmt", "-check", "-diff", "-recursive").Exits(0)
	ws.Terraform("get").Exits(0)
	return ws
}

// nowhere is an address at which nobody answers.
const nowhere = "http://127.0.0.1:1/api/v1"

func TestModuleWithMock(t *testing.T) {
	t.Parallel()
	testedModule(t, nowhere).Terraform("test", withMock).Exits(0).Says("3 passed, 0 failed")
}

// TestModuleWithMockOnly holds what the guide says of mock_provider: which of the
// provider's work is done under it, and which is not.
func TestModuleWithMockOnly(t *testing.T) {
	t.Parallel()
	t.Run("rules of the provider hold", func(t *testing.T) {
		t.Parallel()
		ws := testedModule(t, nowhere)
		ws.Replace("tests/mock.tftest.hcl", "+12025550145", "555 0145")
		ws.Terraform("test", withMock).Exits(1).Says(`"555 0145" is not in E.164 form`)
	})
	t.Run("defaults of the provider do not", func(t *testing.T) {
		t.Parallel()
		ws := testedModule(t, nowhere)
		ws.Replace("tests/mock.tftest.hcl", `current_status = "published"`, "")
		ws.Terraform("test", withMock).Exits(1).Says("The agent must be live.", "2 passed, 1 failed")
	})
	t.Run("a change makes no new revision", func(t *testing.T) {
		t.Parallel()
		ws := testedModule(t, nowhere)
		ws.Write("tests/mock.tftest.hcl", `
mock_provider "talq" {}
variables {
  agent_id  = "agent-1"
  desks     = { reception = "+12025550123" }
  crm_token = "not-a-token"
}
run "create" {}
run "change" {
  variables {
    desks  = { reception = "+12025550199" }
    before = run.create.revisions
  }
  assert {
    condition     = talq_action.desk["reception"].transfer_to == "+12025550199"
    error_message = "not changed"
  }
  assert {
    condition     = output.revisions == var.before
    error_message = "another revision"
  }
}
`)
		ws.Write("revisions.tf", "output \"revisions\" {\n  value = talq_agent_publication.this.triggers\n}\n")
		ws.Terraform("test", withMock).Exits(0).Says("2 passed, 0 failed")
	})
}

func TestModuleWithFake(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	if w.Agent != "agent-1" || w.Token() != "talq_fake_environment_1" {
		t.Fatalf("the example knows the fake's first agent and token by name: they are %s and %s", w.Agent, w.Token())
	}

	testedModule(t, w.BaseURL()).Terraform("test", withFake).Exits(0).Says("4 passed, 0 failed")

	got := map[fakeapi.Op]int{}
	for _, r := range w.Requests(fakeapi.Match{}) {
		got[r.Op]++
	}
	// Three creates, one change, a publish after each of the two applies, and what
	// Terraform destroys at the end.
	if got[fakeapi.OpUpsertAction] != 4 || got[fakeapi.OpPublish] != 2 || got[fakeapi.OpDeleteAction] != 3 {
		t.Errorf("the fake got %v", got)
	}
	if left := w.Actions(w.Agent); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestModuleWithFakeFindsAMistake makes sure that the example's tests see what
// they are there for, which the mock cannot.
func TestModuleWithFakeFindsAMistake(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := testedModule(t, w.BaseURL())
	ws.Replace("main.tf", "desk.node_id => desk.revision", "desk.node_id => desk.id")

	ws.Terraform("test", withFake).Exits(1).Says("The change made the agent a draft, and nothing published it.", "3 passed, 1 failed")
	ws.Terraform("test", withMock).Exits(0)
}
