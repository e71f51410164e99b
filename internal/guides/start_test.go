package guides_test

import (
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

var terraformBlock = regexp.MustCompile("(?s)\n```terraform\n(.*?\n)```\n")

// TestFiveMinuteStart does what the provider's page prints under that heading,
// with what is between its fences. The address and the token of the fake are in
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
	for _, command := range []string{"export TALQ_TOKEN=", "export TF_VAR_phone_number=", "\nterraform plan\n", "\nterraform apply\n"} {
		if !strings.Contains(chapter, command) {
			t.Errorf("the chapter lacks %q", command)
		}
	}
	w := acctest.NewWorld(t)
	w.AddPhoneNumber(fakeapi.NumberSeed{Number: "+12025550100"})
	ws := &acctest.Workspace{T: t, Dir: t.TempDir(), Attach: acctest.Serve(t), Env: []string{"TF_VAR_phone_number=+12025550100"}}
	ws.Write("main.tf", blocks[0][1]+blocks[1][1])
	ws.Write("override.tf", w.ProviderBlock())

	ws.Terraform("plan", "-detailed-exitcode").Exits(2).SaysNot("Warning")
	w.ForgetJournal()
	ws.Apply().Says("3 added, 0 changed, 0 destroyed").SaysNot("Warning")

	agents := w.Agents()
	made := agents[len(agents)-1]
	if number := fmt.Sprint(made.Fields["phone_number_ids"]); number == "[]" {
		t.Errorf("the agent has the numbers %s", number)
	}
	expectWrites(t, w, fakeapi.OpCreateAgent, fakeapi.OpUpdateVoice, fakeapi.OpUpsertAction, fakeapi.OpPublish)
	w.ExpectLive(t, made.ID, true)
	ws.PlanEmpty().Says("No changes")
}

// expectWrites expects exactly these writes, in this order.
func expectWrites(t *testing.T, w acctest.World, want ...fakeapi.Op) {
	t.Helper()
	var got []fakeapi.Op
	for _, r := range w.Requests(fakeapi.Match{}) {
		if r.Method != http.MethodGet {
			got = append(got, r.Op)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the writes were %v, want %v", got, want)
	}
}
