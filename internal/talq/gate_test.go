package talq

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// shutGate makes a gate that is shut for so long.
func shutGate(wait time.Duration) *gate {
	g := newGate(0, func(context.Context, slog.Level, string, map[string]any) {})
	g.shut(time.Now(), wait)
	return g
}

// busiestMinute is the largest number of times within any minute.
func busiestMinute(times []time.Time) int {
	slices.SortFunc(times, time.Time.Compare)
	most, from := 0, 0
	for i, at := range times {
		for at.Sub(times[from]) >= time.Minute {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// clocked answers at once and notes when each request came.
type clocked struct {
	mu    sync.Mutex
	times []time.Time
}

func (c *clocked) note() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.times = append(c.times, time.Now())
	return len(c.times)
}

func TestCapHoldsInAnyMinute(t *testing.T) {
	for _, perMinute := range []int{1, 2, 3, 7, 10, 60, 100, 999} {
		t.Run(strconv.Itoa(perMinute), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var seen clocked
				c := over(t, func(*http.Request) (*http.Response, error) {
					seen.note()
					return answering(200, emptyList)()
				}, func(c *Config) { c.RequestsPerMinute = perMinute })
				time.Sleep(10 * time.Minute) // what nobody used must not add up
				var all sync.WaitGroup
				for range 3 * perMinute {
					all.Go(func() {
						if _, err := list(c); err != nil {
							t.Error(err)
						}
					})
				}
				all.Wait()
				if busiest := busiestMinute(seen.times); busiest > perMinute {
					t.Errorf("%d requests within a minute", busiest)
				}
				if took := time.Since(bubbleStart); took > 16*time.Minute {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}

func TestCapCountsRetriesAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen clocked
		c := over(t, func(*http.Request) (*http.Response, error) {
			switch seen.note() % 3 {
			case 1:
				return answering(503, "")()
			case 2:
				return answering(429, "", "Retry-After", "1")()
			}
			return answering(200, emptyList)()
		}, func(c *Config) { c.RequestsPerMinute = 10 })
		for range 10 {
			if _, err := list(c); err != nil {
				t.Fatal(err)
			}
		}
		if busiest := busiestMinute(seen.times); busiest > 10 {
			t.Errorf("%d requests within a minute", busiest)
		}
	})
}

// Requests that wait for the cap while the gate shuts must neither slip through
// the shut gate nor come all at once when it opens.
func TestGateShutsWhileOthersWaitForTheCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var seen clocked
		c := over(t, func(*http.Request) (*http.Response, error) {
			if seen.note() == 3 {
				return answering(429, "", "Retry-After", "240")()
			}
			return answering(200, emptyList)()
		}, func(c *Config) { c.RequestsPerMinute = 20 })
		var all sync.WaitGroup
		for range 60 {
			all.Go(func() {
				if _, err := list(c); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if busiest := busiestMinute(seen.times); busiest > 20 {
			t.Errorf("%d requests within a minute", busiest)
		}
		shutAt := seen.times[2]
		for i, at := range seen.times[3:] {
			if at.Sub(shutAt) < 240*time.Second {
				t.Fatalf("request %d came %s after the 429", i+4, at.Sub(shutAt))
			}
		}
	})
}

func TestCancelledTurnIsFreeForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := over(t, func(*http.Request) (*http.Response, error) { return answering(200, emptyList)() },
			func(c *Config) { c.RequestsPerMinute = 1 })
		if _, err := list(c); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.ListActions(ctx, "g"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		if _, err := list(c); err != nil || time.Since(bubbleStart) != time.Minute {
			t.Errorf("came through after %s: %v", time.Since(bubbleStart), err)
		}
	})
}

func TestNoCapNoWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := over(t, func(*http.Request) (*http.Response, error) { return answering(200, emptyList)() })
		for range 1000 {
			if _, err := list(c); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(bubbleStart); took != 0 {
			t.Errorf("took %s", took)
		}
	})
}
