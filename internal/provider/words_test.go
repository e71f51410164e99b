package provider_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

var updateWords = flag.Bool("update-words", false, "write testdata/words.golden again")

// TestWordsOfDiagnostics compares everything that the provider can say to a person
// with testdata/words.golden, so that a change of wording is seen in review. The
// texts are read from the source, so none is missing; «name» stands for what is put
// into them.
func TestWordsOfDiagnostics(t *testing.T) {
	var b strings.Builder
	b.WriteString("Everything that the provider can say, by file and function. Write it again with\n" +
		"go test ./internal/provider -run TestWordsOfDiagnostics -update-words\n")
	for _, folder := range append(providerFolders(t), "../talq") {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") && !strings.HasSuffix(file, "schema.go") { // descriptions are on the pages
				writeWords(t, &b, file)
			}
		}
	}
	golden := filepath.Join("testdata", "words.golden")
	if *updateWords {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := acctest.ReadFile(t, "testdata", "words.golden"); want != b.String() {
		t.Errorf("what the provider can say has changed. If it is meant, run this test with -update-words and look at the difference:\n%s", firstDifference(want, b.String()))
	}
}

// providerFolders returns the folder of the provider block and that of each noun.
func providerFolders(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	folders := []string{"."}
	for _, file := range files {
		if folder := filepath.Dir(file); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	return folders
}

// TestGuideExplainsOurMessages: each message in the guide "Error messages" is a first
// line that the provider has. Most messages are not there: they say themselves what to do.
func TestGuideExplainsOurMessages(t *testing.T) {
	var files []string
	for _, folder := range providerFolders(t) {
		found, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	summaries := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			for _, summary := range ofEachKind(summaryOf(n), kindsOf(filepath.ToSlash(file))) {
				if summary != "" && !strings.Contains(summary, "«") {
					summaries[summary] = true
				}
			}
			return true
		})
	}
	if len(summaries) < 30 {
		t.Fatalf("only %d summaries were found", len(summaries))
	}
	rows := messageCell.FindAllString(acctest.ReadFile(t, "../../templates/guides", "troubleshooting.md.tmpl"), -1)
	if len(rows) < 10 {
		t.Fatalf("only %d rows were found", len(rows))
	}
	for _, row := range rows {
		for _, message := range quoted.FindAllStringSubmatch(row, -1) {
			if !summaries[message[1]] {
				t.Errorf("the guide explains %q, which the provider does not say", message[1])
			}
		}
	}
}

var (
	// messageCell is the first cell of a row that begins with a message.
	messageCell = regexp.MustCompile(`(?m)^\| "[^|]*\|`)
	quoted      = regexp.MustCompile(`"([^"]+)"`)
)

// kindsOf returns the kinds that the messages of a file are about.
func kindsOf(file string) []session.Kind {
	switch file {
	case "upsert/write.go", "upsert/delete.go", "upsert/other_id.go", "upsert/list.go":
		return []session.Kind{session.Action, session.Training}
	case "session/unkeyed.go":
		return []session.Kind{session.Agent, session.Webhook}
	}
	return session.Kinds
}

// ofEachKind puts the words of each kind into a summary that has room for them.
func ofEachKind(summary string, kinds []session.Kind) []string {
	var filled []string
	for _, kind := range kinds {
		filled = append(filled, strings.NewReplacer("«string»", string(kind), "«One»", kind.One(), "«CapitalWord»", kind.CapitalWord(), "«CapitalOne»", kind.CapitalOne()).Replace(summary))
	}
	return filled
}

// summaryOf returns the first line of the diagnostic that a call, a rule, or a constant
// makes.
func summaryOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if name := called(n.Fun); len(n.Args) >= 2 && strings.HasPrefix(name, "Add") && (strings.HasSuffix(name, "Error") || strings.HasSuffix(name, "Warning")) {
			return text(n.Args[len(n.Args)-2])
		}
	case *ast.CompositeLit:
		if called(n.Type) == "TextRule" && len(n.Elts) > 1 {
			if pair, ok := n.Elts[1].(*ast.KeyValueExpr); ok {
				return text(pair.Value)
			}
			return text(n.Elts[1])
		}
	case *ast.ValueSpec:
		if len(n.Names) == 1 && strings.HasPrefix(n.Names[0].Name, "summary") && len(n.Values) == 1 {
			return text(n.Values[0])
		}
	}
	return ""
}

func firstDifference(want, got string) string {
	wanted, found := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range found {
		if i >= len(wanted) || wanted[i] != found[i] {
			return fmt.Sprintf("line %d is now\n%s", i+1, found[i])
		}
	}
	return "lines are gone at the end"
}

// writeWords writes the sentences of each function of a file.
func writeWords(t *testing.T, b *strings.Builder, file string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, declaration := range parsed.Decls {
		name := "(constants)"
		if function, ok := declaration.(*ast.FuncDecl); ok {
			name = function.Name.Name
		}
		if name == "Schema" || name == "IdentitySchema" || name == "ListResourceConfigSchema" {
			continue
		}
		if sentences := sentencesIn(declaration); len(sentences) > 0 {
			fmt.Fprintf(b, "\n## %s: %s\n", filepath.ToSlash(strings.TrimPrefix(file, "../")), name)
			for _, sentence := range sentences {
				fmt.Fprintf(b, "\n- %s\n", strings.ReplaceAll(sentence, "\n", "\n  "))
			}
		}
	}
}

// sentencesIn returns the texts of more than two words, with what kind of diagnostic
// they are the summary or the detail of.
func sentencesIn(node ast.Node) []string {
	var found []string
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field: // with its tag
			return n.Tag == nil
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			if selector, ok := n.Fun.(*ast.SelectorExpr); ok && strings.HasPrefix(selector.Sel.Name, "Add") && len(n.Args) >= 2 {
				kind := "error"
				if strings.HasSuffix(selector.Sel.Name, "Warning") {
					kind = "warning"
				}
				if strings.HasSuffix(selector.Sel.Name, "Error") || kind == "warning" {
					summary, detail := n.Args[len(n.Args)-2], n.Args[len(n.Args)-1]
					found = append(found, fmt.Sprintf("%s: %s\n%s", kind, text(summary), text(detail)))
					return false
				}
			}
		case *ast.BinaryExpr, *ast.BasicLit:
			if sentence := text(n.(ast.Expr)); len(strings.Fields(sentence)) > 2 && holdsLiteral(n) {
				found = append(found, sentence)
				return false
			}
		}
		return true
	})
	return found
}

// text puts the parts of a text together, as far as the source has them.
func text(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if unquoted, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return unquoted
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return text(e.X) + text(e.Y)
		}
	case *ast.CallExpr:
		if selector, ok := e.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == "Sprintf" && len(e.Args) > 0 {
			return text(e.Args[0])
		}
		return "«" + called(e.Fun) + "»"
	case *ast.Ident:
		return "«" + e.Name + "»"
	case *ast.SelectorExpr:
		return "«" + e.Sel.Name + "»"
	}
	return ""
}

func called(function ast.Expr) string {
	switch f := function.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return "…"
}

// holdsLiteral reports whether a text is in an expression at all, and it is no
// comparison or sum of numbers.
func holdsLiteral(node ast.Node) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			found = true
		}
		return !found
	})
	return found
}
