package guard

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const maxPages = 50

// AgentPath is the path of the agent.
func (c *Client) AgentPath() string { return "/agents/" + url.PathEscape(c.AgentID) }

// ErrRefused says that the agent must not be used. Nothing was changed then.
var ErrRefused = errors.New("nothing was changed")

// reading is what is known of the agent before a sweep.
type reading struct {
	agent   map[string]any
	actions []any
	listed  bool // whether the actions were read
	agents  []any
}

// Check reads the agent, and returns an [ErrRefused] where somebody else uses it: where it
// is published, is led by a flow, or has actions or trainings without [Prefix]. It says whether
// the agent is published. Webhooks of others do not matter: nothing is done to them.
func (c *Client) Check(ctx context.Context) (published bool, err error) {
	read, err := c.check(ctx)
	return read.agent["current_status"] == "published", err
}

func (c *Client) check(ctx context.Context) (reading, error) {
	agent, err := c.agent(ctx)
	if err != nil {
		return reading{}, fmt.Errorf("%w, %w", err, ErrRefused)
	}
	agents, err := c.agents(ctx)
	if err != nil {
		return reading{}, fmt.Errorf("%w, %w", err, ErrRefused)
	}
	if err := c.checkNumber(agents); err != nil {
		return reading{}, err
	}
	if c.MayBeChanged {
		return reading{agent: agent, agents: agents}, nil
	}
	refuse := func(why string) (reading, error) {
		return reading{}, fmt.Errorf("the agent %s: take another one, or set %s=1 if it may be changed and go off the air; %w", why, MayBeChangedVariable, ErrRefused)
	}
	if agent["current_status"] != "draft" {
		return refuse("is published, or does not say that it is a draft")
	}
	actions, err := c.actions(ctx)
	if err != nil {
		return reading{}, fmt.Errorf("%w, %w", err, ErrRefused)
	}
	mode, err := c.mode(ctx)
	if err != nil {
		return reading{}, fmt.Errorf("%w, %w", err, ErrRefused)
	}
	trainings, ok := agent["trainings"].([]any)
	switch {
	case mode != "llm_driven":
		return refuse("has a flow, which the run may overwrite, or does not say that it has none")
	case !ok:
		return refuse("does not say whether it has trainings")
	case len(without(trainings, "subject")) > 0:
		return refuse("has trainings that are not from such a run")
	case len(without(actions, "name")) > 0:
		return refuse("has actions that are not from such a run")
	}
	return reading{agent, actions, true, agents}, nil
}

// Sweep deletes all actions, trainings and webhooks of the agent whose name or subject
// begins with [Prefix], and all other agents whose name and label begin with [AgentPrefix]. It
// goes on after one that cannot be deleted.
func (c *Client) Sweep(ctx context.Context) error {
	agent, err := c.agent(ctx)
	if err != nil {
		return err
	}
	agents, unlisted := c.agents(ctx)
	return errors.Join(unlisted, c.sweep(ctx, reading{agent: agent, agents: agents}))
}

// sweep reads what was not read yet. The webhooks come last: an API that has no such call
// has none of ours either.
func (c *Client) sweep(ctx context.Context, read reading) error {
	if !read.listed {
		actions, err := c.actions(ctx)
		if err != nil {
			return err
		}
		read.actions = actions
	}
	trainings, _ := read.agent["trainings"].([]any)
	err := errors.Join(c.sweepAgents(ctx, read.agents),
		c.deleteOurs(ctx, "actions", "name", read.actions), c.deleteOurs(ctx, "trainings", "subject", trainings))
	webhooks, unread := c.Webhooks(ctx)
	return errors.Join(err, unread, c.deleteOurs(ctx, "webhooks", "name", webhooks))
}

func (c *Client) deleteOurs(ctx context.Context, kind, key string, items []any) error {
	var failed error
	for _, item := range items {
		object, _ := item.(map[string]any)
		if !ours(object[key]) {
			continue
		}
		id := ID(object)
		if id == "" {
			failed = errors.Join(failed, fmt.Errorf("one of the %s whose %s begins with %s has no id: delete it in the dashboard", kind, key, Prefix))
			continue
		}
		a, err := c.Do(ctx, Request{Method: http.MethodDelete, Path: c.AgentPath() + "/" + kind + "/" + url.PathEscape(id)})
		if err == nil && !a.OK() && a.Status != http.StatusNotFound {
			err = fmt.Errorf("deleting one of the %s whose %s begins with %s answered %d: delete it in the dashboard", kind, key, Prefix, a.Status)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// StopTakingCalls unpublishes the agent where it is published.
func (c *Client) StopTakingCalls(ctx context.Context) error {
	agent, err := c.agent(ctx)
	if err != nil || agent["current_status"] != "published" {
		return err
	}
	a, err := c.Do(ctx, Request{Method: http.MethodPost, Path: c.AgentPath() + "/unpublish"})
	if err == nil && !a.OK() {
		err = fmt.Errorf("unpublishing the agent answered %d", a.Status)
	}
	return err
}

func (c *Client) agent(ctx context.Context) (map[string]any, error) {
	a, err := c.Do(ctx, Request{Method: http.MethodGet, Path: c.AgentPath()})
	if err != nil {
		return nil, err
	}
	agent, ok := a.Object()["data"].(map[string]any)
	if !a.OK() || !ok {
		return nil, fmt.Errorf("reading the agent answered %d: see whether the token, its environment and the agent's id are right", a.Status)
	}
	return agent, nil
}

// actions is the agent's own listing, all pages.
func (c *Client) actions(ctx context.Context) ([]any, error) {
	pages, err := c.Pages(ctx, c.AgentPath()+"/actions")
	var all []any
	for _, page := range pages {
		items, ok := page.Object()["data"].([]any)
		if !ok || !page.OK() {
			return nil, fmt.Errorf("listing the agent's actions answered %d", page.Status)
		}
		all = append(all, items...)
	}
	return all, err
}

// mode is what leads the agent's conversations: "llm_driven" where no flow does.
func (c *Client) mode(ctx context.Context) (any, error) {
	a, err := c.Do(ctx, Request{Method: http.MethodGet, Path: c.AgentPath() + "/flow"})
	if err != nil {
		return nil, err
	}
	flow, ok := a.Object()["data"].(map[string]any)
	if !a.OK() || !ok {
		return nil, fmt.Errorf("reading the agent's flow answered %d", a.Status)
	}
	return flow["conversation_mode"], nil
}

// Webhooks is the agent's listing of them; none where the API does not know it.
func (c *Client) Webhooks(ctx context.Context) ([]any, error) {
	a, err := c.Do(ctx, Request{Method: http.MethodGet, Path: c.AgentPath() + "/webhooks"})
	if err != nil || a.Status == http.StatusNotFound {
		return nil, err
	}
	data, _ := a.Object()["data"].(map[string]any)
	items, ok := data["webhooks"].([]any)
	if !ok || !a.OK() {
		return nil, fmt.Errorf("listing the agent's webhooks answered %d: look in the dashboard for those whose name begins with %s", a.Status, Prefix)
	}
	return items, nil
}

// Pages makes a GET of path, and of every further page that the answer's meta names, at
// most maxPages: more is an error.
func (c *Client) Pages(ctx context.Context, path string) ([]Answer, error) {
	var pages []Answer
	for number, last := 1, 1; number <= last; number++ {
		if number > maxPages {
			return pages, fmt.Errorf("a listing has more than %d pages", maxPages)
		}
		at := path
		if number > 1 {
			separator := "?"
			if strings.Contains(path, "?") {
				separator = "&"
			}
			at += separator + "page=" + strconv.Itoa(number)
		}
		a, err := c.Do(ctx, Request{Method: http.MethodGet, Path: at})
		if err != nil {
			return pages, err
		}
		pages = append(pages, a)
		meta, _ := a.Object()["meta"].(map[string]any)
		last, _ = strconv.Atoi(fmt.Sprint(meta["last_page"]))
	}
	return pages, nil
}

// ID is the id of an object, a text or a number; "" where it has none.
func ID(object map[string]any) string {
	switch id := object["id"].(type) {
	case string:
		return id
	case json.Number:
		return id.String()
	}
	return ""
}

func without(items []any, key string) []any {
	var foreign []any
	for _, item := range items {
		if object, _ := item.(map[string]any); !ours(object[key]) {
			foreign = append(foreign, item)
		}
	}
	return foreign
}

func ours(name any) bool {
	text, _ := name.(string)
	return strings.HasPrefix(text, Prefix)
}
