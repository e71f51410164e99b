package action

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// hiddenAttributes is the one list of what no documented answer holds (API.md, "The action
// object"). Request, doubt, warnings, docs and tests walk it. node_id is hidden too, but no
// update depends on what it was.
var hiddenAttributes = []upsert.Hidden[actionModel, talq.ActionRequest]{
	upsert.HideText("authorization_scheme", func(r *talq.ActionRequest) *talq.Opt[string] { return &r.AuthorizationScheme },
		func(m *actionModel) types.String { return m.AuthorizationScheme }, talq.Some(defaultScheme)),
	upsert.Hide(tfvalue.AttributeHeaders, func(r *talq.ActionRequest) *talq.Opt[[]talq.Header] { return &r.CustomHeaders },
		func(m *actionModel) ([]talq.Header, bool) { return m.Headers().Sent(), m.HasHeaders() }, talq.Some([]talq.Header{})),
	upsert.HideText("execution_mode", func(r *talq.ActionRequest) *talq.Opt[string] { return &r.ExecutionMode },
		func(m *actionModel) types.String { return m.ExecutionMode }, talq.Some(modeDuringCall)),
	upsert.Hide("integration", func(r *talq.ActionRequest) *talq.Opt[talq.Integration] { return &r.Integration },
		func(m *actionModel) (talq.Integration, bool) {
			return talq.Integration{ID: m.integrationID().ValueString()}, !m.Integration.IsNull()
		}, talq.Null[talq.Integration]()),
	upsert.HideText("speak_on_receive", func(r *talq.ActionRequest) *talq.Opt[string] { return &r.SpeakOnReceive },
		func(m *actionModel) types.String { return m.SpeakOnReceive }, talq.Null[string]()),
	upsert.HideText("speak_on_send", func(r *talq.ActionRequest) *talq.Opt[string] { return &r.SpeakOnSend },
		func(m *actionModel) types.String { return m.SpeakOnSend }, talq.Null[string]()),
}

// defaultScheme is what the API takes where no scheme was set.
const defaultScheme = "none"

// isHidden reports whether an attribute is one of [hiddenAttributes].
func isHidden(name string) bool {
	return slices.ContainsFunc(hiddenAttributes, func(h upsert.Hidden[actionModel, talq.ActionRequest]) bool { return h.Name == name })
}
