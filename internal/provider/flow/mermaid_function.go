package flow

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
)

type mermaidFunction struct{}

// NewMermaidFunction makes the function flow_mermaid.
func NewMermaidFunction() function.Function { return mermaidFunction{} }

func (mermaidFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "flow_mermaid"
}

func (mermaidFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Draws a flow as a diagram",
		MarkdownDescription: "Returns a flow of `talq_agent_flow` as the text of a [Mermaid](https://mermaid.js.org) flowchart, which GitHub and GitLab draw in a README or a pull request. " +
			"All texts of the flow are escaped. It makes no request and checks nothing: a node that is missing is drawn as missing.",
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "flow_config",
			MarkdownDescription: "The flow as JSON: `jsonencode(talq_agent_flow.this.flow_config)`, or `talq_agent_flow.this.flow_config_json` as it is.",
		}},
		Return: function.StringReturn{},
	}
}

func (mermaidFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	config, problem := jsonObject(text)
	if problem != "" {
		resp.Error = function.NewArgumentFuncError(0, "flow_config "+problem+", such as jsonencode(talq_agent_flow.this.flow_config).")
		return
	}
	resp.Error = resp.Result.Set(ctx, mermaid(config))
}
