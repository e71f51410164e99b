package provider

import (
	"time"
)

// Option changes how [New] sets the provider up. The released binary uses none.
type Option func(*talqProvider)

// WithRetryWait sets the longest pause before the first retry of a request; it doubles
// with each further one. Without it, and with 0, it is one second. It is for programs that
// drive the provider against a fake that fails on purpose, and have no time to be polite.
func WithRetryWait(longest time.Duration) Option {
	return func(p *talqProvider) { p.retryWait = longest }
}
