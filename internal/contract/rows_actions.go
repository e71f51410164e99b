package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// four are the upserts whose actions "list four" lists, in the order of their creation.
var four = []string{"transfer", "transfer both ways", "hold", "hold both ways"}

var rows1 = []Row{
	{Says: "An action that was sent with the field alone comes back with an input of that name.", Either: true, Steps: []string{"transfer", "hold"},
		Judge: func(s *seen) (Verdict, string) {
			t, h := len(entries(s.action("transfer"), "transfer_to")), len(entries(s.action("hold"), "hold_duration"))
			return verdict(t > 0 && h > 0, "transfer_to %d times, hold_duration %d times", t, h)
		}},
	{Says: "An action that was sent both ways comes back with one such input.", Either: true, Steps: []string{"transfer both ways", "hold both ways"},
		Judge: func(s *seen) (Verdict, string) {
			t, h := len(entries(s.action("transfer both ways"), "transfer_to")), len(entries(s.action("hold both ways"), "hold_duration"))
			return verdict(t == 1 && h == 1, "transfer_to %d times, hold_duration %d times", t, h)
		}},
	{Says: "The value of `transfer_to` is the text that was sent.", Either: true, Steps: []string{"transfer both ways"},
		Judge: values("transfer both ways", "transfer_to", firstNumber)},
	{Says: "The value of `hold_duration` is the number that was sent.", Either: true, Steps: []string{"hold both ways"},
		Judge: values("hold both ways", "hold_duration", json.Number("30"))},
	{Says: "An update that is sent both ways comes back with the new value alone.", Steps: []string{"transfer elsewhere"},
		Judge: func(s *seen) (Verdict, string) {
			found := entries(s.action("transfer elsewhere"), "transfer_to")
			ok := len(found) > 0
			for _, e := range found {
				ok = ok && strings.TrimPrefix(fmt.Sprint(e["value"]), "+") == secondNumber[1:]
			}
			return verdict(ok, "%s", s.shown(members(found, "value")))
		}},
}

var rows2 = []Row{
	{Says: "An answer has no hidden field beside the documented ones.", Either: true, Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			found := present(s.action("create"))
			found = append(found, present(s.listed("list", "create"))...)
			return verdict(len(found) == 0, "%s", listOf(found, "none of them"))
		}},
	{Says: "An answer has no hidden field in `config`.", Either: true, Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			found := present(object(s.action("create")["config"]))
			found = append(found, present(object(s.listed("list", "create")["config"]))...)
			return verdict(len(found) == 0, "%s", listOf(found, "none of them"))
		}},
	{Says: "Values of headers that come back are those that were sent.", Either: true, Steps: []string{"create"},
		Judge: func(s *seen) (Verdict, string) {
			headers, ok := s.hidden("create", "custom_headers")
			if !ok {
				return Untried, "no headers came back"
			}
			return verdict(equal(headers, s.sent["create"]["custom_headers"]), "%s", s.shown(headers))
		}},
}

var rows3 = []Row{
	{Says: "An upsert that is made as the reference says answers with a 2xx.", AnyStatus: true, Steps: []string{"create", "transfer", "hold", "external with nothing"},
		Judge: all(guard.Answer.OK, "create", "transfer", "hold", "external with nothing")},
	{Says: "An upsert answers 200.", Either: true, Steps: []string{"create", "rename"}, Judge: all(status(200), "create", "rename")},
	{Says: "A delete answers with a 2xx.", AnyStatus: true, Steps: []string{"delete"}, Judge: all(guard.Answer.OK, "delete")},
	{Says: "A delete answers 200.", Either: true, Steps: []string{"delete"}, Judge: all(status(200), "delete")},
	{Says: "The answer to a delete is empty or a JSON object.", Steps: []string{"delete"},
		Judge: all(func(a guard.Answer) bool { return a.Size == 0 || a.Object() != nil }, "delete")},
}

var rows4 = []Row{
	{Says: "A fresh action has equal `created_at` and `updated_at`.", Steps: []string{"create", "transfer"},
		Judge: func(s *seen) (Verdict, string) {
			a, b := s.action("create"), s.action("transfer")
			return verdict(instant(a, "created_at").Equal(instant(a, "updated_at")) && instant(b, "created_at").Equal(instant(b, "updated_at")),
				"%s", s.shown([]any{a["created_at"], a["updated_at"], b["created_at"], b["updated_at"]}))
		}},
	{Says: "An upsert under a node id that is taken keeps the action's id, and `updated_at` is later than `created_at`.", Steps: []string{"create", "rename"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.action("rename")
			return verdict(a["id"] == s.action("create")["id"] && instant(a, "updated_at").After(instant(a, "created_at")),
				"same id: %t; %s", a["id"] == s.action("create")["id"], s.shown([]any{a["created_at"], a["updated_at"]}))
		}},
	{Says: "Times have whole seconds.", Either: true, Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			times := []any{s.action("create")["created_at"], s.listed("list", "create")["created_at"]}
			return verdict(!strings.Contains(fmt.Sprint(times...), "."), "%s", s.shown(times))
		}},
	{Says: "An upsert and a listing write a time in the same way.", Either: true, Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			times := []any{s.action("create")["created_at"], s.listed("list", "create")["created_at"]}
			return verdict(times[0] == times[1], "%s", s.shown(times))
		}},
	{Says: "An upsert and a listing show the same instant.", Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			a, b := s.action("create"), s.listed("list", "create")
			return verdict(instant(a, "created_at").Equal(instant(b, "created_at")) && !instant(a, "created_at").IsZero(),
				"%s", s.shown([]any{a["created_at"], b["created_at"]}))
		}},
}

var rows5 = []Row{
	{Says: "The listing comes whole, also where `per_page=1` is asked for.", Either: true, Steps: append([]string{"page of one"}, four...),
		Judge: func(s *seen) (Verdict, string) {
			_, meta := s.answers["page of one"].Object()["meta"]
			n := len(s.positions("page of one", four...))
			return verdict(n == len(four) && !meta, "%d of %d actions, meta: %t", n, len(four), meta)
		}},
	{Says: "Where the listing comes in pages, these hold each action once.", Steps: append([]string{"list four"}, four...),
		Judge: func(s *seen) (Verdict, string) {
			if s.pages["list four"] < 2 {
				return Untried, "it came whole"
			}
			once := 0
			for _, key := range four {
				if len(s.positions("list four", key)) == 1 {
					once++
				}
			}
			return verdict(once == len(four), "%d pages with %d of %d actions once", s.pages["list four"], once, len(four))
		}},
}

var rows6 = []Row{
	{Says: "An update keeps a field that is read back and that it leaves out.", Either: true, Steps: []string{"create", "leave out"},
		Judge: func(s *seen) (Verdict, string) {
			now := s.action("leave out")["authorization_url"]
			return verdict(now == s.action("create")["authorization_url"], "authorization_url is %s", s.shown(now))
		}},
	{Says: "An update keeps a hidden field that it leaves out.", Either: true, Steps: []string{"leave out"},
		Judge: func(s *seen) (Verdict, string) {
			now, ok := s.hidden("leave out", "speak_on_receive")
			if !ok {
				return Untried, "hidden fields do not come back"
			}
			return verdict(now == "Thank you.", "speak_on_receive is %s", s.shown(now))
		}},
	{Says: "Neutral values are taken: `none`, `during_call`, `[]`, and null for the others.", AnyStatus: true, Steps: []string{"reset"},
		Judge: func(s *seen) (Verdict, string) {
			a := s.action("reset")
			inputs, _ := a["input_schema"].([]any)
			return verdict(s.answers["reset"].OK() && a["authorization_url"] == nil && len(inputs) == 0,
				"%d; authorization_url %s, %d inputs", s.answers["reset"].Status, s.shown(a["authorization_url"]), len(inputs))
		}},
}

var rows7 = []Row{
	{Says: "`external` needs nothing more than every action does.", AnyStatus: true, Steps: []string{"external with nothing"}, Judge: all(guard.Answer.OK, "external with nothing")},
	{Says: "`external` takes URLs, authorization, headers, phrases and `post_call`.", AnyStatus: true, Steps: []string{"external with all"},
		Judge: func(s *seen) (Verdict, string) {
			a, sent := s.action("external with all"), s.sent["external with all"]
			return verdict(a["url"] == sent["url"] && a["authorization_url"] == sent["authorization_url"],
				"%d; url %s", s.answers["external with all"].Status, s.shown(a["url"]))
		}},
}

var rows8 = []Row{
	{Says: "A text, a number, a boolean, an object and a list come back as they were sent.", Steps: []string{"create", "list"},
		Judge: func(s *seen) (Verdict, string) {
			ok, back := true, []any{}
			for _, sent := range anyValues() {
				name, _ := object(sent)["name"].(string)
				found := members(entries(s.listed("list", "create"), name), "value")
				ok = ok && len(found) == 1 && equal(found[0], object(sent)["value"])
				back = append(back, found...)
			}
			return verdict(ok, "%s", s.shown(back))
		}},
}
