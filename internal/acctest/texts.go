package acctest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// Evil is a text of the server's that would take over a terminal: it clears the
// screen, sets the title, hides what follows, and turns the writing round.
const Evil = "Evil\x1b[2J\x1b]0;title\x07\u009b8m\u202egnp\r\nnext"

// EvilInState is how it is in a state, from which Terraform prints it.
const EvilInState = "Evil␛[2J␛]0;title␇\ufffd8m\u202egnp\r\nnext"

// ToJSON returns a value as indented JSON.
func ToJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// JSONObject decodes an object with its numbers as they are written.
func JSONObject(t *testing.T, text string) map[string]any {
	t.Helper()
	value, err := tfvalue.DecodeJSON([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value.(map[string]any)
}

// ReadFile returns the text of a file.
func ReadFile(t *testing.T, folder, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Numbers that float64 would round.
const (
	Pow60 = "1152921504606846976" // 2^60, which no float64 sum of ours may round
	// Beyond is a whole number past int64 and past what float64 holds exactly.
	Beyond = "123456789012345678901234567890"
)

// SomeSecret is a header's value, WrongSummary heads what the framework's validators say.
const (
	SomeSecret   = "s3cr3t-value-of-a-header"
	WrongSummary = "Invalid Attribute Value"
)
