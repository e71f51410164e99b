package guides_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// feature is something of the language that not every supported CLI knows.
type feature struct {
	name          string
	since         string
	notInOpenTofu bool
}

// String names what an example waits for.
func (f feature) String() string {
	if f.notInOpenTofu {
		return f.name + " need Terraform " + f.since
	}
	return f.name + " need Terraform or OpenTofu " + f.since
}

var (
	basics         = feature{name: "the basics", since: "1.11"}
	importIdentity = feature{name: "imports by identity", since: "1.12"}
	listResources  = feature{name: "list resources", since: "1.14", notInOpenTofu: true}
	actionBlocks   = feature{name: "actions", since: "1.14", notInOpenTofu: true}
)

// needs returns the newest feature that an example uses.
func (e example) needs() (feature, error) {
	needed := basics
	for name, text := range e.files {
		body, err := parseExample(name, text)
		if err != nil {
			return needed, err
		}
		for _, block := range body.Blocks {
			switch {
			case block.Type == "list":
				needed = listResources
			case block.Type == "action", block.Type == "resource" && triggersAction(block.Body):
				needed = actionBlocks
			case block.Type == "import" && block.Body.Attributes["identity"] != nil && needed == basics:
				needed = importIdentity
			}
		}
	}
	return needed, nil
}

func triggersAction(resource *hclsyntax.Body) bool {
	for _, lifecycle := range resource.Blocks {
		for _, inner := range lifecycle.Body.Blocks {
			if inner.Type == "action_trigger" {
				return true
			}
		}
	}
	return false
}

func parseExample(name, text string) (*hclsyntax.Body, error) {
	file, diags := hclsyntax.ParseConfig([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil, diags
	}
	return file.Body.(*hclsyntax.Body), nil
}

// exampleSchemas check a configuration without a CLI.
type exampleSchemas struct {
	of         *tfprotov6.GetProviderSchemaResponse
	identities map[string]*tfprotov6.ResourceIdentitySchema
}

func newExampleSchemas(t *testing.T) exampleSchemas {
	t.Helper()
	server := acctest.NewServer()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return exampleSchemas{schemas, identities.IdentitySchemas}
}

// The words of the language that stand beside a schema's own, by block.
var (
	ownWords = map[string][]string{
		"resource":  {"count", "for_each", "provider", "depends_on", "lifecycle"},
		"data":      {"count", "for_each", "provider", "depends_on", "lifecycle"},
		"ephemeral": {"count", "for_each", "provider", "depends_on", "lifecycle"},
		"list":      {"count", "for_each", "provider", "include_resource", "limit"},
		"action":    {"count", "for_each", "provider"},
		"provider":  {"alias"},
	}
	otherBlocks = []string{"terraform", "variable", "locals", "output", "module", "check", "import", "moved", "removed"}
)

// check lists what is wrong with block types and attribute names.
func (s exampleSchemas) check(name, text string) []string {
	body, err := parseExample(name, text)
	if err != nil {
		return []string{err.Error()}
	}
	var problems []string
	for _, block := range body.Blocks {
		where := fmt.Sprintf("%s:%d: %s", name, block.TypeRange.Start.Line, strings.Join(append([]string{block.Type}, block.Labels...), " "))
		switch words, known := ownWords[block.Type]; {
		case known:
			schema := s.schema(block)
			if schema == nil {
				problems = append(problems, where+": the provider serves no such thing")
				continue
			}
			content := block.Body
			if block.Type == "list" || block.Type == "action" {
				problems = append(problems, unknownWords(where, content, append(words, "config"))...)
				content, words = configOf(content), nil
			}
			problems = append(problems, checkBody(where, content, schema.Block, words)...)
		case block.Type == "import":
			problems = append(problems, s.checkIdentity(where, block.Body)...)
		case !slices.Contains(otherBlocks, block.Type):
			problems = append(problems, where+": no such block")
		}
	}
	return problems
}

// schema returns what a block is written after; nil where there is none. Only the
// talq provider's is known here.
func (s exampleSchemas) schema(block *hclsyntax.Block) *tfprotov6.Schema {
	label := ""
	if len(block.Labels) > 0 {
		label = block.Labels[0]
	}
	switch block.Type {
	case "resource":
		return s.of.ResourceSchemas[label]
	case "data":
		return s.of.DataSourceSchemas[label]
	case "ephemeral":
		return s.of.EphemeralResourceSchemas[label]
	case "list":
		return s.of.ListResourceSchemas[label]
	case "action":
		if action := s.of.ActionSchemas[label]; action != nil {
			return action.Schema
		}
	case "provider":
		if label == "talq" {
			return s.of.Provider
		}
	}
	return nil
}

// configOf returns the config block of a list or an action, empty without one.
func configOf(body *hclsyntax.Body) *hclsyntax.Body {
	for _, block := range body.Blocks {
		if block.Type == "config" {
			return block.Body
		}
	}
	return &hclsyntax.Body{}
}

func unknownWords(where string, body *hclsyntax.Body, allowed []string) []string {
	var problems []string
	for name := range body.Attributes {
		if !slices.Contains(allowed, name) {
			problems = append(problems, where+": no attribute "+name)
		}
	}
	for _, block := range body.Blocks {
		if !slices.Contains(allowed, block.Type) {
			problems = append(problems, where+": no block "+block.Type)
		}
	}
	return problems
}

func checkBody(where string, body *hclsyntax.Body, schema *tfprotov6.SchemaBlock, own []string) []string {
	allowed := slices.Clone(own)
	var problems []string
	for _, attribute := range schema.Attributes {
		written, ok := body.Attributes[attribute.Name]
		if attribute.Required && !ok {
			problems = append(problems, where+": misses "+attribute.Name)
		}
		if !attribute.Required && !attribute.Optional {
			continue // only computed: nobody may write it
		}
		allowed = append(allowed, attribute.Name)
		if ok && attribute.NestedType != nil {
			problems = append(problems, checkNested(where+": "+attribute.Name, written.Expr, attribute.NestedType.Attributes)...)
		}
	}
	return append(problems, unknownWords(where, body, allowed)...)
}

// checkNested looks into objects and lists of objects that are written out.
func checkNested(where string, expr hclsyntax.Expression, attributes []*tfprotov6.SchemaAttribute) []string {
	var problems []string
	switch expr := expr.(type) {
	case *hclsyntax.TupleConsExpr:
		for _, element := range expr.Exprs {
			problems = append(problems, checkNested(where, element, attributes)...)
		}
	case *hclsyntax.ObjectConsExpr:
		for _, name := range keysOf(expr) {
			if !slices.ContainsFunc(attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name }) {
				problems = append(problems, where+": no attribute "+name)
			}
		}
	}
	return problems
}

func keysOf(object *hclsyntax.ObjectConsExpr) []string {
	var keys []string
	for _, item := range object.Items {
		if value, diags := item.KeyExpr.Value(nil); !diags.HasErrors() {
			keys = append(keys, value.AsString())
		}
	}
	return keys
}

// checkIdentity checks the names inside `identity` of an import block.
func (s exampleSchemas) checkIdentity(where string, body *hclsyntax.Body) []string {
	to, identity := body.Attributes["to"], body.Attributes["identity"]
	if to == nil {
		return []string{where + ": misses to"}
	}
	if identity == nil {
		return nil
	}
	object, ok := identity.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return []string{where + ": identity is no object"}
	}
	schema := s.identities[to.Expr.Variables()[0].RootName()]
	if schema == nil {
		return []string{where + ": the resource has no identity"}
	}
	var problems []string
	keys := keysOf(object)
	for _, attribute := range schema.IdentityAttributes {
		if attribute.RequiredForImport && !slices.Contains(keys, attribute.Name) {
			problems = append(problems, where+": identity misses "+attribute.Name)
		}
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == attribute.Name })
	}
	for _, key := range keys {
		problems = append(problems, where+": identity has no "+key)
	}
	return problems
}

// TestParsedExample plays a CLI that is too old with examples that are made up.
func TestParsedExample(t *testing.T) {
	t.Parallel()
	schemas := newExampleSchemas(t)
	// What the provider does not serve yet.
	agentID := []*tfprotov6.SchemaAttribute{{Name: "agent_id", Required: true}}
	made := &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{Attributes: agentID}}
	schemas.of.ListResourceSchemas = map[string]*tfprotov6.Schema{"talq_made_up": made}
	schemas.of.ActionSchemas = map[string]*tfprotov6.ActionSchema{"talq_made_up": {Schema: made}}
	schemas.identities = map[string]*tfprotov6.ResourceIdentitySchema{"talq_action": {
		IdentityAttributes: []*tfprotov6.ResourceIdentitySchemaAttribute{{Name: "agent_id", RequiredForImport: true}},
	}}
	block := func(head string, lines ...string) string {
		return head + " {\n" + strings.Join(lines, "\n") + "\n}\n"
	}
	resource := func(lines ...string) string {
		return block(`resource "talq_action" "a"`, append(lines, `agent_id = "a"`, `node_id = "n"`, `name = "N"`, `description = "D"`, `type = "hold"`)...)
	}
	for name, test := range map[string]struct {
		text  string
		needs feature
		want  []string
	}{
		"a resource":            {resource(`inputs = [{ name = "x" }]`, "lifecycle {}", "for_each = {}"), basics, nil},
		"an attribute misspelt": {resource("hold_duratoin = 3"), basics, []string{"no attribute hold_duratoin"}},
		"one that is computed":  {resource("revision = 3"), basics, []string{"no attribute revision"}},
		"one that is nested":    {resource(`inputs = [{ nmae = "x" }]`), basics, []string{"inputs: no attribute nmae"}},
		"one that is missing":   {`resource "talq_action" "a" { agent_id = "a" }`, basics, []string{"misses description", "misses name", "misses type"}},
		"a type misspelt":       {`resource "talq_acton" "a" {}`, basics, []string{"serves no such thing"}},
		"another provider":      {`provider "tlaq" {}`, basics, []string{"serves no such thing"}},
		"the provider":          {`provider "talq" { tkoen = "x" }`, basics, []string{"no attribute tkoen"}},
		"an unknown block":      {`resuorce "talq_action" "a" {}`, basics, []string{"no such block"}},
		"an action":             {block(`action "talq_made_up" "a"`, `config { agent_id = "a" }`), actionBlocks, nil},
		"an action without":     {`action "talq_made_up" "a" { agent_id = "a" }`, actionBlocks, []string{"no attribute agent_id", "misses agent_id"}},
		"a trigger":             {resource("lifecycle {", "action_trigger {", "actions = []", "}", "}"), actionBlocks, nil},
		"a list":                {block(`list "talq_made_up" "a"`, "provider = talq", `config { agent_id = "a" }`), listResources, nil},
		"a list of nothing":     {block(`list "talq_made" "a"`, "config {}"), listResources, []string{"serves no such thing"}},
		"an identity":           {block("import", "to = talq_action.a", `identity = { agent_id = "a" }`), importIdentity, nil},
		"a wrong identity":      {block("import", "to = talq_action.a", `identity = { agent = "a" }`), importIdentity, []string{"identity misses agent_id", "identity has no agent"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			needs, err := example{files: map[string]string{"made_up.tf": test.text}}.needs()
			if err != nil || needs != test.needs {
				t.Errorf("it needs %v (%v), want %v", needs, err, test.needs)
			}
			got := schemas.check("made_up.tf", test.text)
			slices.Sort(got)
			slices.Sort(test.want)
			if len(got) != len(test.want) {
				t.Fatalf("got %q, want %q", got, test.want)
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(got, func(problem string) bool { return strings.HasSuffix(problem, want) }) {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
}
