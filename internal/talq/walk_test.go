package talq

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// walk is an apply that writes to agents and publishes each, as Terraform makes it: what
// may begin stands in one line, in an order of chance, and passes to the provider so many
// at once. A publish comes to the end of that line once the writes are done.
type walk struct {
	agents, writes int // writes to each
	limit          int // requests in a minute; 0 for no limit
	parallelism    int
	shape          shape
}

// shape is how the configuration orders the agents.
type shape string

const (
	eachByItself    shape = "each by itself"    // a module block for each
	oneMap          shape = "one map"           // a for_each over agents: each publication waits for all writes
	oneAfterAnother shape = "one after another" // each module depends on the one before, or is a root module of its own
)

// offAir is what a walk costs.
type offAir struct {
	took  time.Duration
	draft time.Duration // of all agents together, from the first write to the answer of the publish
}

const (
	walkLatency = 200 * time.Millisecond // of each request
	walkPause   = 50 * time.Millisecond  // between the answer to a write and what depends on it
	walkOwn     = 10 * time.Millisecond  // of Terraform for each operation, one after another
)

// limited plays the API: it counts what it takes in each minute, and notes drafts.
type limited struct {
	mu    sync.Mutex
	limit int
	used  int
	ends  time.Time
	since map[string]time.Time
	draft time.Duration
}

func (l *limited) RoundTrip(r *http.Request) (*http.Response, error) {
	agent, publish := strings.Split(r.URL.Path, "/")[4], strings.HasSuffix(r.URL.Path, verbPublish)
	taken, headers := l.take(agent)
	time.Sleep(walkLatency)
	if !taken {
		return answering(http.StatusTooManyRequests, "", headers...)()
	}
	if publish {
		l.mu.Lock()
		l.draft += time.Since(l.since[agent])
		l.mu.Unlock()
	}
	return answering(http.StatusOK, published, headers...)()
}

func (l *limited) take(agent string) (taken bool, headers []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if !now.Before(l.ends) {
		l.used, l.ends = 0, now.Add(time.Minute)
	}
	if taken = l.limit == 0 || l.used < l.limit; taken {
		l.used++
		if l.since[agent].IsZero() {
			l.since[agent] = now
		}
	}
	if l.limit > 0 {
		headers = []string{"X-RateLimit-Remaining", fmt.Sprint(l.limit - l.used), "X-RateLimit-Reset", fmt.Sprint(int((l.ends.Sub(now) + time.Second - 1) / time.Second))}
	}
	return taken, headers
}

// run makes the walk. It must be called in a bubble, at its start.
func (w walk) run(t *testing.T) offAir {
	api := &limited{limit: w.limit, since: map[string]time.Time{}}
	c := over(t, api.RoundTrip)
	line := make(chan struct{}, w.parallelism) // whoever waits to send is served in order
	cpu := make(chan struct{}, 1)
	operation := func(call func() error) {
		line <- struct{}{}
		defer func() { <-line }()
		cpu <- struct{}{}
		time.Sleep(walkOwn)
		<-cpu
		if err := call(); err != nil {
			t.Error(err)
		}
	}
	var all, writes sync.WaitGroup
	writesTo, published := make([]sync.WaitGroup, w.agents), make([]sync.WaitGroup, w.agents)
	for agent := range w.agents {
		writesTo[agent].Add(w.writes)
		published[agent].Add(1)
	}
	writes.Add(w.agents * w.writes)
	for _, n := range rand.Perm(w.agents * w.writes) {
		agent := n / w.writes
		all.Go(func() {
			if w.shape == oneAfterAnother && agent > 0 {
				published[agent-1].Wait()
			}
			operation(func() error {
				_, err := c.UpsertAction(t.Context(), fmt.Sprint("agent-", agent), minimalAction())
				return err
			})
			writesTo[agent].Done()
			writes.Done()
		})
		synctest.Wait() // it stands in line
	}
	for agent := range w.agents {
		all.Go(func() {
			writesTo[agent].Wait()
			if w.shape == oneMap {
				writes.Wait()
			}
			time.Sleep(walkPause)
			operation(func() error {
				_, err := c.Publish(t.Context(), fmt.Sprint("agent-", agent))
				return err
			})
			published[agent].Done()
		})
	}
	all.Wait()
	return offAir{took: time.Since(bubbleStart), draft: api.draft}
}

// TestTimeOffTheAir prints, with -v, what the guide "Many agents, many actions" says of the
// time off the air. What it fails on is far from what it prints, since chance has a part in it.
func TestTimeOffTheAir(t *testing.T) {
	for _, row := range []struct {
		walk
		most time.Duration // of all agents together in draft; 0 where Terraform's own line decides
	}{
		{walk{1, 20, 0, 10, eachByItself}, 2 * time.Second},
		{walk{1, 20, 0, 50, eachByItself}, 2 * time.Second},
		{walk{1, 20, 100, 10, eachByItself}, 2 * time.Second},
		{walk{1, 20, 100, 50, eachByItself}, 2 * time.Second},
		{walk{10, 10, 0, 10, eachByItself}, 0},
		{walk{10, 10, 0, 50, eachByItself}, 0},
		{walk{10, 10, 100, 10, eachByItself}, 0},
		{walk{10, 10, 100, 50, eachByItself}, 0},
		{walk{10, 10, 100, 1000, eachByItself}, 4 * time.Minute},
		{walk{10, 10, 100, 10, oneAfterAnother}, 4 * time.Minute},
		{walk{40, 15, 0, 10, eachByItself}, 0},
		{walk{40, 15, 0, 50, eachByItself}, 0},
		{walk{40, 15, 0, 10, oneAfterAnother}, time.Minute},
		{walk{40, 15, 100, 10, eachByItself}, 0},
		{walk{40, 15, 100, 50, eachByItself}, 0},
		{walk{40, 15, 100, 200, eachByItself}, 2 * time.Hour},
		{walk{40, 15, 100, 1000, eachByItself}, time.Hour},
		{walk{40, 15, 100, 10, oneMap}, 0},
		{walk{40, 15, 100, 1000, oneMap}, 0},
		{walk{40, 15, 100, 10, oneAfterAnother}, 20 * time.Minute},
		{walk{40, 15, 100, 1000, oneAfterAnother}, 20 * time.Minute},
	} {
		t.Run(fmt.Sprintf("%+v", row.walk), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := row.run(t)
				t.Logf("%.0f agent-seconds in draft, took %.1f s: each agent is off for %.0f %% of it",
					got.draft.Seconds(), got.took.Seconds(), 100*got.draft.Seconds()/float64(row.agents)/got.took.Seconds())
				if row.most > 0 && got.draft > row.most {
					t.Errorf("in draft for %s, want at most %s", got.draft, row.most)
				}
			})
		})
	}
}
