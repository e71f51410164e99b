package action_test

import (
	"bufio"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// TestCasesRunOnAnyAPI runs some cases as `make testacc` does, in a process of their own, on a
// fake in another one of which only the public address is known.
func TestCasesRunOnAnyAPI(t *testing.T) {
	t.Parallel()
	env := startFake(t)
	maps.Copy(env, map[string]string{"TF_ACC": "1", guard.MayBeChangedVariable: "1"}) // The agent has a training.
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, "-test.v", "-test.run", "^TestAccAction_(basic|replaceAgent|importOfAnOpenAnswer)$/^(hold|webhook_at_top_level)$")
	cmd.Env = os.Environ()
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, want := range []string{
		"--- PASS: TestAccAction_basic/hold",
		"--- SKIP: TestAccAction_replaceAgent/hold", "needs a second agent",
		"--- SKIP: TestAccAction_importOfAnOpenAnswer/webhook_at_top_level", "only the fake can be told how to answer",
	} {
		if !strings.Contains(string(said), want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	config, err := guard.FromEnvironment(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	client := guard.NewClient(config)
	answer, err := client.Do(t.Context(), guard.Request{Method: "GET", Path: client.AgentPath() + "/actions"})
	if left := answer.Object()["data"]; err != nil || acctest.ToJSON(t, left) != "[]" {
		t.Errorf("the agent is left with %v (%v)", left, err)
	}
}

// startFake runs talq-fake until the test ends, and returns the environment of a run on it.
func startFake(t *testing.T) map[string]string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "talq-fake.exe") // Windows wants the end, others do not mind.
	build := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", "-o", binary, "github.com/talqover/terraform-provider-talq/internal/fakeapi/cmd/talq-fake")
	build.Env = append(os.Environ(), "GOGC=100") // The CLI's processes collect no garbage, and their environment is this one.
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, said)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	env := map[string]string{}
	line := regexp.MustCompile(`^(\w+)=(\S+)$`)
	for scanner := bufio.NewScanner(stdout); env[guard.AgentVariable] == "" && scanner.Scan(); {
		if found := line.FindStringSubmatch(scanner.Text()); found != nil {
			env[strings.Replace(found[1], "AGENT_ID", guard.AgentVariable, 1)] = found[2]
		}
	}
	return env
}
