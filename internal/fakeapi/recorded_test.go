package fakeapi_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
)

// TestAnswersAreAsRecorded holds the fake to what `make contract` recorded of a real API:
// each file in testdata/recorded is made again on a fresh fake. There is none until
// somebody has a token; internal/contract tests the comparison itself.
func TestAnswersAreAsRecorded(t *testing.T) {
	files, err := filepath.Glob("testdata/recorded/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			recorded, err := recording.Read(content)
			if err != nil {
				t.Fatal(err)
			}
			a := start(t)
			client := guard.NewClient(guard.Config{BaseURL: a.BaseURL(), Token: guard.Secret(a.token), AgentID: a.agent})
			differences, err := recorded.Replay(t.Context(), client)
			if err != nil {
				t.Fatal(err)
			}
			for _, difference := range differences {
				t.Error(difference)
			}
		})
	}
}
