package talq

import (
	"context"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bounds of waiting for the rate limit.
const (
	// MaxWait is the longest single wait that is waited out.
	MaxWait = 5 * time.Minute
	// MaxTotalWait bounds all waits of one request together in which no other got an
	// answer but 429 and 5xx.
	MaxTotalWait = 15 * time.Minute
)

// patience is how long a request waits for the answer to another one that has gone ahead.
// A slow answer must not keep everybody waiting.
const patience = time.Second

// atOnce is how many operations Terraform makes at once by default.
const atOnce = 10

// fewLeft is the whole window of the smallest plan (API.md, limits).
const fewLeft = 100

// gate is where every request waits, for whatever reason: the server's limit,
// the caller's own cap, or the pause before a retry. Its rules:
//
//  1. While it is shut nobody passes. One answer shuts it for all, so that ten
//     requests do not each find out by themselves.
//  2. Of those who wait, publishes pass first. Then comes what is about an agent that
//     a write of ours has made a draft, the agent that has been one for longest first:
//     it takes no calls until all of it is done. Then writes pass before reads; among
//     equals, the call that began first.
//  3. After it was shut, one request goes ahead, and at the start [atOnce]. The others
//     follow when an answer shows that the limit is open, and how much is left.
//  4. No more are under way than the last answer left of the window.
//  5. Before the first answer, and where [atOnce] or more wait and the window has less
//     than [fewLeft], another agent is made a draft only when nothing is under way: all of
//     one agent is to pass first, and its publish, which asks only after the answer to the
//     last write, to find a place in the same window.
//  6. Whoever goes away leaves at once, and takes nobody's turn.
//
// Nobody waits for good: an agent has so many writes, and each passes once. What rules 2
// and 5 are worth is in TestTimeOffTheAir.
//
// Rules 3 and 4 cost some code and no time. Of 350 requests at a limit of 100 in a window
// none gets a 429 with them; without them 19 do at 10 requests at once, and 85 at 50
// (BenchmarkRequestsAtTheLimit).
type gate struct {
	limiter *rate.Limiter // nil without a cap
	log     LogFunc

	mu       sync.Mutex
	opens    time.Time     // shut until then, by what the server asked for
	late     time.Duration // and so much longer, at random
	shuts    int           // how often it was shut
	left     int           // what the server still takes in its window; unknown if negative
	ends     time.Time     // of that window
	underway int           // passed, and not answered yet
	probes   int           // those of them that passed since it was last shut
	ahead    int           // how many probes there may be; 0 for any number, once an answer has come
	passed   time.Time     // when somebody passed last
	waiting  []*waiter
	drafts   map[string]draft // by the agent's id
	drafted  int              // how many there have been
	timer    *time.Timer
}

// unknown is what is left of a window that no answer spoke of.
const unknown = -1

// waiter is a request at the gate.
type waiter struct {
	trail *trail
	shuts int // of the gate, when it passed
	// turn gets nil when the request may pass, or why it never will.
	turn chan error
}

// newGate makes an open gate. In any minute at most perMinute requests pass:
// a tenth of them at once, the rest spread evenly.
func newGate(perMinute int, log LogFunc) *gate {
	g := &gate{log: log, left: unknown, ahead: atOnce, drafts: map[string]draft{}}
	if perMinute > 0 {
		burst := max(1, perMinute/10)
		every := time.Minute / time.Duration(max(1, perMinute-burst))
		g.limiter = rate.NewLimiter(rate.Every(every), burst)
	}
	return g
}

// pass blocks until the request's own pause is over and its turn has come. It
// ends at once with the context, and with a [*WaitError] where the wait is too
// long. Whoever has passed calls [gate.answered] with what pass returned.
func (g *gate) pass(ctx context.Context, t *trail) (shuts int, err error) {
	if err := g.pause(ctx, t); err != nil {
		return 0, err
	}
	w := &waiter{trail: t, turn: make(chan error, 1)}
	g.mu.Lock()
	shut := time.Until(g.opens.Add(g.late))
	if shut > 0 {
		if err := t.wait(time.Until(g.opens), shut); err != nil {
			g.mu.Unlock()
			return 0, err
		}
	}
	g.waiting = append(g.waiting, w)
	g.admit()
	g.mu.Unlock()
	if shut > 0 {
		g.log(ctx, slog.LevelDebug, "waiting for the rate limit", map[string]any{"wait_ms": shut.Milliseconds(), "path": t.path})
	}

	select {
	case err := <-w.turn:
		return w.shuts, err
	case <-ctx.Done():
		g.leave(w)
		return 0, ctx.Err()
	}
}

// pause waits out what a retry waits before it comes to the gate.
func (g *gate) pause(ctx context.Context, t *trail) error {
	wait := time.Until(t.notBefore)
	if wait <= 0 {
		return ctx.Err()
	}
	if t.asked {
		// Those who were asked together must not all come at once.
		late := wait + jitter(wait)
		if err := t.wait(wait, late); err != nil {
			return err
		}
		wait = late
		g.log(ctx, slog.LevelDebug, "waiting as the server asked", map[string]any{"wait_ms": wait.Milliseconds(), "path": t.path})
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leave takes a request that went away out of the line, or gives back its turn.
func (g *gate) leave(w *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if at := slices.Index(g.waiting, w); at >= 0 {
		g.waiting = slices.Delete(g.waiting, at, at+1)
		g.admit() // it may have been all that kept the next one waiting
		return
	}
	select {
	case err := <-w.turn:
		if err == nil {
			g.done(w.shuts)
			g.admit()
		}
	default:
	}
}

// admit lets pass whoever may, and sets the clock for the next one. The caller
// holds mu.
func (g *gate) admit() {
	if g.timer != nil {
		g.timer.Stop()
	}
	for len(g.waiting) > 0 {
		now, w := time.Now(), slices.MinFunc(g.waiting, g.order)
		wait, may := g.mayPass(now, w.trail)
		if !may {
			if wait > 0 {
				g.timer = time.AfterFunc(wait, func() {
					g.mu.Lock()
					defer g.mu.Unlock()
					g.admit()
				})
			}
			return
		}
		at := slices.Index(g.waiting, w)
		g.waiting = slices.Delete(g.waiting, at, at+1)
		if g.makesDraft(w.trail) {
			g.drafted++
			g.drafts[w.trail.agent] = draft{number: g.drafted, since: now}
		}
		g.underway++
		g.probes++
		g.passed = now
		w.shuts = g.shuts
		w.turn <- nil
	}
}

// mayPass reports whether a request may pass now. If not, it says when to ask
// again; zero means after the next answer.
func (g *gate) mayPass(now time.Time, t *trail) (wait time.Duration, may bool) {
	if wait := g.opens.Add(g.late).Sub(now); wait > 0 {
		return wait, false
	}
	early := g.ahead > 0 && g.probes >= g.ahead // rule 3
	few := g.ahead > 0 || g.left != unknown && g.left < fewLeft && len(g.waiting) >= atOnce
	if early || few && g.underway > 0 && g.makesDraft(t) { // rule 5
		if wait := g.passed.Add(patience).Sub(now); wait > 0 {
			return wait, false
		}
	}
	if g.left != unknown && g.underway >= g.left && g.underway > 0 {
		return 0, false
	}
	if g.limiter != nil && !g.limiter.AllowN(now, 1) {
		seconds := (1 - g.limiter.TokensAt(now)) / float64(g.limiter.Limit())
		return max(1, time.Duration(math.Ceil(seconds*float64(time.Second)))), false
	}
	return 0, true
}

// answered takes note of how a request ended that had passed; resp is nil where
// no answer came. limited counts the 429s in a row that the call has got.
func (g *gate) answered(ctx context.Context, shuts int, resp *http.Response, limited int) {
	now, asked, news := time.Now(), time.Duration(0), time.Duration(0)
	if resp != nil {
		asked = limitWait(resp, now, limited)
	}
	g.mu.Lock()
	g.done(shuts)
	if resp != nil && resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode < http.StatusInternalServerError {
		for _, w := range g.waiting { // only their place in the order keeps them waiting
			w.trail.waited = 0
		}
	}
	switch {
	case asked > 0:
		news = g.shut(now, asked)
	case shuts != g.shuts: // from before it was shut: it says nothing of the window now
	case resp == nil:
		g.left = max(unknown, g.left-1) // the server may have counted it
	default:
		g.ahead = 0
		// In one window it only falls: more than was left is an answer that others
		// have overtaken.
		if left := remaining(resp); left <= g.left || g.left == unknown || !now.Before(g.ends) {
			g.left, g.ends = left, now.Add(windowRest(resp, now))
		}
	}
	waiting := len(g.waiting)
	g.admit()
	g.mu.Unlock()
	if news > 0 {
		g.log(ctx, slog.LevelWarn, "the rate limit is used up: all requests wait until it opens again",
			map[string]any{"wait_ms": news.Milliseconds(), "waiting": waiting})
	}
}

// done takes one that had passed off the count. The caller holds mu.
func (g *gate) done(shuts int) {
	g.underway--
	if shuts == g.shuts {
		g.probes--
	}
}

// shut keeps everybody out for so long from now, or longer if it was to be, and
// sends away those for whom that is too long. It returns the wait where it was
// open before, else zero. The caller holds mu.
func (g *gate) shut(now time.Time, wait time.Duration) (news time.Duration) {
	was, until := g.opens.Add(g.late), now.Add(wait)
	if !was.After(now) {
		was, news = now, wait
		g.shuts++
		g.probes = 0
		g.ahead = 1
		g.left = unknown
	}
	if !until.After(g.opens) {
		return news
	}
	g.opens, g.late = until, max(jitter(wait), was.Sub(until))
	g.waiting = slices.DeleteFunc(g.waiting, func(w *waiter) bool {
		err := w.trail.wait(wait, until.Add(g.late).Sub(was))
		if err != nil {
			w.turn <- err
		}
		return err != nil
	})
	return news
}

// wait adds to what a call has waited for the limit, and fails where one wait, as
// the server asked for it, or all of them since a request got through, with what chance
// put on top, are past what is waited out.
func (t *trail) wait(one, more time.Duration) error {
	if one > MaxWait || t.waited+more > MaxTotalWait {
		return &WaitError{Method: t.method, Path: t.path, Wait: one, Waited: t.waited}
	}
	t.waited += more
	return nil
}

// jitter keeps those who wait for the same moment, in other runs under the same
// token, from all coming at once: up to a tenth more, and two seconds at most.
func jitter(wait time.Duration) time.Duration {
	return rand.N(min(wait/10, 2*time.Second) + time.Millisecond)
}

// windowRest is how long the server's window lasts from an answer on.
func windowRest(resp *http.Response, now time.Time) time.Duration {
	if rest, ok := limitReset(resp.Header, now); ok {
		return min(rest, MaxWait)
	}
	return time.Second
}

// remaining is what an answer says that the server still takes in its window.
// Zero is unknown: had it come with a usable reset, the gate would be shut.
func remaining(resp *http.Response) int {
	n, err := strconv.Atoi(resp.Header.Get("X-RateLimit-Remaining"))
	if err != nil || n <= 0 {
		return unknown
	}
	return n
}
