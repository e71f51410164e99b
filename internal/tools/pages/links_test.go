package pages

import (
	"cmp"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// markdown lists the files whose links are checked: all of the repository.
func markdown(t *testing.T) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", ".terraform", "build", "dist"}, name):
			return fs.SkipDir
		case !entry.IsDir() && path.Ext(name) == ".md":
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/index.md"} {
		if !slices.Contains(files, name) {
			t.Errorf("%s is not among the files", name)
		}
	}
	return files
}

// registry is where the pages are read. It does not follow relative links from
// one page to another, so pages link to each other by this.
const registry = "https://registry.terraform.io/providers/talqover/talq/latest/docs"

// repository is how a page in the Registry links to a file or a folder of ours.
var repository = regexp.MustCompile(`^https://github\.com/talqover/terraform-provider-talq/(?:tree|blob)/main/(.+)$`)

// TestRelativeLinks follows each link that does not leave the repository, and
// those to our own pages in the Registry and to our files on GitHub.
func TestRelativeLinks(t *testing.T) {
	t.Parallel()
	for _, name := range markdown(t) {
		for _, target := range links(read(t, name)) {
			if problem := follow(t, name, target); problem != "" {
				t.Errorf("%s links to %s: %s", name, target, problem)
			}
		}
	}
}

var (
	fence      = regexp.MustCompile("(?s)(?:^|\n) *```.*?\n *```")
	inlineCode = regexp.MustCompile("`[^`\n]*`")
	linkTarget = regexp.MustCompile(`\]\(([^)\s]+)[^)]*\)|(?m:^\[[^\]]+\]:\s+(\S+))|(?:src|href)="([^"]+)"`)
	heading    = regexp.MustCompile(`(?m)^#{1,6}\s+(.+?)\s*$`)
	anchor     = regexp.MustCompile(`(?:id|name)="([^"]+)"`)
)

// links returns the targets of all links of a text, except those in code.
func links(text string) []string {
	var found []string
	for _, match := range linkTarget.FindAllStringSubmatch(inlineCode.ReplaceAllString(fence.ReplaceAllString(text, ""), ""), -1) {
		found = append(found, match[1]+match[2]+match[3])
	}
	return found
}

// follow says what is wrong with a link; nothing where it leads elsewhere.
func follow(t *testing.T, from, link string) string {
	t.Helper()
	target, err := url.Parse(link)
	if err != nil {
		return err.Error()
	}
	file := from
	switch page, ours := strings.CutPrefix(link, registry); {
	case ours:
		page, _, _ = strings.Cut(strings.Trim(page, "/"), "#")
		file = "docs/" + cmp.Or(page, "index") + ".md"
	case repository.MatchString(link):
		file, _, _ = strings.Cut(repository.FindStringSubmatch(link)[1], "#")
	case target.IsAbs() || target.Host != "":
		return ""
	case target.Path != "" && strings.HasPrefix(from, "docs/"):
		return "the Registry cannot follow it; begin with " + registry
	case target.Path != "":
		file = target.Path
		if !path.IsAbs(file) {
			file = path.Join(path.Dir(from), file)
		}
	}
	if path.IsAbs(file) || strings.HasPrefix(file, "..") {
		return "it leaves the repository"
	}
	if _, err := os.Stat(filepath.Join(root, file)); err != nil {
		return "there is no such file"
	}
	if target.Fragment == "" || path.Ext(file) != ".md" {
		return ""
	}
	if !anchors(read(t, file))[target.Fragment] {
		return "the file has no such heading"
	}
	return ""
}

// anchors returns what a link may name behind its #: headings as GitHub turns them
// into names, and names that are written out.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		found[slug(match[1])] = true
	}
	for _, match := range anchor.FindAllStringSubmatch(text, -1) {
		found[match[1]] = true
	}
	return found
}

func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// TestLinksAreFound makes sure that the check above looks at something.
func TestLinksAreFound(t *testing.T) {
	t.Parallel()
	text := "[a](b.md#c-d) ![p](p.svg \"title\") `[no](code.md)`\n[ref]: ref.md\n<img src=\"i.svg\">\n```\n[no](fence.md)\n```\n"
	if got, want := strings.Join(links(text), " "), "b.md#c-d p.svg ref.md i.svg"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	for link, want := range map[string]string{
		"https://example.com/x":               "",
		"docs/index.md":                       "",
		"docs/index.md#schema":                "",
		"docs/index.md#no-such-part":          "the file has no such heading",
		"docs/nothing.md":                     "there is no such file",
		"../README.md":                        "it leaves the repository",
		"/docs/index.md":                      "it leaves the repository",
		registry:                              "",
		registry + "#schema":                  "",
		registry + "/resources/action#import": "",
		registry + "/resources/acton":         "there is no such file",
		"https://github.com/talqover/terraform-provider-talq/tree/main/examples/recipes": "",
		"https://github.com/talqover/terraform-provider-talq/blob/main/README.md#links":  "",
		"https://github.com/talqover/terraform-provider-talq/tree/main/examples/recipe":  "there is no such file",
		registry + "#no-such-part": "the file has no such heading",
	} {
		if got := follow(t, "README.md", link); got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
	if got := follow(t, "docs/index.md", "resources/action.md"); !strings.Contains(got, registry) {
		t.Errorf("a relative link in docs/: %q", got)
	}
	if got := slug("What is `read back`, and why?"); got != "what-is-read-back-and-why" {
		t.Errorf("slug %q", got)
	}
}
