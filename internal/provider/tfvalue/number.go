package tfvalue

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Numbers are decimals of 512 bits, as Terraform itself has them, also where the API takes
// whole ones: of a fraction in an Int64 attribute the framework says that the provider is
// at fault. Here 1 equals 1.0 (API-AGENT.md, ruling 4).

// precision is that of a number in bits, as Terraform has it.
const precision = 512

// NumberFromAPI maps a number that the API returns. What the state has stays where both
// mean the same, also to a server that keeps 64 bits of it.
func NumberFromAPI(prior types.Number, got talq.Lenient[json.Number]) types.Number {
	if !got.Present {
		if prior.IsUnknown() {
			return types.NumberNull()
		}
		return prior
	}
	seen := NumberValue(got)
	if SameDecimal(prior, seen) {
		return prior
	}
	return seen
}

// SameDecimal reports whether two numbers are both known and the same as 64 bits hold them.
func SameDecimal(a, b types.Number) bool {
	if a.IsNull() || a.IsUnknown() || b.IsNull() || b.IsUnknown() {
		return false
	}
	first, _ := a.ValueBigFloat().Float64()
	second, _ := b.ValueBigFloat().Float64()
	return first == second || a.Equal(b)
}

// BoolFromAPI maps a boolean that the API returns.
func BoolFromAPI(prior types.Bool, got talq.Lenient[bool]) types.Bool {
	if !got.Present && !prior.IsUnknown() {
		return prior
	}
	return types.BoolPointerValue(got.Value)
}

// SentNumber returns a number as a request has it, without an exponent; left out where it is
// null.
func SentNumber(n types.Number) talq.Opt[json.Number] {
	if n.IsNull() || n.IsUnknown() {
		return talq.Opt[json.Number]{}
	}
	return talq.Some(json.Number(n.ValueBigFloat().Text('f', -1)))
}

// SentWhole returns a whole number as a request has it; left out where it is null.
func SentWhole(n types.Number) talq.Opt[int64] {
	if n.IsNull() || n.IsUnknown() {
		return talq.Opt[int64]{}
	}
	return talq.Some(Whole(n))
}

// Whole returns the value of a number that [WholeBetween] has checked.
func Whole(n types.Number) int64 {
	if n.IsNull() || n.IsUnknown() {
		return 0
	}
	whole, _ := n.ValueBigFloat().Int64()
	return whole
}

// numberRule is a validator of one number. Null and unknown values are never checked.
type numberRule struct {
	least, most string
	whole       bool
}

// Between makes a rule for a decimal, both ends included.
func Between(least, most string) validator.Number { return numberRule{least: least, most: most} }

// WholeBetween makes a rule for a whole number, both ends included.
func WholeBetween(least, most string) validator.Number {
	return numberRule{least: least, most: most, whole: true}
}

// Description implements [validator.Describer].
func (r numberRule) Description(context.Context) string {
	if r.whole {
		return fmt.Sprintf("must be a whole number from %s to %s", r.least, r.most)
	}
	return fmt.Sprintf("must be a number from %s to %s", r.least, r.most)
}

// MarkdownDescription implements [validator.Describer].
func (r numberRule) MarkdownDescription(ctx context.Context) string { return r.Description(ctx) }

// ValidateNumber implements [validator.Number].
func (r numberRule) ValidateNumber(ctx context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	n := req.ConfigValue.ValueBigFloat()
	if n.IsInf() || n.Cmp(Decimal(r.least)) < 0 || n.Cmp(Decimal(r.most)) > 0 || (r.whole && !n.IsInt()) {
		resp.Diagnostics.AddAttributeError(req.Path, "Wrong number", fmt.Sprintf("The value %s, and here it is %s.", r.Description(ctx), n.Text('g', 20)))
	}
}

// Decimal reads a number that stands in our own source. It panics where it is none.
func Decimal(text string) *big.Float {
	n, _, err := big.ParseFloat(text, 10, precision, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return n
}
