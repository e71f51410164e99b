package fakeapi

import (
	"sync"
	"time"
)

// PacedClock is a clock for a server with a rate limit that stands still while its window
// still takes requests: however slow the machine is, a window ends because it is used up.
type PacedClock struct {
	limit  int
	window time.Duration

	mu     sync.Mutex
	now    time.Time // where it stands still, or stood last
	usedUp time.Time // since then it runs, by our clock; zero while it stands still
	taken  int
}

// NewPacedClock makes the clock of a server that is started with [WithClock] and its Now.
func NewPacedClock() *PacedClock { return &PacedClock{now: time.Now()} }

// Limit lets the server take so many requests in each window, as [Server.SetRateLimit]
// does. It takes the hook of [Server.Before].
func (c *PacedClock) Limit(s *Server, limit int, window time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.limit, c.window = limit, window
	s.SetRateLimit(limit, window)
	s.Before(c.arrived)
}

// Now is the time on this clock.
func (c *PacedClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reading()
}

func (c *PacedClock) reading() time.Time {
	if c.usedUp.IsZero() {
		return c.now
	}
	return c.now.Add(time.Since(c.usedUp))
}

// arrived counts a request before it is answered.
func (c *PacedClock) arrived(Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.usedUp.IsZero() {
		if now := c.reading(); now.Sub(c.now) >= c.window {
			c.now, c.usedUp, c.taken = now, time.Time{}, 1
		}
		return
	}
	if c.taken++; c.taken == c.limit {
		c.usedUp = time.Now()
	}
}
