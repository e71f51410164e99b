package talq

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

func TestPutFlowSamples(t *testing.T) {
	for name, flow := range map[string]FlowRequest{
		"update-agent-flow.request.json": {ConversationMode: LLMDriven},
		"update-agent-flow.request-2.json": {
			ConversationMode: FlowDriven, FlowConfig: Some(json.RawMessage(configIn(t, "update-agent-flow.request-2.json"))),
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, map[string]reply{putFlow: {200, sample(t, "update-agent-flow.response.json")}})
			got, err := c.PutFlow(t.Context(), "g", flow)
			if err != nil || got.Mode() != FlowDriven || string(*got.FlowConfig.Value) != `{}` {
				t.Errorf("%+v: %v", got, err)
			}
			if len(asked.bodies) != 1 {
				t.Fatalf("sent %q", asked.lines)
			}
			sameJSON(t, asked.bodies[0], sample(t, name))
		})
	}
}

func TestPutFlowBody(t *testing.T) {
	for name, test := range map[string]struct {
		flow FlowRequest
		want string
	}{
		"left out": {FlowRequest{ConversationMode: LLMDriven}, `{"conversation_mode":"llm_driven"}`},
		"null":     {FlowRequest{ConversationMode: LLMDriven, FlowConfig: Null[json.RawMessage]()}, `{"conversation_mode":"llm_driven","flow_config":null}`},
		"empty": {
			FlowRequest{ConversationMode: FlowDriven, FlowConfig: Some(json.RawMessage(`{}`))}, `{"conversation_mode":"flow_driven","flow_config":{}}`,
		},
		"numbers, order and texts as written": {
			FlowRequest{ConversationMode: FlowDriven, FlowConfig: Some(json.RawMessage(`{"b":1.50, "a":9007199254740993, "t":"<b> & \u00fc"}`))},
			`{"conversation_mode":"flow_driven","flow_config":{"b":1.50,"a":9007199254740993,"t":"<b> & \u00fc"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := bodySentBy(t, func(c *Client) error { _, err := c.PutFlow(t.Context(), "g", test.flow); return err })
			if got != test.want+"\n" {
				t.Errorf("sent %s, want %s", got, test.want)
			}
		})
	}
}

func TestAFlowThatIsNoJSONIsNotSent(t *testing.T) {
	config := json.RawMessage(`{"nodes":`)
	for name, run := range map[string]func(*Client) error{
		"put": func(c *Client) error {
			_, err := c.PutFlow(t.Context(), "g", FlowRequest{ConversationMode: FlowDriven, FlowConfig: Some(config)})
			return err
		},
		"validate": func(c *Client) error { _, err := c.ValidateFlow(t.Context(), "g", config); return err },
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, nil)
			var unsent *NotSentError
			if err := run(c); !errors.As(err, &unsent) {
				t.Errorf("error %T %v", err, err)
			}
			if made := asked.made(); made != nil {
				t.Errorf("sent %q", made)
			}
		})
	}
}

func TestPutFlowIsSentAgain(t *testing.T) {
	play, count := script(failing(io.ErrUnexpectedEOF), answering(502, ""), answering(200, sample(t, "update-agent-flow.response.json")))
	if _, err := over(t, play).PutFlow(t.Context(), "g", FlowRequest{ConversationMode: LLMDriven}); err != nil || *count != 3 {
		t.Errorf("%d requests, %v", *count, err)
	}
}

func TestPutFlowAnsweredWithLittle(t *testing.T) {
	play, _ := script(answering(200, `{"success":true,"data":{}}`))
	if got, err := over(t, play).PutFlow(t.Context(), "g", FlowRequest{}); err != nil || got.ConversationMode.Present || got.FlowConfig.Present {
		t.Errorf("%+v: %v", got, err)
	}
}

func TestPutFlowThatIsRefused(t *testing.T) {
	c, _ := serveReplies(t, map[string]reply{putFlow: {422, sample(t, "update-agent-flow.error.json")}})
	_, err := c.PutFlow(t.Context(), "g", FlowRequest{ConversationMode: FlowDriven})
	if !IsCertain(err) {
		t.Errorf("error %T %v", err, err)
	}
	want := []string{"initial_node_id 'node-greet' not found in nodes", "Node 'node-qualify' references unknown next node 'node-bookx'"}
	if got := FlowErrors(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	contains(t, err.Error(), "Flow validation failed", want[0], want[1], "PUT /api/v1/agents/g/flow answered HTTP 422")
}

func TestFlowErrors(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   []string
	}{
		"a list":                   {422, `{"message":"M","errors":["b","a"]}`, []string{"b", "a"}},
		"by field":                 {422, `{"message":"M","errors":{"flow_config.nodes.0.id":["Required."],"conversation_mode":["Invalid.","Required."]}}`, []string{"conversation_mode: Invalid.", "conversation_mode: Required.", "flow_config.nodes.0.id: Required."}},
		"details of an error":      {422, `{"error":{"code":"C","message":"M","details":["a"]}}`, []string{"a"}},
		"one text":                 {422, `{"errors":"a"}`, []string{"a"}},
		"400":                      {400, `{"errors":["a"]}`, []string{"a"}},
		"success false":            {200, `{"success":false,"errors":["a"]}`, []string{"a"}},
		"control characters":       {422, `{"errors":["a\u001b[31m\nb"]}`, []string{"a [31m b"}},
		"no sentences":             {422, `{"message":"M"}`, nil},
		"none of use":              {422, `{"message":"M","errors":[5,"",null]}`, nil},
		"not about the flow":       {403, `{"message":"No.","errors":["a"]}`, nil},
		"an agent that is not":     {404, `{"message":"Agent not found","errors":["a"]}`, nil},
		"the server's own trouble": {500, `{"message":"M","errors":["a"]}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(test.status, test.body))
			_, err := over(t, play).PutFlow(t.Context(), "g", FlowRequest{})
			if err == nil {
				t.Fatal("no error")
			}
			if got := FlowErrors(err); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
	if FlowErrors(nil) != nil || FlowErrors(errors.New("other")) != nil {
		t.Error("errors of another kind have sentences")
	}
	t.Run("at most 50", func(t *testing.T) {
		play, _ := script(answering(422, `{"errors":[`+strings.Repeat(`"a",`, 99)+`"b"]}`))
		_, err := over(t, play).PutFlow(t.Context(), "g", FlowRequest{})
		if got := FlowErrors(err); len(got) != 51 || got[50] != "[…]" {
			t.Errorf("%d sentences", len(got))
		}
	})
}

func TestValidateFlowSamples(t *testing.T) {
	config := json.RawMessage(configIn(t, "validate-agent-flow.request.json"))
	for name, test := range map[string]struct {
		reply reply
		want  []string
	}{
		"valid":                {reply{200, sample(t, "validate-agent-flow.response.json")}, nil},
		"invalid, 422":         {reply{422, sample(t, "validate-agent-flow.error.json")}, []string{"Duplicate node id: 'node-greet'", "Node 'node-end' is unreachable"}},
		"invalid, under a 200": {reply{200, sample(t, "validate-agent-flow.error.json")}, []string{"Duplicate node id: 'node-greet'", "Node 'node-end' is unreachable"}},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, map[string]reply{validateFlow: test.reply})
			got, err := c.ValidateFlow(t.Context(), "g", config)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%q: %v", got, err)
			}
			if len(asked.bodies) != 1 || asked.lines[0] != validateFlow {
				t.Fatalf("sent %q", asked.lines)
			}
			sameJSON(t, asked.bodies[0], sample(t, "validate-agent-flow.request.json"))
		})
	}
}

// A flow is only valid where the API says so.
func TestValidateFlowThatTellsNothing(t *testing.T) {
	for name, test := range map[string]reply{
		"refused without a sentence": {422, `{"success":false,"message":"Flow validation failed"}`}, "success false alone": {200, `{"success":false}`},
		"no success": {200, `{"message":"Flow is valid"}`}, "null": {200, `null`}, "empty": {200, ``}, "204": {204, ``}, "web page": {200, "<html></html>"},
		"a list": {200, `[]`}, "a text for success": {200, `{"success":"yes"}`}, "404": {404, `{"message":"Agent not found"}`}, "403": {403, `{"message":"No."}`},
		"500 with sentences": {500, `{"message":"M","errors":["a"]}`}, "501": {501, ``},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := serveReplies(t, map[string]reply{validateFlow: test})
			if got, err := c.ValidateFlow(t.Context(), "g", json.RawMessage(`{}`)); err == nil || got != nil {
				t.Errorf("%q: %v", got, err)
			}
		})
	}
}

func TestValidateFlowIsSentAgain(t *testing.T) {
	play, count := script(failing(io.ErrUnexpectedEOF), answering(503, ""), answering(200, sample(t, "validate-agent-flow.response.json")))
	if got, err := over(t, play).ValidateFlow(t.Context(), "g", nil); err != nil || got != nil || *count != 3 {
		t.Errorf("%d requests, %q: %v", *count, got, err)
	}
}

func TestFlowSentencesHoldNoToken(t *testing.T) {
	c, _ := serveReplies(t, map[string]reply{validateFlow: {422, `{"errors":["got ` + testToken + ` there"]}`}})
	got, err := c.ValidateFlow(t.Context(), "g", nil)
	if err != nil || len(got) != 1 {
		t.Fatalf("%q: %v", got, err)
	}
	lacks(t, got[0], testToken)
}

// A check changes nothing, so it passes the gate with the reads, and no write waits for it.
func TestAFlowIsCheckedWithTheReads(t *testing.T) {
	for call, want := range map[string]priority{"validate": reads, "versions": writes} {
		r := request{method: "POST", segments: flowPath("g", call)}
		if got := r.priority(); got != want {
			t.Errorf("%s passes with %v, want %v", call, got, want)
		}
	}
}

func TestFlowLogsHoldNoBodies(t *testing.T) {
	var book notebook
	synctest.Test(t, func(t *testing.T) {
		for _, answer := range []string{`{"success":true,"data":{"conversation_mode":"canary-mode"}}`, `{"success":false,"errors":["canary-sentence"]}`, "canary-page"} {
			play, _ := script(answering(200, answer))
			c := over(t, play, book.use)
			config := json.RawMessage(`{"x":"canary-graph"}`)
			_, _ = c.GetFlow(t.Context(), "g")
			_, _ = c.PutFlow(t.Context(), "g", FlowRequest{ConversationMode: FlowDriven, FlowConfig: Some(config)})
			_, _ = c.ValidateFlow(t.Context(), "g", config)
			_, _ = c.FlowVersions(t.Context(), "g")
		}
	})
	if len(book.lines) != 12 {
		t.Fatalf("%d lines", len(book.lines))
	}
	lacks(t, fmt.Sprintf("%#v", book.lines), "canary")
}
