package action

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// FuzzInputValue takes a value of the API's into the state and back onto the
// wire. The state takes valid UTF-8 only, and what was read is no drift.
func FuzzInputValue(f *testing.F) {
	for _, value := range []string{`30`, `30.0`, `3e1`, `-0`, `1e400`, `1e999999999`, `9007199254740993`, `"text"`, `"30"`, `""`, `" "`, `true`, `[1,"a"]`, `{"k":null}`, `{"k":1,"k":2}`,
		"{\"k\":\"\xff\"}", "\"\xff\"", `"\ud800"`, `[[[[]]]]`, `"{\"k\":1}"`, `1.00000000000000000000000000001`} {
		for _, kind := range []string{"string", "integer", "number", "boolean", "array", "object", "colour", ""} {
			f.Add(kind, []byte(value))
		}
	}
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		var input talq.Input
		body, err := json.Marshal(map[string]any{"name": "n", "type": kind})
		if err != nil || !utf8.ValidString(kind) {
			return
		}
		body = append(append(append(body[:len(body)-1], `,"value":`...), raw...), '}')
		if json.Unmarshal(body, &input) != nil {
			return
		}
		first := inputModel{}.stateFromServer(input)
		check.ValidValue(t, first)
		known := first.(types.Object).Attributes()
		model := inputModel{Name: known["name"].(types.String), Type: known["type"].(types.String), Required: known["required"].(types.Bool),
			Description: known["description"].(types.String), Value: known["value"].(types.String)}
		if second := model.stateFromServer(input); !second.Equal(first) {
			t.Errorf("%s is first %s, then %s", raw, first, second)
		}
		if !model.Value.IsNull() {
			if sent, err := tfvalue.WireValue(model.Type.ValueString(), model.Value.ValueString()); err == nil && !json.Valid(sent) {
				t.Errorf("%s is sent as %s", raw, sent)
			}
		}
	})
}

// FuzzSeen reads actions and agents into the state: twice the same, and nothing
// that a state cannot hold.
func FuzzSeen(f *testing.F) {
	samples, err := filepath.Glob("../../talq/testdata/*.json")
	if err != nil || len(samples) == 0 {
		f.Fatalf("no samples: %v", err)
	}
	for _, file := range samples {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var inside struct {
			Data json.RawMessage `json:"data"`
		}
		if json.Unmarshal(content, &inside) != nil {
			continue
		}
		var items []json.RawMessage
		if json.Unmarshal(inside.Data, &items) != nil {
			items = []json.RawMessage{inside.Data}
		}
		for _, item := range items {
			for _, kind := range ActionTypes {
				f.Add(kind, []byte(item))
			}
		}
	}
	for _, text := range []string{
		`{"id":"a","name":"\u001b[31m\ud800","description":"` + "\xff" + `","input_schema":[{"name":"hold_duration","value":1e999},{"name":"transfer_to","value":12025550123}]}`,
		`{"id":"a","voice":{"stability":1e2000000000,"similarity_boost":-1e-2000000000},"conversation_speed":"1e5","initial_message_delay":99999999999999999999999}`,
		`{"id":"a","type":"hold","hold_duration":"9223372036854775808","config":{"hold_duration":1.0,"integration":{"id":5}}}`,
	} {
		f.Add("hold", []byte(text))
	}
	f.Fuzz(func(t *testing.T, kind string, raw []byte) {
		var action talq.Action
		if json.Unmarshal(raw, &action) == nil {
			model := someAction(kind)
			once := model.stateFromServer(action)
			twice := once.stateFromServer(action)
			if differing := twice.differing(&once); len(differing) > 0 {
				t.Errorf("%s: %v differ when it is read again", raw, differing)
			}
			for _, value := range once.attributes() {
				if value.Equal(model.Type) {
					continue // as the fuzzer gave it
				}
				check.ValidValue(t, value)
			}
		}
	})
}
