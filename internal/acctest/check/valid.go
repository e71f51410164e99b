package check

import (
	"math/big"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ValidValue expects texts of valid UTF-8 and finite numbers, at any depth.
func ValidValue(t *testing.T, value attr.Value) {
	t.Helper()
	switch value := value.(type) {
	case types.String:
		if !utf8.ValidString(value.ValueString()) {
			t.Errorf("%q is not valid UTF-8", value.ValueString())
		}
	case types.Number:
		if n := value.ValueBigFloat(); n != nil && n.IsInf() {
			t.Errorf("%s is no number", n.Text('g', 5))
		} else if n != nil && n.Cmp(new(big.Float)) != 0 && n.MantExp(nil) > 10_000 {
			t.Errorf("%s is too large", n.Text('g', 5))
		}
	case types.List:
		for _, element := range value.Elements() {
			ValidValue(t, element)
		}
	case types.Map:
		for _, element := range value.Elements() {
			ValidValue(t, element)
		}
	case types.Object:
		for _, member := range value.Attributes() {
			ValidValue(t, member)
		}
	}
}
