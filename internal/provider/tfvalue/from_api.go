// Package tfvalue is Terraform values: how the API's values become them, when two mean the
// same, and the rules and schema helpers that nouns share.
package tfvalue

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// TextFromAPI maps a text that the API returns.
func TextFromAPI(prior types.String, got talq.Opt[string]) types.String {
	if !got.Present {
		if prior.IsUnknown() {
			return types.StringNull()
		}
		return prior
	}
	text := ""
	if got.Value != nil {
		text = *got.Value
	}
	if !prior.IsNull() && !prior.IsUnknown() && Trim(prior.ValueString()) == Trim(text) {
		return prior
	}
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(StateText(text))
}

// HiddenTextFromAPI maps a text that the pages leave out of the answers.
func HiddenTextFromAPI(prior types.String, got *string, documentedDefault string) types.String {
	if got == nil || (prior.IsNull() && *got == documentedDefault) {
		return prior
	}
	return TextFromAPI(prior, talq.Some(*got))
}

// TimeFromAPI keeps the text that the state has where the instant is the same.
func TimeFromAPI(prior types.String, got talq.Opt[string]) types.String {
	if !prior.IsNull() && !prior.IsUnknown() && got.Value != nil && talq.SameInstant(prior.ValueString(), *got.Value) {
		return prior
	}
	return TextFromAPI(prior, got)
}

// SetFromAPI maps a list of texts whose order means nothing. None are null, unless the state
// has an empty set.
func SetFromAPI(prior types.Set, got talq.Opt[[]string]) types.Set {
	if none := got.Value == nil || len(*got.Value) == 0; none && keepsCollection(prior, len(prior.Elements()), got.Present) {
		return prior
	} else if none {
		return types.SetNull(types.StringType)
	}
	seen := map[string]bool{}
	texts := make([]attr.Value, 0, len(*got.Value))
	for _, each := range *got.Value {
		if text := StateText(each); !seen[text] {
			seen[text] = true
			texts = append(texts, types.StringValue(text))
		}
	}
	return types.SetValueMust(types.StringType, texts)
}

// IntFromAPI maps a whole number that the API returns. A number that is none is null.
func IntFromAPI(prior types.Int64, got talq.Lenient[json.Number]) types.Int64 {
	if !got.Present && !prior.IsUnknown() {
		return prior
	}
	if got.Value != nil {
		if whole, ok := WholeNumber(json.RawMessage(*got.Value)); ok {
			return types.Int64Value(whole)
		}
	}
	return types.Int64Null()
}

// JSONMapFromAPI maps an object whose members are JSON of any kind to a map of their texts.
// A member that says the same as the text of the state leaves that as it is. An object
// without members is null, unless the state has an empty map.
func JSONMapFromAPI(prior types.Map, got talq.Opt[map[string]json.RawMessage]) types.Map {
	if none := got.Value == nil || len(*got.Value) == 0; none && keepsCollection(prior, len(prior.Elements()), got.Present) {
		return prior
	} else if none {
		return types.MapNull(types.StringType)
	}
	texts := map[string]attr.Value{}
	for member, raw := range *got.Value {
		name := StateText(member)
		if text, ok := prior.Elements()[name].(types.String); ok && MeansJSON(text.ValueString(), raw) {
			texts[name] = text
			continue
		}
		texts[name] = types.StringValue(StateText(strings.ToValidUTF8(string(compact(raw)), "\ufffd")))
	}
	return types.MapValueMust(types.StringType, texts)
}

// keepsCollection reports whether a prior set or map stays where an answer has nothing in it, or
// leaves it out: one that is left out says nothing, and an empty one is not null.
func keepsCollection(prior attr.Value, elements int, shown bool) bool {
	return !prior.IsUnknown() && (!shown || (!prior.IsNull() && elements == 0))
}

// LetsThrough reports whether a filter, which may be null, takes a value.
func LetsThrough(filter, value types.String) bool { return filter.IsNull() || filter.Equal(value) }

// NumberValue keeps a number as exact as Terraform itself does.
func NumberValue(got talq.Lenient[json.Number]) types.Number {
	if got.Value == nil {
		return types.NumberNull()
	}
	if _, ok := parseNumber(got.Value.String()); !ok {
		return types.NumberNull() // past anything that it can mean, and slow to read
	}
	number, _, err := big.ParseFloat(got.Value.String(), 10, precision, big.ToNearestEven)
	if err != nil {
		return types.NumberNull()
	}
	return types.NumberValue(number)
}
