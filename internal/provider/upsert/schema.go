package upsert

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// NotReadBack ends the description of each attribute that the API hides.
const NotReadBack = " The API does not return it."

// The values of current_status; an item is active unless it is said otherwise.
const (
	StatusActive   = "active"
	StatusInactive = "inactive"
)

// RequiredText is an attribute that must be set.
func RequiredText(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}

// OptionalText is an attribute that may be null.
func OptionalText(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: validators}
}

// ComputedText is an attribute that only the API or the provider sets.
func ComputedText(description string, modifiers ...planmodifier.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true, PlanModifiers: modifiers}
}

// UpTo255 are the validators of a text that the API takes with at most 255 characters.
func UpTo255() []validator.String {
	return []validator.String{stringvalidator.UTF8LengthBetween(1, 255), tfvalue.NotBlankValidator}
}

// AgentID is the agent that an item belongs to.
func AgentID(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Required:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		Validators:          []validator.String{tfvalue.AgentIDValidator},
	}
}

// NodeID lets an import without node id be completed in place. Where the state
// has one, another one means another item.
func NodeID(kind session.Kind, description string) schema.StringAttribute {
	effect := "Replaces the " + string(kind) + " where the state knows its node id."
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplaceIf(ifStateHasIt, effect, effect)},
		Validators:          []validator.String{tfvalue.NodeIDValidator},
	}
}

func ifStateHasIt(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
	resp.RequiresReplace = !req.StateValue.IsNull()
}

// CurrentStatus is whether the agent uses an item.
func CurrentStatus() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "`active` or `inactive`. Default `active`.",
		Optional:            true,
		Computed:            true,
		Default:             stringdefault.StaticString(StatusActive),
		Validators:          []validator.String{stringvalidator.OneOf(StatusActive, StatusInactive)},
	}
}

// Revision is what publications are triggered by.
func Revision() schema.StringAttribute {
	return ComputedText("An opaque text, new with every write by this provider. Refer to it in the `triggers` of the agent's publication.")
}

// Scheme is how the requests to a URL are authorized.
func Scheme(description string) schema.StringAttribute {
	return OptionalText(description+NotReadBack, stringvalidator.OneOf("none", "bearer", "basic", "api_key", "custom"))
}

// Headers are the headers of requests, whose values the state may hold.
func Headers(description string) schema.MapAttribute {
	return schema.MapAttribute{
		MarkdownDescription: description + " Their values are in the state, marked as sensitive." + NotReadBack,
		ElementType:         types.StringType,
		Optional:            true,
		Sensitive:           true,
		Validators:          []validator.Map{tfvalue.HeadersValidator{}},
	}
}

// WriteOnlyHeaders are those whose values no state holds.
func WriteOnlyHeaders() schema.MapAttribute {
	return schema.MapAttribute{
		MarkdownDescription: "Like `custom_headers`, but in neither the state nor a plan; the values may be ephemeral. " +
			"The two maps are sent as one, so no name may be in both. Needs `custom_headers_wo_version`.",
		ElementType: types.StringType,
		Optional:    true,
		Sensitive:   true,
		WriteOnly:   true,
		Validators:  []validator.Map{tfvalue.HeadersValidator{}},
	}
}

// WriteOnlyVersion is the number that goes with a write-only attribute.
func WriteOnlyVersion(description string) schema.Int64Attribute {
	return schema.Int64Attribute{CustomType: tfvalue.WholeNumberType{}, MarkdownDescription: description, Optional: true}
}
