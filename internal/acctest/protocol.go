package acctest

import (
	"context"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
)

func (p *Protocol) Read(diagnostics []*tfprotov6.Diagnostic) check.Said {
	var found check.Said
	for _, d := range diagnostics {
		found = append(found, check.Remark{Severity: strings.ToLower(d.Severity.String()), At: check.ReadablePath(d.Attribute), Summary: d.Summary, Detail: d.Detail})
	}
	return found
}

// ProtocolVersion is the Terraform that the calls of [Protocol] claim to come from.
const ProtocolVersion = "1.11.4"

// Values are attributes by name, as somebody writes them: string, bool, int,
// []any, given, nil for null, [Unknown] for a value that only an apply will
// tell. What is left out is null.
type Values = map[string]any

// Unknown may stand for any value, also inside lists, maps and objects.
var Unknown any = struct{ unknown bool }{true}

// Protocol makes the calls that Terraform makes, without Terraform.
type Protocol struct {
	T      testing.TB
	Server tfprotov6.ProviderServer
	Schema *tfprotov6.GetProviderSchemaResponse
	// resource is the type that the calls about a resource are of.
	resource string
}

// Of returns the same server for calls about another type of resource.
func (p *Protocol) Of(resource string) *Protocol {
	other := *p
	other.resource = resource
	return &other
}

// NewProtocol serves a provider that is not configured, as at validate.
func NewProtocol(t testing.TB) *Protocol {
	t.Helper()
	server := NewServer()
	p := &Protocol{T: t, Server: server, resource: "talq_action"}
	var err error
	p.Schema, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p.Read(p.Schema.Diagnostics).None(t)
	return p
}

// Protocol serves a provider that reaches the fake.
func (w World) Protocol(t testing.TB) *Protocol {
	t.Helper()
	p := NewProtocol(t)
	p.Configure(Values{"base_url": w.BaseURL(), "token": w.Token()}).None(t)
	return p
}

// resourceType is the type of the resource as the schema has it.
func (p *Protocol) resourceType() tftypes.Type {
	return p.Schema.ResourceSchemas[p.resource].ValueType()
}

// Action builds a value of the resource, which is talq_action unless [Protocol.Of] says
// otherwise; nil builds the null of no resource.
func (p *Protocol) Action(values Values) tftypes.Value {
	p.T.Helper()
	if values == nil {
		return tftypes.NewValue(p.resourceType(), nil)
	}
	return Build(p.T, p.resourceType(), values)
}

// ValidateProvider calls ValidateProviderConfig.
func (p *Protocol) ValidateProvider(block Values) check.Said {
	p.T.Helper()
	kind := p.Schema.Provider.ValueType()
	resp, err := p.Server.ValidateProviderConfig(p.T.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: Pack(p.T, Build(p.T, kind, block))})
	p.Check(err)
	return p.Read(resp.Diagnostics)
}

// Configure calls ConfigureProvider.
func (p *Protocol) Configure(block Values) check.Said {
	p.T.Helper()
	kind := p.Schema.Provider.ValueType()
	resp, err := p.Server.ConfigureProvider(p.T.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: ProtocolVersion, Config: Pack(p.T, Build(p.T, kind, block)),
	})
	p.Check(err)
	return p.Read(resp.Diagnostics)
}

// Validate calls ValidateResourceConfig on the resource.
func (p *Protocol) Validate(config Values) check.Said {
	p.T.Helper()
	resp, err := p.Server.ValidateResourceConfig(p.T.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: p.resource, Config: Pack(p.T, p.Action(config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	p.Check(err)
	return p.Read(resp.Diagnostics)
}

// Planned is the answer to PlanResourceChange, with what it was asked for.
type Planned struct {
	check.Said
	State, Prior, Config tftypes.Value
	Replace              []string // paths that need a replacement
	Private              []byte
}

// Plan calls PlanResourceChange on the resource. A nil config plans a destroy.
func (p *Protocol) Plan(prior tftypes.Value, config Values) Planned {
	p.T.Helper()
	wanted := p.Action(config)
	resp, err := p.Server.PlanResourceChange(p.T.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: p.resource, PriorState: Pack(p.T, prior), Config: Pack(p.T, wanted),
		ProposedNewState: Pack(p.T, p.Proposed(prior, wanted)),
	})
	p.Check(err)
	answer := Planned{Said: p.Read(resp.Diagnostics), Prior: prior, Config: wanted, Private: resp.PlannedPrivate}
	answer.State = p.Unpack(resp.PlannedState)
	for _, at := range resp.RequiresReplace {
		answer.Replace = append(answer.Replace, check.ReadablePath(at))
	}
	return answer
}

// Proposed is what Terraform proposes: the configuration, and what the prior
// state has of computed attributes that it leaves out, also in the elements of nested lists.
func (p *Protocol) Proposed(prior, config tftypes.Value) tftypes.Value {
	p.T.Helper()
	return p.proposed(p.Schema.ResourceSchemas[p.resource].Block.Attributes, prior, config)
}

func (p *Protocol) proposed(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	p.T.Helper()
	if config.IsNull() || !config.IsKnown() || prior.IsNull() {
		return config
	}
	before, after := Members(p.T, prior), Members(p.T, config)
	for _, attribute := range attributes {
		was, is := before[attribute.Name], after[attribute.Name]
		switch {
		case attribute.Computed && is.IsNull():
			after[attribute.Name] = was
		case attribute.WriteOnly:
			after[attribute.Name] = tftypes.NewValue(is.Type(), nil)
		case attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList && !is.IsNull() && is.IsKnown() && !was.IsNull():
			var elements, earlier []tftypes.Value
			p.Check(is.As(&elements))
			p.Check(was.As(&earlier))
			elements = slices.Clone(elements)
			for i := range min(len(elements), len(earlier)) {
				elements[i] = p.proposed(attribute.NestedType.Attributes, earlier[i], elements[i])
			}
			after[attribute.Name] = tftypes.NewValue(is.Type(), elements)
		}
	}
	return tftypes.NewValue(config.Type(), after)
}

// Apply calls ApplyResourceChange for a plan, and returns the new state.
func (p *Protocol) Apply(plan Planned) (tftypes.Value, check.Said) {
	p.T.Helper()
	return p.apply(p.T.Context(), plan)
}

// ApplyInterrupted is Apply after Terraform was interrupted.
func (p *Protocol) ApplyInterrupted(plan Planned) (tftypes.Value, check.Said) {
	p.T.Helper()
	ctx, cancel := context.WithCancel(p.T.Context())
	cancel()
	return p.apply(ctx, plan)
}

func (p *Protocol) apply(ctx context.Context, plan Planned) (tftypes.Value, check.Said) {
	p.T.Helper()
	resp, err := p.Server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: p.resource, PriorState: Pack(p.T, plan.Prior), Config: Pack(p.T, plan.Config),
		PlannedState: Pack(p.T, plan.State), PlannedPrivate: plan.Private,
	})
	p.Check(err)
	return p.Unpack(resp.NewState), p.Read(resp.Diagnostics)
}

// Create plans and applies a new resource.
func (p *Protocol) Create(config Values) (tftypes.Value, check.Said) {
	p.T.Helper()
	plan := p.Plan(p.Action(nil), config)
	plan.None(p.T)
	return p.Apply(plan)
}

// Refresh calls ReadResource.
func (p *Protocol) Refresh(state tftypes.Value) (tftypes.Value, check.Said) {
	p.T.Helper()
	resp, err := p.Server.ReadResource(p.T.Context(), &tfprotov6.ReadResourceRequest{TypeName: p.resource, CurrentState: Pack(p.T, state)})
	p.Check(err)
	return p.Unpack(resp.NewState), p.Read(resp.Diagnostics)
}

// ImportByID calls ImportResourceState, and ReadResource if that went well, as
// Terraform does.
func (p *Protocol) ImportByID(id string) (tftypes.Value, check.Said) {
	p.T.Helper()
	return p.imported(&tfprotov6.ImportResourceStateRequest{TypeName: p.resource, ID: id})
}

func (p *Protocol) imported(req *tfprotov6.ImportResourceStateRequest) (tftypes.Value, check.Said) {
	p.T.Helper()
	resp, err := p.Server.ImportResourceState(p.T.Context(), req)
	p.Check(err)
	if problems := p.Read(resp.Diagnostics); len(problems) > 0 {
		return p.Action(nil), problems
	}
	if len(resp.ImportedResources) != 1 {
		p.T.Fatalf("%d resources were imported", len(resp.ImportedResources))
	}
	return p.Refresh(p.Unpack(resp.ImportedResources[0].State))
}

// Check expects no error of the protocol itself.
func (p *Protocol) Check(err error) {
	p.T.Helper()
	if err != nil {
		p.T.Fatal(err)
	}
}

// Unpack returns a resource that the server sent.
func (p *Protocol) Unpack(value *tfprotov6.DynamicValue) tftypes.Value {
	p.T.Helper()
	if value == nil {
		return p.Action(nil)
	}
	state, err := value.Unmarshal(p.resourceType())
	p.Check(err)
	return state
}

// Pack returns a value as it is sent.
func Pack(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	packed, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &packed
}

// Build makes a value of a type. Attributes that a given lacks are null.
func Build(t testing.TB, kind tftypes.Type, value any) tftypes.Value {
	t.Helper()
	switch value := value.(type) {
	case nil:
		return tftypes.NewValue(kind, nil)
	case Values:
		built := map[string]tftypes.Value{}
		if object, ok := kind.(tftypes.Object); ok {
			for name, of := range object.AttributeTypes {
				built[name] = Build(t, of, value[name])
			}
			for name := range value {
				if _, ok := object.AttributeTypes[name]; !ok {
					t.Fatalf("there is no attribute %q", name)
				}
			}
		} else if of, ok := kind.(tftypes.Map); ok {
			for name := range value {
				built[name] = Build(t, of.ElementType, value[name])
			}
		}
		return tftypes.NewValue(kind, built)
	case []any:
		built := []tftypes.Value{}
		for _, element := range value {
			built = append(built, Build(t, elementType(kind), element))
		}
		return tftypes.NewValue(kind, built)
	default:
		if value == Unknown {
			return tftypes.NewValue(kind, tftypes.UnknownValue)
		}
		return tftypes.NewValue(kind, value)
	}
}

// elementType is the type of what a list or a set holds.
func elementType(kind tftypes.Type) tftypes.Type {
	if set, ok := kind.(tftypes.Set); ok {
		return set.ElementType
	}
	return kind.(tftypes.List).ElementType
}

// Members returns the attributes of an object.
func Members(t testing.TB, value tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	found := map[string]tftypes.Value{}
	if err := value.As(&found); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(found)
}

// Plain turns a value back into what [Values] holds. Whole numbers are int64, others float64.
func Plain(t testing.TB, value tftypes.Value) any {
	t.Helper()
	if value.IsNull() {
		return nil
	}
	if !value.IsKnown() {
		return Unknown
	}
	take := func(to any) {
		t.Helper()
		if err := value.As(to); err != nil {
			t.Fatal(err)
		}
	}
	switch kind := value.Type(); {
	case kind.Is(tftypes.String):
		var text string
		take(&text)
		return text
	case kind.Is(tftypes.Bool):
		var yes bool
		take(&yes)
		return yes
	case kind.Is(tftypes.Number):
		var n big.Float
		take(&n)
		if !n.IsInt() {
			fraction, _ := n.Float64()
			return fraction
		}
		whole, _ := n.Int64()
		return whole
	case kind.Is(tftypes.List{}), kind.Is(tftypes.Set{}):
		var list []tftypes.Value
		take(&list)
		found := []any{}
		for _, element := range list {
			found = append(found, Plain(t, element))
		}
		return found
	}
	found := Values{}
	for name, member := range Members(t, value) {
		found[name] = Plain(t, member)
	}
	return found
}

// Attribute returns one attribute of a state.
func (p *Protocol) Attribute(state tftypes.Value, name string) any {
	p.T.Helper()
	return Plain(p.T, Members(p.T, state)[name])
}

// Expect expects plain values of attributes in a state.
func (p *Protocol) Expect(state tftypes.Value, want Values) {
	p.T.Helper()
	for name, value := range want {
		if got := p.Attribute(state, name); got != value {
			p.T.Errorf("%s is %v, want %v", name, got, value)
		}
	}
}
