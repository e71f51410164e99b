package talq

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// samples returns the vendor's samples and the bodies of the tables.
func samples(f *testing.F) []string {
	f.Helper()
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no samples: %v", err)
	}
	var found []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		found = append(found, string(b))
	}
	for _, test := range unreadableAnswers {
		if len(test.body) < 1000 { // the nested ones would slow it down
			found = append(found, test.body)
		}
	}
	return found
}

func FuzzDecodeError(f *testing.F) {
	for _, body := range append(
		samples(f),
		`{"success":false,"message":"The given data was invalid.","errors":{"name":["The name field is required."]}}`,
		`{"error":"TOKEN_EXPIRED","message":"…","status_code":401}`,
		`{"success":false,"error":{"code":"C","message":"M","details":{"a":["b"]}}}`,
		`{"success":false,"message":"M","errors":["a","b"]}`,
		`{"message":"secret-\u001b[31mvalue sec secret-value ab"}`,
	) {
		f.Add(422, "application/json", []byte(body))
		f.Add(502, "text/html", []byte(body))
	}
	hidden := newSecrets(NewSecret("secret-value"), NewSecret(testToken))
	f.Fuzz(func(t *testing.T, status int, kind string, body []byte) {
		e := decodeError(status, http.Header{"Content-Type": {kind}}, body, hidden)
		if strings.TrimSpace(e.Message) == "" || e.Status != status {
			t.Fatalf("%+v", e)
		}
		text := e.Error()
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) {
			t.Errorf("%q", text)
		}
		for _, secret := range []string{"secret-value", testToken} {
			if strings.Contains(text, secret) {
				t.Errorf("%q holds %s", text, secret)
			}
		}
		if again := decodeError(status, http.Header{"Content-Type": {kind}}, body, hidden); !reflect.DeepEqual(e, again) {
			t.Errorf("%+v, then %+v", e, again)
		}
	})
}

func FuzzAction(f *testing.F) {
	for _, body := range samples(f) {
		f.Add([]byte(body))
		var inside struct {
			Data json.RawMessage `json:"data"`
		}
		if json.Unmarshal([]byte(body), &inside) != nil {
			continue
		}
		f.Add([]byte(inside.Data))
		var items []json.RawMessage
		_ = json.Unmarshal(inside.Data, &items)
		for _, item := range items {
			f.Add([]byte(item))
		}
	}
	f.Add([]byte(`{"id":"a","config":{"node_id":"n","integration":{"id":"i"}},"transfer_to":1e400,"input_schema":[{"name":"x","value":[1]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var a Action
		if json.Unmarshal(body, &a) == nil {
			check(t, a)
		}
		var agent Agent
		if json.Unmarshal(body, &agent) == nil && agent.Actions.Value != nil {
			for _, a := range *agent.Actions.Value {
				check(t, a)
			}
		}
	})
}

func check(t *testing.T, a Action) {
	t.Helper()
	if a.ID == "" {
		t.Errorf("no id in %+v", a)
	}
	values := []json.RawMessage{a.Undocumented.TransferTo, a.Undocumented.HoldDuration}
	if a.Inputs.Value != nil {
		for _, input := range *a.Inputs.Value {
			values = append(values, input.Value)
		}
	}
	for _, value := range values {
		if value != nil && (!json.Valid(value) || string(value) == "null") {
			t.Errorf("the value %s", value)
		}
	}
}
