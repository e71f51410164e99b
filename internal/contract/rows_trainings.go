package main

import (
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

var rows20 = []Row{
	{Says: "A training that is written again under its node id keeps its id, and `updated_at` is later.", Steps: []string{"create training", "change training"},
		Judge: func(s *seen) (Verdict, string) {
			first, second := s.action("create training"), s.action("change training")
			later := instant(second, "updated_at").After(instant(first, "updated_at"))
			return verdict(first["id"] == second["id"] && later, "same id: %t, later: %t", first["id"] == second["id"], later)
		}},
	{Says: "A fresh training has equal `created_at` and `updated_at`.", Steps: []string{"create training"},
		Judge: func(s *seen) (Verdict, string) {
			t := s.action("create training")
			created := instant(t, "created_at")
			return verdict(!created.IsZero() && created.Equal(instant(t, "updated_at")), "%s", s.shown([]any{t["created_at"], t["updated_at"]}))
		}},
	{Says: "An answer has no `node_id` of a training.", Either: true, Steps: []string{"create training"},
		Judge: func(s *seen) (Verdict, string) { return none(s.action("create training"), "node_id") }},
	{Says: "White space at the end of instructions is kept.", Either: true, Steps: []string{"create training"},
		Judge: func(s *seen) (Verdict, string) {
			now, _ := s.action("create training")["instructions"].(string)
			return verdict(strings.HasSuffix(now, paddedBy), "instructions end with a new line: %t", strings.HasSuffix(now, paddedBy))
		}},
	{Says: "Apart from this, the listing shows a training as it was sent.", Steps: []string{"create training", "change training", "list trainings"},
		Judge: func(s *seen) (Verdict, string) {
			return asSent(s.sent["change training"], s.listed("list trainings", "create training"), "subject", "instructions", "current_status")
		}},
	{Says: "`GET /agents/{agent_id}` shows a training with all that the listing shows.", Either: true,
		Steps: []string{"create training", "agent with a training", "list trainings"}, Judge: showsAll("agent with a training", "list trainings", "create training")},
	{Says: "A write of a training makes a published agent a draft.", Either: true, Steps: []string{"agent after a webhook", "create training", "agent with a training"},
		Judge: afterAWrite("agent after a webhook", "agent with a training", "draft")},
	{Says: "A deleted training is missing in the agent's answer.", Steps: []string{"create training", "delete training", "end of the window"},
		Judge: func(s *seen) (Verdict, string) {
			there := s.listed("end of the window", "create training") != nil
			return verdict(!there, "in the agent: %t", there)
		}},
	{Says: "A second delete of a training answers 404 with a text.", AnyStatus: true, Steps: []string{"delete training", "delete training again"},
		Judge: all(func(a guard.Answer) bool { return a.Status == 404 && said(a) != "" }, "delete training again")},
	{Says: "That refusal has no error code, neither beside the text nor around it.", Either: true, AnyStatus: true, Steps: []string{"delete training", "delete training again"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["delete training again"]
			code := a.Object()["code"]
			if code == nil {
				code = object(a.Object()["error"])["code"]
			}
			if a.OK() {
				return Untried, "it was no refusal"
			}
			return verdict(code == nil, "%s", s.shown(code))
		}},
}
