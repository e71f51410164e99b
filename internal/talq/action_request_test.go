package talq

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// sent returns the body that an upsert sends.
func sent(t *testing.T, action ActionRequest) string {
	t.Helper()
	var body []byte
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		if r.ContentLength != int64(len(body)) {
			t.Errorf("Content-Length %d of a body of %d", r.ContentLength, len(body))
		}
		respond(w, 201, oneAction)
	})
	if _, err := c.UpsertAction(context.Background(), "g", action); err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(got), &a); err != nil {
		t.Fatalf("%q: %v", got, err)
	}
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestUpsertBodyLeavesOutWhatIsNotPresent(t *testing.T) {
	sameJSON(t, sent(t, minimalAction()), `{"node_id":"n","name":"N","description":"D","type":"webhook"}`)
}

func TestUpsertBodyMembers(t *testing.T) {
	text := func(set func(*ActionRequest, Opt[string])) func(*ActionRequest, bool) {
		return func(a *ActionRequest, null bool) {
			if null {
				set(a, Null[string]())
			} else {
				set(a, Some("<text> & \"more\" ü\n"))
			}
		}
	}
	const textJSON = `"<text> & \"more\" ü\n"`
	for member, test := range map[string]struct {
		set  func(a *ActionRequest, null bool)
		want string // when set
		null string // when null
	}{
		"url":                  {text(func(a *ActionRequest, o Opt[string]) { a.URL = o }), textJSON, "null"},
		"authorization_url":    {text(func(a *ActionRequest, o Opt[string]) { a.AuthorizationURL = o }), textJSON, "null"},
		"authorization_scheme": {text(func(a *ActionRequest, o Opt[string]) { a.AuthorizationScheme = o }), textJSON, "null"},
		"speak_on_send":        {text(func(a *ActionRequest, o Opt[string]) { a.SpeakOnSend = o }), textJSON, "null"},
		"speak_on_receive":     {text(func(a *ActionRequest, o Opt[string]) { a.SpeakOnReceive = o }), textJSON, "null"},
		"execution_mode":       {text(func(a *ActionRequest, o Opt[string]) { a.ExecutionMode = o }), textJSON, "null"},
		"transfer_to":          {text(func(a *ActionRequest, o Opt[string]) { a.TransferTo = o }), textJSON, "null"},
		"hold_duration": {func(a *ActionRequest, null bool) {
			if a.HoldDuration = Some(int64(1)<<53 + 1); null {
				a.HoldDuration = Null[int64]()
			}
		}, "9007199254740993", "null"},
		"integration": {func(a *ActionRequest, null bool) {
			if a.Integration = Some(Integration{ID: "crm"}); null {
				a.Integration = Null[Integration]()
			}
		}, `{"id":"crm"}`, "null"},
		"inputs": {func(a *ActionRequest, null bool) {
			if a.Inputs = Some([]InputRequest{{Name: "i", Type: "string"}}); null {
				a.Inputs = Null[[]InputRequest]()
			}
		}, `[{"name":"i","type":"string","required":false}]`, "null"},
		"custom_headers": {func(a *ActionRequest, null bool) {
			if a.CustomHeaders = Some([]Header{{Name: "X-A", Value: NewSecret("va<l")}}); null {
				a.CustomHeaders = Null[[]Header]()
			}
		}, `[{"key":"X-A","value":"va<l"}]`, "[]"}, // API.md, ruling 5: [] is the neutral value
	} {
		t.Run(member+" set", func(t *testing.T) {
			a := minimalAction()
			test.set(&a, false)
			sameJSON(t, sent(t, a), `{"node_id":"n","name":"N","description":"D","type":"webhook","`+member+`":`+test.want+`}`)
		})
		t.Run(member+" null", func(t *testing.T) {
			a := minimalAction()
			test.set(&a, true)
			sameJSON(t, sent(t, a), `{"node_id":"n","name":"N","description":"D","type":"webhook","`+member+`":`+test.null+`}`)
		})
	}
}

func TestUpsertBodyKeepsTextsAsTheyAre(t *testing.T) {
	a := minimalAction()
	a.Description, a.SpeakOnSend = "<b> & c", Some("<b> & c")
	contains(t, sent(t, a), `"description":"<b> & c"`, `"speak_on_send":"<b> & c"`)
}

func TestUpsertBodyEmptyLists(t *testing.T) {
	a := minimalAction()
	a.Inputs = Some([]InputRequest{})
	a.CustomHeaders = Some([]Header{})
	sameJSON(t, sent(t, a), `{"node_id":"n","name":"N","description":"D","type":"webhook","inputs":[],"custom_headers":[]}`)
}

func TestUpsertBodyKeepsValues(t *testing.T) {
	for _, value := range []string{
		`"text"`, `""`, `9007199254740993`, `1e400`, `-0.10`, `true`, `false`, `{"b":1,"a":[2.50]}`, `[1,[2]]`, `null`,
	} {
		t.Run(value, func(t *testing.T) {
			a := minimalAction()
			a.Inputs = Some([]InputRequest{{Name: "i", Type: "x", Required: true, Description: Null[string](), Value: json.RawMessage(value)}})
			contains(t, sent(t, a), `"value":`+value+`}`, `"description":null`, `"required":true`)
		})
	}
}

func TestUpsertBodySamples(t *testing.T) {
	for name, want := range map[string]ActionRequest{
		"upsert-hold.request.json": {
			NodeID: "action-node-101", Name: "Put Call on Hold", Type: "hold",
			Description: "Put the current call on hold for a specified duration",
			Inputs: Some([]InputRequest{{
				Name: "hold_duration", Type: "integer", Required: true,
				Description: Some("Hold duration in seconds"), Value: json.RawMessage("30"),
			}}),
			HoldDuration: Some(int64(30)), CurrentStatus: "active",
		},
		"upsert-transfer.request.json": {
			NodeID: "action-node-789", Name: "Transfer Call", Type: "transfer",
			Description: "Transfer the call to a human agent",
			Inputs: Some([]InputRequest{{
				Name: "transfer_to", Type: "string", Required: true,
				Description: Some("Transfer to"), Value: json.RawMessage(`"+1234567890"`),
			}}),
			TransferTo: Some("+1234567890"), CurrentStatus: "active",
		},
		"upsert-webhook.request.json": {
			NodeID: "action-node-456", Name: "Schedule Meeting", Type: "webhook",
			Description: "Schedule a meeting with the customer",
			Inputs: Some([]InputRequest{
				{Name: "date", Type: "string", Required: true, Description: Some("Meeting date")},
				{Name: "time", Type: "string", Required: true, Description: Some("Meeting time")},
			}),
			Integration: Some(Integration{ID: "integration-uuid"}), URL: Some("https://api.example.com/schedule"),
			AuthorizationURL: Some("https://api.example.com/auth"), CurrentStatus: "active",
		},
	} {
		t.Run(name, func(t *testing.T) { sameJSON(t, sent(t, want), sample(t, name)) })
	}
}

func TestHeaderValuesStandInTheBodyAlone(t *testing.T) {
	const canary = "canary-header-value"
	a := minimalAction()
	a.CustomHeaders = Some([]Header{{Name: "X-Key", Value: NewSecret(canary)}})
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for name, values := range r.Header {
			lacks(t, name+strings.Join(values, " "), canary)
		}
		lacks(t, r.RequestURI, canary)
		body, _ := io.ReadAll(r.Body)
		contains(t, string(body), `{"key":"X-Key","value":"`+canary+`"}`)
		respond(w, 200, oneAction)
	})
	if _, err := c.UpsertAction(context.Background(), "g", a); err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	lacks(t, string(plain), canary)
}

func TestUpsertWithABrokenValueSendsNothing(t *testing.T) {
	a := minimalAction()
	a.Inputs = Some([]InputRequest{{Name: "i", Value: json.RawMessage(`{`)}})
	c := over(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return answering(200, oneAction)()
	})
	if _, err := c.UpsertAction(context.Background(), "g", a); err == nil {
		t.Error("no error")
	}
}
