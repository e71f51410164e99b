package agent

import (
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// listSchema is the schema of the list resource talq_agent.
func listSchema() schema.Schema {
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{tfvalue.NotBlankValidator}}
	}
	return schema.Schema{
		MarkdownDescription: "Finds agents, for `terraform query` (Terraform 1.14 or newer).",
		Attributes: map[string]schema.Attribute{
			"status":    filter("Only agents with this status, `draft` or `published`."),
			"direction": filter("Only agents of this direction, `inbound` or `outbound`."),
			"search":    filter("Only agents that the API finds for this text."),
		},
	}
}
