package upsert

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// ofActions is what actions are built on, without calls.
var ofActions = &Resource{Kind: session.Action}

func TestParseImportID(t *testing.T) {
	for _, row := range []struct {
		text string
		want importID
		says string // of the error; "" for none
	}{
		{"agent/action", importID{"agent", "action", ""}, ""},
		{"agent/action/node", importID{"agent", "action", "node"}, ""},
		{"agent/action/node/with/more", importID{"agent", "action", "node/with/more"}, ""},
		{"agent/action//", importID{"agent", "action", "/"}, ""},
		{"agent/action/.", importID{"agent", "action", "."}, ""},
		{"a/b/book a table", importID{"a", "b", "book a table"}, ""},
		{"agent", importID{}, "it has only one part"},
		{"", importID{}, "it has only one part"},
		{"/", importID{}, "its agent's id is wrong: An id must not be empty"},
		{"/action", importID{}, "its agent's id is wrong"},
		{"agent/", importID{}, "its action's id is wrong: An id must not be empty"},
		{"agent//node", importID{}, "its action's id is wrong"},
		{"agent/action/", importID{}, "its node id is wrong: An id must not be empty"},
		{"//", importID{}, "its agent's id is wrong"},
		{"./action", importID{}, `its agent's id is wrong: An id cannot be "." or ".."`},
		{"agent/..", importID{}, `its action's id is wrong: An id cannot be "." or ".."`},
		{" agent/action", importID{}, "its agent's id is wrong"},
		{"agent/action\n", importID{}, "its action's id is wrong"},
		{"agent/action/node ", importID{}, "its node id is wrong"},
		{"agent/ac\ttion", importID{}, "control character"},
	} {
		t.Run(fmt.Sprintf("%q", row.text), func(t *testing.T) {
			got, err := ofActions.parseImportID(row.text)
			if got != row.want || (err == nil) != (row.says == "") {
				t.Fatalf("it is %+v, %v", got, err)
			}
			if err != nil && !strings.Contains(err.Error(), row.says) {
				t.Errorf("the error is %q, want %q", err, row.says)
			}
		})
	}
}

func FuzzImportID(f *testing.F) {
	for _, seed := range []string{"", "/", "a", "a/b", "a/b/c", "a/b/c/d", "//", "a//c", "./b", "a/b/ ", "ä/\x00", "a/\ufeffb/c", "\xff/\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, err := ofActions.parseImportID(text)
		if err != nil {
			if id != (importID{}) {
				t.Errorf("%q is refused and gives %+v anyway", text, id)
			}
			return
		}
		joined := id.agentID + "/" + id.id
		if id.nodeID != "" {
			joined += "/" + id.nodeID
		}
		if joined != text {
			t.Errorf("%q becomes %q", text, joined)
		}
		for _, part := range []string{id.agentID, id.id} {
			if part == "" || strings.Contains(part, "/") || part == "." || part == ".." || strings.TrimSpace(part) != part || strings.ContainsFunc(part, unicode.IsControl) {
				t.Errorf("%q has the part %q", text, part)
			}
		}
		if strings.Count(text, "/") > 1 && id.nodeID == "" {
			t.Errorf("%q has lost its node id", text)
		}
	})
}
