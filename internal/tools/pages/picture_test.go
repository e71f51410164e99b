package pages

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPictureShowsTheDemo compares the picture's text with the demo's output on
// its page, which the demo's own test keeps up to date.
func TestPictureShowsTheDemo(t *testing.T) {
	t.Parallel()
	_, output, ok := strings.Cut(read(t, "internal/demo/README.md"), "<!-- demo output -->")
	output, _, ended := strings.Cut(output, "<!-- /demo output -->")
	if !ok || !ended {
		t.Fatal("internal/demo/README.md lacks the demo's output")
	}
	if !strings.Contains(read(t, "README.md"), "](.github/demo.svg)") {
		t.Error("README.md does not show .github/demo.svg")
	}
	lines := pictured(t, read(t, ".github/demo.svg"))
	if len(lines) < 20 {
		t.Fatalf("the picture has %d lines of text", len(lines))
	}
	if part := strings.Join(lines, "\n"); !strings.Contains(output, "\n"+part+"\n") {
		t.Errorf("the picture is older than the demo's output: run make picture, with terraform on PATH. It shows\n%s", part)
	}
}

// TestPictureIsLight keeps the picture below what a README should load, and free
// of what GitHub would not fetch for it.
func TestPictureIsLight(t *testing.T) {
	t.Parallel()
	const most = 200_000 // bytes
	info, err := os.Stat(filepath.Join(root, ".github", "demo.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > most {
		t.Errorf("it has %d bytes, want at most %d", info.Size(), most)
	}
	for _, link := range []string{"href", "url(http", "@import", "<script"} {
		if strings.Contains(read(t, ".github/demo.svg"), link) {
			t.Errorf("it holds %q", link)
		}
	}
}

// pictured returns the text of a picture, line by line.
func pictured(t *testing.T, svg string) []string {
	t.Helper()
	var picture struct {
		Groups []struct {
			Lines []struct {
				Spans []string `xml:"tspan"`
			} `xml:"text"`
		} `xml:"g"`
	}
	if err := xml.Unmarshal([]byte(svg), &picture); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, group := range picture.Groups {
		for _, line := range group.Lines {
			lines = append(lines, strings.Join(line.Spans, ""))
		}
	}
	return lines
}
