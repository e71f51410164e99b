package provider

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

type inContext struct{}

func TestTheContextOfACallIsTheCallersWhileItLasts(t *testing.T) {
	t.Parallel()
	until := time.Now().Add(time.Hour)
	ctx, cancel := context.WithDeadline(context.WithValue(t.Context(), inContext{}, "value"), until)
	var seen, derived context.Context
	_, _ = during(ctx, 0, func(ctx context.Context, _ int) (int, error) {
		seen = ctx
		var end context.CancelFunc
		derived, end = context.WithCancel(ctx)
		t.Cleanup(end)
		if at, _ := ctx.Deadline(); ctx.Value(inContext{}) != "value" || !at.Equal(until) || ctx.Err() != nil {
			t.Errorf("it has the value %v, the deadline %s and the error %v", ctx.Value(inContext{}), at, ctx.Err())
		}
		cancel()
		<-ctx.Done()
		<-derived.Done()
		if !errors.Is(ctx.Err(), context.Canceled) || !errors.Is(derived.Err(), context.Canceled) {
			t.Errorf("the errors are %v and %v", ctx.Err(), derived.Err())
		}
		return 0, nil
	})
	<-seen.Done()
	tflog.Info(context.WithoutCancel(seen), "a read that others wait for goes on, and no log is left for it")
	if _, some := seen.Deadline(); some || seen.Value(inContext{}) != nil || derived.Value(inContext{}) != nil || !errors.Is(seen.Err(), context.Canceled) {
		t.Errorf("afterwards it has a deadline (%v), the value %v, the error %v", some, seen.Value(inContext{}), seen.Err())
	}
}
