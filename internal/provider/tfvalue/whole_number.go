package tfvalue

import (
	"context"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// WholeNumberType is the CustomType of an Int64Attribute. Its values are those of
// [basetypes.Int64Type], so states and models do not know it. It differs in what it says
// of a number with a fraction, or of more than 64 bits: the framework's own type ends in
// "This is always an error in the provider".
type WholeNumberType struct{ basetypes.Int64Type }

// Equal implements [attr.Type]. The type of the values is that of the framework.
func (WholeNumberType) Equal(other attr.Type) bool {
	switch other.(type) {
	case WholeNumberType, basetypes.Int64Type:
		return true
	}
	return false
}

// ValueFromTerraform implements [attr.Type]. A number that is no whole one is unknown:
// the framework calls Validate next, which refuses it.
func (t WholeNumberType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (attr.Value, error) {
	if value, err := t.Int64Type.ValueFromTerraform(ctx, in); err == nil || !in.Type().Is(tftypes.Number) {
		return value, err
	}
	return basetypes.NewInt64Unknown(), nil
}

// Validate is what the framework calls of a type after it has made a value.
func (t WholeNumberType) Validate(ctx context.Context, in tftypes.Value, at path.Path) (diags diag.Diagnostics) {
	number := new(big.Float)
	if _, err := t.Int64Type.ValueFromTerraform(ctx, in); err != nil && in.As(&number) == nil {
		diags.AddAttributeError(at, "Wrong whole number", fmt.Sprintf("%s must be a whole number of at most 64 bits, and is %s.", at, number.Text('g', 20)))
	}
	return diags
}
