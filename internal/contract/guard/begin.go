package guard

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// endTime bounds what is done at the end of a run, where its own context may have ended.
const endTime = 3 * time.Minute

// Begin checks the agent and sweeps away what an earlier run left. It returns what is to be
// called at the end: that makes an agent that was a draft a draft again where the run may
// publish, and sweeps again, each also where the other fails. It does so within three minutes,
// whatever has become of ctx.
func (c *Client) Begin(ctx context.Context) (end func() error, err error) {
	read, err := c.check(ctx)
	if err != nil {
		return nil, err
	}
	wasPublished := read.agent["current_status"] == "published"
	if err := c.sweep(ctx, read); err != nil {
		return nil, fmt.Errorf("sweeping away what an earlier run left: %w", err)
	}
	return func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
		defer cancel()
		var failed error
		if c.MayPublish && !wasPublished {
			failed = c.StopTakingCalls(ctx)
		}
		if err := c.Sweep(ctx); err != nil {
			failed = errors.Join(failed, fmt.Errorf("sweeping at the end: %w", err))
		}
		return failed
	}, nil
}
