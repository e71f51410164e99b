package talq

import (
	"context"
	"sync"
)

// shared is a cache: callers that want the same thing get it from one read.
// Its rules:
//
//  1. Callers that ask for a key while it is read wait for that one read.
//  2. A caller that goes away ends nobody else's wait. When all have gone, the
//     read is cancelled.
//  3. Whoever asks after [shared.forget] has returned gets nothing that was read,
//     or began to be read, before.
//  4. An error is not kept: the next caller reads again.
//  5. A caller whose context has ended begins no read.
//
// It is no [golang.org/x/sync/singleflight.Group], which can neither cancel a
// read that nobody waits for any more, nor keep a newcomer from the error of one
// that has just ended.
type shared[T any] struct {
	mu       sync.Mutex
	kept     map[string]*T
	underway map[string]*reading[T]
}

type reading[T any] struct {
	cancel  context.CancelFunc
	waiting int // guarded by the room's mu
	done    chan struct{}
	value   *T // this and err are set before done is closed
	err     error
}

func newShared[T any]() *shared[T] {
	return &shared[T]{kept: map[string]*T{}, underway: map[string]*reading[T]{}}
}

// get returns what is kept for the key, or what a read of it returns. The read's
// context has the values of the first caller's, and ends when nobody waits.
func (s *shared[T]) get(ctx context.Context, key string, read func(context.Context) (*T, error)) (*T, error) {
	s.mu.Lock()
	return s.join(ctx, key, read)
}

// peek returns what is kept for the key, nil where get would read or wait.
func (s *shared[T]) peek(key string) *T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[key]
}

// join is get for a caller that holds mu, and unlocks it.
func (s *shared[T]) join(ctx context.Context, key string, read func(context.Context) (*T, error)) (*T, error) {
	if value := s.kept[key]; value != nil {
		s.mu.Unlock()
		return value, nil
	}
	if ctx.Err() != nil { // what it would begin runs without its context, and could be sent before it leaves
		s.mu.Unlock()
		return nil, context.Cause(ctx)
	}
	r := s.underway[key]
	if r == nil {
		r = s.begin(ctx, key, read)
	}
	r.waiting++
	s.mu.Unlock()

	select {
	case <-r.done:
		return r.value, r.err
	case <-ctx.Done():
		s.leave(key, r)
		return nil, context.Cause(ctx)
	}
}

// begin starts a read. The caller holds mu.
func (s *shared[T]) begin(ctx context.Context, key string, read func(context.Context) (*T, error)) *reading[T] {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r := &reading[T]{cancel: cancel, done: make(chan struct{})}
	s.underway[key] = r
	go func() {
		defer cancel()
		r.value, r.err = read(ctx)
		s.mu.Lock()
		if s.underway[key] == r { // else it was forgotten meanwhile
			delete(s.underway, key)
			if r.err == nil {
				s.kept[key] = r.value
			}
		}
		s.mu.Unlock()
		close(r.done)
	}()
	return r
}

// leave is for a caller that waits no longer.
func (s *shared[T]) leave(key string, r *reading[T]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.waiting--; r.waiting > 0 {
		return
	}
	if s.underway[key] == r {
		delete(s.underway, key) // nobody is to join a read that is being cancelled
	}
	r.cancel()
}

// forget drops what is kept of the key, and lets nobody join a read under way.
func (s *shared[T]) forget(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, key)
	delete(s.underway, key)
}

// renew is get for a caller that has seen a value and wants one read after it.
// If somebody else has renewed it meanwhile, that is the one. In between nobody finds
// the key empty: a newcomer would begin a read that does not know what was seen.
func (s *shared[T]) renew(ctx context.Context, key string, seen *T, read func(context.Context) (*T, error)) (*T, error) {
	s.mu.Lock()
	if s.kept[key] == seen {
		delete(s.kept, key)
	}
	return s.join(ctx, key, read)
}
