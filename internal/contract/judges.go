package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

type judge = func(*seen) (Verdict, string)

func status(want int) func(guard.Answer) bool {
	return func(a guard.Answer) bool { return a.Status == want }
}

// all holds where each of the answers is as ok wants it.
func all(ok func(guard.Answer) bool, keys ...string) judge {
	return func(s *seen) (Verdict, string) {
		good, came := true, []string{}
		for _, key := range keys {
			a := s.answers[key]
			good = good && ok(a)
			came = append(came, strings.TrimSpace(fmt.Sprint(a.Status, " ", s.clean.message(said(a)))))
		}
		return verdict(good, "%s", strings.Join(slices.Compact(came), "; "))
	}
}

// values holds where each input of the name has the value.
func values(key, name string, want any) judge {
	return func(s *seen) (Verdict, string) {
		found := members(entries(s.action(key), name), "value")
		wrong := slices.ContainsFunc(found, func(value any) bool { return value != want })
		return verdict(len(found) > 0 && !wrong, "%s", s.shown(found))
	}
}

// moved holds where updated_at is later after the second upsert.
func moved(first, second string) judge {
	return func(s *seen) (Verdict, string) {
		a, b := s.action(first), s.action(second)
		return verdict(instant(b, "updated_at").After(instant(a, "updated_at")), "%s", s.shown([]any{a["updated_at"], b["updated_at"]}))
	}
}

func publication(key, want string) judge {
	return func(s *seen) (Verdict, string) {
		a := s.answers[key]
		if ready := object(s.answers["end of the window"].Object()["data"])["is_ready_to_publish"]; a.Status == http.StatusUnprocessableEntity && ready == false {
			return Untried, "the agent is not ready to be published"
		}
		now := object(a.Object()["data"])["current_status"]
		return verdict(a.OK() && now == want, "%d %s", a.Status, s.shown(now))
	}
}

// showsAll holds where another answer shows all members of what was made that the listing shows.
func showsAll(key, listing, made string) judge {
	return func(s *seen) (Verdict, string) {
		there := s.listed(key, made)
		missing := slices.DeleteFunc(slices.Sorted(maps.Keys(s.listed(listing, made))), func(member string) bool {
			_, ok := there[member]
			return ok
		})
		if there == nil {
			return Fails, "it does not show it"
		}
		return verdict(len(missing) == 0, "missing: %s", listOf(missing, "nothing"))
	}
}

// agrees holds where another answer shows nothing of the action that the listing shows otherwise.
func agrees(key string) judge {
	return func(s *seen) (Verdict, string) {
		there, listed := s.listed(key, "create"), s.listed("list", "create")
		if there == nil {
			return Untried, "it does not show the action"
		}
		var differ []string
		for member, value := range there {
			if want, ok := listed[member]; ok && !equal(value, want) {
				differ = append(differ, member)
			}
		}
		return verdict(len(differ) == 0, "different: %s", listOf(differ, "nothing"))
	}
}

// afterAWrite holds where an agent that the answer before shows as published has the status
// in the answer after.
func afterAWrite(before, after, want string) judge {
	return func(s *seen) (Verdict, string) {
		if was := s.action(before)["current_status"]; was != "published" {
			return Untried, "the agent was not published before"
		}
		now := s.action(after)["current_status"]
		return verdict(now == want, "%s", s.shown(now))
	}
}

// asSent holds where each of the members came back as it was sent, texts except for white space
// at their ends.
func asSent(sent body, came map[string]any, names ...string) (Verdict, string) {
	var differ []string
	for _, name := range names {
		want, got := sent[name], came[name]
		if text, ok := want.(string); ok {
			back, _ := got.(string)
			want, got = strings.TrimSpace(text), strings.TrimSpace(back)
		}
		if !equal(want, got) {
			differ = append(differ, name)
		}
	}
	return verdict(len(differ) == 0, "different: %s", listOf(differ, "nothing"))
}

// none holds where an answer has none of the names.
func none(of map[string]any, names string) (Verdict, string) {
	var found []string
	for _, name := range strings.Fields(names) {
		if _, ok := of[name]; ok {
			found = append(found, name)
		}
	}
	return verdict(len(found) == 0, "%s", listOf(found, "none of them"))
}

func (s *seen) count(matches func(guard.Answer) bool) int {
	n := 0
	for _, a := range s.all {
		if matches(a) {
			n++
		}
	}
	return n
}

// reset holds where every X-RateLimit-Reset is as ok wants it.
func reset(ok func(guard.Answer, time.Time) bool) judge {
	return func(s *seen) (Verdict, string) {
		came, wrong := 0, ""
		for _, a := range s.withToken {
			value := a.Header.Get("X-RateLimit-Reset")
			if value == "" {
				continue
			}
			came++
			if at, read := a.Reset(); !read || !ok(a, at) {
				wrong = value
			}
		}
		if came == 0 {
			return Untried, "no such header came"
		}
		return verdict(wrong == "", "%d came, %s", came, listOf(strings.Fields(wrong), "all like this"))
	}
}

// limited judges the Retry-After of the last 429.
func limited(judge func(after string) (Verdict, string)) judge {
	return func(s *seen) (Verdict, string) {
		v, note := Untried, "no 429 came: a run keeps below the limit"
		for _, a := range s.withToken {
			if a.Status == http.StatusTooManyRequests {
				v, note = judge(a.Header.Get("Retry-After"))
			}
		}
		return v, note
	}
}

func onlyFalls(s *seen) (Verdict, string) {
	pairs, rises := 0, 0
	for i := 1; i < len(s.withToken); i++ {
		a, b := s.withToken[i-1], s.withToken[i]
		ends, ok := a.Reset()
		next, read := b.Reset()
		if !ok || !read || !b.At.Before(ends) || next.Sub(ends).Abs() > time.Second {
			continue // Another window, or none is known.
		}
		pairs++
		if remaining(b) > remaining(a) {
			rises++
		}
	}
	if pairs == 0 {
		return Untried, "no two answers of one window came"
	}
	return verdict(rises == 0, "it rose in %d of %d pairs of answers", rises, pairs)
}
