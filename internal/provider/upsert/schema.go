package upsert

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// ComputedText is an attribute that only the API or the provider sets.
func ComputedText(description string, modifiers ...planmodifier.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, PlanModifiers: modifiers}
}

// ReplaceKnownNodeID lets an import without node id be completed in place. Where the state
// has one, another one means another item.
func ReplaceKnownNodeID(kind session.Kind) planmodifier.String {
	description := "Replaces the " + string(kind) + " where the state knows its node id."
	return stringplanmodifier.RequiresReplaceIf(ifStateHasIt, description, description)
}

func ifStateHasIt(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull()
}
