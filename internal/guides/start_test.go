package guides_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

var terraformBlock = regexp.MustCompile("(?s)\n```terraform\n(.*?\n)```\n")

// TestFiveMinuteStart does what the provider's page prints under that heading,
// with what is between its fences. The address and the token of the fake stand in
// an override file: the provider runs in this process, and sees its environment.
func TestFiveMinuteStart(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/index.md")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, _ := strings.Cut(string(page), "\n## Five-minute start\n")
	chapter, _, _ = strings.Cut(chapter, "\n## ")
	blocks := terraformBlock.FindAllStringSubmatch(chapter, -1)
	if len(blocks) != 2 {
		t.Fatalf("the chapter has %d blocks of Terraform's language, want 2", len(blocks))
	}
	for _, command := range []string{"export TALQ_TOKEN=", "export TF_VAR_agent_id=", "\nterraform plan\n", "\nterraform apply\n"} {
		if !strings.Contains(chapter, command) {
			t.Errorf("the chapter lacks %q", command)
		}
	}
	w := acctest.NewWorld(t)
	ws := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: acctest.Serve(t), Env: []string{"TF_VAR_agent_id=" + w.Agent}}
	ws.Write("main.tf", blocks[0][1]+blocks[1][1])
	ws.Write("override.tf", w.ProviderBlock())

	ws.Terraform("plan", "-detailed-exitcode").Exits(2).SaysNot("Warning")
	ws.Apply().Says("2 added, 0 changed, 0 destroyed").SaysNot("Warning")

	w.ExpectOnAgent(t, w.Agent, 1, []int{0}, 1)
	w.ExpectLive(t, w.Agent, true)
	ws.PlanEmpty().Says("No changes")
}
