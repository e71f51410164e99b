package talq

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
)

const (
	getFlow      = "GET /agents/g/flow"
	putFlow      = "PUT /agents/g/flow"
	validateFlow = "POST /agents/g/flow/validate"
)

// configIn returns flow_config as a sample has it, without white space.
func configIn(t *testing.T, name string) string {
	t.Helper()
	type flow struct {
		FlowConfig json.RawMessage `json:"flow_config"`
	}
	var inside struct {
		flow
		Data flow `json:"data"`
	}
	if err := json.Unmarshal([]byte(sample(t, name)), &inside); err != nil {
		t.Fatal(err)
	}
	config := inside.FlowConfig
	if config == nil {
		config = inside.Data.FlowConfig
	}
	compact, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	return string(compact)
}

func TestGetFlowSample(t *testing.T) {
	c, asked := serveReplies(t, map[string]reply{getFlow: {200, sample(t, "get-agent-flow.response.json")}})
	got, err := c.GetFlow(t.Context(), "g")
	if err != nil || got.Mode() != FlowDriven {
		t.Fatalf("%+v: %v", got, err)
	}
	sameJSON(t, string(*got.FlowConfig.Value), configIn(t, "get-agent-flow.response.json"))
	if made := asked.made(); !slices.Equal(made, []string{getFlow}) {
		t.Errorf("asked for %q", made)
	}
}

func TestGetFlow(t *testing.T) {
	for name, test := range map[string]struct {
		data, mode, config string // no config: none that is Present
	}{
		"llm driven, null":         {`{"conversation_mode":"llm_driven","flow_config":null}`, LLMDriven, `null`},
		"llm driven, left out":     {`{"conversation_mode":"llm_driven"}`, LLMDriven, ``},
		"no mode was ever set":     {`{"conversation_mode":null,"flow_config":null}`, LLMDriven, `null`},
		"an empty mode":            {`{"conversation_mode":"","flow_config":null}`, LLMDriven, `null`},
		"a mode that is new":       {`{"conversation_mode":"hybrid","flow_config":{}}`, "hybrid", `{}`},
		"an empty object of PHP":   {`{"conversation_mode":"flow_driven","flow_config":[]}`, FlowDriven, `[]`},
		"numbers as written":       {`{"conversation_mode":"flow_driven","flow_config":{"b":1.50,"a":9007199254740993,"c":1e400}}`, FlowDriven, `{"b":1.50,"a":9007199254740993,"c":1e400}`},
		"texts as written":         {`{"conversation_mode":"flow_driven","flow_config":{"a":"\u00fc <b>"}}`, FlowDriven, `{"a":"\u00fc <b>"}`},
		"more than is on the page": {`{"conversation_mode":"flow_driven","flow_config":{"nodes":[{"x":{"y":[1]}}]},"z":1}`, FlowDriven, `{"nodes":[{"x":{"y":[1]}}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := serveReplies(t, map[string]reply{getFlow: {200, `{"success":true,"data":` + test.data + `}`}})
			got, err := c.GetFlow(t.Context(), "g")
			if err != nil || got.Mode() != test.mode || got.FlowConfig.Present != (test.config != "") {
				t.Fatalf("%+v: %v", got, err)
			}
			switch config := got.FlowConfig.Value; {
			case test.config == "" || test.config == "null":
				if config != nil {
					t.Errorf("the graph is %s", *config)
				}
			case string(*config) != test.config:
				t.Errorf("the graph is %s, want %s", *config, test.config)
			}
		})
	}
}

// A flow that cannot be read is not taken for one that is llm driven.
func TestFlowsThatCannotBeRead(t *testing.T) {
	for name, body := range map[string]string{
		"no members": `{"data":{}}`, "no mode": `{"data":{"flow_config":{}}}`, "a mode of another type": `{"data":{"conversation_mode":5}}`,
		"a list": emptyList, "data null": `{"data":null}`,
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, map[string]reply{getFlow: {200, body}})
			var unread *UnreadableError
			if got, err := c.GetFlow(t.Context(), "g"); !errors.As(err, &unread) || got.ConversationMode.Present {
				t.Errorf("%+v, error %T %v", got, err, err)
			}
			if _, err := c.GetFlow(t.Context(), "g"); err == nil || len(asked.made()) != 2 {
				t.Error("an error was kept")
			}
		})
	}
}

func TestAFlowIsReadOnceUntilAWrite(t *testing.T) {
	replies := map[string]reply{
		getFlow: {200, sample(t, "get-agent-flow.response.json")}, putFlow: {200, sample(t, "update-agent-flow.response.json")},
		validateFlow: {200, sample(t, "validate-agent-flow.response.json")}, "GET /agents/g": {200, oneAction},
	}
	for name, test := range map[string]struct {
		call  func(*Client) error
		again bool
	}{
		"another read":        {func(c *Client) error { _, err := c.GetFlow(t.Context(), "g"); return err }, false},
		"a check":             {func(c *Client) error { _, err := c.ValidateFlow(t.Context(), "g", nil); return err }, false},
		"a read of the agent": {func(c *Client) error { _, err := c.GetAgent(t.Context(), "g"); return err }, false},
		"a write":             {func(c *Client) error { _, err := c.PutFlow(t.Context(), "g", FlowRequest{}); return err }, true},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := serveReplies(t, replies)
			if _, err := c.GetFlow(t.Context(), "g"); err != nil {
				t.Fatal(err)
			}
			if err := test.call(c); err != nil {
				t.Fatal(err)
			}
			asked.made()
			if _, err := c.GetFlow(t.Context(), "g"); err != nil || (len(asked.made()) == 1) != test.again {
				t.Errorf("read again: %t, %v", !test.again, err)
			}
		})
	}
}

func TestFlowVersionsSample(t *testing.T) {
	const versions = "GET /agents/g/flow/versions"
	c, asked := serveReplies(t, map[string]reply{versions: {200, sample(t, "list-agent-flow-versions.response.json")}})
	got, err := c.FlowVersions(t.Context(), "g")
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v: %v", got, err)
	}
	if want := (FlowVersion{ID: "version-uuid-3", Version: lenient("1.2.0"), CreatedAt: lenient("2024-01-15T10:00:00Z"), IsCurrent: lenient(true)}); !reflect.DeepEqual(got[0], want) {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	if *got[2].IsCurrent.Value || got[2].ID != "version-uuid-1" {
		t.Errorf("%+v", got[2])
	}
	if _, err := c.FlowVersions(t.Context(), "g"); err != nil || !slices.Equal(asked.made(), []string{versions, versions}) {
		t.Errorf("versions are read again each time: %v", err)
	}
}

func TestFlowVersionMembers(t *testing.T) {
	play, _ := script(answering(200, `{"data":{"versions":[{"id":"a"},{"id":"b","version":2,"created_at":null,"is_current":"yes"},{"id":"c","flow_config":{"n":1.50}}]}}`))
	got, err := over(t, play).FlowVersions(t.Context(), "g")
	if err != nil || len(got) != 3 || got[0].Version.Present || got[1].Version.Present || !got[1].CreatedAt.Present || got[1].IsCurrent.Present {
		t.Fatalf("%+v: %v", got, err)
	}
	if config := got[2].FlowConfig.Value; config == nil || string(*config) != `{"n":1.50}` {
		t.Errorf("%+v", got[2])
	}
}

func TestFlowVersionsThatCannotBeRead(t *testing.T) {
	for _, body := range []string{`{"data":{}}`, `{"data":[]}`, `{"data":{"versions":{}}}`, `{"data":{"versions":[{"version":"1"}]}}`, `{"data":{"versions":null}}`} {
		play, _ := script(answering(200, body))
		var unread *UnreadableError
		if got, err := over(t, play).FlowVersions(t.Context(), "g"); !errors.As(err, &unread) {
			t.Errorf("%s: %+v, error %T %v", body, got, err, err)
		}
	}
}
