package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	talqaction "github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// frameworkServer is what the framework serves of Terraform's protocol.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// server is the framework's, except for states that are of this version, and for reads and
// plans of actions that change nothing: most runs are made of these, and the framework takes
// nearly 5 ms of CPU time for each action.
type server struct {
	frameworkServer
	provider *talqProvider
}

// NewServer returns the constructor that a plugin process serves. The arguments are those of
// [New].
func NewServer(version string, options ...Option) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		p := newProvider(version, options)
		return &server{providerserver.NewProtocol6(p)().(frameworkServer), p} //nolint:forcetypeassert // a framework without it would serve no list and no action
	}
}

// nullIdentity is what the framework plans where there was no identity before.
var nullIdentity = &tfprotov6.ResourceIdentityData{IdentityData: &tfprotov6.DynamicValue{MsgPack: []byte{0xc0}}}

// PlanResourceChange implements [tfprotov6.ResourceServer].
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	if req.TypeName == "talq_action" && talqaction.Unchanged(s.provider.configured, req) {
		identity := req.PriorIdentity
		if identity == nil { // as always with OpenTofu
			identity = nullIdentity
		}
		return &tfprotov6.PlanResourceChangeResponse{PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: identity}, nil
	}
	return during(ctx, req, s.frameworkServer.PlanResourceChange)
}

// ValidateResourceConfig implements [tfprotov6.ResourceServer]. It is here for [during] alone,
// as ApplyResourceChange is.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return during(ctx, req, s.frameworkServer.ValidateResourceConfig)
}

// UpgradeResourceState implements [tfprotov6.ResourceServer].
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	// Of a state of this version the framework can only return what it says.
	if state := currentState(req); state != nil {
		return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: state}, nil
	}
	return during(ctx, req, s.frameworkServer.UpgradeResourceState)
}

// ReadResource implements [tfprotov6.ResourceServer].
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	// Of an action that is as its state says the framework can only return that state.
	if req.TypeName == "talq_action" {
		if answer := talqaction.ReadUnchanged(ctx, s.provider.configured, req); answer != nil {
			return answer, nil
		}
	}
	return during(ctx, req, s.frameworkServer.ReadResource)
}

// ApplyResourceChange implements [tfprotov6.ResourceServer].
func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return during(ctx, req, s.frameworkServer.ApplyResourceChange)
}
