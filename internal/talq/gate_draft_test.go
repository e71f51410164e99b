package talq

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// queue plays an API that notes what each request is about, and lets the test line up
// requests one after another.
type queue struct {
	*testing.T
	client *Client
	all    sync.WaitGroup
	mu     sync.Mutex
	seen   []string
}

// answer says how the n-th request is answered, counted from 1.
func newQueue(t *testing.T, answer func(n int) (*http.Response, error), changes ...func(*Config)) *queue {
	q := &queue{T: t}
	q.client = over(t, func(r *http.Request) (*http.Response, error) {
		parts := strings.Split(r.URL.Path, "/")
		what := map[string]string{http.MethodGet: "read ", http.MethodPost: "write "}[r.Method]
		if parts[len(parts)-1] == verbPublish {
			what = "publish "
		}
		q.mu.Lock()
		q.seen = append(q.seen, what+parts[4])
		n := len(q.seen)
		q.mu.Unlock()
		return answer(n)
	}, changes...)
	return q
}

// shutAtFirst is a gate that the first answer shuts for a minute, and that takes one
// request at a time from then on.
func shutAtFirst(n int) (*http.Response, error) {
	if n == 1 {
		return answering(429, "", "Retry-After", "60")()
	}
	return slowly(answering(200, published, "X-RateLimit-Remaining", "1"))
}

// published is an answer that does for a write and for a publish.
const published = `{"success":true,"data":{"id":"a1","current_status":"published"}}`

// ask makes requests such as "write a", in this order, and returns when all wait.
func (q *queue) ask(ctx context.Context, requests ...string) {
	for _, request := range requests {
		what, agent, _ := strings.Cut(request, " ")
		q.all.Go(func() {
			var err error
			switch what {
			case "read":
				_, err = q.client.readAgent(ctx, agent)
			case "write":
				_, err = q.client.UpsertAction(ctx, agent, minimalAction())
			case "publish":
				_, err = q.client.Publish(ctx, agent)
			}
			if err != nil && !errors.Is(err, context.Canceled) {
				q.Errorf("%s: %v", request, err)
			}
		})
		time.Sleep(time.Millisecond)
		synctest.Wait()
	}
}

// want waits for the end of all requests, and says in which order they arrived.
func (q *queue) want(want ...string) {
	q.Helper()
	q.all.Wait()
	if !reflect.DeepEqual(q.seen, want) {
		q.Errorf("in the order\n%q, want\n%q", q.seen, want)
	}
}

func TestAnAgentThatIsADraftIsFinishedFirst(t *testing.T) {
	for name, row := range map[string]struct{ asked, want []string }{
		"its writes come before those to others": {
			[]string{"write a", "write b", "write c", "write a", "write b", "write c"},
			[]string{"write a", "write a", "write a", "write b", "write b", "write c", "write c"},
		},
		"so do the reads that these need": {
			[]string{"read a", "write a", "write b", "read b", "read c", "write b", "read a"},
			[]string{"read a", "write a", "read a", "read a", "write b", "write b", "read b", "read c"},
		},
		"a publish comes before everything, whoever's it is": {
			[]string{"write a", "write a", "read b", "write b", "publish c"},
			[]string{"write a", "publish c", "write a", "write a", "write b", "read b"},
		},
		"reads make no draft": {
			[]string{"read a", "read b", "write b", "read a"},
			[]string{"read a", "write b", "read b", "read a", "read a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue(t, shutAtFirst)
				q.ask(t.Context(), row.asked...)
				q.want(row.want...)
			})
		})
	}
}

func TestAPublishedAgentComesFirstNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t, func(n int) (*http.Response, error) {
			if n == 3 {
				return answering(429, "", "Retry-After", "60")()
			}
			return slowly(answering(200, published, "X-RateLimit-Remaining", "1"))
		})
		q.ask(t.Context(), "write a")
		time.Sleep(time.Second)
		q.ask(t.Context(), "publish a")
		time.Sleep(time.Second)
		q.ask(t.Context(), "read c", "write b", "write a", "write b")
		q.want("write a", "publish a", "read c", "write b", "write b", "write a", "read c")
	})
}

func TestAWriteThatWaitsLetsTheNextPassWhenItGoesAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t, shutAtFirst)
		ctx, cancel := context.WithCancel(t.Context())
		q.ask(t.Context(), "read z")
		q.ask(ctx, "write a", "write a")
		q.ask(t.Context(), "write b")
		cancel()
		q.want("read z", "write b", "read z")
	})
}

// Nobody's turn is put off for good: an agent has so many writes, and each passes once.
func TestWhoeverIsPutOffPassesOnceTheDraftHasNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t, shutAtFirst)
		q.ask(t.Context(), "write a", "read c", "write b")
		for range 500 { // always one more before the last has its turn
			q.ask(t.Context(), "write a", "write a")
			time.Sleep(100 * time.Millisecond)
		}
		q.all.Wait()
		if got, want := q.seen[len(q.seen)-2:], []string{"write b", "read c"}; len(q.seen) != 1004 || !reflect.DeepEqual(got, want) {
			t.Errorf("of %d requests the last are %q, want %q", len(q.seen), got, want)
		}
	})
}

// The order puts requests off for longer than a server is waited for that takes nothing.
func TestAWaitInWhichOthersGetThroughIsNotTooLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if got := (walk{agents: 40, writes: 50, limit: 100, parallelism: 3000}).run(t); got.took < MaxTotalWait {
			t.Errorf("took %s, which shows nothing", got.took)
		}
	})
}

func TestWhereFewAreLeftAndManyWaitOneAgentIsWrittenToAfterAnother(t *testing.T) {
	for name, row := range map[string]struct {
		left       string
		each, most int // writes to each of three agents, and requests under way at once
	}{
		"few left, many wait": {"99", 10, 10},
		"many left":           {"100", 10, 20},
		"nothing is known":    {"", 10, 20},
		"few wait":            {"99", 3, 6},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var api arrivals
				c := over(t, api.play(func(int) (*http.Response, error) {
					return slowly(answering(200, oneAction, "X-RateLimit-Remaining", row.left))
				}))
				var all sync.WaitGroup
				for range row.each {
					for _, agent := range []string{"a", "b", "c"} {
						all.Go(func() { _, _ = c.UpsertAction(t.Context(), agent, minimalAction()) })
						synctest.Wait()
					}
				}
				all.Wait()
				if api.most != row.most {
					t.Errorf("%d were under way at once, want %d", api.most, row.most)
				}
			})
		})
	}
}

func TestBeforeTheFirstAnswer(t *testing.T) {
	for name, row := range map[string]struct {
		asked []string
		gone  int // ahead of the first answer
	}{
		"ten requests go":                           {strings.Split(strings.Repeat("read a,", 14)+"read b", ","), 10},
		"all of them to one agent, if to write":     {strings.Split(strings.Repeat("write a,", 14)+"write b", ","), 10},
		"and no write that makes another one draft": {[]string{"write a", "write b", "write a", "write c"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue(t, func(int) (*http.Response, error) { return slowly(answering(200, published)) })
				for _, request := range row.asked {
					q.ask(t.Context(), request)
				}
				q.mu.Lock()
				if len(q.seen) != row.gone {
					t.Errorf("gone ahead: %q, want %d", q.seen, row.gone)
				}
				q.mu.Unlock()
				q.all.Wait()
				if took := time.Since(bubbleStart); len(q.seen) != len(row.asked) || took > 210*time.Millisecond {
					t.Errorf("%d requests took %s", len(q.seen), took)
				}
			})
		})
	}
}

func TestASlowAnswerKeepsOtherAgentsWaitingForASecondOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var api arrivals
		c := over(t, api.play(func(n int) (*http.Response, error) {
			if n == 1 {
				time.Sleep(20 * time.Second)
			}
			return answering(200, oneAction)()
		}))
		var all sync.WaitGroup
		for _, agent := range []string{"a", "b"} {
			all.Go(func() { _, _ = c.UpsertAction(t.Context(), agent, minimalAction()) })
			synctest.Wait()
		}
		all.Wait()
		if at := api.seen[1].at; at != patience {
			t.Errorf("the second one came after %s", at)
		}
	})
}

func TestWhoeverStandsBehindAWriteThatGoesAwayPassesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var api arrivals
		c := over(t, api.play(func(int) (*http.Response, error) {
			time.Sleep(20 * time.Second)
			return answering(200, oneAction)()
		}))
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for _, ask := range []func(){
			func() { _, _ = c.UpsertAction(t.Context(), "a", minimalAction()) },
			func() { _, _ = c.UpsertAction(ctx, "b", minimalAction()) },
			func() { _, _ = c.readAgent(t.Context(), "c") },
		} {
			all.Go(ask)
			synctest.Wait()
		}
		time.Sleep(10 * time.Millisecond)
		cancel()
		all.Wait()
		if at := api.seen[1].at; at != 10*time.Millisecond {
			t.Errorf("the read came after %s", at)
		}
	})
}

func TestAnAgentThatNobodyWillPublishComesFirstNoLonger(t *testing.T) {
	for name, end := range map[string]func(*Client) error{
		"deleted":     func(c *Client) error { return c.DeleteAgent(t.Context(), "a") },
		"unpublished": func(c *Client) error { _, err := c.Unpublish(t.Context(), "a"); return err },
	} {
		t.Run(name, func(t *testing.T) {
			q := newQueue(t, func(int) (*http.Response, error) { return answering(200, published)() })
			if _, err := q.client.UpsertAction(t.Context(), "a", minimalAction()); err != nil {
				t.Fatal(err)
			}
			if err := end(q.client); err != nil {
				t.Fatal(err)
			}
			if left := q.client.http.gate.drafts; len(left) > 0 {
				t.Errorf("the gate still has %v", left)
			}
		})
	}
}

func TestAPublishTellsTheTimeSinceTheFirstWrite(t *testing.T) {
	for name, row := range map[string]struct {
		asked []string
		told  []any
	}{
		"of its own agent":      {[]string{"write b", "write a", "write a", "publish a"}, []any{int64(2002)}},
		"each time":             {[]string{"write a", "publish a", "write a", "publish a"}, []any{int64(1001), int64(1001)}},
		"not without any write": {[]string{"read a", "publish a"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var told []any
				q := newQueue(t, func(int) (*http.Response, error) { return answering(200, published)() }, func(c *Config) {
					c.Log = func(_ context.Context, level slog.Level, message string, fields map[string]any) {
						if message == "the agent takes calls again" && level == slog.LevelInfo && fields["agent_id"] == "a" {
							told = append(told, fields["since_first_write_ms"])
						}
					}
				})
				for _, request := range row.asked {
					q.ask(t.Context(), request)
					time.Sleep(time.Second)
				}
				q.all.Wait()
				if !reflect.DeepEqual(told, row.told) {
					t.Errorf("told %v, want %v", told, row.told)
				}
			})
		})
	}
}
