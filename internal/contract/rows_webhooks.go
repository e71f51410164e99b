package main

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

const hiddenOfWebhook = "webhook_secret http_method authorization_scheme custom_headers payload_templates"

var rows24 = []Row{
	{Says: "The create of a webhook answers 200.", Either: true, Steps: []string{"create webhook"}, Judge: all(status(200), "create webhook")},
	{Says: "A webhook comes back as it was sent, except its hidden fields and its events.", Steps: []string{"create webhook"},
		Judge: func(s *seen) (Verdict, string) {
			return asSent(s.sent["create webhook"], s.action("create webhook"), "name", "webhook_url", "timeout", "max_retries", "enabled")
		}},
	{Says: "The events of a webhook come back in the order in which they were sent.", Either: true, Steps: []string{"create webhook"},
		Judge: func(s *seen) (Verdict, string) {
			events := s.action("create webhook")["events"]
			return verdict(equal(events, s.sent["create webhook"]["events"]), "%s", s.shown(events))
		}},
	{Says: "An answer has no hidden field of a webhook.", Either: true, Steps: []string{"create webhook"},
		Judge: func(s *seen) (Verdict, string) { return none(s.action("create webhook"), hiddenOfWebhook) }},
	{Says: "The listing has all that the create showed of a webhook.", Steps: []string{"create webhook", "list webhooks"},
		Judge: func(s *seen) (Verdict, string) {
			there := s.listed("list webhooks", "create webhook")
			if there == nil {
				return Fails, "it does not show it"
			}
			return asSent(s.action("create webhook"), there, "name", "webhook_url", "events", "timeout", "max_retries", "enabled")
		}},
	{Says: "The listing has `available_events`, with the events that were sent.", Steps: []string{"create webhook", "list webhooks"},
		Judge: func(s *seen) (Verdict, string) {
			available := object(s.action("list webhooks")["available_events"])
			ok := true
			events, _ := s.sent["create webhook"]["events"].([]any)
			for _, event := range events {
				_, there := available[fmt.Sprint(event)]
				ok = ok && there
			}
			return verdict(ok, "%d events", len(available))
		}},
	{Says: "A webhook that is not enabled has the status `disabled`.", Steps: []string{"create webhook"},
		Judge: func(s *seen) (Verdict, string) {
			now := s.action("create webhook")["status"]
			return verdict(now == "disabled", "%s", s.shown(now))
		}},
	{Says: "An update of a webhook keeps what it leaves out.", Steps: []string{"create webhook", "leave out of webhook"},
		Judge: func(s *seen) (Verdict, string) {
			return asSent(s.action("create webhook"), s.action("leave out of webhook"), "name", "webhook_url", "events", "max_retries", "enabled")
		}},
	{Says: "A null in an update puts the field back to its default.", Either: true, AnyStatus: true, Steps: []string{"create webhook", "null in webhook"},
		Judge: func(s *seen) (Verdict, string) {
			now := s.action("null in webhook")["max_retries"]
			return verdict(now == json.Number("3"), "%d, max_retries is %s", s.answers["null in webhook"].Status, s.shown(now))
		}},
	{Says: "A create of a webhook leaves a published agent published.", Either: true,
		Steps: []string{"publish before a webhook", "create webhook", "agent after a webhook"}, Judge: afterAWrite("publish before a webhook", "agent after a webhook", "published")},
	{Says: "A deleted webhook answers 404 with a text.", AnyStatus: true, Steps: []string{"delete webhook", "deleted webhook"},
		Judge: all(func(a guard.Answer) bool { return a.Status == 404 && said(a) != "" }, "deleted webhook")},
	{Says: "The test of a webhook needs no body.", Either: true, AnyStatus: true, Steps: []string{"test webhook"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["test webhook"]
			_, asksForURL := object(a.Object()["errors"])["url"]
			needs := asksForURL || a.Status == http.StatusBadRequest || a.Status == http.StatusUnsupportedMediaType
			return verdict(!needs, "%d %s", a.Status, s.clean.message(said(a)))
		}},
	{Says: "A test that reaches nobody answers 200, with `success` false.", Either: true, AnyStatus: true, Steps: []string{"test webhook with a URL"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["test webhook with a URL"]
			if a.OK() && a.Object()["success"] == true {
				return Untried, "the test is said to have reached somebody"
			}
			return verdict(a.Status == http.StatusOK && a.Object()["success"] == false, "%d %s", a.Status, s.clean.message(said(a)))
		}},
}
