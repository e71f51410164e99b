package provider

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

type callKey struct{}

// TestNothingOfACallStaysInMemory: what the context of a call holds is garbage when
// the call has ended, for each call that Terraform makes once for each resource.
func TestNothingOfACallStaysInMemory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.protocol(t)
	action := p.action(map[string]any{"agent_id": w.agent, "node_id": "n", "name": "Hold", "description": "Holds", "type": action.TypeHold, "hold_duration": 5})
	config := pack(t, action)
	for name, call := range map[string]func(context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := p.server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "talq_action", Config: config})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := p.server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "talq_action", RawState: &tfprotov6.RawState{JSON: []byte(`{}`)}})
			return err
		},
		"upgrade the identity": func(ctx context.Context) error {
			_, err := p.server.UpgradeResourceIdentity(ctx, &tfprotov6.UpgradeResourceIdentityRequest{TypeName: "talq_action", RawIdentity: &tfprotov6.RawState{JSON: []byte(`{}`)}})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := p.server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: config})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "talq_action", Config: config, ProposedNewState: config, PriorState: config})
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "talq_action", Config: config, PlannedState: config, PriorState: config})
			return err
		},
		"import": func(ctx context.Context) error {
			_, err := p.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: "talq_action", ID: "a/b"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			kept := callWith(t, call)
			runtime.GC()
			if kept.Value() != nil {
				t.Error("the context of the call is still held")
			}
		})
	}
}

// callWith makes a call with a context that holds a buffer of its own, in a frame that
// has ended by the time at which somebody looks for the buffer.
//
//go:noinline
func callWith(t *testing.T, call func(context.Context) error) weak.Pointer[[1 << 16]byte] {
	buffer := new([1 << 16]byte)
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), callKey{}, buffer))
	defer cancel()
	if err := call(ctx); err != nil {
		t.Error(err)
	}
	return weak.Make(buffer)
}

// TestACallSeesItsContext: within the call nothing is missing.
func TestACallSeesItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), callKey{}, "value"))
	var inside context.Context
	_, err := forgetting(ctx, 0, func(ctx context.Context, _ int) (int, error) {
		inside = ctx
		child, stop := context.WithCancel(ctx)
		defer stop()
		if child.Value(callKey{}) != "value" || child.Err() != nil {
			t.Errorf("value %v, error %v", child.Value(callKey{}), child.Err())
		}
		cancel()
		<-child.Done()
		return 0, child.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the call that was cancelled ended with %v", err)
	}
	if inside.Value(callKey{}) != nil || inside.Err() == nil {
		t.Errorf("after the call: value %v, error %v", inside.Value(callKey{}), inside.Err())
	}
}
