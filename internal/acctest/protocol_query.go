package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
)

// ItemIdentity is the type of the identity of an action or a training.
var ItemIdentity = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"agent_id": tftypes.String, "id": tftypes.String}}

// Identity reads an identity; nil where there is none.
func (p *Protocol) Identity(data *tfprotov6.ResourceIdentityData, kind tftypes.Type) Values {
	p.T.Helper()
	if data == nil || data.IdentityData == nil {
		return nil
	}
	value, err := data.IdentityData.Unmarshal(kind)
	p.Check(err)
	found, _ := Plain(p.T, value).(Values)
	return found
}

// ImportByIdentity calls ImportResourceState with an [ItemIdentity], and ReadResource if that
// went well.
func (p *Protocol) ImportByIdentity(identity Values) (tftypes.Value, check.Said) {
	p.T.Helper()
	return p.ImportByIdentityOf(ItemIdentity, identity)
}

// ImportByIdentityOf is ImportByIdentity with an identity of another type.
func (p *Protocol) ImportByIdentityOf(kind tftypes.Type, identity Values) (tftypes.Value, check.Said) {
	p.T.Helper()
	packed, err := tfprotov6.NewDynamicValue(kind, Build(p.T, kind, identity))
	p.Check(err)
	return p.imported(&tfprotov6.ImportResourceStateRequest{TypeName: p.resource, Identity: &tfprotov6.ResourceIdentityData{IdentityData: &packed}})
}

// Listed is one result of a list block.
type Listed struct {
	Name               string
	Identity, Resource Values
}

// List makes the call of `terraform query`, for at most limit results, with their resources
// where include says so.
func (p *Protocol) List(config Values, limit int64, include bool) (results []Listed, problems check.Said) {
	p.T.Helper()
	kind := p.Schema.ListResourceSchemas[p.resource].ValueType()
	stream, err := p.Server.(tfprotov6.ListResourceServer).ListResource(p.T.Context(), &tfprotov6.ListResourceRequest{
		TypeName: p.resource, Config: Pack(p.T, Build(p.T, kind, config)), IncludeResource: include, Limit: limit,
	})
	p.Check(err)
	for result := range stream.Results {
		problems = append(problems, p.Read(result.Diagnostics)...)
		if result.Identity == nil {
			continue
		}
		one := Listed{Name: result.DisplayName, Identity: p.Identity(result.Identity, ItemIdentity)}
		if result.Resource != nil {
			one.Resource, _ = Plain(p.T, p.Unpack(result.Resource)).(Values)
		}
		results = append(results, one)
	}
	return results, problems
}

// ValidateList calls ValidateListResourceConfig.
func (p *Protocol) ValidateList(config Values) check.Said {
	p.T.Helper()
	kind := p.Schema.ListResourceSchemas[p.resource].ValueType()
	resp, err := p.Server.(tfprotov6.ListResourceServer).ValidateListResourceConfig(p.T.Context(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: p.resource, Config: Pack(p.T, Build(p.T, kind, config)),
	})
	p.Check(err)
	return p.Read(resp.Diagnostics)
}
