package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
)

func create(ctx context.Context, c *Client) (Agent, error) { return c.CreateAgent(ctx, minimalAgent()) }

func TestCreateAgentSamples(t *testing.T) {
	inbound := AgentRequest{
		Label: "Customer Support Agent", Description: Some("Handles customer inquiries and support requests"), Name: "SupportBot",
		Language: "en-US", InitialMessage: Some("Hello, how can I help you today?"), InterruptSensitivity: "medium",
		EndpointingSensitivity: "auto", IVRNavigationMode: "off", ConversationSpeed: Some(json.Number("1.0")), IdleTimeSeconds: 5,
		LLMTemperature: Some(json.Number("0.7")), EnableRecording: true, Direction: "inbound", WhoSpeaksFirst: "agent",
	}
	outbound := AgentRequest{
		Label: "Sales Agent", Description: Some("Outbound sales calls for product demos"), Name: "SalesBot", Language: "en-US",
		InitialMessage:       Some("Hi, this is SalesBot calling about our new product. Do you have a moment?"),
		InterruptSensitivity: "high", EndpointingSensitivity: "auto", IVRNavigationMode: "off", ConversationSpeed: Some(json.Number("1.2")),
		InitialMessageDelay: 2, AskIfHumanPresentOnIdle: true, IdleTimeSeconds: 10, LLMTemperature: Some(json.Number("0.8")),
		EnableRecording: true, Direction: "outbound", WhoSpeaksFirst: "agent",
	}
	for name, request := range map[string]AgentRequest{"create-agent.request.json": inbound, "create-agent.request-2.json": outbound} {
		t.Run(name, func(t *testing.T) {
			sameJSON(t, bodySentBy(t, func(c *Client) error { _, err := c.CreateAgent(t.Context(), request); return err }), sample(t, name))
		})
	}
	t.Run("answer", func(t *testing.T) {
		play, count := script(answering(201, sample(t, "create-agent.response.json")))
		got, err := create(t.Context(), over(t, play))
		if err != nil || *count != 1 {
			t.Fatalf("%d requests, %v", *count, err)
		}
		if got.ID != "550e8400-e29b-41d4-a716-446655440000" || got.Status() != AgentDraft || *got.ConversationSpeed.Value != "1.0" ||
			!got.Voice.Present || got.Voice.Value != nil || len(*got.PhoneNumbers.Value) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

func TestCreateAgentBodyMembers(t *testing.T) {
	for member, row := range map[string]struct {
		set, null func(*AgentRequest)
		want      string
	}{
		"description":     {func(a *AgentRequest) { a.Description = Some("<b> & ü\n") }, func(a *AgentRequest) { a.Description = Null[string]() }, `"<b> & ü\n"`},
		"initial_message": {func(a *AgentRequest) { a.InitialMessage = Some("") }, func(a *AgentRequest) { a.InitialMessage = Null[string]() }, `""`},
		"max_idle_check_count": {
			func(a *AgentRequest) { a.MaxIdleCheckCount = Some(int64(0)) }, func(a *AgentRequest) { a.MaxIdleCheckCount = Null[int64]() }, `0`,
		},
		"max_call_duration_seconds": {
			func(a *AgentRequest) { a.MaxCallDurationSeconds = Some(int64(3600)) }, func(a *AgentRequest) { a.MaxCallDurationSeconds = Null[int64]() }, `3600`,
		},
		"say_goodbye_on_max_duration": {
			func(a *AgentRequest) { a.SayGoodbyeOnMaxDuration = Some(false) }, func(a *AgentRequest) { a.SayGoodbyeOnMaxDuration = Null[bool]() }, `false`,
		},
		"user_inactivity_timeout_seconds": {
			func(a *AgentRequest) { a.UserInactivityTimeoutSeconds = Some(int64(5)) }, func(a *AgentRequest) { a.UserInactivityTimeoutSeconds = Null[int64]() }, `5`,
		},
		"initial_idle_time_seconds": {
			func(a *AgentRequest) { a.InitialIdleTimeSeconds = Some(int64(1)) }, func(a *AgentRequest) { a.InitialIdleTimeSeconds = Null[int64]() }, `1`,
		},
		"initial_max_idle_check_count": {
			func(a *AgentRequest) { a.InitialMaxIdleCheckCount = Some(int64(0)) }, func(a *AgentRequest) { a.InitialMaxIdleCheckCount = Null[int64]() }, `0`,
		},
		"phone_number_ids": {
			func(a *AgentRequest) { a.PhoneNumberIDs = Some([]string{"p1", "p2"}) }, func(a *AgentRequest) { a.PhoneNumberIDs = Null[[]string]() }, `["p1","p2"]`,
		},
	} {
		for name, test := range map[string]struct {
			change func(*AgentRequest)
			want   string
		}{
			"set": {row.set, row.want}, "null": {row.null, "null"},
		} {
			t.Run(member+" "+name, func(t *testing.T) {
				agent := minimalAgent()
				test.change(&agent)
				got := bodySentBy(t, func(c *Client) error { _, err := c.CreateAgent(t.Context(), agent); return err })
				sameJSON(t, got, `{`+minimalAgentJSON+`,"`+member+`":`+test.want+`}`)
			})
		}
	}
	t.Run("none", func(t *testing.T) {
		sameJSON(t, bodySentBy(t, func(c *Client) error { _, err := create(t.Context(), c); return err }), `{`+minimalAgentJSON+`}`)
	})
	t.Run("no numbers", func(t *testing.T) {
		agent := minimalAgent()
		agent.PhoneNumberIDs = Some([]string{})
		contains(t, bodySentBy(t, func(c *Client) error { _, err := c.CreateAgent(t.Context(), agent); return err }), `"phone_number_ids":[]`)
	})
}

func TestDecimalsAreSentAsTheyAreWritten(t *testing.T) {
	for _, number := range []string{"0.7", "1.0", "1", "0.30000000000000004", "1.10000000000000000000000000001", "1e-1"} {
		agent := minimalAgent()
		agent.LLMTemperature = Some(json.Number(number))
		contains(t, bodySentBy(t, func(c *Client) error { _, err := c.CreateAgent(t.Context(), agent); return err }), `"llm_temperature":`+number+`,`)
	}
}

func TestCreateAgentThatWasRefused(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
	}{
		"not valid":      {422, sample(t, "create-agent.error.json")},
		"no token":       {401, `{"success":false,"message":"Unauthenticated."}`},
		"not allowed":    {403, `{"success":false,"message":"No."}`},
		"no such number": {404, `{"success":false,"message":"Phone number not found"}`},
		"conflict":       {409, `{"success":false,"message":"No."}`},
		"of a proxy":     {413, `<html></html>`},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(answering(test.status, test.body))
			_, err := create(t.Context(), over(t, play))
			var refused *APIError
			if !errors.As(err, &refused) || outcomeUnknown(err) || !IsCertain(err) || *count != 1 {
				t.Fatalf("%d requests, error %T %v", *count, err, err)
			}
			if name == "not valid" && len(refused.Fields) != 9 {
				t.Errorf("%+v", refused.Fields)
			}
		})
	}
}

// What nobody can use may still be an agent; see create_once_test.go for the rest.
func TestCreateAgentWhoseStatusIsOfNoUse(t *testing.T) {
	play, count := script(answering(201, `{"data":{"id":"a","current_status":5}}`))
	if _, err := create(t.Context(), over(t, play)); !outcomeUnknown(err) || *count != 1 {
		t.Errorf("%d requests, error %T %v", *count, err, err)
	}
}

func TestCreateAgentWithABrokenNumberSendsNothing(t *testing.T) {
	agent := minimalAgent()
	agent.ConversationSpeed = Some(json.Number("fast"))
	c := over(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return answering(201, oneAction)()
	})
	_, err := c.CreateAgent(t.Context(), agent)
	var unsent *NotSentError
	if !errors.As(err, &unsent) {
		t.Errorf("error %T %v", err, err)
	}
}

func TestACreatedAgentIsReadByItself(t *testing.T) {
	var asked []string
	c := over(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, fmt.Sprint(r.Method, " ", r.URL.Path))
		return answering(200, sample(t, "get-agent.response.json"))()
	})
	made, err := create(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{"a", "b"} { // a third agent would be looked for in the pages of all
		if _, err := c.AgentStatus(t.Context(), other); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.AgentStatus(t.Context(), made.ID); err != nil || asked[len(asked)-1] != "GET /api/v1/agents/"+made.ID {
		t.Errorf("%q: %v", asked, err)
	}
}
