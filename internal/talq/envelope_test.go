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
		"list":        func(c *Client) error { _, err := list(c); return err },
		"upsert":      func(c *Client) error { _, err := c.UpsertAction(ctx, "g", minimalAction()); return err },
		"get agent":   func(c *Client) error { _, err := c.GetAgent(ctx, "g"); return err },
		"list agents": func(c *Client) error { _, err := c.ListAgents(ctx, AgentFilter{}); return err },
		"create an agent": func(c *Client) error {
			_, err := c.CreateAgent(ctx, minimalAgent())
			if !outcomeUnknown(err) {
				t.Errorf("an agent may have been made, and the error is %T", err)
			}
			return err
		},
		"update an agent":   func(c *Client) error { _, err := c.UpdateKnowledge(ctx, "g", KnowledgeRequest{}); return err },
		"list trainings":    func(c *Client) error { _, err := c.ListTrainings(ctx, "g"); return err },
		"upsert a training": func(c *Client) error { _, err := c.UpsertTraining(ctx, "g", minimalTraining()); return err },
		"list webhooks":     func(c *Client) error { _, err := c.ListWebhooks(ctx, "g"); return err },
		"find a webhook":    func(c *Client) error { _, err := c.readWebhook(ctx, "g", "w"); return err },
		"create a webhook": func(c *Client) error {
			_, err := c.CreateWebhook(ctx, "g", minimalWebhook())
			return errors.Unwrap(err)
		},
		"update a webhook": func(c *Client) error { _, err := c.UpdateWebhook(ctx, "g", "w", WebhookRequest{}); return err },
		"get a flow":       func(c *Client) error { _, err := c.GetFlow(ctx, "g"); return err },
		"put a flow":       func(c *Client) error { _, err := c.PutFlow(ctx, "g", FlowRequest{}); return err },
		"flow versions":    func(c *Client) error { _, err := c.FlowVersions(ctx, "g"); return err },
		"find agents":      func(c *Client) error { _, err := c.FindAgents(ctx, "x"); return err },
		"voice templates":  func(c *Client) error { _, err := c.VoiceTemplates(ctx, VoiceTemplateFilter{}); return err },
		"phone numbers":    func(c *Client) error { _, err := c.PhoneNumbers(ctx, PhoneNumberFilter{}); return err },
		"publish":          func(c *Client) error { _, err := c.Publish(ctx, "g"); return err },
		"integrations":     func(c *Client) error { _, err := c.ListActionIntegrations(ctx); return err },
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
			if isNotFound(err) {
				t.Error("taken for a 404")
			}
		})
	}
}

// TestDelete lets no answer pass for a delete that the API did not answer: the
// action would be forgotten, and live on.
func TestDelete(t *testing.T) {
	const done, refused, unreadable = "done", "refused", "unreadable"
	for name, test := range map[string]struct {
		status int
		body   string
		want   string
		gone   bool
	}{
		"sample":                   {200, sample(t, "delete.response.json"), done, false},
		"204":                      {204, "", done, false},
		"empty 200":                {200, "", done, false},
		"200 with white space":     {200, "\n", done, false},
		"an object without more":   {200, "{}", done, false},
		"success null":             {200, `{"success":null}`, done, false},
		"success a text":           {200, `{"success":"yes","meta":7}`, done, false},
		"web page":                 {200, "<html>canary</html>", unreadable, false},
		"cut short":                {200, `{"success":tr`, unreadable, false},
		"two objects":              {200, `{}{}`, unreadable, false},
		"a list":                   {200, `[1]`, unreadable, false},
		"a text":                   {200, `"canary"`, unreadable, false},
		"null":                     {200, `null`, unreadable, false},
		"says that it failed":      {200, `{"success":false,"message":"no"}`, refused, false},
		"404":                      {404, `{"success":false,"message":"Action not found"}`, refused, true},
		"404 with an error object": {404, `{"error":{"code":"ACTION_NOT_FOUND","message":"No action."}}`, refused, true},
		"404 with an error text":   {404, `{"error":"ACTION_NOT_FOUND"}`, refused, true},
		"404 of the environment":   {404, `{"message":"Agent not found in this environment."}`, refused, false},
		"404 of a proxy":           {404, "<html>nginx</html>", refused, false},
		"empty 404":                {404, "", refused, false},
		"404 without a message":    {404, `{"success":false}`, refused, false},
		"404 with an empty text":   {404, `{"message":" ","error":""}`, refused, false},
		"404 with a list":          {404, `[{"message":"Action not found"}]`, refused, false},
		"404 with a text":          {404, `"Action not found"`, refused, false},
		"409 on a live agent":      {409, `{"message":"published"}`, refused, false},
		"redirect to the login":    {302, ``, refused, false},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(answering(test.status, test.body))
			err := over(t, play).DeleteAction(context.Background(), "g", "a")
			var e *APIError
			var unread *UnreadableError
			got := fmt.Sprint(err)
			switch {
			case err == nil:
				got = done
			case errors.As(err, &e) && e.Status == test.status:
				got = refused
			case errors.As(err, &unread):
				got = unreadable
			}
			if got != test.want {
				t.Fatalf("%s, want %s", got, test.want)
			}
			if gone, _ := IsGone(err); gone != test.gone || *count != 1 {
				t.Errorf("gone is %v after %d requests, want %v after one", gone, *count, test.gone)
			}
			if err != nil {
				lacks(t, err.Error(), "canary")
			}
			if isNotFound(err) != (test.status == 404) {
				t.Errorf("IsNotFound is %t", isNotFound(err))
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
