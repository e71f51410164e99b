package action

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// oneInput is an input in the state.
func oneInput(name, kind string, needed bool, description, value any) attr.Value {
	text := func(v any) types.String {
		if s, ok := v.(string); ok {
			return textOf(s)
		}
		return noText
	}
	return types.ObjectValueMust(inputType.AttrTypes, map[string]attr.Value{
		"name": textOf(name), "type": textOf(kind), "required": types.BoolValue(needed), "description": text(description), "value": text(value),
	})
}

func inputList(elements ...attr.Value) types.List { return types.ListValueMust(inputType, elements) }

func TestSeenInputs(t *testing.T) {
	none, empty := types.ListNull(inputType), inputList()
	a := oneInput("a", "string", true, "Ask a.", nil)
	b := oneInput("b", "integer", false, nil, "30.0")
	const jsonA = `{"name":"a","type":"string","required":true,"description":"Ask a."}`
	const jsonB = `{"name":"b","type":"integer","required":false,"description":null,"value":30}`
	for _, row := range []struct {
		name   string
		prior  types.List
		answer string // of input_schema; "" when absent
		want   types.List
	}{
		{"null stays where it is absent", none, ``, none},
		{"null stays under null", none, `null`, none},
		{"null stays under []", none, `[]`, none},
		{"[] stays where it is absent", empty, ``, empty},
		{"[] stays under null", empty, `null`, empty},
		{"[] stays under []", empty, `[]`, empty},
		{"ours stay where it is absent", inputList(a, b), ``, inputList(a, b)},
		{"ours are gone under null", inputList(a, b), `null`, none},
		{"ours are gone under []", inputList(a, b), `[]`, none},
		{"the same", inputList(a, b), `[` + jsonA + `,` + jsonB + `]`, inputList(a, b)},
		{"the same in another order", inputList(a, b), `[` + jsonB + `,` + jsonA + `]`, inputList(a, b)},
		{"one added in front", inputList(a), `[` + jsonB + `,` + jsonA + `]`, inputList(a, oneInput("b", "integer", false, nil, "30"))},
		{"two added, in the API's order", inputList(a), `[{"name":"z"},` + jsonA + `,{"name":"y"}]`,
			inputList(a, oneInput("z", "string", false, nil, nil), oneInput("y", "string", false, nil, nil))},
		{"one removed", inputList(a, b), `[` + jsonB + `]`, inputList(b)},
		{"one renamed", inputList(a, b), `[{"name":"A","type":"string","required":true,"description":"Ask a."},` + jsonB + `]`,
			inputList(b, oneInput("A", "string", true, "Ask a.", nil))},
		{"one twice", inputList(a), `[` + jsonA + `,` + jsonA + `]`, inputList(a, a)},
		{"all of them new", none, `[` + jsonA + `,` + jsonB + `]`, inputList(a, oneInput("b", "integer", false, nil, "30"))},
		{"ours after []", empty, `[` + jsonA + `]`, inputList(a)},
		{"the type is another", inputList(a), `[{"name":"a","type":"date","required":true,"description":"Ask a."}]`,
			inputList(oneInput("a", "date", true, "Ask a.", nil))},
		{"the type is left out", inputList(b), `[{"name":"b","value":30}]`, inputList(b)},
		{"required is another", inputList(a), `[{"name":"a","type":"string","required":false,"description":"Ask a."}]`,
			inputList(oneInput("a", "string", false, "Ask a.", nil))},
		{"the description is another", inputList(a), `[{"name":"a","type":"string","required":true,"description":"Ask b."}]`,
			inputList(oneInput("a", "string", true, "Ask b.", nil))},
		{"the description is gone", inputList(a), `[{"name":"a","type":"string","required":true,"description":null}]`,
			inputList(oneInput("a", "string", true, nil, nil))},
		{"an empty description that is null now", inputList(oneInput("a", "string", true, "", nil)), `[{"name":"a","type":"string","required":true,"description":null}]`,
			inputList(oneInput("a", "string", true, "", nil))},
		{"texts that were trimmed", inputList(oneInput("a ", "string", true, "Ask a.\n", " v ")), `[{"name":"a","type":"string","required":true,"description":"Ask a.","value":"v"}]`,
			inputList(oneInput("a ", "string", true, "Ask a.\n", " v "))},
		{"an empty value that is null now", inputList(oneInput("a", "string", true, nil, "")), `[{"name":"a","type":"string","required":true,"value":null}]`,
			inputList(oneInput("a", "string", true, nil, ""))},
		{"no value that is empty now", inputList(a), `[{"name":"a","type":"string","required":true,"description":"Ask a.","value":""}]`, inputList(a)},
		{"a value that is another", inputList(b), `[{"name":"b","type":"integer","required":false,"value":31}]`, inputList(oneInput("b", "integer", false, nil, "31"))},
		{"a value that is gone", inputList(b), `[{"name":"b","type":"integer","required":false}]`, inputList(oneInput("b", "integer", false, nil, nil))},
		{"a value that is new", inputList(a), `[{"name":"a","type":"string","required":true,"description":"Ask a.","value":true}]`,
			inputList(oneInput("a", "string", true, "Ask a.", "true"))},
		{"a value of each other JSON type", none, `[{"name":"n","value":1.50},{"name":"t","value":false},{"name":"l","value":[1, 2]},{"name":"o","value":{"k": "v"}}]`,
			inputList(oneInput("n", "string", false, nil, "1.50"), oneInput("t", "string", false, nil, "false"),
				oneInput("l", "string", false, nil, "[1,2]"), oneInput("o", "string", false, nil, `{"k":"v"}`))},
		{"members of other JSON types than promised", none, `[{"name":"n","type":7,"required":"yes","description":[]}]`,
			inputList(oneInput("n", "string", false, nil, nil))},
	} {
		t.Run(row.name, func(t *testing.T) {
			members := `,"type":"webhook"`
			if row.answer != "" {
				members += `,"input_schema":` + row.answer
			}
			if got := (actionModel{Inputs: row.prior}).stateFromServer(answered(t, members)).Inputs; !got.Equal(row.want) {
				t.Errorf("inputs are\n%s, want\n%s", got, row.want)
			}
		})
	}
}

func TestSeenInputsOfOtherTypesMayHaveReservedNames(t *testing.T) {
	for _, row := range []struct {
		actionType, input string
		stays             bool
	}{
		{"webhook", "transfer_to", true},
		{"webhook", "hold_duration", true},
		{"external", "transfer_to", true},
		{"transfer", "hold_duration", true},
		{"transfer", "transfer_to", false},
		{"hold", "transfer_to", true},
		{"hold", "hold_duration", false},
		{"teleport", "transfer_to", true},
	} {
		t.Run(row.input+" on a "+row.actionType, func(t *testing.T) {
			got := actionModel{Inputs: types.ListNull(inputType)}.stateFromServer(answered(t, `,"type":"`+row.actionType+`","input_schema":[{"name":"`+row.input+`","value":"5"}]`))
			want := types.ListNull(inputType)
			if row.stays {
				want = inputList(oneInput(row.input, "string", false, nil, "5"))
			}
			if !got.Inputs.Equal(want) {
				t.Errorf("inputs are %s, want %s", got.Inputs, want)
			}
		})
	}
}

func TestSeenTransferTo(t *testing.T) {
	ours := textOf("+12025550123")
	for _, row := range []struct {
		name    string
		prior   types.String
		members string
		want    types.String
	}{
		{"nothing is said", ours, ``, ours},
		{"the entry is missing", ours, `,"input_schema":[]`, noText},
		{"input_schema is null", ours, `,"input_schema":null`, noText},
		{"as a string", noText, entry(`"+12025550123"`), ours},
		{"as a trimmed string", textOf("+12025550123 "), entry(`"+12025550123"`), textOf("+12025550123 ")},
		{"as a number", ours, entry(`12025550123`), ours},
		{"as a number with a fraction of zero", ours, entry(`12025550123.0`), ours},
		{"as a number, unknown before", noText, entry(`12025550123`), ours},
		{"another", ours, entry(`"+4930123456"`), textOf("+4930123456")},
		{"another as a number", ours, entry(`4930123456`), textOf("+4930123456")},
		{"twice the same", ours, entry(`"+12025550123"`, `"+12025550123"`), ours},
		{"twice, in two forms", ours, entry(`12025550123`, `"+12025550123"`), ours},
		{"the second is another", ours, entry(`"+12025550123"`, `"+4930123456"`), textOf("+4930123456")},
		{"the first is another", ours, entry(`"+4930123456"`, `"+12025550123"`), textOf("+4930123456")},
		{"the first has no value", ours, entry(`null`, `"+12025550123"`), ours},
		{"null", ours, entry(`null`), noText},
		{"empty", ours, entry(`""`), noText},
		{"true", ours, entry(`true`), textOf("true")},
		{"a list", ours, entry(`[1]`), textOf("[1]")},
		{"an object", ours, entry(`{"a":1}`), textOf(`{"a":1}`)},
		{"undocumented at top level", noText, `,"input_schema":[],"transfer_to":"+12025550123"`, ours},
		{"undocumented without input_schema", noText, `,"transfer_to":"+12025550123"`, ours},
		{"undocumented in config", noText, `,"input_schema":[],"config":{"transfer_to":"+12025550123"}`, ours},
		{"undocumented, but null", ours, `,"transfer_to":null`, ours},
		{"the entry wins over the undocumented", ours, entry(`"+12025550123"`) + `,"transfer_to":"+4930123456"`, ours},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := actionModel{TransferTo: row.prior, Inputs: types.ListNull(inputType)}.stateFromServer(answered(t, `,"type":"transfer"`+named(row.members, "transfer_to")))
			if !got.TransferTo.Equal(row.want) {
				t.Errorf("it is %s, want %s", got.TransferTo, row.want)
			}
			if !got.Inputs.IsNull() {
				t.Errorf("inputs are %s", got.Inputs)
			}
		})
	}
}

// entry is an input_schema with an entry called NAME for each value.
func entry(values ...string) string {
	text := ""
	for _, value := range values {
		text += `,{"name":"NAME","type":"string","required":true,"value":` + value + `}`
	}
	return `,"input_schema":[` + text[1:] + `]`
}

func named(members, name string) string { return strings.ReplaceAll(members, "NAME", name) }

func TestSeenHoldDuration(t *testing.T) {
	null, ours := types.Int64Null(), types.Int64Value(30)
	for _, row := range []struct {
		name    string
		prior   types.Int64
		members string
		want    types.Int64
	}{
		{"nothing is said", ours, ``, ours},
		{"the entry is missing", ours, `,"input_schema":[]`, null},
		{"as a number", null, entry(`30`), ours},
		{"as 30.0", ours, entry(`30.0`), ours},
		{"as a string", ours, entry(`"30"`), ours},
		{"another", ours, entry(`31`), types.Int64Value(31)},
		{"twice the same", ours, entry(`30`, `"30"`), ours},
		{"the second is another", ours, entry(`30`, `45`), types.Int64Value(45)},
		{"the first is another", ours, entry(`45`, `30`), types.Int64Value(45)},
		{"the first is no number", ours, entry(`"soon"`, `30`), ours},
		{"no number", ours, entry(`"soon"`), null},
		{"a part of a second", ours, entry(`30.5`), null},
		{"past int64", ours, entry(beyond), null},
		{"true", ours, entry(`true`), null},
		{"a list", ours, entry(`[30]`), null},
		{"null", ours, entry(`null`), null},
		{"undocumented", null, `,"input_schema":[],"hold_duration":30`, ours},
		{"undocumented in config, as a string", null, `,"config":{"hold_duration":"30"}`, ours},
		{"the entry wins over the undocumented", ours, entry(`30`) + `,"hold_duration":45`, ours},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := actionModel{HoldDuration: row.prior, Inputs: types.ListNull(inputType)}.stateFromServer(answered(t, `,"type":"hold"`+named(row.members, "hold_duration")))
			if !got.HoldDuration.Equal(row.want) {
				t.Errorf("it is %s, want %s", got.HoldDuration, row.want)
			}
			if !got.Inputs.IsNull() {
				t.Errorf("inputs are %s", got.Inputs)
			}
		})
	}
}
