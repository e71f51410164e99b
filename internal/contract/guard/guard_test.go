package guard

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	draft     = `"current_status":"draft"`
	published = `"current_status":"published"`
	noActions = `[]`
)

// api answers a read of the agent, of its actions, of its flow, of its webhooks and of all
// agents with texts, and notes the others.
type api struct {
	agents         string // "" is none of them
	agent, actions string
	flow           string // "" is that there is none
	webhooks       string // "" is none of them
	webhooksStatus int
	deleteStatus   int
	postStatus     int
	writes         []string
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodGet:
		a.writes = append(a.writes, r.Method+" "+r.URL.EscapedPath())
		w.WriteHeader(cmp.Or(map[string]int{http.MethodDelete: a.deleteStatus, http.MethodPost: a.postStatus}[r.Method], http.StatusOK))
	case r.URL.Path == "/agents":
		fmt.Fprintf(w, `{"data":%s}`, cmp.Or(a.agents, `[]`))
	case strings.HasSuffix(r.URL.Path, "/actions"):
		fmt.Fprintf(w, `{"data":%s}`, a.actions)
	case strings.HasSuffix(r.URL.Path, "/flow"):
		fmt.Fprintf(w, `{"data":%s}`, cmp.Or(a.flow, `{"conversation_mode":"llm_driven","flow_config":null}`))
	case strings.HasSuffix(r.URL.Path, "/webhooks"):
		w.WriteHeader(cmp.Or(a.webhooksStatus, http.StatusOK))
		fmt.Fprintf(w, `{"data":{"webhooks":%s}}`, cmp.Or(a.webhooks, `[]`))
	default:
		fmt.Fprintf(w, `{"data":{%s}}`, a.agent)
	}
}

func clientOf(t *testing.T, handler http.Handler) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return NewClient(Config{BaseURL: server.URL, Token: "talq_x", AgentID: "a/1"})
}

func TestOnlyAnUnusedAgentIsTaken(t *testing.T) {
	ours, foreign := `[{"id":"1","name":"tfacc-x"}]`, `[{"id":"1","name":"Schedule"}]`
	training := func(subject string) string { return draft + `,"trainings":[{"id":"1","subject":"` + subject + `"}]` }
	tests := []struct {
		name, agent, actions string
		says                 string // "" is no error
	}{
		{"a draft without anything", draft + `,"trainings":[]`, noActions, ""},
		{"actions and trainings of an earlier run", training("tfacc-x"), ours, ""},
		{"a published one", published + `,"trainings":[]`, noActions, "is published"},
		{"one without a status", `"trainings":[]`, noActions, "does not say that it is a draft"},
		{"actions of others", draft + `,"trainings":[]`, foreign, "has actions"},
		{"an action without a name", draft + `,"trainings":[]`, `[{"id":"1"}]`, "has actions"},
		{"trainings of others", training("Prices"), noActions, "has trainings"},
		{"nothing said of trainings", draft, noActions, "whether it has trainings"},
		{"a listing that is none", draft + `,"trainings":[]`, `{}`, "listing the agent's actions answered 200"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := &api{agent: test.agent, actions: test.actions}
			_, err := clientOf(t, a).Check(t.Context())
			if (err == nil) != (test.says == "") || err != nil && (!strings.Contains(err.Error(), test.says) || !errors.Is(err, ErrRefused)) {
				t.Errorf("%v", err)
			}
			if len(a.writes) > 0 {
				t.Errorf("it sent %v", a.writes)
			}
		})
	}
	for flow, says := range map[string]string{
		`{"conversation_mode":"flow_driven","flow_config":{}}`: "has a flow",
		`{}`:   "does not say that it has none",
		`null`: "reading the agent's flow answered 200",
	} {
		t.Run("not one whose flow is "+flow, func(t *testing.T) {
			a := &api{agent: draft + noTrainings, actions: noActions, flow: flow}
			if _, err := clientOf(t, a).Check(t.Context()); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), says) || len(a.writes) > 0 {
				t.Errorf("%v, it sent %v", err, a.writes)
			}
		})
	}
	t.Run("any, where it may be changed", func(t *testing.T) {
		client := clientOf(t, &api{agent: published, actions: foreign, flow: `{"conversation_mode":"flow_driven"}`})
		client.MayBeChanged = true
		if isPublished, err := client.Check(t.Context()); err != nil || !isPublished {
			t.Errorf("published: %t, %v", isPublished, err)
		}
	})
	t.Run("none where the agent cannot be read", func(t *testing.T) {
		client := clientOf(t, http.NotFoundHandler())
		client.MayBeChanged = true
		if _, err := client.Check(t.Context()); !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "404") {
			t.Error(err)
		}
	})
}

func TestASweepDeletesOnlyWhatHasThePrefix(t *testing.T) {
	a := &api{
		agent:    published + `,"trainings":[{"id":"t1","subject":"tfacc-x"},{"id":"t2","subject":"Prices"}]`,
		actions:  `[{"id":"1/2","name":"tfacc-x"},{"id":"3","name":"my tfacc-x"},{"id":4,"name":"tfacc-y"}]`,
		webhooks: `[{"id":"w1","name":"tfacc-x"},{"id":"w2","name":"CRM"}]`,
	}
	if err := clientOf(t, a).Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	if want := []string{"DELETE /agents/a%2F1/actions/1%2F2", "DELETE /agents/a%2F1/actions/4", "DELETE /agents/a%2F1/trainings/t1", "DELETE /agents/a%2F1/webhooks/w1"}; !slices.Equal(a.writes, want) {
		t.Errorf("it sent %v", a.writes)
	}
}

func TestASweepThatFailsSaysSoAndGoesOn(t *testing.T) {
	a := &api{agent: draft, actions: `[{"id":"1","name":"tfacc-x"},{"id":"2","name":"tfacc-y"}]`, deleteStatus: 500}
	if err := clientOf(t, a).Sweep(t.Context()); err == nil || !strings.Contains(err.Error(), "answered 500: delete it in the dashboard") {
		t.Error(err)
	}
	if len(a.writes) != 2 {
		t.Errorf("it sent %v", a.writes)
	}
}

func TestASweepOfWebhooksThatCannotBeListed(t *testing.T) {
	for status, says := range map[int]string{
		http.StatusNotFound:            "", // An API that does not know webhooks.
		http.StatusInternalServerError: "listing the agent's webhooks answered 500: look in the dashboard",
	} {
		a := &api{agent: draft, actions: oneOfOurs, webhooksStatus: status}
		err := clientOf(t, a).Sweep(t.Context())
		if (err == nil) != (says == "") || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%d: %v", status, err)
		}
		if len(a.writes) != 1 {
			t.Errorf("%d: it sent %v, want the delete of the action", status, a.writes)
		}
	}
}

func TestASweepNamesWhatHasNoID(t *testing.T) {
	err := clientOf(t, &api{agent: draft, actions: `[{"name":"tfacc-x"}]`}).Sweep(t.Context())
	if err == nil || !strings.Contains(err.Error(), "has no id: delete it in the dashboard") {
		t.Error(err)
	}
}

func TestARequestThatIsUnderWayIsNotBrokenOff(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	client := clientOf(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { interrupt() }))
	if a, err := client.Do(ctx, Request{Method: http.MethodPost, Path: "/"}); err != nil || a.Status != 200 {
		t.Errorf("%d, %v", a.Status, err)
	}
	if _, err := client.Do(ctx, Request{Method: http.MethodPost, Path: "/"}); !errors.Is(err, context.Canceled) {
		t.Errorf("the next one was sent: %v", err)
	}
}

func TestASweepReadsAllPages(t *testing.T) {
	var deleted []string
	client := clientOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodDelete:
			deleted = append(deleted, r.URL.Path)
		case strings.HasSuffix(r.URL.Path, "/actions"):
			fmt.Fprintf(w, `{"data":[{"id":"of page %s","name":"tfacc-x"}],"meta":{"last_page":2}}`, r.URL.Query().Get("page"))
		case r.URL.Path == "/agents":
			fmt.Fprint(w, `{"data":[]}`)
		default:
			fmt.Fprint(w, `{"data":{"webhooks":[]}}`)
		}
	}))
	if err := client.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	if len(deleted) != 2 || !strings.HasSuffix(deleted[1], "of page 2") {
		t.Errorf("it deleted %q", deleted)
	}
}

func TestOnlyAPublishedAgentIsUnpublished(t *testing.T) {
	for status, want := range map[string]int{draft: 0, published: 1} {
		a := &api{agent: status}
		if err := clientOf(t, a).StopTakingCalls(t.Context()); err != nil || len(a.writes) != want {
			t.Errorf("%s: %v, %v", status, a.writes, err)
		}
	}
}

func TestConfigurationIsRefusedBeforeAnythingIsSent(t *testing.T) {
	good := map[string]string{TokenVariable: "talq_x", AgentVariable: "agent"}
	tests := []struct {
		name, variable, value string
		ok                    bool
	}{
		{"no address", BaseURLVariable, "", true},
		{"https", BaseURLVariable, "https://talq.example.com/api/v1/", true},
		{"http on this machine", BaseURLVariable, "http://127.0.0.1:8080/api/v1", true},
		{"http on localhost", BaseURLVariable, "http://localhost:8080", true},
		{"http elsewhere", BaseURLVariable, "http://talq.example.com", false},
		{"a name that begins like this machine's", BaseURLVariable, "http://localhost.example.com", false},
		{"another scheme", BaseURLVariable, "ftp://127.0.0.1", false},
		{"a user", BaseURLVariable, "https://user:pass@talq.example.com", false},
		{"a query", BaseURLVariable, "https://talq.example.com?x=1", false},
		{"no token", TokenVariable, "", false},
		{"a token with a line's end", TokenVariable, "talq_x\n", false},
		{"no agent", AgentVariable, "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := FromEnvironment(func(name string) string {
				if name == test.variable {
					return test.value
				}
				return good[name]
			})
			if (err == nil) != test.ok {
				t.Errorf("%v", err)
			}
			if err != nil && (!strings.HasSuffix(err.Error(), "nothing was sent") || strings.Contains(err.Error(), "example") || strings.Contains(err.Error(), "talq_x")) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestLeaveIsGivenByTheWord1Alone(t *testing.T) {
	for value, want := range map[string]bool{"": false, "0": false, "true": false, "1": true} {
		c, _ := FromEnvironment(func(string) string { return value })
		if c.MayBeChanged != want || c.MayPublish != want {
			t.Errorf("%q: %t, %t", value, c.MayBeChanged, c.MayPublish)
		}
	}
}

func TestNoFormatPrintsTheToken(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		if text := fmt.Sprintf(verb, Config{Token: "talq_x"}); strings.Contains(text, "talq_x") || strings.Contains(text, "74616c71") {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

// timed is a clock that waits alone move.
type timed struct {
	now   time.Time
	waits []time.Duration
}

func (c *timed) drive(client *Client) {
	client.Now = func() time.Time { return c.now }
	client.Wait = func(_ context.Context, d time.Duration) error {
		c.waits = append(c.waits, d)
		c.now = c.now.Add(d)
		return nil
	}
}

func TestARunKeepsBelowTheRateLimit(t *testing.T) {
	clock := &timed{now: time.Unix(1_800_000_000, 0)}
	var at []time.Time
	client := clientOf(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { at = append(at, clock.now) }))
	clock.drive(client)
	for range 300 {
		if _, err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := 100; i < len(at); i++ {
		if at[i].Sub(at[i-100]) < time.Minute {
			t.Fatalf("requests %d to %d took %s", i-100, i, at[i].Sub(at[i-100]))
		}
	}
	if clock.now.Sub(time.Unix(1_800_000_000, 0)) > 4*time.Minute {
		t.Errorf("300 requests took until %s", clock.now)
	}
}

func TestA429IsWaitedOut(t *testing.T) {
	now := time.Unix(1_800_000_000, 0).UTC()
	tests := []struct {
		name, header, value string
		want                time.Duration
	}{
		{"seconds", "Retry-After", "7", 7 * time.Second},
		{"a date", "Retry-After", now.Add(9 * time.Second).Format(http.TimeFormat), 9 * time.Second},
		{"an epoch", "X-RateLimit-Reset", "1800000005", 5 * time.Second},
		{"seconds left", "X-RateLimit-Reset", "5", 5 * time.Second},
		{"nothing", "X-Other", "", time.Minute},
		{"an hour", "Retry-After", "3600", 2 * time.Minute},
		{"the past", "Retry-After", "-5", time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			clock := &timed{now: now}
			arrived := 0
			client := clientOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if arrived++; arrived == 1 {
					w.Header().Set(test.header, test.value)
					w.WriteHeader(http.StatusTooManyRequests)
				}
			}))
			clock.drive(client)
			a, err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"})
			if err != nil || a.Status != 200 || !slices.Equal(clock.waits, []time.Duration{test.want}) {
				t.Errorf("%d, %v, waited %v", a.Status, err, clock.waits)
			}
		})
	}
	t.Run("at most four times", func(t *testing.T) {
		clock := &timed{now: now}
		client := clientOf(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }))
		clock.drive(client)
		if a, err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"}); err != nil || a.Status != 429 || len(clock.waits) != tries-1 {
			t.Errorf("%d, %v, waited %v", a.Status, err, clock.waits)
		}
	})
}

func TestARedirectIsAnAnswerAndTakesTheTokenNowhere(t *testing.T) {
	arrived := 0
	client := clientOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived++
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	a, err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/"})
	if err != nil || a.Status != 302 || arrived != 1 {
		t.Errorf("%d after %d requests, %v", a.Status, arrived, err)
	}
}

func TestAFailureNamesNeitherAddressNorToken(t *testing.T) {
	client := NewClient(Config{BaseURL: "http://127.0.0.1:1/secret-path", Token: "talq_x", AgentID: "a"})
	_, err := client.Do(t.Context(), Request{Method: http.MethodGet, Path: "/agents/a"})
	if err == nil || strings.Contains(err.Error(), "secret-path") || strings.Contains(err.Error(), "talq_x") {
		t.Error(err)
	}
}
