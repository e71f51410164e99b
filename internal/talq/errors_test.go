package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestErrorShapes(t *testing.T) {
	remarks := func(texts ...string) []FieldError { return []FieldError{{Messages: texts}} }
	for name, test := range map[string]struct {
		status  int
		body    string
		code    string
		message string
		fields  []FieldError
	}{
		"validation": {
			422, `{"success":false,"message":"The given data was invalid.","errors":{"name":["The name field is required.","Too short."],"inputs.0.name":["Taken."]}}`,
			"", "The given data was invalid.",
			[]FieldError{{"inputs.0.name", []string{"Taken."}}, {"name", []string{"The name field is required.", "Too short."}}},
		},
		"not found":            {404, `{"success":false,"message":"Agent not found"}`, "", "Agent not found", nil},
		"other environment":    {404, `{"success":false,"message":"Agent not found in this environment."}`, "", "Agent not found in this environment.", nil},
		"unauthenticated":      {401, `{"success":false,"message":"Unauthenticated."}`, "", "Unauthenticated.", nil},
		"no token":             {401, `{"message":"Missing Bearer Token"}`, "", "Missing Bearer Token", nil},
		"code beside message":  {401, `{"error":"TOKEN_EXPIRED","message":"It expired.","status_code":401}`, "TOKEN_EXPIRED", "It expired.", nil},
		"error object":         {404, `{"success":false,"error":{"code":"AGENT_NOT_FOUND","message":"No agent.","details":{}}}`, "AGENT_NOT_FOUND", "No agent.", nil},
		"details by field":     {422, `{"error":{"code":"VALIDATION_ERROR","message":"Bad.","details":{"url":["No URL."],"name":"Long."}}}`, "VALIDATION_ERROR", "Bad.", []FieldError{{"name", []string{"Long."}}, {"url", []string{"No URL."}}}},
		"details empty list":   {422, `{"error":{"code":"C","message":"Bad.","details":[]}}`, "C", "Bad.", nil},
		"list of texts":        {422, `{"success":false,"message":"Bad.","errors":["One.","Two."]}`, "", "Bad.", remarks("One.", "Two.")},
		"one text":             {422, `{"message":"Bad.","errors":"One."}`, "", "Bad.", remarks("One.")},
		"mixed list":           {422, `{"message":"Bad.","errors":["One.",2,null,{"a":"b"},""]}`, "", "Bad.", remarks("One.")},
		"map of mixed":         {422, `{"message":"Bad.","errors":{"a":1,"b":null,"c":{"d":"e"},"f":"Six.","g":[]}}`, "", "Bad.", []FieldError{{"f", []string{"Six."}}}},
		"errors null":          {422, `{"message":"Bad.","errors":null}`, "", "Bad.", nil},
		"errors a number":      {422, `{"message":"Bad.","errors":3}`, "", "Bad.", nil},
		"code at top level":    {403, `{"code":"UNAUTHORIZED","message":"You may not."}`, "UNAUTHORIZED", "You may not.", nil},
		"two codes":            {403, `{"code":"A","message":"M.","error":{"code":"B","message":"N."}}`, "A", "M.", nil},
		"error is a sentence":  {400, `{"error":"something went wrong"}`, "", "something went wrong", nil},
		"error is a code":      {400, `{"error":"BROKEN"}`, "BROKEN", "Bad Request: the answer had no message.", nil},
		"sentence and message": {400, `{"error":"Bad Request","message":"M."}`, "Bad Request", "M.", nil},
		"only field errors":    {422, `{"errors":{"a":["A."]}}`, "", "Unprocessable Entity: the answer had no message.", []FieldError{{"a", []string{"A."}}}},
		"empty object":         {500, `{}`, "", "Internal Server Error: the answer had no message.", nil},
		"empty message":        {500, `{"message":"  "}`, "", "Internal Server Error: the answer had no message.", nil},
		"message of controls":  {500, `{"message":"\u0000\u001b \u0007"}`, "", "Internal Server Error: the answer had no message.", nil},
		"message not a text":   {500, `{"message":{"a":1},"code":7,"error":true}`, "", "Internal Server Error: the answer had no message.", nil},
		"error a list":         {500, `{"error":[1]}`, "", "Internal Server Error: the answer had no message.", nil},
		"list":                 {500, `[{"message":"M."}]`, "", "Internal Server Error: the answer had no message.", nil},
		"text":                 {500, `"M."`, "", "Internal Server Error: the answer had no message.", nil},
		"null":                 {500, `null`, "", "Internal Server Error: the answer had no message.", nil},
		"empty":                {502, ``, "", "Bad Gateway: the answer was empty.", nil},
		"white space":          {502, "\r\n", "", "Bad Gateway: the answer was empty.", nil},
		"cut short":            {422, `{"message":"The given da`, "", "Unprocessable Entity: the answer was cut short or is no JSON.", nil},
		"unknown status":       {599, ``, "", "Unknown status: the answer was empty.", nil},
		"redirect":             {302, `{"message":"canary"}`, "", "The server answered with a redirect, which is never followed: it could take the token elsewhere. Set base_url to the API's own address.", nil},
		"too deep":             {500, strings.Repeat(`{"error":`, 20_000) + "1" + strings.Repeat("}", 20_000), "", "Internal Server Error: the answer was cut short or is no JSON.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(test.status, test.body))
			err := over(t, play, func(c *Config) { c.MaxRetries = 0 }).DeleteAction(context.Background(), "g", "a")
			var e *APIError
			if !errors.As(err, &e) {
				t.Fatalf("error %T %v", err, err)
			}
			want := &APIError{
				Method: "DELETE", Path: "/api/v1/agents/g/actions/a", Status: test.status, Attempts: 1,
				Code: test.code, Message: test.message, Fields: test.fields,
				FromAPI: test.code != "" || !isOurs(test.message),
			}
			if !reflect.DeepEqual(e, want) {
				t.Errorf("got  %+v\nwant %+v", e, want)
			}
			contains(t, err.Error(), test.message, "(DELETE /api/v1/agents/g/actions/a answered HTTP ")
		})
	}
}

// isOurs reports whether a message is what the client says where the API said nothing.
func isOurs(message string) bool {
	return strings.Contains(message, "the answer was") || strings.Contains(message, "the answer had") || strings.Contains(message, "a redirect, which is never followed")
}

func TestErrorsOfProxies(t *testing.T) {
	page := "<html><title>canary</title></html>"
	for kind, want := range map[string]string{
		"text/html; charset=utf-8": "web page", "text/plain": "no JSON", "": "no JSON", ";;": "no JSON",
		"application/problem+json": "cut short or is no JSON",
	} {
		t.Run(kind, func(t *testing.T) {
			e := decodeError(503, http.Header{"Content-Type": {kind}}, []byte(page), nil)
			contains(t, e.Message, "Service Unavailable", want)
			lacks(t, e.Message, "canary")
		})
	}
	if e := decodeError(500, nil, []byte("x"), nil); e.Message == "" {
		t.Error("no header, no message")
	}
}

func TestErrorText(t *testing.T) {
	e := &APIError{
		Method: "POST", Path: "/p", Status: 422, Code: "VALIDATION_ERROR", Message: "Invalid.", Attempts: 2,
		Fields: []FieldError{{"", []string{"Remark."}}, {"name", []string{"One.", "Two."}}},
	}
	want := "Invalid.\n  - Remark.\n  - name: One. Two.\n(POST /p answered HTTP 422, code VALIDATION_ERROR, after 2 attempts)"
	if e.Error() != want {
		t.Errorf("%q", e.Error())
	}
}

func TestErrorTextsAreFitForATerminal(t *testing.T) {
	const nasty = "red \x1b[31m\x1b]0;title\x07 \u009b2J bell\r\nnew\tline \u202eesrever\u2066 nul\x00 \xff end"
	text, _ := json.Marshal(nasty)
	body := fmt.Sprintf(`{"message":%[1]s,"code":%[1]s,"errors":{%[1]s:[%[1]s]}}`, text)
	e := decodeError(422, nil, []byte(body), nil)
	if len(e.Fields) != 1 || len(e.Fields[0].Messages) != 1 {
		t.Fatalf("%+v", e)
	}
	for _, got := range []string{e.Message, e.Code, e.Fields[0].Field, e.Fields[0].Messages[0]} {
		contains(t, got, "red", "esrever", "end")
		if !utf8.ValidString(got) || strings.ContainsFunc(got, unicode.IsControl) ||
			strings.ContainsFunc(got, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }) {
			t.Errorf("%q", got)
		}
	}
}

func TestErrorsStayShort(t *testing.T) {
	long, many := strings.Repeat("ü", 100_000), strings.Repeat(`"x",`, 10_000)+`"x"`
	var fields strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&fields, `"field%05d":["%s"],`, i, strings.Repeat("y", 100))
	}
	for name, body := range map[string]string{
		"long texts":    fmt.Sprintf(`{"message":%[1]q,"code":%[1]q,"errors":{%[1]q:[%[1]q]}}`, long),
		"many messages": `{"message":"m","errors":{"f":[` + many + `]}}`,
		"long list":     `{"message":"m","errors":[` + many + `]}`,
		"many fields":   `{"message":"m","errors":{` + fields.String() + `"z":"z"}}`,
		"long page":     long,
	} {
		t.Run(name, func(t *testing.T) {
			text := decodeError(422, nil, []byte(body), nil).Error()
			if length := utf8.RuneCountInString(text); length > 10_000 {
				t.Errorf("%d characters", length)
			}
			if name != "long page" {
				contains(t, text, "[…]")
			}
		})
	}
}

func TestTextAtTheBoundIsNotCut(t *testing.T) {
	if text := strings.Repeat("ü", maxMessage); printable(text) != text {
		t.Error("cut")
	}
	if got := printable(strings.Repeat("ü", maxMessage+1)); got != strings.Repeat("ü", maxMessage)+" […]" {
		t.Error(len(got))
	}
}

func TestIsNotFound(t *testing.T) {
	for name, test := range map[string]struct {
		err             error
		notFound, other bool
	}{
		"nil":                     {nil, false, false},
		"another error":           {errors.New("not found"), false, false},
		"404":                     {&APIError{Status: 404, Message: "Agent not found"}, true, false},
		"404, wrapped":            {fmt.Errorf("x: %w", &APIError{Status: 404}), true, false},
		"404 of the environment":  {&APIError{Status: 404, Message: "Agent not found in this environment."}, true, true},
		"in capitals":             {&APIError{Status: 404, Message: "AGENT NOT FOUND IN THIS ENVIRONMENT"}, true, true},
		"403 of the environment":  {&APIError{Status: 403, Message: "Not allowed in this environment."}, false, false},
		"success false under 200": {&APIError{Status: 200, Message: "Agent not found in this environment."}, false, false},
		"410":                     {&APIError{Status: 410}, false, false},
		"unreachable":             {&UnreachableError{Err: errors.New("404")}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			if isNotFound(test.err) != test.notFound || IsOtherEnvironment(test.err) != test.other {
				t.Errorf("IsNotFound %t, IsOtherEnvironment %t", isNotFound(test.err), IsOtherEnvironment(test.err))
			}
		})
	}
}

func TestCausesCanBeUnwrapped(t *testing.T) {
	cause := errors.New("cause")
	play, _ := script(failing(cause))
	_, err := list(over(t, play))
	if !errors.Is(err, cause) {
		t.Errorf("%v does not hold its cause", err)
	}
	if err = (&UnreadableError{Err: cause}); !errors.Is(err, cause) {
		t.Errorf("%v does not hold its cause", err)
	}
	if text := (&UnreachableError{Host: "h", Attempts: 1, Err: cause}).Error(); !strings.Contains(text, "tried once") {
		t.Error(text)
	}
}
