package talq

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// In a bubble our clock stands at 2000-01-01T00:00:00Z when the create starts; the
// search comes ten seconds later.
func TestFindAgentsCreatedSince(t *testing.T) {
	stamp := func(t time.Time) string { return fmt.Sprintf("%q", t.Format(time.RFC3339)) }
	const day = 24 * time.Hour
	for name, test := range map[string]struct {
		skew    time.Duration // of the server's clock
		noDate  bool
		created string // JSON
		since   bool
	}{
		"made by the create":         {0, false, stamp(bubbleStart.Add(time.Second)), true},
		"in the second of the start": {0, false, stamp(bubbleStart), true},
		"two seconds before":         {0, false, stamp(bubbleStart.Add(-2 * time.Second)), false},
		"long before":                {0, false, stamp(bubbleStart.Add(-day)), false},
		"made, server ahead":         {day, false, stamp(bubbleStart.Add(day)), true},
		"before, server ahead":       {day, false, stamp(bubbleStart.Add(day - time.Minute)), false},
		"made, server behind":        {-day, false, stamp(bubbleStart.Add(-day)), true},
		"before, server behind":      {-day, false, stamp(bubbleStart.Add(-day - time.Minute)), false},
		"made, no Date":              {0, true, stamp(bubbleStart), true},
		"before, no Date":            {0, true, stamp(bubbleStart.Add(-time.Minute)), false},
		"microseconds, other zone":   {0, false, `"2000-01-01T02:00:00.000001+02:00"`, true},
		"unreadable":                 {0, false, `"soon"`, false},
		"null":                       {0, false, `null`, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := over(t, func(*http.Request) (*http.Response, error) {
					body := `{"data":[{"id":"a","created_at":` + test.created + `}]}`
					if test.noDate {
						return answering(200, body)()
					}
					return answering(200, body, "Date", httpDate(time.Now().Add(test.skew)))()
				})
				started := time.Now()
				time.Sleep(10 * time.Second)
				found, err := c.FindAgents(t.Context(), "x")
				if err != nil || len(found.Agents) != 1 {
					t.Fatalf("%+v: %v", found, err)
				}
				if since := found.CreatedSince(started); (len(since) == 1) != test.since {
					t.Errorf("%+v", since)
				}
			})
		})
	}
}

func TestFindAgentsReadsAllPagesEachTime(t *testing.T) {
	var asked []string
	c := over(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.RawQuery)
		if strings.Contains(r.URL.RawQuery, "page=2&") {
			return answering(200, page(`{"current_page":2,"last_page":2,"total":2}`, "b"))()
		}
		return answering(200, page(`{"current_page":1,"last_page":2,"total":2}`, "a"))()
	})
	for range 2 {
		if found, err := c.FindAgents(t.Context(), "Front"); err != nil || len(found.Agents) != 2 {
			t.Errorf("%+v: %v", found, err)
		}
	}
	one := []string{"per_page=100&search=Front", "page=2&per_page=100&search=Front"}
	if want := slices.Concat(one, one); !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
}

func TestFindAgentsFailsRatherThanComeShort(t *testing.T) {
	// The vendor's own sample shows the first of three pages; the next is the same again.
	play, _ := script(answering(200, sample(t, "list-agents.response.json")))
	if found, err := over(t, play).FindAgents(t.Context(), "x"); err == nil || found.Agents != nil {
		t.Errorf("%+v: %v", found, err)
	}
}
