package action

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// The action types (API.md, "The request body of the upsert").
const (
	TypeWebhook  = "webhook"
	TypeExternal = "external"
	TypeTransfer = "transfer"
	TypeHold     = "hold"
)

// ActionTypes lists the types in the order in which the docs show them.
var ActionTypes = []string{TypeWebhook, TypeExternal, TypeTransfer, TypeHold}

// Presence says what a type makes of an attribute.
type Presence int

// What a type may make of an attribute.
const (
	Allowed Presence = iota
	Required
	Forbidden
)

// Ruling is one cell of the table: presence, and what narrows it.
type Ruling struct {
	Presence Presence
	Unless   string   // required only while this other attribute is null
	Only     []string // the values that the type takes; nil for all
}

// typeRule is one row: a group of attributes and what each type says of them. A type that
// says nothing allows them.
type typeRule struct {
	Attributes []string
	types      map[string]Ruling
}

var forbidden, required = Ruling{Presence: Forbidden}, Ruling{Presence: Required}

// TypeRules is the table of DESIGN.md, "Rules by type". The validator, the docs
// and the tests walk it. Attributes that it does not name are the same for all
// types.
var TypeRules = []typeRule{
	{[]string{"url"}, map[string]Ruling{TypeWebhook: {Presence: Required, Unless: "integration"}, TypeTransfer: forbidden, TypeHold: forbidden}},
	{
		[]string{"authorization_url", "authorization_scheme", "custom_headers", "custom_headers_wo", "custom_headers_wo_version", "speak_on_send", "speak_on_receive"},
		map[string]Ruling{TypeTransfer: forbidden, TypeHold: forbidden},
	},
	{[]string{"execution_mode"}, map[string]Ruling{TypeWebhook: {Only: []string{modeDuringCall}}, TypeTransfer: forbidden, TypeHold: forbidden}},
	{[]string{"transfer_to"}, map[string]Ruling{TypeWebhook: forbidden, TypeExternal: forbidden, TypeTransfer: required, TypeHold: forbidden}},
	{[]string{"hold_duration"}, map[string]Ruling{TypeWebhook: forbidden, TypeExternal: forbidden, TypeTransfer: forbidden, TypeHold: required}},
	{[]string{"integration", "inputs"}, nil},
}

// Execution modes (API.md).
const (
	modeDuringCall = "during_call"
	modePostCall   = "post_call"
)

// Of returns what a type says of the row's attributes. An unknown type gets no
// rules: the type's own validator has its say.
func (r typeRule) Of(actionType string) Ruling { return r.types[actionType] }

// typesThatTake lists the types in which an attribute may stand, for messages.
func (r typeRule) typesThatTake() []string {
	return slices.DeleteFunc(slices.Clone(ActionTypes), func(t string) bool { return r.Of(t).Presence == Forbidden })
}

// checkRules walks the table for a known type. Unknown values break no rule:
// they are checked again when they are known.
func (m *actionModel) checkRules(diags *diag.Diagnostics) {
	actionType, values := m.Type.ValueString(), m.attributes()
	for _, rule := range TypeRules {
		r := rule.Of(actionType)
		for _, attribute := range rule.Attributes {
			v, at := values[attribute], path.Root(attribute)
			text, _ := v.(types.String)
			switch {
			case r.Presence == Required && v.IsNull():
				if r.Unless == "" {
					diags.AddAttributeError(at, "Missing attribute for this type of action",
						fmt.Sprintf("An action of type %q needs %s. Set it, or choose another type.", actionType, attribute))
				} else if values[r.Unless].IsNull() {
					diags.AddAttributeError(at, "Missing attribute for this type of action",
						fmt.Sprintf("An action of type %q needs %s, or %s instead. Set one of the two.", actionType, attribute, r.Unless))
				}
			case v.IsNull() || v.IsUnknown():
			case r.Presence == Forbidden:
				diags.AddAttributeError(at, "Attribute of another type of action",
					fmt.Sprintf("An action of type %q takes no %s: it is for the types %s. Remove it, set it to null, or choose another type.",
						actionType, attribute, tfvalue.Quoted(rule.typesThatTake())))
			case r.Only != nil && !slices.Contains(r.Only, text.ValueString()):
				diags.AddAttributeError(at, "Value of another type of action",
					fmt.Sprintf("An action of type %q takes only %s as %s. Set that, remove the attribute, or choose another type.",
						actionType, tfvalue.Quoted(r.Only), attribute))
			}
		}
	}
}

// TypeTableMarkdown returns the table as Markdown, for the docs.
func TypeTableMarkdown() string {
	var b strings.Builder
	b.WriteString("| attribute |")
	for _, t := range ActionTypes {
		fmt.Fprintf(&b, " `%s` |", t)
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(ActionTypes)+1) + "\n")
	for _, rule := range TypeRules {
		fmt.Fprintf(&b, "| `%s` |", strings.Join(rule.Attributes, "`, `"))
		for _, t := range ActionTypes {
			fmt.Fprintf(&b, " %s |", rule.Of(t).markdown())
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (r Ruling) markdown() string {
	switch {
	case r.Presence == Forbidden:
		return "–"
	case r.Presence == Required && r.Unless != "":
		return "**required**, unless `" + r.Unless + "` is given"
	case r.Presence == Required:
		return "**required**"
	case r.Only != nil:
		return "`" + strings.Join(r.Only, "`, `") + "` only"
	default:
		return "optional"
	}
}
