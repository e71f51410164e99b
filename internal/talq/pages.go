package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strconv"
)

// pageMeta says where in a paged listing an answer stands.
type pageMeta struct {
	CurrentPage pageNumber `json:"current_page"`
	LastPage    pageNumber `json:"last_page"`
	Total       pageNumber `json:"total"`
}

// UnmarshalJSON takes null and [], PHP's way to write an empty object, as left out.
func (m *pageMeta) UnmarshalJSON(raw []byte) error {
	if text := string(raw); text == "null" || text == "[]" {
		return nil
	}
	type plain pageMeta
	return json.Unmarshal(raw, (*plain)(m))
}

// pageNumber is a whole number, or a string that holds one. Anything else is an
// error: to take it as left out would make the first page the whole list.
type pageNumber struct{ value *int }

// UnmarshalJSON takes null as left out.
func (p *pageNumber) UnmarshalJSON(raw []byte) error {
	if string(raw) == "null" {
		return nil
	}
	text := string(raw)
	_ = json.Unmarshal(raw, &text) // a number stays what it is
	n, err := strconv.Atoi(text)
	if err != nil {
		return errors.New("a page number of meta is no whole number")
	}
	p.value = &n
	return nil
}

func (p pageNumber) or(fallback int) int {
	if p.value == nil {
		return fallback
	}
	return *p.value
}

type pageOf[T any] struct {
	items []T
	last  bool
	pages int // of the whole list, as this page says; 1 if it does not
	total int // of the whole list, as this page says; zero if it does not
	a     answer
}

// onePage reads a page of a list and decodes its items. It fails where another
// page came than was asked for, or an item has no id.
func onePage[T any](ctx context.Context, c *Client, r request, number int, id func(T) string) (pageOf[T], error) {
	if number > 1 {
		query := url.Values{"page": {strconv.Itoa(number)}}
		maps.Copy(query, r.query)
		r.query = query
	}
	e, a, err := c.call(ctx, r)
	if err != nil {
		return pageOf[T]{}, err
	}
	list, err := listIn(e.Data, r.listMember)
	if err != nil {
		return pageOf[T]{}, unreadable(r, a, err)
	}
	var data []*T
	if err := json.Unmarshal(list, &data); err != nil {
		return pageOf[T]{}, unreadable(r, a, describeJSON(list, err))
	}
	if data == nil {
		return pageOf[T]{}, unreadable(r, a, errors.New("its data is null, where a list was expected"))
	}
	p := pageOf[T]{items: make([]T, 0, len(data)), pages: e.Meta.LastPage.or(1), total: e.Meta.Total.or(0), a: a}
	for _, item := range data {
		itsID := ""
		if item != nil {
			itsID = id(*item)
		}
		if err := checkID("an item of the list", itsID); err != nil {
			return pageOf[T]{}, unreadable(r, a, err)
		}
		p.items = append(p.items, *item)
	}
	if current := e.Meta.CurrentPage.or(number); current != number && max(number, p.pages) > 1 {
		return pageOf[T]{}, unreadable(r, a, fmt.Errorf("page %d of the list was asked for and page %d came", number, current))
	}
	p.last = number >= p.pages
	return p, nil
}

// listIn returns the list of an answer's data: a member of it, or all of it where the
// member's name is empty.
func listIn(data json.RawMessage, member string) (json.RawMessage, error) {
	if member == "" {
		return data, nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, describeJSON(data, err)
	}
	if object == nil {
		return nil, errors.New("its data is null")
	}
	list, ok := object[member]
	if !ok {
		return nil, fmt.Errorf("its data has no %s", member)
	}
	return list, nil
}

// maxListing is the size in bytes past which a list is given up, over all its
// pages: each is bounded by [MaxAnswer], but nothing says how many there are.
const maxListing = 4 * MaxAnswer

// all makes a call whose answer holds a list, over all its pages. It follows
// meta.last_page where there is one, and fails where a page does not advance or
// an item is missing (API.md, rulings 4 and 8): a short list would look like
// objects that are gone.
func all[T any](ctx context.Context, c *Client, r request, id func(T) string) ([]T, error) {
	items, _, err := allPages(ctx, c, r, id)
	return items, err
}

// allPages is all for a caller that also wants the last page's answer.
func allPages[T any](ctx context.Context, c *Client, r request, id func(T) string) ([]T, answer, error) {
	var items []T
	seen := map[string]bool{}
	read := 0  // bytes
	total := 0 // the largest that a page named: it falls when an item goes meanwhile
	for number := 1; ; number++ {
		p, err := onePage(ctx, c, r, number, id)
		if err != nil {
			return nil, p.a, err
		}
		if read += len(p.a.body); read > c.maxListing {
			return nil, p.a, unreadable(r, p.a, fmt.Errorf("the list is larger than %d MiB over its pages", c.maxListing>>20))
		}
		before := len(items)
		for _, item := range p.items {
			if !seen[id(item)] {
				seen[id(item)] = true
				items = append(items, item)
			}
		}
		total = max(total, p.total)
		switch {
		case p.last && total > len(items):
			return nil, p.a, unreadable(r, p.a, fmt.Errorf("the list was to have %d items and has %d; it may have changed while it was read, so try again", total, len(items)))
		case p.last:
			return items, p.a, nil
		case len(p.items) == 0:
			return nil, p.a, unreadable(r, p.a, fmt.Errorf("page %d of the list is empty, and it is not the last", number))
		case len(items) == before:
			return nil, p.a, unreadable(r, p.a, fmt.Errorf("page %d of the list holds only what was on the pages before", number))
		}
	}
}
