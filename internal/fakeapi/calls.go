package fakeapi

import (
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The sizes of the pages of GET /agents (API.md, Endpoints).
const (
	defaultPerPage = 20
	maxPerPage     = 100
)

func (s *Server) listActions(a *agent, entry *Request) answer {
	actions := s.behaviour.actionObjects(a)
	if s.behaviour.PageSize == 0 {
		return success(http.StatusOK, "", actions)
	}
	errors := fieldErrors{}
	page := pageOf(entry.Query, s.behaviour.PageSize, errors)
	if len(errors) > 0 {
		return invalid(errors)
	}
	page.perPage = min(page.perPage, s.behaviour.PageSize)
	return page.answer(actions)
}

func (s *Server) listAgents(token string, entry *Request) answer {
	errors := fieldErrors{}
	page := pageOf(entry.Query, defaultPerPage, errors)
	if len(errors) > 0 {
		return invalid(errors)
	}
	agents := []*agent{}
	for _, a := range s.world.agents {
		if a.token == token && a.answersTo(entry.Query) {
			agents = append(agents, a)
		}
	}
	first, last := page.bounds(len(agents))
	shown := []any{}
	for _, a := range agents[first:last] {
		shown = append(shown, s.behaviour.listedAgentObject(a))
	}
	return page.wrap(shown, len(agents))
}

// answersTo says whether the filters of GET /agents let an agent through.
func (a *agent) answersTo(query url.Values) bool {
	name, _ := a.fields["name"].(string)
	status, direction := query.Get("status"), query.Get("direction")
	return (status == "" || status == a.status) &&
		(direction == "" || direction == a.fields["direction"]) &&
		strings.Contains(strings.ToLower(name), strings.ToLower(query.Get("search")))
}

func (s *Server) upsertAction(a *agent, entry *Request) answer {
	mediaType, _, _ := mime.ParseMediaType(entry.Header.Get("Content-Type"))
	if mediaType != "application/json" {
		return refusal(http.StatusUnsupportedMediaType, "The request body must be application/json.")
	}
	if _, err := decodeJSON(entry.RawBody); err != nil {
		return refusal(http.StatusBadRequest, "The request body is not valid JSON.")
	}
	b := s.behaviour
	sent := b.cleaned(entry.Body) // Anything but an object counts as an empty one.
	nodeID, _ := sent["node_id"].(string)
	act := a.actionOfNode(nodeID)
	before := map[string]any{}
	if act != nil {
		before = act.fields
	}
	after := b.merge(before, sent)
	if errors := validate(sent, after); len(errors) > 0 {
		return invalid(errors)
	}

	now := s.now()
	switch {
	case act == nil:
		created := b.later(now, time.Time{})
		act = &action{id: s.idFor(a, nodeID), created: created, updated: created}
		s.world.add(a, act)
	case !b.UntouchedWhenEqual || !sameFields(before, after):
		act.updated = b.later(now, act.updated)
	}
	act.fields = after
	a.setStatus(statusDraft, now, b)
	// Both kinds of write say "updated" (API.md, ruling 3).
	return done(success(b.upsertStatus(), "Agent action updated successfully", b.actionObject(act, true)))
}

func (s *Server) idFor(a *agent, nodeID string) string {
	if id, ok := a.deletedIDs[nodeID]; ok && s.behaviour.ReuseIDs {
		return id
	}
	return s.world.newActionID()
}

func (s *Server) deleteAction(a *agent, entry *Request) answer {
	if !a.remove(entry.ActionID) {
		return refusal(http.StatusNotFound, "Action not found")
	}
	a.setStatus(statusDraft, s.now(), s.behaviour)
	result := success(s.behaviour.deleteStatus(), "Agent action deleted successfully", nil)
	if result.status == http.StatusNoContent {
		result.payload = nil
	}
	return done(result)
}

func (s *Server) publish(a *agent) answer {
	if !a.ready {
		reasons := a.reasons
		if len(reasons) == 0 {
			reasons = []string{"The agent is not complete."}
		}
		return answer{status: http.StatusUnprocessableEntity, payload: map[string]any{
			"success": false,
			"message": "Agent is not ready to publish.",
			"errors":  map[string]any{"agent": reasons},
		}}
	}
	a.setStatus(statusPublished, s.now(), s.behaviour)
	return done(success(http.StatusOK, "Agent published successfully", s.behaviour.publicationObject(a)))
}

func (s *Server) unpublish(a *agent) answer {
	a.setStatus(statusDraft, s.now(), s.behaviour)
	return done(success(http.StatusOK, "Agent unpublished successfully", s.behaviour.publicationObject(a)))
}

// done marks the answer of a write that was carried out.
func done(a answer) answer {
	a.write = true
	return a
}

// cleaned is a body after Laravel's middleware for strings, where it is on.
func (b Behaviour) cleaned(body map[string]any) map[string]any {
	cleaned := maps.Clone(body)
	for field, value := range cleaned {
		cleaned[field] = mapStrings(value, func(text string) any {
			if b.TrimStrings {
				text = strings.TrimSpace(text)
			}
			if b.EmptyToNull && text == "" {
				return nil
			}
			return text
		})
	}
	return cleaned
}

// page is one page of a listing, counted from 1.
type page struct {
	number, perPage int
}

func pageOf(query url.Values, perPage int, errors fieldErrors) page {
	p := page{number: 1, perPage: perPage}
	p.number = queryInteger(query, "page", p.number, 1<<31, errors)
	p.perPage = queryInteger(query, "per_page", p.perPage, maxPerPage, errors)
	return p
}

func queryInteger(query url.Values, key string, otherwise, largest int, errors fieldErrors) int {
	if !query.Has(key) {
		return otherwise
	}
	value, err := strconv.Atoi(query.Get(key))
	switch {
	case err != nil:
		errors.add(key, "The :attribute field must be an integer.")
	case value < 1:
		errors.add(key, "The :attribute field must be at least 1.")
	case value > largest:
		errors.add(key, "The :attribute field must not be greater than "+strconv.Itoa(largest)+".")
	}
	return value
}

// bounds are the first item of the page, and the first one behind it.
func (p page) bounds(total int) (first, last int) {
	return min((p.number-1)*p.perPage, total), min(p.number*p.perPage, total)
}

func (p page) answer(items []any) answer {
	first, last := p.bounds(len(items))
	return p.wrap(slices.Clone(items[first:last]), len(items))
}

func (p page) wrap(items []any, total int) answer {
	result := success(http.StatusOK, "", nil)
	result.payload = map[string]any{"success": true, "data": items, "meta": map[string]any{
		"current_page": p.number,
		"per_page":     p.perPage,
		"total":        total,
		"last_page":    max(1, (total+p.perPage-1)/p.perPage),
	}}
	return result
}
