package provider

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// server is the framework's server, but for what it keeps of a call.
//
// The framework (1.19.0) holds the cancel function of every call until the process
// ends, and by it the call's context with its loggers and buffers: 15 kB a call, five
// calls a resource. At 1,000 resources most of the time went into looking through that
// for garbage. So the calls that come once for each resource get a context that lets
// go of all that when the call has ended.
type server struct{ wholeServer }

// wholeServer is what Terraform asks a server for.
type wholeServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// NewServer makes the server through which Terraform reaches a provider. An error is a
// bug in the versions of the plugin libraries.
func NewServer(p provider.Provider) (tfprotov6.ProviderServer, error) {
	made, err := providerserver.NewProtocol6WithError(p)()
	if err != nil {
		return nil, err
	}
	whole, ok := made.(wholeServer)
	if !ok {
		return nil, fmt.Errorf("the framework's server is a %T, which lacks a part of the protocol", made)
	}
	return server{whole}, nil
}

// ValidateResourceConfig implements [tfprotov6.ResourceServer].
func (s server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return forgetting(ctx, req, s.wholeServer.ValidateResourceConfig)
}

// UpgradeResourceState implements [tfprotov6.ResourceServer].
func (s server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return forgetting(ctx, req, s.wholeServer.UpgradeResourceState)
}

// UpgradeResourceIdentity implements [tfprotov6.ResourceServer].
func (s server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return forgetting(ctx, req, s.wholeServer.UpgradeResourceIdentity)
}

// ReadResource implements [tfprotov6.ResourceServer].
func (s server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return forgetting(ctx, req, s.wholeServer.ReadResource)
}

// PlanResourceChange implements [tfprotov6.ResourceServer].
func (s server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return forgetting(ctx, req, s.wholeServer.PlanResourceChange)
}

// ApplyResourceChange implements [tfprotov6.ResourceServer].
func (s server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return forgetting(ctx, req, s.wholeServer.ApplyResourceChange)
}

// ImportResourceState implements [tfprotov6.ResourceServer].
func (s server) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return forgetting(ctx, req, s.wholeServer.ImportResourceState)
}

// forgetting makes a call with a context that is let go when it has ended.
func forgetting[Request, Response any](ctx context.Context, req Request, call func(context.Context, Request) (Response, error)) (Response, error) {
	c := &callContext{}
	c.now.Store(&innerContext{ctx})
	defer c.now.Store(&ended)
	return call(c, req)
}

// callContext is the context of a call while that goes on, and afterwards one that is
// cancelled and holds nothing.
type callContext struct{ now atomic.Pointer[innerContext] }

type innerContext struct{ context.Context }

var ended = func() innerContext {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return innerContext{ctx}
}()

// Deadline implements [context.Context].
func (c *callContext) Deadline() (time.Time, bool) { return c.now.Load().Deadline() }

// Done implements [context.Context].
func (c *callContext) Done() <-chan struct{} { return c.now.Load().Done() }

// Err implements [context.Context].
func (c *callContext) Err() error { return c.now.Load().Err() }

// Value implements [context.Context].
func (c *callContext) Value(key any) any { return c.now.Load().Value(key) }
