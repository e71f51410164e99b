package talq

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// arrival is a request that reached the server, and what it was.
type arrival struct {
	what string
	at   time.Duration // since the bubble's start
}

// arrivals plays an API that answers each request with what a function says, and
// notes them.
type arrivals struct {
	mu       sync.Mutex
	seen     []arrival
	underway int
	most     int // under way at once
}

func (a *arrivals) play(answer func(n int) (*http.Response, error)) roundTripper {
	return func(r *http.Request) (*http.Response, error) {
		what := r.Method
		if strings.HasSuffix(r.URL.Path, "publish") {
			what = "publish"
		}
		a.mu.Lock()
		a.seen = append(a.seen, arrival{what, time.Since(bubbleStart)})
		n := len(a.seen)
		a.underway++
		a.most = max(a.most, a.underway)
		a.mu.Unlock()
		defer func() {
			a.mu.Lock()
			a.underway--
			a.mu.Unlock()
		}()
		return answer(n)
	}
}

// slowly answers after a tenth of a second.
func slowly(answer func() (*http.Response, error)) (*http.Response, error) {
	time.Sleep(100 * time.Millisecond)
	return answer()
}

func TestPublishesPassBeforeWritesAndWritesBeforeReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var api arrivals
		c := over(t, api.play(func(n int) (*http.Response, error) {
			if n == 1 {
				return answering(429, "", "Retry-After", "60")()
			}
			return slowly(answering(200, oneAction, "X-RateLimit-Remaining", "1")) // one at a time
		}))
		var all sync.WaitGroup
		send := func(count int, call func(i int) error) {
			for i := range count {
				all.Go(func() {
					if err := call(i); err != nil {
						t.Error(err)
					}
				})
			}
			synctest.Wait()
		}
		read := func(i int) error { _, err := c.readAgent(t.Context(), fmt.Sprint("r", i)); return err }
		send(1, read)
		send(50, read)
		send(100, func(i int) error {
			_, err := c.UpsertAction(t.Context(), fmt.Sprint("w", i), minimalAction())
			return err
		})
		send(1, func(int) error { _, err := c.Publish(t.Context(), "p"); return err })
		all.Wait()

		rest := api.seen[1:]
		if rest[0].what != "publish" || rest[0].at < time.Minute {
			t.Errorf("the first request after the gate opened is %v", rest[0])
		}
		if rest[1].at < rest[0].at+100*time.Millisecond {
			t.Errorf("the second one did not wait for the answer to the first: %v, %v", rest[0], rest[1])
		}
		for i, got := range rest[1:] {
			if want := map[bool]string{true: "POST", false: "GET"}[i < 100]; got.what != want {
				t.Fatalf("request %d is %v, want %s", i+2, got, want)
			}
		}
	})
}

func TestWhatBeganFirstPassesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var agents []string
		var mu sync.Mutex
		c := over(t, func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			agents = append(agents, strings.Split(r.URL.Path, "/")[4])
			if len(agents) == 1 {
				return answering(429, "", "Retry-After", "1")()
			}
			return answering(200, oneAction, "X-RateLimit-Remaining", "1")() // one at a time
		})
		var all sync.WaitGroup
		for _, agent := range []string{"a", "b", "c", "d"} {
			all.Go(func() { _, _ = c.readAgent(t.Context(), agent) })
			time.Sleep(time.Millisecond)
		}
		all.Wait()
		if got := strings.Join(agents, ""); got != "aabcd" { // a had its turn, and got a 429
			t.Errorf("in the order %s", got)
		}
	})
}

func TestOneGoesAheadAfterTheGateWasShut(t *testing.T) {
	for name, row := range map[string]struct {
		probe   func() (*http.Response, error)
		reached time.Duration // when the second request came, after the first
	}{
		"the others follow its answer": {func() (*http.Response, error) { return slowly(answering(200, oneAction)) }, 100 * time.Millisecond},
		"or the failure of its answer": {func() (*http.Response, error) { return slowly(failing(errors.New("cut"))) }, 100 * time.Millisecond},
		"but do not wait for long": {func() (*http.Response, error) {
			time.Sleep(20 * time.Second)
			return answering(200, oneAction)()
		}, patience},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var api arrivals
				c := over(t, api.play(func(n int) (*http.Response, error) {
					switch n {
					case 1:
						return answering(429, "", "Retry-After", "60")()
					case 2:
						return row.probe()
					}
					return answering(200, oneAction)()
				}))
				var all sync.WaitGroup
				for i := range 10 {
					all.Go(func() {
						if _, err := c.readAgent(t.Context(), fmt.Sprint("r", i)); err != nil {
							t.Error(err)
						}
					})
					synctest.Wait()
				}
				all.Wait()
				if api.seen[1].at < time.Minute || api.seen[2].at-api.seen[1].at != row.reached {
					t.Errorf("the first came at %s, the second %s later, want %s", api.seen[1].at, api.seen[2].at-api.seen[1].at, row.reached)
				}
			})
		})
	}
}

// A server that counts: a window of a minute that takes 20 requests.
func TestAWindowIsUsedUpAndNeverPassed(t *testing.T) {
	const limit, requests, atOnce = 20, 95, 10 // at once: as many as Terraform has
	for name, header := range map[string]bool{"that says what is left": true, "that does not": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var mu sync.Mutex
				taken, refused, windows := map[int]int{}, 0, 0
				c := over(t, func(*http.Request) (*http.Response, error) {
					mu.Lock()
					elapsed := time.Since(bubbleStart)
					window := int(elapsed / time.Minute)
					reset := fmt.Sprint(int((time.Duration(window+1)*time.Minute-elapsed)/time.Second) + 1)
					status, body := 200, oneAction
					if taken[window] == limit {
						status, body = 429, ""
						refused++
					} else {
						taken[window]++
						windows = max(windows, window)
					}
					left := fmt.Sprint(limit - taken[window])
					mu.Unlock()
					headers := []string{"X-RateLimit-Reset", reset}
					if header {
						headers = append(headers, "X-RateLimit-Remaining", left)
					}
					return slowly(answering(status, body, headers...))
				})
				var all sync.WaitGroup
				lanes := make(chan struct{}, atOnce)
				for i := range requests {
					all.Go(func() {
						lanes <- struct{}{}
						defer func() { <-lanes }()
						if _, err := c.readAgent(t.Context(), fmt.Sprint("r", i)); err != nil {
							t.Error(err)
						}
					})
				}
				all.Wait()
				if want := (requests - 1) / limit; windows != want {
					t.Errorf("%d windows were begun after the first, want %d", windows, want)
				}
				most := 0
				if !header {
					most = (requests / limit) * atOnce // who was refused waits for the next window
				}
				if refused > most {
					t.Errorf("%d requests were refused, want %d at most", refused, most)
				}
			})
		})
	}
}

func TestLeavingTheGate(t *testing.T) {
	t.Run("at once", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := shutGate(time.Minute)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			started := time.Now()
			if _, err := g.pass(ctx, &trail{}); !errors.Is(err, context.DeadlineExceeded) || time.Since(started) != time.Second {
				t.Errorf("left after %s with %v", time.Since(started), err)
			}
			if len(g.waiting) > 0 {
				t.Errorf("still in line: %v", g.waiting)
			}
		})
	})
	t.Run("with the turn in hand, which is then the next one's", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			g := shutGate(time.Minute)
			ctx, cancel := context.WithCancel(t.Context())
			var all sync.WaitGroup
			passed := 0
			all.Go(func() {
				if _, err := g.pass(ctx, &trail{}); err == nil {
					passed++
				}
			})
			synctest.Wait()
			g.mu.Lock() // it gets its turn and goes away in the same instant
			g.opens, g.late = time.Now(), 0
			g.admit()
			cancel()
			g.mu.Unlock()
			all.Wait()
			if passed == 0 && g.underway != 0 {
				t.Errorf("%d under way that nobody will end", g.underway)
			}
		})
	})
}

func TestTheWaitIsToldOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		told := map[slog.Level][]map[string]any{}
		var api arrivals
		c := over(t, api.play(func(n int) (*http.Response, error) {
			if n <= 10 {
				return slowly(answering(429, "", "Retry-After", "60"))
			}
			return answering(200, oneAction)()
		}), func(c *Config) {
			c.Log = func(_ context.Context, level slog.Level, message string, fields map[string]any) {
				mu.Lock()
				defer mu.Unlock()
				if strings.Contains(message, "rate limit") {
					told[level] = append(told[level], fields)
				}
			}
		})
		var all sync.WaitGroup
		for i := range 10 {
			all.Go(func() { _, _ = c.readAgent(t.Context(), fmt.Sprint("r", i)) })
		}
		all.Wait()
		if warned := told[slog.LevelWarn]; len(warned) != 1 || warned[0]["wait_ms"] != int64(60_000) {
			t.Errorf("told everybody %v", warned)
		}
		if each := told[slog.LevelDebug]; len(each) != 10 {
			t.Errorf("%d lines for 10 requests that waited", len(each))
		}
	})
}
