package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

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
func testedModule(t *testing.T, baseURL string) *workspace {
	t.Helper()
	ws := &workspace{t: t, dir: t.TempDir(), attach: serve(t)}
	if err := os.CopyFS(ws.dir, os.DirFS(filepath.Join(examplesFolder, "tested-module"))); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"tests/fake", "tests/look"} {
		ws.write(folder+"/override.tf", fmt.Sprintf("provider \"talq\" {\n  base_url = %q\n}\n", baseURL))
	}
	ws.terraform("fmt", "-check", "-diff", "-recursive").exits(0)
	ws.terraform("get").exits(0)
	return ws
}

// nowhere is an address at which nobody answers.
const nowhere = "http://127.0.0.1:1/api/v1"

func TestModuleWithMock(t *testing.T) {
	t.Parallel()
	testedModule(t, nowhere).terraform("test", withMock).exits(0).says("3 passed, 0 failed")
}

// TestModuleWithMockOnly holds what the guide says of mock_provider: which of the
// provider's work is done under it, and which is not.
func TestModuleWithMockOnly(t *testing.T) {
	t.Parallel()
	t.Run("rules of the provider hold", func(t *testing.T) {
		t.Parallel()
		ws := testedModule(t, nowhere)
		ws.replace("tests/mock.tftest.hcl", "+12025550145", "555 0145")
		ws.terraform("test", withMock).exits(1).says(`"555 0145" is not in E.164 form`)
	})
	t.Run("defaults of the provider do not", func(t *testing.T) {
		t.Parallel()
		ws := testedModule(t, nowhere)
		ws.replace("tests/mock.tftest.hcl", `current_status = "published"`, "")
		ws.terraform("test", withMock).exits(1).says("The agent must be live.", "2 passed, 1 failed")
	})
	t.Run("a change makes no new revision", func(t *testing.T) {
		t.Parallel()
		ws := testedModule(t, nowhere)
		ws.write("tests/mock.tftest.hcl", `
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
		ws.write("revisions.tf", "output \"revisions\" {\n  value = talq_agent_publication.this.triggers\n}\n")
		ws.terraform("test", withMock).exits(0).says("2 passed, 0 failed")
	})
}

func TestModuleWithFake(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if w.agent != "agent-1" || w.Token() != "talq_fake_environment_1" {
		t.Fatalf("the example knows the fake's first agent and token by name: they are %s and %s", w.agent, w.Token())
	}

	testedModule(t, w.BaseURL()).terraform("test", withFake).exits(0).says("4 passed, 0 failed")

	got := map[fakeapi.Op]int{}
	for _, r := range w.Journal() {
		got[r.Op]++
	}
	// Three creates, one change, a publish after each of the two applies, and what
	// Terraform destroys at the end.
	if got[fakeapi.OpUpsertAction] != 4 || got[fakeapi.OpPublish] != 2 || got[fakeapi.OpDeleteAction] != 3 {
		t.Errorf("the fake got %v", got)
	}
	if left := w.Actions(w.agent); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestModuleWithFakeFindsAMistake makes sure that the example's tests see what
// they are there for, which the mock cannot.
func TestModuleWithFakeFindsAMistake(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := testedModule(t, w.BaseURL())
	ws.replace("main.tf", "desk.node_id => desk.revision", "desk.node_id => desk.id")

	ws.terraform("test", withFake).exits(1).says("The change made the agent a draft, and nothing published it.", "3 passed, 1 failed")
	ws.terraform("test", withMock).exits(0)
}
