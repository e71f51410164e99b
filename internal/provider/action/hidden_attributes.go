package action

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// hiddenAttribute is an attribute of an action that no documented answer holds
// (API.md, "The action object").
type hiddenAttribute struct {
	name string
	// isSet reports whether a plan or a state sets it.
	isSet func(m *actionModel) bool
	// send puts a plan's value into a request, and clear the neutral one that takes it
	// away (API.md, ruling 5).
	send  func(r *talq.ActionRequest, m *actionModel)
	clear func(r *talq.ActionRequest)
	// isSent reports whether a request holds it.
	isSent func(r *talq.ActionRequest) bool
	// read takes it from an answer that holds it after all (ruling 2); nil for what is
	// never read.
	read func(m *actionModel, answer talq.Undocumented)
}

// hiddenAttributes is the one list of them. Request, state, doubt, warnings, docs and
// tests walk it. node_id is hidden too, but no update depends on what it was.
var hiddenAttributes = []hiddenAttribute{
	hiddenText("authorization_scheme", "none", talq.Some("none"),
		func(m *actionModel) *types.String { return &m.AuthorizationScheme },
		func(r *talq.ActionRequest) *talq.Opt[string] { return &r.AuthorizationScheme },
		func(u talq.Undocumented) *string { return u.AuthorizationScheme }),
	{
		name:   tfvalue.AttributeHeaders,
		isSet:  (*actionModel).hasHeaders,
		send:   func(r *talq.ActionRequest, m *actionModel) { r.CustomHeaders = talq.Some(m.headers().Sent()) },
		clear:  func(r *talq.ActionRequest) { r.CustomHeaders = talq.Some([]talq.Header{}) },
		isSent: func(r *talq.ActionRequest) bool { return r.CustomHeaders.Present },
	},
	hiddenText("execution_mode", modeDuringCall, talq.Some(modeDuringCall),
		func(m *actionModel) *types.String { return &m.ExecutionMode },
		func(r *talq.ActionRequest) *talq.Opt[string] { return &r.ExecutionMode },
		func(u talq.Undocumented) *string { return u.ExecutionMode }),
	{
		name:  "integration",
		isSet: func(m *actionModel) bool { return !m.Integration.IsNull() },
		send: func(r *talq.ActionRequest, m *actionModel) {
			r.Integration = talq.Some(talq.Integration{ID: m.integrationID().ValueString()})
		},
		clear:  func(r *talq.ActionRequest) { r.Integration = talq.Null[talq.Integration]() },
		isSent: func(r *talq.ActionRequest) bool { return r.Integration.Present },
		read:   readIntegration,
	},
	hiddenText("speak_on_receive", "", talq.Null[string](),
		func(m *actionModel) *types.String { return &m.SpeakOnReceive },
		func(r *talq.ActionRequest) *talq.Opt[string] { return &r.SpeakOnReceive },
		func(u talq.Undocumented) *string { return u.SpeakOnReceive }),
	hiddenText("speak_on_send", "", talq.Null[string](),
		func(m *actionModel) *types.String { return &m.SpeakOnSend },
		func(r *talq.ActionRequest) *talq.Opt[string] { return &r.SpeakOnSend },
		func(u talq.Undocumented) *string { return u.SpeakOnSend }),
}

// hiddenText is a hidden attribute that is a text. An answer with the documented
// default leaves it null where the state has null.
func hiddenText(name, documentedDefault string, neutral talq.Opt[string], attribute func(*actionModel) *types.String,
	member func(*talq.ActionRequest) *talq.Opt[string], answered func(talq.Undocumented) *string,
) hiddenAttribute {
	return hiddenAttribute{
		name:   name,
		isSet:  func(m *actionModel) bool { return !attribute(m).IsNull() },
		send:   func(r *talq.ActionRequest, m *actionModel) { *member(r) = talq.Some(attribute(m).ValueString()) },
		clear:  func(r *talq.ActionRequest) { *member(r) = neutral },
		isSent: func(r *talq.ActionRequest) bool { return member(r).Present },
		read: func(m *actionModel, answer talq.Undocumented) {
			*attribute(m) = tfvalue.HiddenTextFromAPI(*attribute(m), answered(answer), documentedDefault)
		},
	}
}

func readIntegration(m *actionModel, answer talq.Undocumented) {
	id := tfvalue.HiddenTextFromAPI(m.integrationID(), answer.IntegrationID, "")
	switch {
	case id.Equal(m.integrationID()):
	case id.IsNull():
		m.Integration = types.ObjectNull(integrationType.AttrTypes)
	default:
		m.Integration = types.ObjectValueMust(integrationType.AttrTypes, map[string]attr.Value{"id": id})
	}
}

// isHidden reports whether an attribute is one of [hiddenAttributes].
func isHidden(name string) bool {
	return slices.ContainsFunc(hiddenAttributes, func(h hiddenAttribute) bool { return h.name == name })
}

// newDoubt is about an update that was sent.
func newDoubt(sent talq.ActionRequest) *upsert.Doubt {
	d := &upsert.Doubt{Sent: []string{}}
	for _, h := range hiddenAttributes {
		if h.isSent(&sent) {
			d.Sent = append(d.Sent, h.name)
		}
	}
	return d
}
