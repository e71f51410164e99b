package export

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/action"
	"github.com/talqover/terraform-provider-talq/internal/provider/flow"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/training"
	"github.com/talqover/terraform-provider-talq/internal/provider/webhook"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// The types of resources, and where they stand in a module.
const (
	agentType       = "talq_agent"
	actionType      = "talq_action"
	trainingType    = "talq_training"
	webhookType     = "talq_agent_webhook"
	flowType        = "talq_agent_flow"
	publicationType = "talq_agent_publication"

	agentFile       = "agent.tf"
	actionsFile     = "actions.tf"
	trainingsFile   = "trainings.tf"
	webhooksFile    = "webhooks.tf"
	flowFile        = "flow.tf"
	publicationFile = "publication.tf"
	versionsFile    = "versions.tf"
)

// item is one of what an agent has many of: all but its attributes.
func (e *exporter) item(m *module, word, kind, file, id, called string) item {
	scope := word + "s of " + m.agentID
	before := e.folder.names[scope][id] != ""
	return item{
		kind: kind, name: e.folder.names.of(scope, id, called, word), file: file, scope: scope, id: id, before: before,
		subject:  fmt.Sprintf("%s %q (%s) of agent %s", word, called, tfvalue.Escaped(id), tfvalue.Escaped(m.agentID)),
		importID: m.agentID + "/" + id,
	}
}

func (e *exporter) actions(ctx context.Context, m *module, actions []talq.Action) {
	var items []item
	for _, a := range actions {
		one := e.item(m, "action", actionType, actionsFile, a.ID, textOr(a.Name))
		one.attributes, one.hidden = action.Configuration(m.agentID, a)
		items = append(items, one)
	}
	e.items(ctx, m, "action", fmt.Sprintf(nodeIDs, "action"), items)
}

func (e *exporter) trainings(ctx context.Context, m *module, trainings []talq.Training) {
	var items []item
	for _, t := range trainings {
		one := e.item(m, "training", trainingType, trainingsFile, *t.ID.Value, textOr(t.Subject))
		one.attributes = training.Configuration(m.agentID, t)
		one.textAttribute, one.textFile = "instructions", "trainings/"+fileName(one.name)+".md"
		items = append(items, one)
	}
	e.items(ctx, m, "training", fmt.Sprintf(nodeIDs, "training"), items)
}

func (e *exporter) webhooks(ctx context.Context, m *module, webhooks []talq.Webhook) {
	var items []item
	for _, w := range webhooks {
		one := e.item(m, "webhook", webhookType, webhooksFile, w.ID, textOr(w.Name.Opt()))
		one.attributes, one.hidden = webhook.Configuration(m.agentID, w)
		items = append(items, one)
	}
	e.items(ctx, m, "webhook", secrets, items)
}

// flow adds the agent's flow, if somebody gave it one. The API returns one for each agent: the
// mode llm_driven without nodes, which every agent has that nobody gave a flow. To write that
// down would say nothing, and make a resource for each agent.
func (e *exporter) flow(ctx context.Context, m *module, seen talq.Flow) {
	before := e.folder.wrote(m.folder + "/" + flowFile)
	if before && textOr(seen.ConversationMode) == "" {
		e.failures = append(e.failures, fmt.Sprintf("The flow of agent %s is left out, since Talq returns no conversation_mode", tfvalue.Escaped(m.agentID)))
		m.lacking = append(m.lacking, flowType+"."+this)
		return
	}
	if seen.Mode() == talq.LLMDriven {
		return
	}
	attributes, hidden := flow.Configuration(m.agentID, seen)
	one := item{
		kind: flowType, name: this, file: flowFile, subject: "flow of agent " + tfvalue.Escaped(m.agentID),
		attributes: attributes, hidden: hidden, importID: m.agentID,
	}
	one.attributes["agent_id"] = types.StringUnknown() // it is a reference
	if e.add(ctx, m, one) {
		m.triggers = append(m.triggers, trigger{"flow", flowType, this})
	} else if before {
		m.lacking = append(m.lacking, flowType+"."+this)
	}
}

// What stands above all resources of a kind.
const (
	nodeIDs = `The API finds the %[1]ss by their node ids, and never returns these, so there is no
node_id here. The first change of one needs it: write it in if you know it. If not,
choose one of your own, and let apply -replace=ADDRESS create the %[1]s again.`
	secrets = `Keep secrets out of the state: webhook_secret_wo and custom_headers_wo, each with its
version, take the place of webhook_secret and custom_headers.`
)

// publication writes the publication of an agent that is live. One of a draft would publish
// it at the first apply, so it stands there as a comment.
func (m *module) publication(status string) {
	body := hclwrite.NewEmptyFile()
	block := body.Body().AppendNewBlock("resource", []string{publicationType, this}).Body()
	block.SetAttributeRaw("agent_id", reference(agentType, this, "id"))
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
