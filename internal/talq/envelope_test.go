package talq

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// unreadableAnswers are bodies that no call can use, with a part of the error.
var unreadableAnswers = map[string]struct{ body, want string }{
	"empty":                   {"", "it is empty"},
	"white space":             {" \n", "it is empty"},
	"a web page":              {"<html><body>canary-page</body></html>", "no JSON"},
	"cut short":               {`{"success":true,"data":[{"id":"a1","na`, "cut short"},
	"two values":              {emptyList + emptyList, "no JSON"},
	"null":                    {"null", "no data"},
	"a list at the top":       {"[]", `JSON type "array"`},
	"a text at the top":       {`"canary-text"`, `JSON type "string"`},
	"a number at the top":     {"5", `JSON type "number"`},
	"no data":                 {`{"success":true}`, "no data"},
	"data null":               {`{"success":true,"data":null}`, "data is null"},
	"data a text":             {`{"data":"canary-text"}`, `JSON type "string"`},
	"data a number":           {`{"data":7}`, `JSON type "number"`},
	"data true":               {`{"data":true}`, `JSON type "bool"`},
	"success a text":          {`{"success":"yes","data":[]}`, "success"},
	"deeply nested":           {strings.Repeat("[", 100_000), "no JSON"},
	"deeply nested and whole": {`{"data":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}", ""},
}

func TestUnreadableAnswers(t *testing.T) {
	ctx := context.Background()
	calls := map[string]func(*Client) error{
		"list":         func(c *Client) error { _, err := list(c); return err },
		"upsert":       func(c *Client) error { _, err := c.UpsertAction(ctx, "g", minimalAction()); return err },
		"get agent":    func(c *Client) error { _, err := c.GetAgent(ctx, "g"); return err },
		"list agents":  func(c *Client) error { _, err := c.ListAgents(ctx, AgentFilter{}); return err },
		"publish":      func(c *Client) error { _, err := c.Publish(ctx, "g"); return err },
		"integrations": func(c *Client) error { _, err := c.ListActionIntegrations(ctx); return err },
	}
	for name, test := range unreadableAnswers {
		for call, run := range calls {
			t.Run(name+" to "+call, func(t *testing.T) {
				play, count := script(answering(200, test.body))
				err := run(over(t, play))
				var e *UnreadableError
				if !errors.As(err, &e) {
					t.Fatalf("error %T %v", err, err)
				}
				contains(t, err.Error(), test.want, "the answer cannot be used", e.Method+" /api/v1/")
				lacks(t, err.Error(), "canary")
				if *count != 1 {
					t.Errorf("%d requests: the server has acted, and would again", *count)
				}
			})
		}
	}
}

func TestAListWhereAnObjectBelongs(t *testing.T) {
	play, _ := script(answering(200, emptyList))
	_, err := over(t, play).UpsertAction(context.Background(), "g", minimalAction())
	var e *UnreadableError
	if !errors.As(err, &e) {
		t.Errorf("error %T %v", err, err)
	}
}

func TestAnObjectWhereAListBelongs(t *testing.T) {
	play, _ := script(answering(200, oneAction))
	_, err := list(over(t, play))
	var e *UnreadableError
	if !errors.As(err, &e) {
		t.Errorf("error %T %v", err, err)
	}
}

func TestSuccessStatuses(t *testing.T) {
	for _, status := range []int{200, 201, 202, 299} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			play, _ := script(answering(status, oneAction))
			if _, err := over(t, play).UpsertAction(context.Background(), "g", minimalAction()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSuccessFalseUnderA2xx(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"with a message":    {`{"success":false,"message":"Agent not found","data":[{"id":"a"}]}`, "Agent not found"},
		"without a message": {`{"success":false}`, "request failed"},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(answering(202, test.body))
			_, err := list(over(t, play))
			var e *APIError
			if !errors.As(err, &e) || e.Status != 202 || *count != 1 {
				t.Fatalf("%d requests, error %T %v", *count, err, err)
			}
			contains(t, err.Error(), test.want, "HTTP 202")
			if IsNotFound(err) {
				t.Error("taken for a 404")
			}
		})
	}
}

func TestDelete(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		wrong  bool
	}{
		"sample":                {200, sample(t, "delete.response.json"), false},
		"204":                   {204, "", false},
		"empty 200":             {200, "", false},
		"200 with white space":  {200, "\n", false},
		"web page":              {200, "<html>", false},
		"cut short":             {200, `{"success":fa`, false},
		"another JSON type":     {200, `[1]`, false},
		"null":                  {200, `null`, false},
		"says that it failed":   {200, `{"success":false,"message":"no"}`, true},
		"404":                   {404, `{"success":false,"message":"Action not found"}`, true},
		"409 on a live agent":   {409, `{"message":"published"}`, true},
		"redirect to the login": {302, ``, true},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(test.status, test.body))
			err := over(t, play).DeleteAction(context.Background(), "g", "a")
			if (err != nil) != test.wrong {
				t.Fatalf("error %v", err)
			}
			var e *APIError
			if test.wrong && (!errors.As(err, &e) || e.Status != test.status) {
				t.Errorf("error %T %v", err, err)
			}
			if IsNotFound(err) != (test.status == 404) {
				t.Errorf("IsNotFound is %t", IsNotFound(err))
			}
		})
	}
}

func TestIntegrations(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		respond(w, 200, sample(t, "list-action-integrations.response.json"))
	})
	got, err := c.ListActionIntegrations(context.Background())
	if err != nil || len(got) != 3 {
		t.Fatalf("%+v: %v", got, err)
	}
	want := ActionIntegration{
		Identifier: "crm", DisplayName: "CRM Sync", Description: "Push call summary and outcome to your CRM.",
		Category: "data", IconURL: "https://app.talkover.ai/integrations/icons/crm.svg",
	}
	if got[2] != want {
		t.Errorf("%+v", got[2])
	}
}
