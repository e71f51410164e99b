package talq

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Bounds of waiting for the rate limit.
const (
	// MaxWait is the longest single wait that is waited out.
	MaxWait = 5 * time.Minute
	// MaxTotalWait bounds all waits of one request together.
	MaxTotalWait = 15 * time.Minute
)

// gate is where every request waits, for whatever reason: the server's limit,
// the caller's own cap, or the pause before a retry. One closed gate stops
// everybody, so that ten requests do not each find out by themselves.
type gate struct {
	limiter *rate.Limiter // nil without a cap
	log     LogFunc

	mu    sync.Mutex
	opens time.Time
}

// newGate makes an open gate. In any minute at most perMinute requests pass:
// a tenth of them at once, the rest spread evenly.
func newGate(perMinute int, log LogFunc) *gate {
	g := &gate{log: log}
	if perMinute > 0 {
		burst := max(1, perMinute/10)
		every := time.Minute / time.Duration(max(1, perMinute-burst))
		g.limiter = rate.NewLimiter(rate.Every(every), burst)
	}
	return g
}

// closeFor keeps the gate shut for so long from now, or longer if it was to be.
func (g *gate) closeFor(wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(wait); until.After(g.opens) {
		g.opens = until
	}
}

func (g *gate) opensAt() time.Time {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opens
}

// pass blocks until the gate is open, the request's own pause is over and the
// cap has room. It ends at once with the context, and with a [*WaitError] where
// the wait is too long.
func (g *gate) pass(ctx context.Context, t *trail) error {
	for {
		if err := g.waitOpen(ctx, t); err != nil {
			return err
		}
		waited, err := g.waitCap(ctx)
		if err != nil {
			return err
		}
		if !waited || time.Now().After(g.opensAt()) {
			return ctx.Err()
		}
		// The gate was shut while this request waited for the cap. Its turn is
		// over: turns that were saved up would all be used at once.
	}
}

// waitOpen blocks until the gate is open and the request's own pause is over.
func (g *gate) waitOpen(ctx context.Context, t *trail) error {
	for {
		until := g.opensAt()
		limited := time.Until(until)
		if t.asked {
			limited = max(limited, time.Until(t.notBefore))
		}
		if limited > MaxWait || (limited > 0 && t.waited+limited > MaxTotalWait) {
			return &WaitError{Path: t.path, Wait: limited, Waited: t.waited}
		}
		if t.notBefore.After(until) {
			until = t.notBefore
		}
		wait := time.Until(until)
		if wait <= 0 {
			return nil
		}
		if limited > 0 {
			// Those who waited together must not all come at once.
			wait += rand.N(limited/10 + time.Millisecond)
			t.waited += wait
			g.log(ctx, "waiting for the rate limit", map[string]any{"wait_ms": wait.Milliseconds(), "path": t.path})
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// waitCap takes the next turn that the cap leaves free and blocks until it has
// come. The limiter's own Wait is not used: it fails with an error of its own
// where the turn is past the context's deadline.
func (g *gate) waitCap(ctx context.Context) (waited bool, err error) {
	if g.limiter == nil {
		return false, nil
	}
	turn := g.limiter.Reserve()
	wait := turn.Delay()
	if wait <= 0 {
		return false, nil
	}
	if err := sleep(ctx, wait); err != nil {
		turn.Cancel()
		return true, err
	}
	return true, nil
}

// sleep waits, or ends with the context.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
