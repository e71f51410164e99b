package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
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

// A second create makes a second agent. So one whose answer tells nothing is not sent
// again, and its error says so.
func TestCreateAgentIsNotRepeatedInDoubt(t *testing.T) {
	for name, answer := range map[string]func() (*http.Response, error){
		"connection lost":       failing(io.ErrUnexpectedEOF),
		"answer cut off":        answering(201, `{"success":true,"data":{"id":"a`),
		"500":                   answering(500, `{"success":false,"message":"Internal server error."}`),
		"501":                   answering(501, ``),
		"502 of a proxy":        answering(502, "<html></html>", "Content-Type", "text/html"),
		"503 with a time":       answering(503, ``, "Retry-After", "1"),
		"504":                   answering(504, ``),
		"redirect":              answering(302, ``, "Location", "/login"),
		"web page":              answering(200, "<html></html>"),
		"empty answer":          answering(201, ""),
		"no data":               answering(201, `{"success":true}`),
		"no id":                 answering(201, `{"data":{"name":"N"}}`),
		"success false":         answering(200, `{"success":false,"message":"no"}`),
		"a member of no use":    answering(201, `{"data":{"id":"a","current_status":5}}`),
		"a list for the object": answering(201, emptyList),
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(answer, answering(201, sample(t, "create-agent.response.json")))
			before := time.Now()
			_, err := create(t.Context(), over(t, play))
			var unknown *OutcomeUnknownError
			if !errors.Is(err, ErrOutcomeUnknown) || !errors.As(err, &unknown) || IsCertain(err) {
				t.Fatalf("error %T %v", err, err)
			}
			if *count != 1 {
				t.Errorf("%d requests", *count)
			}
			if unknown.StartedAt.Before(before) || time.Since(unknown.StartedAt) < 0 {
				t.Errorf("started at %s", unknown.StartedAt)
			}
			if err.Error() != unknown.Err.Error() || err.Error() == "" {
				t.Errorf("the error says %q", err)
			}
		})
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
			if !errors.As(err, &refused) || errors.Is(err, ErrOutcomeUnknown) || !IsCertain(err) || *count != 1 {
				t.Fatalf("%d requests, error %T %v", *count, err, err)
			}
			if name == "not valid" && len(refused.Fields) != 9 {
				t.Errorf("%+v", refused.Fields)
			}
		})
	}
}

// notConnected is what net/http reports where there was no connection to send on.
func notConnected() error { return &net.OpError{Op: "dial", Err: errors.New("connection refused")} }

func TestCreateAgentIsSentAgainWhereNothingCanHaveBeenDone(t *testing.T) {
	limited := answering(429, `{"message":"Too many requests."}`, "Retry-After", "0")
	made := answering(201, sample(t, "create-agent.response.json"))
	for name, test := range map[string]struct {
		answers  []func() (*http.Response, error)
		requests int
		unknown  bool
	}{
		"429":                           {[]func() (*http.Response, error){limited, made}, 2, false},
		"no connection":                 {[]func() (*http.Response, error){failing(notConnected()), made}, 2, false},
		"no connection, then a 429":     {[]func() (*http.Response, error){failing(notConnected()), limited, made}, 3, false},
		"429, then a lost answer":       {[]func() (*http.Response, error){limited, failing(io.ErrUnexpectedEOF), made}, 2, true},
		"no connection, then a bad one": {[]func() (*http.Response, error){failing(notConnected()), answering(502, ""), made}, 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(test.answers...)
			_, err := create(t.Context(), over(t, play))
			if errors.Is(err, ErrOutcomeUnknown) != test.unknown || (err != nil) != test.unknown || *count != test.requests {
				t.Errorf("%d requests, error %T %v", *count, err, err)
			}
		})
	}
	t.Run("never a connection", func(t *testing.T) {
		play, count := script(failing(notConnected()))
		_, err := create(t.Context(), over(t, play))
		var unsent *NotSentError
		if !errors.As(err, &unsent) || errors.Is(err, ErrOutcomeUnknown) || *count != 3 {
			t.Errorf("%d requests, error %T %v", *count, err, err)
		}
	})
	t.Run("refused after a 429", func(t *testing.T) {
		play, _ := script(limited, answering(422, `{"message":"No."}`))
		if _, err := create(t.Context(), over(t, play)); !IsCertain(err) || errors.Is(err, ErrOutcomeUnknown) {
			t.Errorf("error %T %v", err, err)
		}
	})
}

func TestCreateAgentThatIsCancelled(t *testing.T) {
	t.Run("before it is sent", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		c := over(t, func(*http.Request) (*http.Response, error) {
			t.Error("a request was sent")
			return answering(201, oneAction)()
		})
		if _, err := create(ctx, c); !errors.Is(err, context.Canceled) || errors.Is(err, ErrOutcomeUnknown) {
			t.Errorf("error %T %v", err, err)
		}
	})
	t.Run("while it is under way", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		c := over(t, func(r *http.Request) (*http.Response, error) {
			cancel()
			return nil, r.Context().Err()
		})
		if _, err := create(ctx, c); !errors.Is(err, context.Canceled) || !errors.Is(err, ErrOutcomeUnknown) {
			t.Errorf("error %T %v", err, err)
		}
	})
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

// The standard library sends some requests again by itself, where a connection that was
// open already breaks. It must not do so with a create.
func TestTheLibraryDoesNotRepeatACreate(t *testing.T) {
	var creates atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			respond(w, 200, oneAction)
			return
		}
		creates.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler) // closes the connection without an answer
	}))
	defer server.Close()
	config := testConfig()
	config.BaseURL = server.URL
	c := newClient(t, config)
	if _, err := c.GetAgent(t.Context(), "g"); err != nil { // leaves an open connection
		t.Fatal(err)
	}
	_, err := create(t.Context(), c)
	if !errors.Is(err, ErrOutcomeUnknown) || creates.Load() != 1 {
		t.Errorf("%d creates, error %T %v", creates.Load(), err, err)
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
