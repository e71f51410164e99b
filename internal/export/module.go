package export

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/agent"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// module is an agent written down.
type module struct {
	name     string // front_desk
	folder   string // agents/front-desk
	agentID  string
	texts    map[string]string         // files by their paths
	blocks   map[string]*hclwrite.File // by the name of the file within the folder
	imports  []imported
	triggers []trigger
	ids      references // to what a flow may name
	lacking  []string   // what an earlier export wrote and this one cannot
}

// imported is an import block: an address within the module, and an id.
type imported struct{ kind, name, id string }

// trigger is a key of the publication's triggers, and the resource whose revision it has.
type trigger struct{ key, kind, name string }

// this is the name of what a module has only one of.
const this = "this"

// item is a resource that is to be written.
type item struct {
	kind, name, file string
	scope, id        string // of its name
	before           bool   // an earlier export wrote it
	subject          string // in a message: action "Book" (action-3) of agent agent-1
	attributes       map[string]attr.Value
	hidden           []string // what the API returns of no such thing
	importID         string
	textAttribute    string // goes into a file of its own
	textFile         string
}

// agentScope is the scope of the names of agents.
const agentScope = "agents"

func newModule(agentID, name string) *module {
	return &module{
		name: name, folder: "agents/" + fileName(name), agentID: agentID,
		texts: map[string]string{}, blocks: map[string]*hclwrite.File{}, ids: references{},
	}
}

// callFile is the file of the root that calls the module.
func (m *module) callFile() string { return "agent-" + fileName(m.name) + ".tf" }

// importsFile is the file of the root that imports what the module has.
func (m *module) importsFile() string { return "imports-" + fileName(m.name) + ".tf" }

// module writes an agent down. It is nil where that is not possible, which is a failure then.
func (e *exporter) module(ctx context.Context, seen account) *module {
	called := cmp.Or(textOr(seen.Label.Opt()), textOr(seen.Name.Opt()))
	m := newModule(seen.ID, e.folder.names.of(agentScope, seen.ID, called, "agent"))
	attributes, hidden := agent.Configuration(seen.Agent)
	if !e.add(ctx, m, item{
		kind: agentType, name: this, file: agentFile, subject: fmt.Sprintf("agent %q (%s)", called, tfvalue.Escaped(seen.ID)),
		attributes: attributes, hidden: hidden, importID: seen.ID, textAttribute: "description", textFile: "prompt.md",
	}) {
		return nil
	}
	m.triggers = append(m.triggers, trigger{"agent", agentType, this})
	e.actions(ctx, m, seen.actions)
	e.trainings(ctx, m, seen.trainings)
	e.webhooks(ctx, m, seen.webhooks)
	e.flow(ctx, m, seen.flow)
	if len(m.lacking) > 0 {
		e.failures = append(e.failures, fmt.Sprintf("agent %s: nothing of it was written, since an earlier export wrote what this one has to leave out, and Terraform would destroy that: %s",
			tfvalue.Escaped(m.agentID), strings.Join(m.lacking, ", ")))
		return nil
	}
	m.publication(seen.Status())
	m.versions()
	return m
}

// items adds what an agent may have many of, by name, so that the API's order means nothing.
func (e *exporter) items(ctx context.Context, m *module, word, above string, items []item) {
	if len(items) == 0 {
		return
	}
	slices.SortFunc(items, func(a, b item) int { return strings.Compare(a.name, b.name) })
	if above != "" {
		comment(m.file(items[0].file), above)
	}
	for _, one := range items {
		one.attributes["agent_id"] = types.StringUnknown() // it is a reference
		switch {
		case e.add(ctx, m, one):
			m.triggers = append(m.triggers, trigger{word + "_" + one.name, one.kind, one.name})
			m.ids[one.id] = reference(one.kind, one.name, "id")
		case one.before:
			m.lacking = append(m.lacking, one.kind+"."+one.name)
		default:
			delete(e.folder.names[one.scope], one.id)
		}
	}
}

func (m *module) file(name string) *hclwrite.Body {
	if m.blocks[name] == nil {
		m.blocks[name] = hclwrite.NewEmptyFile()
	}
	return m.blocks[name].Body()
}

// add writes a resource into the module. It reports false, and notes why, where the provider
// would not take it.
func (e *exporter) add(ctx context.Context, m *module, one item) bool {
	problems, warnings, err := e.check.resource(ctx, one.kind, one.attributes)
	if err != nil {
		problems = append(problems, err.Error())
	}
	for _, warning := range warnings {
		e.notes = append(e.notes, one.subject+": "+warning)
	}
	if len(problems) > 0 {
		e.failures = append(e.failures, fmt.Sprintf("The %s is left out, since the provider does not take what it holds: %s", one.subject, strings.Join(problems, "; ")))
		return false
	}
	body := m.file(one.file)
	if len(body.Blocks()) > 0 || len(body.BuildTokens(nil)) > 0 {
		body.AppendNewline()
	}
	block := body.AppendNewBlock("resource", []string{one.kind, one.name}).Body()
	for _, name := range inOrder(one.attributes) {
		value := one.attributes[name]
		text, _ := value.(types.String)
		switch {
		case name == "agent_id":
			block.SetAttributeRaw(name, reference(agentType, this, "id"))
		case value.IsNull(), name == "current_status" && value.Equal(types.StringValue("active")): // the default
		case strings.HasSuffix(name, jsonSuffix):
			block.SetAttributeRaw(name, m.ids.json(text.ValueString()))
		case name == one.textAttribute:
			block.SetAttributeRaw(name, m.text(one.textFile, text.ValueString()))
		default:
			block.SetAttributeRaw(name, m.ids.expression(value))
		}
	}
	if len(one.hidden) > 0 {
		block.AppendNewline()
		comment(block, "The API does not return these. Fill in what is set in the dashboard:\n"+wrapped(one.hidden))
	}
	m.imports = append(m.imports, imported{one.kind, one.name, one.importID})
	return true
}

// text puts a text into a file, and returns the expression that reads it. A text that does
// not end in a line break gets one in the file, as editors want it, and chomp takes it away.
func (m *module) text(name, text string) hclwrite.Tokens {
	read := hclwrite.TokensForFunctionCall("file", pathInModule(name))
	if !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\r") {
		text += "\n"
		read = hclwrite.TokensForFunctionCall("chomp", read)
	}
	m.texts[m.folder+"/"+name] = text
	return read
}

// versions says which provider the module's resources are of.
func (m *module) versions() {
	body := m.file(versionsFile).AppendNewBlock("terraform", nil).Body()
	body.AppendNewBlock("required_providers", nil).Body().SetAttributeRaw("talq", hclwrite.TokensForObject([]hclwrite.ObjectAttrTokens{source()}))
}

// files are all files of the agent by their paths: those of its module, and the two in the
// root that call it and import what it has.
func (m *module) files() map[string]string {
	files := maps.Clone(m.texts)
	for name, file := range m.blocks {
		files[m.folder+"/"+name] = formatted(file)
	}
	files[m.callFile()] = m.call()
	files[m.importsFile()] = m.importBlocks()
	return files
}
