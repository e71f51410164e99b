package export

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/action"
	"github.com/talqover/terraform-provider-talq/internal/provider/agent"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/training"
	"github.com/talqover/terraform-provider-talq/internal/talq"
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
	lacking  []string // what an earlier export wrote and this one cannot
}

// imported is an import block: an address within the module, and an id.
type imported struct{ kind, name, id string }

// trigger is a key of the publication's triggers, and the resource whose revision it has.
type trigger struct{ key, kind, name string }

// The types of resources, and where they stand in a module.
const (
	agentType       = "talq_agent"
	actionType      = "talq_action"
	trainingType    = "talq_training"
	publicationType = "talq_agent_publication"

	agentFile       = "agent.tf"
	actionsFile     = "actions.tf"
	trainingsFile   = "trainings.tf"
	publicationFile = "publication.tf"
	versionsFile    = "versions.tf"
)

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

// module writes an agent down. It is nil where that is not possible, which is a failure then.
func (e *exporter) module(ctx context.Context, seen account) *module {
	called := valueOr(seen.Label, valueOr(seen.Name, ""))
	name := e.folder.names.of("agents", seen.ID, called, "agent")
	m := &module{
		name: name, folder: "agents/" + fileName(name), agentID: seen.ID,
		texts: map[string]string{}, blocks: map[string]*hclwrite.File{},
	}
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
	if len(m.lacking) > 0 {
		e.failures = append(e.failures, fmt.Sprintf("agent %s: nothing of it was written, since an earlier export wrote what this one has to leave out, and Terraform would destroy that: %s",
			tfvalue.Escaped(m.agentID), strings.Join(m.lacking, ", ")))
		return nil
	}
	m.publication(seen.Status())
	m.versions()
	return m
}

func (e *exporter) actions(ctx context.Context, m *module, actions []talq.Action) {
	scope := "actions of " + m.agentID
	var items []item
	for _, a := range actions {
		attributes, hidden := action.Configuration(m.agentID, a)
		called, before := textOr(a.Name), e.folder.names.has(scope, a.ID)
		items = append(items, item{
			kind: actionType, name: e.folder.names.of(scope, a.ID, called, "action"), file: actionsFile, scope: scope, id: a.ID, before: before,
			subject:    fmt.Sprintf("action %q (%s) of agent %s", called, tfvalue.Escaped(a.ID), tfvalue.Escaped(m.agentID)),
			attributes: attributes, hidden: hidden, importID: m.agentID + "/" + a.ID,
		})
	}
	e.items(ctx, m, "action", items)
}

func (e *exporter) trainings(ctx context.Context, m *module, trainings []talq.Training) {
	scope := "trainings of " + m.agentID
	var items []item
	for _, t := range trainings {
		called, id := textOr(t.Subject), *t.ID.Value
		before := e.folder.names.has(scope, id)
		name := e.folder.names.of(scope, id, called, "training")
		items = append(items, item{
			kind: trainingType, name: name, file: trainingsFile, scope: scope, id: id, before: before,
			subject:    fmt.Sprintf("training %q (%s) of agent %s", called, tfvalue.Escaped(id), tfvalue.Escaped(m.agentID)),
			attributes: training.Configuration(m.agentID, t), importID: m.agentID + "/" + id,
			textAttribute: "instructions", textFile: "trainings/" + fileName(name) + ".md",
		})
	}
	e.items(ctx, m, "training", items)
}

// items adds what is written by node id, by name, so that the API's order means nothing.
func (e *exporter) items(ctx context.Context, m *module, word string, items []item) {
	if len(items) == 0 {
		return
	}
	slices.SortFunc(items, func(a, b item) int { return strings.Compare(a.name, b.name) })
	comment(m.file(items[0].file), fmt.Sprintf(`The API finds the %[1]ss by their node ids, and never returns these, so there is no
node_id here. The first change of one needs it: write it in where you know it. Else
choose one of your own, and let apply -replace=ADDRESS make the %[1]s again.`, word))
	for _, one := range items {
		one.attributes["agent_id"] = types.StringUnknown() // it is a reference
		switch {
		case e.add(ctx, m, one):
			m.triggers = append(m.triggers, trigger{word + "_" + one.name, one.kind, one.name})
		case one.before:
			m.lacking = append(m.lacking, one.kind+"."+one.name)
		default:
			e.folder.names.forget(one.scope, one.id)
		}
	}
}

// file returns the body of a file of the module.
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
		switch {
		case name == "agent_id":
			block.SetAttributeTraversal(name, traversal(agentType, this, "id"))
		case value.IsNull(), name == "current_status" && value.Equal(types.StringValue("active")): // the default
		case name == one.textAttribute:
			text, _ := value.(types.String) // as the schemas have it
			block.SetAttributeRaw(name, m.text(one.textFile, text.ValueString()))
		default:
			written, err := expression(ctx, value)
			if err != nil {
				e.failures = append(e.failures, fmt.Sprintf("The %s of the %s is left out: %s", name, one.subject, err))
				continue
			}
			block.SetAttributeRaw(name, written)
		}
	}
	if len(one.hidden) > 0 {
		block.AppendNewline()
		comment(block, "The API does not return these. Write in what is set in the dashboard:\n"+wrapped(one.hidden))
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

// publication writes the publication of an agent that is live. One of a draft would publish
// it at the first apply, so it stands there as a comment.
func (m *module) publication(status string) {
	body := hclwrite.NewEmptyFile()
	block := body.Body().AppendNewBlock("resource", []string{publicationType, this}).Body()
	block.SetAttributeTraversal("agent_id", traversal(agentType, this, "id"))
	var keys []string
	var triggers []hclwrite.ObjectAttrTokens
	for _, t := range m.triggers {
		keys = append(keys, t.key)
		triggers = append(triggers, hclwrite.ObjectAttrTokens{Name: hclwrite.TokensForIdentifier(t.key), Value: reference(t.kind, t.name, "revision")})
	}
	block.SetAttributeRaw("triggers", hclwrite.TokensForObject(triggers))
	if status == talq.AgentPublished {
		m.blocks[publicationFile] = body
		m.imports = append(m.imports, imported{publicationType, this, m.agentID + "/" + strings.Join(keys, ",")})
		return
	}
	comment(m.file(publicationFile), "The agent is a draft. To publish it at the next apply, and to keep it published,\ntake the signs out:\n\n"+strings.TrimSuffix(formatted(body), "\n"))
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
	slug := fileName(m.name)
	files["agent-"+slug+".tf"] = m.call()
	files["imports-"+slug+".tf"] = m.importBlocks()
	return files
}
