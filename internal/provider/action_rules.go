package provider

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The action types (API.md, "The request body of the upsert").
const (
	typeWebhook  = "webhook"
	typeExternal = "external"
	typeTransfer = "transfer"
	typeHold     = "hold"
)

// actionTypes lists the types in the order in which the docs show them.
var actionTypes = []string{typeWebhook, typeExternal, typeTransfer, typeHold}

// presence says what a type makes of an attribute.
type presence int

const (
	allowed presence = iota
	required
	forbidden
)

// ruling is one cell of the table: presence, and what narrows it.
type ruling struct {
	presence presence
	unless   string   // required only while this other attribute is null
	only     []string // the values that the type takes; nil for all
}

// typeRule is one row: a group of attributes and what each type says of them.
type typeRule struct {
	attributes []string
	webhook    ruling
	external   ruling
	transfer   ruling
	hold       ruling
}

// typeRules is the table of DESIGN.md, "Rules by type". The validator, the docs
// and the tests walk it. Attributes that it does not name are the same for all
// types.
var typeRules = []typeRule{
	{
		attributes: []string{"url"},
		webhook:    ruling{presence: required, unless: "integration"},
		transfer:   ruling{presence: forbidden}, hold: ruling{presence: forbidden},
	},
	{
		attributes: []string{"authorization_url", "authorization_scheme", "custom_headers", "custom_headers_wo", "custom_headers_wo_version",
			"speak_on_send", "speak_on_receive"},
		transfer: ruling{presence: forbidden}, hold: ruling{presence: forbidden},
	},
	{
		attributes: []string{"execution_mode"},
		webhook:    ruling{only: []string{modeDuringCall}},
		transfer:   ruling{presence: forbidden}, hold: ruling{presence: forbidden},
	},
	{
		attributes: []string{"transfer_to"},
		webhook:    ruling{presence: forbidden}, external: ruling{presence: forbidden},
		transfer: ruling{presence: required}, hold: ruling{presence: forbidden},
	},
	{
		attributes: []string{"hold_duration"},
		webhook:    ruling{presence: forbidden}, external: ruling{presence: forbidden},
		transfer: ruling{presence: forbidden}, hold: ruling{presence: required},
	},
	{attributes: []string{"integration", "inputs"}},
}

// Execution modes (API.md).
const (
	modeDuringCall = "during_call"
	modePostCall   = "post_call"
)

// of gives what a type says of the row's attributes. An unknown type gets no
// rules: the type's own validator has its say.
func (r typeRule) of(actionType string) ruling {
	switch actionType {
	case typeWebhook:
		return r.webhook
	case typeExternal:
		return r.external
	case typeTransfer:
		return r.transfer
	case typeHold:
		return r.hold
	}
	return ruling{}
}

// typesThatTake lists the types in which an attribute may stand, for messages.
func (r typeRule) typesThatTake() []string {
	return slices.DeleteFunc(slices.Clone(actionTypes), func(t string) bool { return r.of(t).presence == forbidden })
}

// violation is a rule that a configuration breaks: what is wrong, and what to do.
type violation struct {
	attribute string
	summary   string
	detail    string
}

// configured is what the rules need to know of an attribute's value.
type configured struct {
	null, unknown bool
	text          string // of a known string
}

// checkType walks the table for a known type. Unknown values break no rule:
// they are checked again when they are known.
func checkType(actionType string, value func(attribute string) configured) []violation {
	var found []violation
	for _, rule := range typeRules {
		r := rule.of(actionType)
		for _, attribute := range rule.attributes {
			v := value(attribute)
			switch {
			case r.presence == required && v.null:
				if r.unless == "" {
					found = append(found, violation{attribute, "Missing attribute for this type of action",
						fmt.Sprintf("An action of type %q needs %s. Set it, or choose another type.", actionType, attribute)})
				} else if value(r.unless).null {
					found = append(found, violation{attribute, "Missing attribute for this type of action",
						fmt.Sprintf("An action of type %q needs %s, or %s instead. Set one of the two.", actionType, attribute, r.unless)})
				}
			case v.null || v.unknown:
			case r.presence == forbidden:
				found = append(found, violation{attribute, "Attribute of another type of action",
					fmt.Sprintf("An action of type %q takes no %s: it is for the types %s. Take it out, or set it to null, or choose another type.",
						actionType, attribute, quoted(rule.typesThatTake()))})
			case r.only != nil && !slices.Contains(r.only, v.text):
				found = append(found, violation{attribute, "Value of another type of action",
					fmt.Sprintf("An action of type %q takes only %s as %s. Set that, or take it out, or choose another type.",
						actionType, quoted(r.only), attribute)})
			}
		}
	}
	return found
}

func quoted(words []string) string {
	quoted := make([]string, 0, len(words))
	for _, word := range words {
		quoted = append(quoted, strconv.Quote(word)) // some are the server's: no escapes of a terminal's
	}
	return strings.Join(quoted, ", ")
}

// TypeTableMarkdown gives the table as Markdown, for the docs.
func TypeTableMarkdown() string {
	var b strings.Builder
	b.WriteString("| attribute |")
	for _, t := range actionTypes {
		fmt.Fprintf(&b, " `%s` |", t)
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(actionTypes)+1) + "\n")
	for _, rule := range typeRules {
		fmt.Fprintf(&b, "| `%s` |", strings.Join(rule.attributes, "`, `"))
		for _, t := range actionTypes {
			fmt.Fprintf(&b, " %s |", rule.of(t).markdown())
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (r ruling) markdown() string {
	switch {
	case r.presence == forbidden:
		return "–"
	case r.presence == required && r.unless != "":
		return "**required**, unless `" + r.unless + "` is given"
	case r.presence == required:
		return "**required**"
	case r.only != nil:
		return "`" + strings.Join(r.only, "`, `") + "` only"
	default:
		return "optional"
	}
}
