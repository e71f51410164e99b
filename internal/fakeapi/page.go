package fakeapi

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// The sizes of the pages of GET /agents (API.md, Endpoints).
const (
	defaultPerPage = 20
	maxPerPage     = 100
)

// listing answers with items whole, or in pages where the behaviour has a page size.
func (s *Server) listing(items []any, query url.Values) answer {
	if s.behaviour.PageSize == 0 {
		return success(http.StatusOK, "", items)
	}
	errors := fieldErrors{}
	page := pageOf(query, s.behaviour.PageSize, errors)
	if len(errors) > 0 {
		return invalid(errors)
	}
	page.perPage = min(page.perPage, s.behaviour.PageSize)
	return page.answer(items)
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
	case value < 1 || value > largest:
		errors.add(key, fmt.Sprintf("The :attribute must be between 1 and %d.", largest))
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
