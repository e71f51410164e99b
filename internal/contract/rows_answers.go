package main

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

var rows9 = []Row{
	{Says: "A deleted action is missing in the listing and in the agent's answer.", Steps: []string{"create", "delete", "list after delete", "agent after delete"},
		Judge: func(s *seen) (Verdict, string) {
			inList, inAgent := s.listed("list after delete", "create") != nil, s.listed("agent after delete", "create") != nil
			return verdict(!inList && !inAgent, "in the listing: %t, in the agent: %t", inList, inAgent)
		}},
	{Says: "A second delete answers 404 with a text, which does not say \"in this environment\".", AnyStatus: true, Steps: []string{"delete", "delete again"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["delete again"]
			return verdict(a.Status == 404 && said(a) != "" && !strings.Contains(said(a), "in this environment"), "%d %s", a.Status, s.clean.message(said(a)))
		}},
	{Says: "An agent that does not exist answers 404 with a text.", Either: true, AnyStatus: true, Steps: []string{"no such agent"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["no such agent"]
			return verdict(a.Status == 404 && said(a) != "", "%d %s", a.Status, s.clean.message(said(a)))
		}},
	{Says: "An action that is made again under the node id of a deleted one has a new id.", Either: true, Steps: []string{"create", "delete", "create again"},
		Judge: func(s *seen) (Verdict, string) {
			same := s.action("create")["id"] == s.action("create again")["id"]
			return verdict(!same, "same id: %t", same)
		}},
}

var rows10 = []Row{
	{Says: "White space at the end of a text is kept.", Either: true, Steps: []string{"create"},
		Judge: func(s *seen) (Verdict, string) {
			now, _ := s.action("create")["description"].(string)
			return verdict(strings.HasSuffix(now, paddedBy), "description ends with a new line: %t", strings.HasSuffix(now, paddedBy))
		}},
	{Says: "An empty text comes back as an empty text.", Either: true, Steps: []string{"create"},
		Judge: func(s *seen) (Verdict, string) {
			found := members(entries(s.action("create"), "text"), "description")
			return verdict(len(found) == 1 && found[0] == "", "description of an input: %s", s.shown(found))
		}},
	{Says: "Apart from this, texts come back as they were sent.", Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.listed("list", "create")
			text, _ := a["description"].(string)
			ok := a["name"] == longTextName && strings.TrimSpace(text) == longText
			return verdict(ok, "name %s, description of %d bytes (%d were sent)", s.shown(a["name"]), len(text), len(longText+paddedBy))
		}},
}

var rows11 = []Row{
	{Says: "The listing has the oldest action first.", Either: true, Steps: append([]string{"list four"}, four...),
		Judge: func(s *seen) (Verdict, string) {
			at := s.positions("list four", four...)
			return verdict(slices.IsSorted(at) && len(at) == len(four), "in the order of creation they stand at %v", at)
		}},
	{Says: "Inputs come back in the order in which they were sent.", Either: true, Steps: []string{"create"},
		Judge: func(s *seen) (Verdict, string) {
			got, _ := s.action("create")["input_schema"].([]any)
			sent, _ := s.sent["create"]["inputs"].([]any)
			return verdict(equal(members(got, "name"), members(sent, "name")), "%s", s.shown(members(got, "name")))
		}},
	{Says: "Two actions of one name are two actions.", AnyStatus: true, Steps: []string{"transfer", "transfer both ways"},
		Judge: func(s *seen) (Verdict, string) {
			a, b := s.action("transfer"), s.action("transfer both ways")
			return verdict(a != nil && b != nil && a["id"] != b["id"] && a["name"] == b["name"],
				"%d and %d, same id: %t", s.answers["transfer"].Status, s.answers["transfer both ways"].Status, a["id"] == b["id"])
		}},
}

var rows12 = []Row{
	{Says: "No answer is a redirect.",
		Judge: func(s *seen) (Verdict, string) {
			n := s.count(func(a guard.Answer) bool { return a.Status/100 == 3 })
			return verdict(n == 0, "%d of %d answers", n, len(s.all))
		}},
}

var rows13 = []Row{
	{Says: "Every answer to a token carries the three `X-RateLimit` headers as whole numbers.", Either: true,
		Judge: func(s *seen) (Verdict, string) {
			n := 0
			for _, a := range s.withToken {
				if isNumber(a.Header.Get("X-RateLimit-Limit")) && isNumber(a.Header.Get("X-RateLimit-Remaining")) && isNumber(a.Header.Get("X-RateLimit-Reset")) {
					n++
				}
			}
			return verdict(n == len(s.withToken), "%d of %d answers", n, len(s.withToken))
		}},
	{Says: "`X-RateLimit-Reset` is an epoch.", Either: true, Judge: reset(func(a guard.Answer, _ time.Time) bool {
		return len(a.Header.Get("X-RateLimit-Reset")) >= len("1000000000")
	})},
	{Says: "`X-RateLimit-Reset`, read as assumed, lies in the next hour.", Judge: reset(func(a guard.Answer, at time.Time) bool {
		return at.After(a.At.Add(-time.Minute)) && at.Before(a.At.Add(time.Hour))
	})},
	{Says: "A 429 comes without `Retry-After`.", Either: true, Judge: limited(func(after string) (Verdict, string) {
		return verdict(after == "", "%s", listOf(strings.Fields(after), "none"))
	})},
	{Says: "`Retry-After` is a number of seconds or a date.", Judge: limited(func(after string) (Verdict, string) {
		if after == "" {
			return Untried, "a 429 came without it"
		}
		_, err := http.ParseTime(after)
		return verdict(err == nil || isNumber(after), "%s", after)
	})},
}

var rows14 = []Row{
	{Says: "A body that is refused answers 422 with `message` and with `errors` by field.", Either: true, AnyStatus: true, Steps: []string{"invalid"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.answers["invalid"]
			return verdict(a.Status == 422 && said(a) != "" && object(a.Object()["errors"]) != nil, "%d %s", a.Status, s.shown(a.Body))
		}},
	{Says: "A missing token and a wrong one answer 401 with a text.", Either: true, AnyStatus: true, Steps: []string{"no token", "wrong token"},
		Judge: all(func(a guard.Answer) bool { return a.Status == 401 && said(a) != "" }, "no token", "wrong token")},
	{Says: "Every refusal is a JSON object with a text.", Either: true,
		Judge: func(s *seen) (Verdict, string) {
			refused := s.count(func(a guard.Answer) bool { return a.Status >= 400 })
			n := s.count(func(a guard.Answer) bool { return a.Status >= 400 && said(a) == "" && len(sentences(a)) == 0 })
			return verdict(n == 0, "%d of %d refusals have none", n, refused)
		}},
}

var rows15 = []Row{
	{Says: "Publishing answers with the status `published`.", AnyStatus: true, Steps: []string{"publish"}, Judge: publication("publish", "published")},
	{Says: "An agent that is published may be published again.", AnyStatus: true, Steps: []string{"publish", "publish again"}, Judge: publication("publish again", "published")},
	{Says: "A write makes a published agent a draft.", Steps: []string{"publish", "write", "agent after a write"},
		Judge: func(s *seen) (Verdict, string) {
			now := object(s.answers["agent after a write"].Object()["data"])["current_status"]
			return verdict(now == "draft", "%s", s.shown(now))
		}},
	{Says: "Unpublishing answers with the status `draft`.", AnyStatus: true, Steps: []string{"publish once more", "unpublish"}, Judge: publication("unpublish", "draft")},
}

var rows16 = []Row{
	{Says: "A type of an input that the reference does not list is taken, and comes back as it was sent.", Either: true, AnyStatus: true, Steps: []string{"other word"},
		Judge: func(s *seen) (Verdict, string) {
			found := members(entries(s.action("other word"), "when"), "type")
			return verdict(len(found) == 1 && found[0] == otherWord, "%d %s", s.answers["other word"].Status, s.shown(found))
		}},
	{Says: "Types and statuses are texts.", Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.listed("list", "create")
			inputs, _ := a["input_schema"].([]any)
			words := append([]any{a["type"], a["current_status"]}, members(inputs, "type")...)
			ok := !slices.ContainsFunc(words, func(word any) bool { _, isText := word.(string); return !isText })
			return verdict(ok && len(inputs) > 0, "%s", s.shown(words))
		}},
}

var rows17 = []Row{
	{Says: "An edit of what is read back moves `updated_at`.", Steps: []string{"create", "rename"}, Judge: moved("create", "rename")},
	{Says: "An edit of a phrase, which is not read back, moves `updated_at`.", Steps: []string{"rename", "change a phrase"}, Judge: moved("rename", "change a phrase")},
	{Says: "An upsert that changes nothing moves `updated_at`.", Either: true, Steps: []string{"change a phrase", "change nothing"}, Judge: moved("change a phrase", "change nothing")},
	{Says: "A publish leaves the `updated_at` of actions alone.", Either: true, Steps: []string{"create first", "create second", "publish", "list published"},
		Judge: func(s *seen) (Verdict, string) {
			first, second := s.movedByPublish("create first"), s.movedByPublish("create second")
			return verdict(first < time.Second && second < time.Second, "moved by %s and %s", first, second)
		}},
	{Says: "Where a publish moves them, they lie within two seconds.", Steps: []string{"create first", "create second", "publish", "list published"},
		Judge: func(s *seen) (Verdict, string) {
			if s.movedByPublish("create first") < time.Second && s.movedByPublish("create second") < time.Second {
				return Untried, "a publish left them alone"
			}
			apart := instant(s.listed("list published", "create first"), "updated_at").Sub(instant(s.listed("list published", "create second"), "updated_at")).Abs()
			return verdict(apart <= 2*time.Second, "%s apart", apart)
		}},
}

var rows18 = []Row{
	{Says: "`GET /agents/{agent_id}` shows an action with all that the listing shows.", Either: true, Steps: []string{"create", "list", "agent"}, Judge: showsAll("agent", "list", "create")},
	{Says: "`GET /agents` shows an action with all that the listing shows.", Either: true, Steps: []string{"create", "list", "agents"}, Judge: showsAll("agents", "list", "create")},
	{Says: "What `GET /agents/{agent_id}` shows of an action is what the listing shows.", Steps: []string{"create", "list", "agent"}, Judge: agrees("agent")},
	{Says: "What `GET /agents` shows of an action is what the listing shows.", Steps: []string{"create", "list", "agents"}, Judge: agrees("agents")},
}

var rows19 = []Row{
	{Says: "`X-RateLimit-Remaining` only falls until the reset.", Judge: onlyFalls},
	{Says: "After the reset `X-RateLimit-Remaining` is up again.", Steps: []string{"end of the window", "next window"},
		Judge: func(s *seen) (Verdict, string) {
			before, after := s.answers["end of the window"], s.answers["next window"]
			if _, ok := before.Reset(); !ok {
				return Untried, "no X-RateLimit-Reset came"
			}
			was, now := remaining(before), remaining(after)
			return verdict(now > was || was >= number64(before.Header.Get("X-RateLimit-Limit"))-1, "%d, then %d", was, now)
		}},
}
