package talq

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func decode(t *testing.T, text string) Action {
	t.Helper()
	var a Action
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return a
}

func TestActionSamples(t *testing.T) {
	play, _ := script(answering(200, sample(t, "list-actions.response.json")))
	got, err := list(over(t, play))
	if err != nil || len(got) != 3 {
		t.Fatalf("%d actions: %v", len(got), err)
	}
	want := Action{
		ID: "action-uuid-3", Name: Some("Put Call on Hold"), Label: Some("Put Call on Hold"),
		Description: Some("Put the current call on hold for a specified duration"), Type: Some("hold"),
		Inputs: Some([]Input{{
			Name: "hold_duration", Type: "integer", Required: true, Description: "Hold duration in seconds", Value: json.RawMessage("30"),
		}}),
		Config: Null[json.RawMessage](), ActionTrigger: Null[json.RawMessage](),
		URL: Null[string](), AuthorizationURL: Null[string](), CurrentStatus: Some("inactive"),
		CreatedAt: Some("2024-01-15T12:00:00Z"), UpdatedAt: Some("2024-01-15T12:00:00Z"),
	}
	if !reflect.DeepEqual(got[2], want) {
		t.Errorf("got  %+v\nwant %+v", got[2], want)
	}
	if *got[0].URL.Value != "https://api.example.com/schedule" || len(*got[0].Inputs.Value) != 2 || (*got[0].Inputs.Value)[0].Value != nil {
		t.Errorf("%+v", got[0])
	}
}

// documented has a good value and wrong ones for each field of API.md.
var documented = map[string]struct {
	good  string
	wrong []string
	get   func(Action) (present, null bool)
}{
	"name":              {`"x"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.Name.Present, a.Name.Value == nil }},
	"label":             {`"x"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.Label.Present, a.Label.Value == nil }},
	"description":       {`"x"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.Description.Present, a.Description.Value == nil }},
	"type":              {`"never heard of"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.Type.Present, a.Type.Value == nil }},
	"input_schema":      {`[]`, []string{`5`, `true`, `{}`, `"x"`, `[5]`, `["x"]`, `[[]]`, `[null]`}, func(a Action) (bool, bool) { return a.Inputs.Present, a.Inputs.Value == nil }},
	"config":            {`{"a":1}`, nil, func(a Action) (bool, bool) { return a.Config.Present, a.Config.Value == nil }},
	"action_trigger":    {`[1,"x"]`, nil, func(a Action) (bool, bool) { return a.ActionTrigger.Present, a.ActionTrigger.Value == nil }},
	"url":               {`"x"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.URL.Present, a.URL.Value == nil }},
	"authorization_url": {`"x"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.AuthorizationURL.Present, a.AuthorizationURL.Value == nil }},
	"current_status":    {`"x"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.CurrentStatus.Present, a.CurrentStatus.Value == nil }},
	"created_at":        {`"no time"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.CreatedAt.Present, a.CreatedAt.Value == nil }},
	"updated_at":        {`"no time"`, []string{`5`, `true`, `{}`, `[]`}, func(a Action) (bool, bool) { return a.UpdatedAt.Present, a.UpdatedAt.Value == nil }},
}

func TestActionFields(t *testing.T) {
	for name, test := range documented {
		t.Run(name+" left out", func(t *testing.T) {
			if present, _ := test.get(decode(t, `{"id":"a"}`)); present {
				t.Error("present")
			}
		})
		t.Run(name+" null", func(t *testing.T) {
			if present, null := test.get(decode(t, fmt.Sprintf(`{"id":"a",%q:null}`, name))); !present || !null {
				t.Errorf("present %t, null %t", present, null)
			}
		})
		t.Run(name+" set", func(t *testing.T) {
			if present, null := test.get(decode(t, fmt.Sprintf(`{"id":"a",%q:%s}`, name, test.good))); !present || null {
				t.Errorf("present %t, null %t", present, null)
			}
		})
		for _, wrong := range test.wrong {
			t.Run(name+" of a wrong type "+wrong, func(t *testing.T) {
				play, _ := script(answering(200, fmt.Sprintf(`{"data":[{"id":"a",%q:%s}]}`, name, wrong)))
				_, err := list(over(t, play))
				var e *UnreadableError
				if !errors.As(err, &e) {
					t.Errorf("error %T %v", err, err)
				}
			})
		}
	}
}

func TestActionNeedsAnID(t *testing.T) {
	for _, text := range []string{`{}`, `{"id":null}`, `{"id":""}`, `{"id":5}`, `{"id":{}}`, `[]`, `5`, `"a"`} {
		var a Action
		if err := json.Unmarshal([]byte(text), &a); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

func TestActionDecodingForgetsWhatWasThere(t *testing.T) {
	a := decode(t, `{"id":"a","name":"n","node_id":"x"}`)
	if err := json.Unmarshal([]byte(`{"id":"b"}`), &a); err != nil || a.Name.Present || a.Undocumented.NodeID != nil {
		t.Errorf("%+v: %v", a, err)
	}
}

func TestInputs(t *testing.T) {
	for name, test := range map[string]struct {
		entry string
		want  Input
	}{
		"name alone":           {`{"name":"i"}`, Input{Name: "i"}},
		"all null":             {`{"name":"i","type":null,"required":null,"description":null,"value":null}`, Input{Name: "i"}},
		"wrong types":          {`{"name":"i","type":1,"required":"yes","description":{}}`, Input{Name: "i"}},
		"empty name":           {`{"name":""}`, Input{}},
		"more than documented": {`{"name":"i","enum":[1],"default":null}`, Input{Name: "i"}},
		"all set": {
			`{"name":"i","type":"t","required":true,"description":"d","value":"v"}`,
			Input{Name: "i", Type: "t", Required: true, Description: "d", Value: json.RawMessage(`"v"`)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := decode(t, `{"id":"a","input_schema":[`+test.entry+`]}`)
			if got := (*a.Inputs.Value)[0]; !reflect.DeepEqual(got, test.want) {
				t.Errorf("%+v", got)
			}
		})
	}
	for _, entry := range []string{`{}`, `{"name":null}`, `{"name":5}`, `null`, `5`} {
		t.Run("entry "+entry, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":[{"id":"a","input_schema":[`+entry+`]}]}`))
			_, err := list(over(t, play))
			var e *UnreadableError
			if !errors.As(err, &e) {
				t.Errorf("error %T %v", err, err)
			}
		})
	}
}

func TestValuesAreKeptByteExact(t *testing.T) {
	for _, value := range []string{
		`"text"`, `""`, `"\u00fc\/<&>"`, `0`, `-0`, `30.0`, `9007199254740993`, `123456789012345678901234567890`,
		`1e400`, `-1E-400`, `true`, `false`, `{}`, `{"b": 1,  "a": [2.50]}`, `[]`, `[1, [2, {"x": null}]]`,
	} {
		t.Run(value, func(t *testing.T) {
			body := `{"data":[{"id":"a","config":` + value + `,"action_trigger":` + value +
				`,"transfer_to":` + value + `,"hold_duration":` + value +
				`,"input_schema":[{"name":"i","value":` + value + `}]}]}`
			play, _ := script(answering(200, body))
			got, err := list(over(t, play))
			if err != nil {
				t.Fatal(err)
			}
			a := got[0]
			for where, raw := range map[string]json.RawMessage{
				"config": *a.Config.Value, "action_trigger": *a.ActionTrigger.Value, "value": (*a.Inputs.Value)[0].Value,
				"transfer_to": a.Undocumented.TransferTo, "hold_duration": a.Undocumented.HoldDuration,
			} {
				if !bytes.Equal(raw, []byte(value)) {
					t.Errorf("%s became %s", where, raw)
				}
			}
		})
	}
}

func TestUndocumentedFields(t *testing.T) {
	texts := map[string]func(Undocumented) *string{
		"node_id":              func(u Undocumented) *string { return u.NodeID },
		"authorization_scheme": func(u Undocumented) *string { return u.AuthorizationScheme },
		"speak_on_send":        func(u Undocumented) *string { return u.SpeakOnSend },
		"speak_on_receive":     func(u Undocumented) *string { return u.SpeakOnReceive },
		"execution_mode":       func(u Undocumented) *string { return u.ExecutionMode },
		"integration":          func(u Undocumented) *string { return u.IntegrationID },
	}
	for name, get := range texts {
		value := func(text string) string {
			if name == "integration" {
				return `{"id":` + text + `,"name":"more"}`
			}
			return text
		}
		for where, format := range map[string]string{
			"at top level": `{"id":"a",%q:%s}`, "in config": `{"id":"a","config":{%q:%s}}`,
		} {
			t.Run(name+" "+where, func(t *testing.T) {
				got := get(decode(t, fmt.Sprintf(format, name, value(`"x"`))).Undocumented)
				if got == nil || *got != "x" {
					t.Errorf("got %v", got)
				}
				if got := get(decode(t, fmt.Sprintf(format, name, value(`""`))).Undocumented); got == nil || *got != "" {
					t.Errorf("empty text: got %v", got)
				}
				for _, absent := range []string{"null", "5", "true", "[]", `{"a":1}`, value("null"), value("5")} {
					if got := get(decode(t, fmt.Sprintf(format, name, absent)).Undocumented); got != nil {
						t.Errorf("%s: got %q", absent, *got)
					}
				}
			})
		}
		t.Run(name+" at both places", func(t *testing.T) {
			both := fmt.Sprintf(`{"id":"a",%q:%s,"config":{%q:%s}}`, name, value(`"top"`), name, value(`"config"`))
			if got := get(decode(t, both).Undocumented); *got != "top" {
				t.Errorf("got %q", *got)
			}
			nullOnTop := fmt.Sprintf(`{"id":"a",%q:null,"config":{%q:%s}}`, name, name, value(`"config"`))
			if got := get(decode(t, nullOnTop).Undocumented); got == nil || *got != "config" {
				t.Errorf("null on top: got %v", got)
			}
		})
	}
	t.Run("numbers null", func(t *testing.T) {
		u := decode(t, `{"id":"a","transfer_to":null,"config":{"hold_duration":null}}`).Undocumented
		if u.TransferTo != nil || u.HoldDuration != nil {
			t.Errorf("%+v", u)
		}
	})
	t.Run("none", func(t *testing.T) {
		if u := decode(t, `{"id":"a","config":["no object"]}`).Undocumented; !reflect.DeepEqual(u, Undocumented{}) {
			t.Errorf("%+v", u)
		}
	})
}

func TestHeaderValuesAreNeverReadBack(t *testing.T) {
	a := decode(t, `{"id":"a","custom_headers":[{"key":"K","value":"canary"}]}`)
	if text := fmt.Sprintf("%+v", a); strings.Contains(text, "canary") {
		t.Error(text)
	}
}
