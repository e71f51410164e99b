package talq

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// In a bubble our clock stands at 2000-01-01T00:00:00Z when a call starts. Date
// has no parts of a second, so the start is known to the second before.
func TestFreshAndOverwrote(t *testing.T) {
	const day = 24 * time.Hour
	ours := bubbleStart
	stamp := func(t time.Time) string { return fmt.Sprintf("%q", t.Format(time.RFC3339)) }
	micro := func(t time.Time) string { return fmt.Sprintf("%q", t.Format("2006-01-02T15:04:05.000000Z07:00")) }
	old := ours.Add(-100 * day)
	for name, test := range map[string]struct {
		failures         int           // attempts that fail before the answer, a second each
		skew             time.Duration // of the server's clock
		noDate           bool
		created, updated string // JSON; empty to leave it out
		fresh, overwrote bool
	}{
		"equal":                                 {0, 0, false, stamp(ours), stamp(ours), true, false},
		"equal with microseconds":               {0, 0, false, micro(ours.Add(7000)), micro(ours.Add(7000)), true, false},
		"equal in other zones":                  {0, 0, false, stamp(ours), stamp(ours.In(time.FixedZone("", 7200))), true, false},
		"equal except for noughts":              {0, 0, false, stamp(ours), micro(ours), true, false},
		"microseconds on one":                   {0, 0, false, stamp(ours), micro(ours.Add(7000)), false, false},
		"equal and old":                         {0, 0, false, stamp(old), stamp(old), true, false},
		"differing":                             {0, 0, false, stamp(old), stamp(ours), false, true},
		"differing by microseconds":             {0, 0, false, micro(ours), micro(ours.Add(5 * time.Microsecond)), false, true},
		"differing by a second":                 {0, 0, false, stamp(ours), stamp(ours.Add(time.Second)), false, true},
		"retried, equal":                        {2, 0, false, stamp(ours), stamp(ours), true, false},
		"retried, old":                          {2, 0, false, stamp(old), stamp(ours), false, true},
		"retried, two seconds before the start": {2, 0, false, stamp(ours.Add(-2 * time.Second)), stamp(ours), false, true},
		"retried, in the second of the start":   {2, 0, false, stamp(ours), stamp(ours.Add(2 * time.Second)), false, false},
		"retried, after the start":              {2, 0, false, micro(ours.Add(time.Second)), micro(ours.Add(2 * time.Second)), false, false},
		"retried, old, server ahead":            {2, day, false, stamp(ours.Add(time.Hour)), stamp(ours.Add(day)), false, true},
		"retried, ours, server ahead":           {2, day, false, stamp(ours.Add(day)), stamp(ours.Add(day + 2*time.Second)), false, false},
		"retried, old, server behind":           {2, -day, false, stamp(ours.Add(-day - 2*time.Second)), stamp(ours.Add(-day)), false, true},
		"retried, ours, server behind":          {2, -day, false, stamp(ours.Add(-day)), stamp(ours.Add(-day + 2*time.Second)), false, false},
		"retried, old, no Date":                 {2, 0, true, stamp(old), stamp(ours), false, true},
		"retried, ours, no Date":                {2, 0, true, stamp(ours), stamp(ours.Add(time.Second)), false, false},
		"no times":                              {0, 0, false, "", "", false, false},
		"times null":                            {0, 0, false, "null", "null", false, false},
		"created missing":                       {0, 0, false, "", stamp(ours), false, false},
		"updated missing":                       {0, 0, false, stamp(old), "", false, false},
		"created unreadable":                    {0, 0, false, `"soon"`, stamp(ours), false, false},
		"updated unreadable":                    {0, 0, false, stamp(old), `"soon"`, false, false},
		"unreadable and alike":                  {0, 0, false, `"soon"`, `"soon"`, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				body := `{"data":{"id":"a"`
				if test.created != "" {
					body += `,"created_at":` + test.created
				}
				if test.updated != "" {
					body += `,"updated_at":` + test.updated
				}
				count := 0
				c := over(t, func(*http.Request) (*http.Response, error) {
					if count++; count <= test.failures {
						time.Sleep(time.Second)
						return nil, errors.New("connection lost")
					}
					if test.noDate {
						return answering(200, body+"}}")()
					}
					return answering(200, body+"}}", "Date", httpDate(time.Now().Add(test.skew)))()
				})
				got, err := c.UpsertAction(context.Background(), "g", minimalAction())
				if err != nil {
					t.Fatal(err)
				}
				if got.Fresh() != test.fresh || got.Overwrote() != test.overwrote {
					t.Errorf("Fresh %t, Overwrote %t; started at %s", got.Fresh(), got.Overwrote(), got.StartedAt)
				}
				if got.Attempts != test.failures+1 {
					t.Errorf("%d attempts", got.Attempts)
				}
			})
		})
	}
}

func TestUnreadableDateCountsAsNone(t *testing.T) {
	started := time.Now()
	trail := &trail{startedAt: started}
	for _, date := range []string{"", "today", "1700000000"} {
		if got := trail.onServersClock(http.Header{"Date": {date}}); !got.Equal(started) {
			t.Errorf("%q: %s", date, got)
		}
	}
}

func TestUpsertSample(t *testing.T) {
	play, _ := script(answering(200, sample(t, "upsert.response.json")))
	got, err := over(t, play).UpsertAction(context.Background(), "g", minimalAction())
	if err != nil || got.ID != "action-uuid-1" || got.Fresh() || !got.Overwrote() {
		t.Errorf("%+v: %v", got, err)
	}
}
