// Package tfvalue is Terraform values: how the API's values become them, when two mean the
// same, and the rules and schema helpers that nouns share.
package tfvalue

import (
	"encoding/json"
	"math/big"

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
