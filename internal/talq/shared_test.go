package talq

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// counted is a read that takes a second and returns how often it was made.
type counted struct {
	begun, cancelled atomic.Int32
	fail             atomic.Bool
}

var errFailed = errors.New("failed")

func (c *counted) read(ctx context.Context) (*int, error) {
	n := int(c.begun.Add(1))
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		c.cancelled.Add(1)
		return nil, ctx.Err()
	}
	if c.fail.Load() {
		return nil, errFailed
	}
	return &n, nil
}

// get expects a value of the room.
func get(t *testing.T, s *shared[int], c *counted, want int) {
	t.Helper()
	if got, err := s.get(t.Context(), "key", c.read); err != nil || *got != want {
		t.Errorf("got %v, %v, want the read %d", got, err, want)
	}
}

func TestConcurrentReadersShareOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShared[int](), &counted{}
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() { get(t, s, c, 1) })
		}
		all.Wait()
		get(t, s, c, 1)
		if n := c.begun.Load(); n != 1 {
			t.Errorf("%d reads", n)
		}
	})
}

func TestKeysAreReadForThemselves(t *testing.T) {
	s, c := newShared[int](), &counted{}
	synctest.Test(t, func(t *testing.T) {
		for i, key := range []string{"a", "b", "a"} {
			if got, err := s.get(t.Context(), key, c.read); err != nil || *got != []int{1, 2, 1}[i] {
				t.Errorf("%s: %v, %v", key, got, err)
			}
		}
	})
}

func TestACancelledReaderCancelsNobodyElse(t *testing.T) {
	for name, leaves := range map[string]int{"the first reader": 0, "a later reader": 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, c := newShared[int](), &counted{}
				ctx, cancel := context.WithCancelCause(t.Context())
				var all sync.WaitGroup
				for i := range 2 {
					all.Go(func() {
						if i != leaves {
							get(t, s, c, 1)
							return
						}
						started := time.Now()
						_, err := s.get(ctx, "key", c.read)
						if !errors.Is(err, errFailed) || time.Since(started) != 500*time.Millisecond {
							t.Errorf("left after %s with %v", time.Since(started), err)
						}
					})
					synctest.Wait() // so that they come in this order
				}
				time.Sleep(500 * time.Millisecond)
				cancel(errFailed)
				all.Wait()
				if c.begun.Load() != 1 || c.cancelled.Load() != 0 {
					t.Errorf("%d reads, %d cancelled", c.begun.Load(), c.cancelled.Load())
				}
			})
		})
	}
}

// A bubble of synctest ends only when all its goroutines have: none is left behind.
func TestAReadThatNobodyWaitsForEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShared[int](), &counted{}
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if _, err := s.get(ctx, "key", c.read); !errors.Is(err, context.Canceled) {
					t.Errorf("error %v", err)
				}
			})
		}
		synctest.Wait()
		cancel()
		all.Wait()
		get(t, s, c, 2) // a newcomer does not join what is being cancelled
		if n := c.cancelled.Load(); n != 1 {
			t.Errorf("%d reads cancelled", n)
		}
	})
}

func TestNothingOlderThanAForgetIsGiven(t *testing.T) {
	t.Run("kept", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s, c := newShared[int](), &counted{}
			get(t, s, c, 1)
			s.forget("other")
			get(t, s, c, 1)
			s.forget("key")
			get(t, s, c, 2)
		})
	})
	t.Run("under way", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s, c := newShared[int](), &counted{}
			var all sync.WaitGroup
			all.Go(func() { get(t, s, c, 1) }) // asked before, so this may be older
			time.Sleep(500 * time.Millisecond)
			s.forget("key")
			all.Go(func() { get(t, s, c, 2) })
			all.Wait()
			get(t, s, c, 2) // the first one ended first, and was not kept
		})
	})
	t.Run("under way, and ends last", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s, c := newShared[int](), &counted{}
			var all sync.WaitGroup
			all.Go(func() {
				if _, err := s.get(t.Context(), "key", func(ctx context.Context) (*int, error) {
					time.Sleep(time.Minute)
					return c.read(ctx)
				}); err != nil {
					t.Error(err)
				}
			})
			synctest.Wait()
			s.forget("key")
			get(t, s, c, 1)
			all.Wait()
			get(t, s, c, 1)
		})
	})
}

func TestErrorsAreNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShared[int](), &counted{}
		c.fail.Store(true)
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := s.get(t.Context(), "key", c.read); !errors.Is(err, errFailed) {
					t.Errorf("error %v", err)
				}
			})
		}
		all.Wait()
		c.fail.Store(false)
		get(t, s, c, 2)
	})
}

func TestRenewReadsOnceForAllWhoSawTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShared[int](), &counted{}
		seen, err := s.get(t.Context(), "key", c.read)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				time.Sleep(time.Duration(i) * 200 * time.Millisecond) // some while it is read, some later
				if got, err := s.renew(t.Context(), "key", seen, c.read); err != nil || *got != 2 {
					t.Errorf("got %v, %v", got, err)
				}
			})
		}
		all.Wait()
		get(t, s, c, 2)
	})
}

func TestReadersAndForgettersAtRandom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShared[time.Time]()
		var all sync.WaitGroup
		var forgotten atomic.Int64 // when, in nanoseconds
		for i := range 40 {
			all.Go(func() {
				for n := range 50 {
					time.Sleep(time.Duration(i*7919+n*104729) % (300 * time.Millisecond))
					if (i+n)%5 == 0 {
						s.forget("key")
						forgotten.Store(time.Now().UnixNano())
						continue
					}
					after := forgotten.Load()
					begun, err := s.get(t.Context(), "key", func(context.Context) (*time.Time, error) {
						began := time.Now()
						time.Sleep(100 * time.Millisecond)
						return &began, nil
					})
					if err != nil || begun.UnixNano() < after {
						t.Errorf("got what was read %s before it was forgotten, %v", time.Duration(after-begun.UnixNano()), err)
					}
				}
			})
		}
		all.Wait()
	})
}

func TestAReaderThatHasEndedBeginsNoRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShared[int](), &counted{}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.get(ctx, "key", c.read); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		synctest.Wait()
		if n := c.begun.Load(); n != 0 {
			t.Errorf("%d reads were begun", n)
		}
	})
}

// TestNoNewcomerReadsWhileAnotherRenews: once something is kept, only those read again
// who have seen it. A newcomer's read would know nothing of what they saw.
func TestNoNewcomerReadsWhileAnotherRenews(t *testing.T) {
	s := newShared[int]()
	var fresh atomic.Int32
	newcomer := func(context.Context) (*int, error) {
		fresh.Add(1)
		return new(int), nil
	}
	renewal := func(context.Context) (*int, error) { return new(int), nil }
	var callers sync.WaitGroup
	for range 8 {
		callers.Go(func() {
			for range 5000 {
				seen, err := s.get(t.Context(), "key", newcomer)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := s.renew(t.Context(), "key", seen, renewal); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	callers.Wait()
	if n := fresh.Load(); n != 1 {
		t.Errorf("%d reads by newcomers, want the first one only", n)
	}
}
