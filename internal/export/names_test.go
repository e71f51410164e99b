package export

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"pgregory.net/rapid"
)

func TestNameFor(t *testing.T) {
	for called, want := range map[string]string{
		"Front desk":                     "front_desk",
		"  Book (online), v2! ":          "book_online_v2",
		"24/7 line":                      "action_24_7_line",
		"Größe":                          "größe",
		"Gro\u0308ße":                    "größe",
		"日本語":                            "日本語",
		"🙂":                              "action",
		"":                               "action",
		"../../etc/passwd":               "etc_passwd",
		"${var.x}":                       "var_x",
		"for":                            "for",
		"con":                            "con_action",
		"LPT1":                           "lpt1_action",
		strings.Repeat("ab ", 30):        "ab_ab_ab_ab_ab_ab_ab_ab_ab_ab_ab_ab_ab_a",
		strings.Repeat("a", 39) + " bcd": strings.Repeat("a", 39),
	} {
		if got := nameFor(called, "action"); got != want {
			t.Errorf("%q becomes %q, want %q", called, got, want)
		}
	}
}

// TestNamesAreIdentifiers, differ, and hold nothing that leads out of a folder.
func TestNamesAreIdentifiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := names{}
		seen := map[string]bool{}
		for i, called := range rapid.SliceOf(rapid.String()).Draw(t, "names") {
			name := n.of("scope", string(rune('a'+i)), called, "action")
			if !hclsyntax.ValidIdentifier(name) || strings.ContainsAny(name, `./\`) || seen[name] || strings.HasSuffix(fileName(name), "_override") {
				t.Errorf("%q becomes %q", called, name)
			}
			seen[name] = true
		}
	})
}

// TestANameInUse is not given again, also where its file alone would be the same.
func TestANameInUse(t *testing.T) {
	n := names{"agents": {"a": "front-desk"}}
	if got := n.of("agents", "b", "Front desk", "agent"); got != "front_desk_2" {
		t.Errorf("the second is %q", got)
	}
}

func TestProgress(t *testing.T) {
	var terminal bytes.Buffer
	if terminalOf(&terminal) != io.Discard {
		t.Error("a buffer is taken for a terminal")
	}
	if got, want := progress(2, 2, "agent\x1b[2J"), clearLine+`Reading agent 2 of 2: agent\x1b[2J`; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

func TestMainFile(t *testing.T) {
	for version, want := range map[string]bool{"0.3.7": true, "dev": false, "0.3.7-rc1": false} {
		if got := strings.Contains(mainFile(version), `version = "~> 0.3.0"`); got != want {
			t.Errorf("%s: %s", version, mainFile(version))
		}
	}
}
