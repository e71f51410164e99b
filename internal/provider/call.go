package provider

import (
	"context"
	"sync/atomic"
	"time"
)

// call is the context of a call while it lasts. The framework keeps the context of each call
// until the process ends, and all that gRPC and the loggers have put there would stay with it.
// What outlives its call finds a context that has ended, without values.
type call struct {
	context atomic.Pointer[context.Context]
}

// ended is what is left of a call's context.
var ended = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

// during makes a call of the framework's.
func during[Q, A any](ctx context.Context, request Q, serve func(context.Context, Q) (A, error)) (A, error) {
	c := &call{}
	c.context.Store(&ctx)
	defer c.context.Store(&ended)
	return serve(c, request)
}

// Deadline implements [context.Context].
func (c *call) Deadline() (time.Time, bool) { return (*c.context.Load()).Deadline() }

// Done implements [context.Context].
func (c *call) Done() <-chan struct{} { return (*c.context.Load()).Done() }

// Err implements [context.Context].
func (c *call) Err() error { return (*c.context.Load()).Err() }

// Value implements [context.Context].
func (c *call) Value(key any) any { return (*c.context.Load()).Value(key) }
