package talq

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// paged serves answers by the page that is asked for.
func paged(t *testing.T, pages map[string]string) (*Client, *[]string) {
	t.Helper()
	var asked []string
	return over(t, func(r *http.Request) (*http.Response, error) {
		page := r.URL.Query().Get("page")
		asked = append(asked, page)
		body, ok := pages[page]
		if !ok || len(asked) > 20 {
			t.Errorf("page %q was asked for", page)
			return answering(404, "")()
		}
		return answering(200, body)()
	}), &asked
}

// page makes an answer of a paged listing; meta is left out where it is empty.
func page(meta string, ids ...string) string {
	var items []string
	for _, id := range ids {
		items = append(items, fmt.Sprintf(`{"id":%q}`, id))
	}
	if meta != "" {
		meta = `,"meta":` + meta
	}
	return `{"success":true,"data":[` + strings.Join(items, ",") + `]` + meta + `}`
}

func TestListingReadsAllPages(t *testing.T) {
	for name, test := range map[string]struct {
		pages map[string]string
		ids   []string
		asked []string
	}{
		"no meta":             {map[string]string{"": page("", "a", "b")}, []string{"a", "b"}, []string{""}},
		"meta null":           {map[string]string{"": page("null", "a")}, []string{"a"}, []string{""}},
		"meta as PHP's empty": {map[string]string{"": page("[]", "a")}, []string{"a"}, []string{""}},
		"meta empty":          {map[string]string{"": page("{}", "a")}, []string{"a"}, []string{""}},
		"one page": {map[string]string{
			"": page(`{"current_page":1,"per_page":20,"total":1,"last_page":1}`, "a"),
		}, []string{"a"}, []string{""}},
		"empty list": {map[string]string{
			"": page(`{"current_page":1,"per_page":20,"total":0,"last_page":1}`),
		}, nil, []string{""}},
		"empty list without a last page": {map[string]string{
			"": page(`{"current_page":1,"total":0,"last_page":0}`),
		}, nil, []string{""}},
		"three pages": {map[string]string{
			"":  page(`{"current_page":1,"total":5,"last_page":3}`, "a", "b"),
			"2": page(`{"current_page":2,"total":5,"last_page":3}`, "c", "d"),
			"3": page(`{"current_page":3,"total":5,"last_page":3}`, "e"),
		}, []string{"a", "b", "c", "d", "e"}, []string{"", "2", "3"}},
		"last page alone in meta": {map[string]string{
			"": page(`{"last_page":2}`, "a"), "2": page(`{"last_page":2}`, "b"),
		}, []string{"a", "b"}, []string{"", "2"}},
		"numbers as texts": {map[string]string{
			"":  page(`{"current_page":"1","total":"2","last_page":"2"}`, "a"),
			"2": page(`{"current_page":"2","total":"2","last_page":"2"}`, "b"),
		}, []string{"a", "b"}, []string{"", "2"}},
		"members of meta null": {map[string]string{
			"": page(`{"current_page":null,"total":null,"last_page":null}`, "a"),
		}, []string{"a"}, []string{""}},
		"a page more while it was read": {map[string]string{
			"":  page(`{"last_page":2}`, "a"),
			"2": page(`{"last_page":3}`, "b"), "3": page(`{"last_page":3}`, "c"),
		}, []string{"a", "b", "c"}, []string{"", "2", "3"}},
		"an item twice": {map[string]string{
			"": page(`{"last_page":2}`, "a", "b"), "2": page(`{"last_page":2}`, "b", "c"),
		}, []string{"a", "b", "c"}, []string{"", "2"}},
		"a total below what came": {map[string]string{"": page(`{"total":1}`, "a", "b")}, []string{"a", "b"}, []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := paged(t, test.pages)
			actions, err := list(c)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, a := range actions {
				ids = append(ids, a.ID)
			}
			if !slices.Equal(ids, test.ids) || !slices.Equal(*asked, test.asked) {
				t.Errorf("got %q from pages %q", ids, *asked)
			}
		})
	}
}

func TestListingFailsRatherThanComeShort(t *testing.T) {
	for name, test := range map[string]struct {
		pages map[string]string
		want  string
	}{
		"a null item":          {map[string]string{"": `{"data":[{"id":"a"},null]}`}, "no id"},
		"an item without id":   {map[string]string{"": `{"data":[{"id":"a"},{}]}`}, "no id"},
		"an item with id null": {map[string]string{"": `{"data":[{"id":null}]}`}, "no id"},
		"an item with no text": {map[string]string{"": `{"data":[{"id":""}]}`}, "no id"},
		"an item of a number":  {map[string]string{"": `{"data":[{"id":5}]}`}, "number"},
		"an item that is text": {map[string]string{"": `{"data":["a"]}`}, "string"},
		"a total above what came": {map[string]string{
			"": page(`{"current_page":1,"last_page":1,"total":3}`, "a", "b"),
		}, "3 items and has 2"},
		"an item that went from the first page meanwhile": {map[string]string{
			"":  page(`{"current_page":1,"last_page":2,"total":4}`, "a", "b"),
			"2": page(`{"current_page":2,"last_page":2,"total":3}`, "d"),
		}, "4 items and has 3"},
		"a total without pages": {map[string]string{"": page(`{"total":3}`, "a")}, "3 items and has 1"},
		"a page that does not advance": {map[string]string{
			"": page(`{"current_page":1,"last_page":2}`, "a"), "2": page(`{"current_page":1,"last_page":2}`, "a"),
		}, "page 2 of the list was asked for and page 1 came"},
		"a page that does not advance and is said to be the last": {map[string]string{
			"": page(`{"current_page":1,"last_page":2}`, "a"), "2": page(`{"current_page":1,"last_page":1}`, "a"),
		}, "page 1 came"},
		"the same items again, without a page number": {map[string]string{
			"": page(`{"last_page":9}`, "a", "b"), "2": page(`{"last_page":9}`, "b", "a"),
		}, "only what was on the pages before"},
		"an empty page before the last": {map[string]string{
			"": page(`{"last_page":3}`, "a"), "2": page(`{"last_page":3}`),
		}, "page 2 of the list is empty"},
		"an empty first page":     {map[string]string{"": page(`{"last_page":2}`)}, "page 1 of the list is empty"},
		"a first page too late":   {map[string]string{"": page(`{"current_page":2,"last_page":2}`, "a")}, "page 2 came"},
		"a last page of no use":   {map[string]string{"": page(`{"last_page":"many"}`, "a")}, "no whole number"},
		"a broken last page":      {map[string]string{"": page(`{"last_page":1.5}`, "a")}, "no whole number"},
		"a total of no use":       {map[string]string{"": page(`{"total":{}}`, "a")}, "no whole number"},
		"meta of another type":    {map[string]string{"": page(`"3 pages"`, "a")}, "string"},
		"a second page cut short": {map[string]string{"": page(`{"last_page":2}`, "a"), "2": `{"data":[`}, "cut short"},
		"a second page of null":   {map[string]string{"": page(`{"last_page":2}`, "a"), "2": `{"data":null}`}, "null"},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := paged(t, test.pages)
			actions, err := list(c)
			var e *UnreadableError
			if !errors.As(err, &e) || actions != nil {
				t.Fatalf("%d actions, error %T %v", len(actions), err, err)
			}
			contains(t, err.Error(), test.want)
		})
	}
}

func TestListingFailsWithAPageThatFails(t *testing.T) {
	play, _ := script(answering(200, page(`{"last_page":2}`, "a")), answering(404, `{"message":"Agent not found"}`))
	actions, err := list(over(t, play))
	if !isNotFound(err) || actions != nil {
		t.Errorf("%d actions, error %v", len(actions), err)
	}
}

func TestPagesKeepTheFilter(t *testing.T) {
	var asked []string
	c := over(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.RawQuery)
		return answering(200, page(fmt.Sprintf(`{"current_page":%d,"last_page":3}`, len(asked)), fmt.Sprint(len(asked))))()
	})
	agents, err := c.ListAgents(context.Background(), AgentFilter{Status: "published"})
	if err != nil || len(agents) != 3 {
		t.Fatalf("%d agents: %v", len(agents), err)
	}
	want := []string{"per_page=100&status=published", "page=2&per_page=100&status=published", "page=3&per_page=100&status=published"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q", asked)
	}
}
