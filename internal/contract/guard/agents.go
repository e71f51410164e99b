package guard

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// agents are all agents that the token reaches.
func (c *Client) agents(ctx context.Context) ([]any, error) {
	pages, err := c.Pages(ctx, "/agents?per_page=100")
	var all []any
	for _, page := range pages {
		items, ok := page.Object()["data"].([]any)
		if !ok || !page.OK() {
			return nil, fmt.Errorf("listing the agents answered %d", page.Status)
		}
		all = append(all, items...)
	}
	return all, err
}

// wasMade says whether a run made an agent. The given one was not, whatever its name.
func (c *Client) wasMade(agent map[string]any) bool {
	name, _ := agent["name"].(string)
	label, _ := agent["label"].(string)
	return strings.HasPrefix(name, AgentPrefix) && strings.HasPrefix(label, AgentPrefix) && ID(agent) != c.AgentID
}

// checkNumber returns an [ErrRefused] where an agent that no run made has the phone number, or
// does not say which it has.
func (c *Client) checkNumber(agents []any) error {
	for _, item := range agents {
		agent, _ := item.(map[string]any)
		if c.NumberID == "" || c.wasMade(agent) {
			continue
		}
		numbers, ok := agent["phone_numbers"].([]any)
		if !ok {
			return fmt.Errorf("an agent does not say which phone numbers it has: leave out %s; %w", NumberVariable, ErrRefused)
		}
		for _, number := range numbers {
			if object, _ := number.(map[string]any); ID(object) == c.NumberID {
				return fmt.Errorf("an agent has the phone number of %s: take another one, or leave it out; %w", NumberVariable, ErrRefused)
			}
		}
	}
	return nil
}

// sweepAgents deletes the agents that a run made. One that is published is unpublished first.
func (c *Client) sweepAgents(ctx context.Context, agents []any) error {
	var failed error
	for _, item := range agents {
		agent, _ := item.(map[string]any)
		if !c.wasMade(agent) {
			continue
		}
		if ID(agent) == "" {
			failed = errors.Join(failed, fmt.Errorf("an agent whose name begins with %s has no id: delete it in the dashboard", AgentPrefix))
			continue
		}
		path := "/agents/" + url.PathEscape(ID(agent))
		if agent["current_status"] == "published" {
			if _, err := c.Do(ctx, Request{Method: http.MethodPost, Path: path + "/unpublish"}); err != nil {
				return errors.Join(failed, err)
			}
		}
		a, err := c.Do(ctx, Request{Method: http.MethodDelete, Path: path})
		if err == nil && !a.OK() && a.Status != http.StatusNotFound {
			err = fmt.Errorf("deleting an agent whose name begins with %s answered %d: delete it in the dashboard", AgentPrefix, a.Status)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}
