package tfvalue

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func num(text string) types.Number { return types.NumberValue(Decimal(text)) }

func gotNumber(t *testing.T, raw string) talq.Lenient[json.Number] {
	t.Helper()
	var member struct {
		N talq.Lenient[json.Number] `json:"n"`
	}
	if err := json.Unmarshal([]byte(raw), &member); err != nil {
		t.Fatal(err)
	}
	return member.N
}

func TestNumberFromAPI(t *testing.T) {
	for _, row := range []struct {
		prior types.Number
		got   string
		want  types.Number
	}{
		{num("1"), `{"n":1.0}`, num("1")}, {num("1"), `{"n":1.00}`, num("1")}, {num("1"), `{"n":2}`, num("2")},
		{num("0.30000000000000001"), `{"n":0.3}`, num("0.30000000000000001")}, // more than 64 bits tell apart
		{num("1"), `{"n":null}`, types.NumberNull()}, {num("1"), `{}`, num("1")}, {num("1"), `{"n":"x"}`, num("1")}, {num("1"), `{"n":[]}`, num("1")},
		{num("1"), `{"n":"1.5"}`, num("1.5")}, // Laravel's decimals come as text at times
		{types.NumberNull(), `{}`, types.NumberNull()}, {types.NumberNull(), `{"n":0}`, num("0")},
		{types.NumberUnknown(), `{}`, types.NumberNull()}, {types.NumberUnknown(), `{"n":1}`, num("1")},
	} {
		if got := NumberFromAPI(row.prior, gotNumber(t, row.got)); !got.Equal(row.want) {
			t.Errorf("%s after %s is %s, want %s", row.got, row.prior, got, row.want)
		}
	}
}

func TestBoolFromAPI(t *testing.T) {
	yes, no := types.BoolValue(true), types.BoolValue(false)
	value := func(b bool) talq.Lenient[bool] { return talq.Lenient[bool]{Present: true, Value: &b} }
	for _, row := range []struct {
		prior types.Bool
		got   talq.Lenient[bool]
		want  types.Bool
	}{
		{yes, talq.Lenient[bool]{}, yes}, {yes, value(false), no}, {yes, talq.Lenient[bool]{Present: true}, types.BoolNull()},
		{types.BoolNull(), talq.Lenient[bool]{}, types.BoolNull()}, {types.BoolUnknown(), talq.Lenient[bool]{}, types.BoolNull()}, {types.BoolUnknown(), value(true), yes},
	} {
		if got := BoolFromAPI(row.prior, row.got); !got.Equal(row.want) {
			t.Errorf("%v after %s is %s, want %s", row.got, row.prior, got, row.want)
		}
	}
}

func TestSentNumbers(t *testing.T) {
	for _, row := range []struct {
		n       types.Number
		decimal string
		whole   string
	}{
		{num("0.70"), "0.7", "0"}, {num("60"), "60", "60"}, {num("-2"), "-2", "-2"}, {num("1e3"), "1000", "1000"},
		{types.NumberNull(), "", ""}, {types.NumberUnknown(), "", ""},
	} {
		decimal, whole := "", ""
		if sent := SentNumber(row.n); sent.Present {
			decimal = sent.Value.String()
		}
		if sent := SentWhole(row.n); sent.Present {
			whole = fmt.Sprint(*sent.Value)
		}
		if decimal != row.decimal || whole != row.whole {
			t.Errorf("%s is sent as %q and %q", row.n, decimal, whole)
		}
	}
}

func TestNumberRules(t *testing.T) {
	check := func(rule validator.Number, n types.Number) string {
		resp := &validator.NumberResponse{}
		rule.ValidateNumber(t.Context(), validator.NumberRequest{Path: path.Root("n"), ConfigValue: n}, resp)
		if len(resp.Diagnostics) == 0 {
			return ""
		}
		return resp.Diagnostics[0].Summary() + ": " + resp.Diagnostics[0].Detail()
	}
	const whole, decimal = "Wrong number: The value must be a whole number from 1 to 60, and here it is ", "Wrong number: The value must be a number from 0.1 to 3, and here it is "
	for _, row := range []struct {
		rule validator.Number
		n    types.Number
		want string
	}{
		{WholeBetween("1", "60"), num("1"), ""}, {WholeBetween("1", "60"), num("60.0"), ""}, {WholeBetween("1", "60"), types.NumberNull(), ""}, {WholeBetween("1", "60"), types.NumberUnknown(), ""},
		{WholeBetween("1", "60"), num("30.5"), whole + "30.5."}, {WholeBetween("1", "60"), num("0"), whole + "0."}, {WholeBetween("1", "60"), num("61"), whole + "61."},
		{Between("0.1", "3"), num("0.1"), ""}, {Between("0.1", "3"), num("3"), ""}, {Between("0.1", "3"), num("0.09"), decimal + "0.09."}, {Between("0.1", "3"), num("1e100"), decimal + "1e+100."},
	} {
		if got := check(row.rule, row.n); got != row.want {
			t.Errorf("%s: %q, want %q", row.n, got, row.want)
		}
	}
	if rule := Between("0", "2"); rule.Description(t.Context()) != rule.MarkdownDescription(t.Context()) {
		t.Error("it is described in two ways")
	}
}
