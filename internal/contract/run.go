package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
)

// trial is one run of all scenarios.
type trial struct {
	*seen
	client     *guard.Client
	run        string // makes node ids unlike those of other runs
	ids        map[string]string
	recordings []recording.Recording
}

func newTrial(client *guard.Client, run string) *trial {
	t := &trial{client: client, run: run, ids: map[string]string{recording.NumberName: client.NumberID}, seen: &seen{
		answers: map[string]guard.Answer{}, sent: map[string]body{}, items: map[string][]any{}, pages: map[string]int{},
		untried: map[string]string{}, clean: newCleaner(client.AgentID, string(client.Token), run),
	}}
	if client.NumberID != "" {
		t.clean.names[client.NumberID] = "{" + recording.NumberName + "}"
	}
	client.Observe = func(r guard.Request, a guard.Answer) {
		t.all = append(t.all, a)
		if r.Token == nil {
			t.withToken = append(t.withToken, a)
		}
		if strings.HasPrefix(r.Path, "/agents") && r.Method == "GET" {
			t.clean.learn(a.Object()["data"])
		}
	}
	return t
}

// tryAll checks the agent, sweeps it, makes all calls and sweeps again, in the end also
// where ctx has ended or a call got no answer.
func (t *trial) tryAll(ctx context.Context) (err error) {
	end, err := t.client.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	for _, sc := range scenarios() {
		sc = sc.allowed(t.client.MayPublish, func(s step) {
			t.untried[s.key] = "it publishes, which needs " + guard.MayPublishVariable + "=1"
		})
		if len(sc.steps) == 0 {
			continue
		}
		if err := t.try(ctx, sc); err != nil {
			return err
		}
	}
	return nil
}

func (t *trial) try(ctx context.Context, sc scenario) error {
	r := recording.Recording{Scenario: sc.name}
	defer func() { t.recordings = append(t.recordings, r) }()
	for _, s := range sc.steps {
		path, missing := recording.Resolve(s.path, t.client.AgentID, t.ids)
		if len(missing) > 0 {
			t.untried[s.key] = "what it is about was not made"
			continue
		}
		filled, missing := recording.Fill(s.body, t.ids)
		if len(missing) > 0 {
			t.untried[s.key] = whyMissing(missing[0])
			continue
		}
		if err := t.waitFor(ctx, s); err != nil {
			return err
		}
		answers, err := t.send(ctx, s, guard.Request{Method: s.method, Path: path, Token: recording.TokenOf(s.token)}, object(filled))
		if err != nil {
			t.untried[s.key] = "no answer came"
			return err
		}
		t.take(s, answers)
		r.Exchanges = append(r.Exchanges, t.exchange(s, answers[0]))
	}
	return nil
}

// whyMissing says why nothing is known of what a name in a body stands for.
func whyMissing(name string) string {
	if name == "{"+recording.NumberName+"}" {
		return "it needs " + guard.NumberVariable + ", a phone number that no agent has"
	}
	return "the account has no " + strings.Trim(name, "{}")
}

func (t *trial) waitFor(ctx context.Context, s step) error {
	wait := s.wait
	if last := t.withToken[len(t.withToken)-1]; s.nextWindow {
		if reset, ok := last.Reset(); ok {
			wait = min(max(reset.Sub(t.client.Now())+time.Second, 0), 2*time.Minute)
		}
	}
	if wait == 0 {
		return nil
	}
	return t.client.Wait(ctx, wait)
}

// send makes the call of a step, and returns the answer, or that of each page.
func (t *trial) send(ctx context.Context, s step, r guard.Request, b body) ([]guard.Answer, error) {
	if s.pages {
		return t.client.Pages(ctx, r.Path)
	}
	if s.body != nil {
		t.sent[s.key] = maps.Clone(b)
		if id, ok := b["node_id"]; ok {
			b["node_id"] = fmt.Sprint(id, "-", t.run)
		}
		r.Body = b
	}
	a, err := t.client.Do(ctx, r)
	return []guard.Answer{a}, err
}

// take keeps answers, and the id of what was made.
func (t *trial) take(s step, answers []guard.Answer) {
	t.answers[s.key], t.pages[s.key] = answers[0], len(answers)
	for _, a := range answers {
		t.items[s.key] = append(t.items[s.key], itemsOf(a, t.client.AgentID)...)
	}
	key, id := recording.Key(s.body), recording.ID(answers[0].Body)
	maps.Copy(t.ids, recording.Voices(answers[0].Body))
	if key != "" && answers[0].OK() && id != "" && id != t.client.AgentID {
		t.ids[key] = id
		t.clean.ours[id] = true
	}
}

// itemsOf are the actions, trainings or webhooks in an answer: a listing's, an agent's, or
// those of the agent among many.
func itemsOf(a guard.Answer, agentID string) []any {
	data := a.Object()["data"]
	items, _ := data.([]any)
	for _, item := range items {
		if agent := object(item); agent["id"] == agentID {
			data, items = agent, nil
		}
	}
	for _, member := range []string{"actions", "trainings", "webhooks"} {
		more, _ := object(data)[member].([]any)
		items = append(items, more...)
	}
	return items
}

func (t *trial) exchange(s step, a guard.Answer) recording.Exchange {
	e := recording.Exchange{Step: s.key, Method: s.method, Path: s.path, Request: s.body, Status: a.Status, Token: s.token, Header: map[string]string{}}
	for _, name := range []string{"Content-Type", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		if value := a.Header.Get(name); value != "" {
			e.Header[name] = value
		}
	}
	e.Answer = t.clean.value("", a.Body)
	return e
}
