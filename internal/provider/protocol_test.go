package provider

import (
	"fmt"
	"maps"
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
)

func (p *protocol) read(diagnostics []*tfprotov6.Diagnostic) check.Said {
	var found check.Said
	for _, d := range diagnostics {
		found = append(found, check.Remark{Severity: strings.ToLower(d.Severity.String()), At: check.ReadablePath(d.Attribute), Summary: d.Summary, Detail: d.Detail})
	}
	return found
}

// protocolVersion is the Terraform that the calls of [protocol] claim to come from.
const protocolVersion = "1.11.4"

// given are attributes by name, as somebody writes them: string, bool, int,
// []any, given, nil for null, [notKnown] for a value that only an apply will
// tell. What is left out is null.
type given = map[string]any

// notKnown may stand for any value, also inside lists, maps and objects.
var notKnown any = struct{ unknown bool }{true}

// protocol makes the calls that Terraform makes, without Terraform.
type protocol struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse
}

// newProtocol serves a provider that is not configured, as at validate.
func newProtocol(t testing.TB) *protocol {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(testProvider())()
	if err != nil {
		t.Fatal(err)
	}
	p := &protocol{t: t, server: server}
	p.schema, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p.read(p.schema.Diagnostics).None(t)
	return p
}

// protocol serves a provider that reaches the fake.
func (w world) protocol(t testing.TB) *protocol {
	t.Helper()
	p := newProtocol(t)
	p.configure(given{"base_url": w.BaseURL(), "token": w.Token()}).None(t)
	return p
}

// actionType is the type of talq_action as the schema has it.
func (p *protocol) actionType() tftypes.Type {
	return p.schema.ResourceSchemas["talq_action"].ValueType()
}

// action builds a value of talq_action; nil builds the null of no resource.
func (p *protocol) action(values given) tftypes.Value {
	p.t.Helper()
	if values == nil {
		return tftypes.NewValue(p.actionType(), nil)
	}
	return build(p.t, p.actionType(), values)
}

// validateProvider calls ValidateProviderConfig.
func (p *protocol) validateProvider(block given) check.Said {
	p.t.Helper()
	kind := p.schema.Provider.ValueType()
	resp, err := p.server.ValidateProviderConfig(p.t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: pack(p.t, build(p.t, kind, block))})
	p.check(err)
	return p.read(resp.Diagnostics)
}

// configure calls ConfigureProvider.
func (p *protocol) configure(block given) check.Said {
	p.t.Helper()
	kind := p.schema.Provider.ValueType()
	resp, err := p.server.ConfigureProvider(p.t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: protocolVersion, Config: pack(p.t, build(p.t, kind, block)),
	})
	p.check(err)
	return p.read(resp.Diagnostics)
}

// validate calls ValidateResourceConfig on a talq_action.
func (p *protocol) validate(config given) check.Said {
	p.t.Helper()
	resp, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: "talq_action", Config: pack(p.t, p.action(config)),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	p.check(err)
	return p.read(resp.Diagnostics)
}

// planned is the answer to PlanResourceChange, with what it was asked for.
type planned struct {
	check.Said
	state, prior, config tftypes.Value
	replace              []string // paths that need a replacement
	private              []byte
}

// plan calls PlanResourceChange on a talq_action. A nil config plans a destroy.
func (p *protocol) plan(prior tftypes.Value, config given) planned {
	p.t.Helper()
	wanted := p.action(config)
	resp, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "talq_action", PriorState: pack(p.t, prior), Config: pack(p.t, wanted),
		ProposedNewState: pack(p.t, p.proposed(prior, wanted)),
	})
	p.check(err)
	answer := planned{Said: p.read(resp.Diagnostics), prior: prior, config: wanted, private: resp.PlannedPrivate}
	answer.state = p.unpack(resp.PlannedState)
	for _, at := range resp.RequiresReplace {
		answer.replace = append(answer.replace, check.ReadablePath(at))
	}
	return answer
}

// proposed is what Terraform proposes: the configuration, and what the prior
// state has of computed attributes that it leaves out.
func (p *protocol) proposed(prior, config tftypes.Value) tftypes.Value {
	p.t.Helper()
	if config.IsNull() || prior.IsNull() {
		return config
	}
	before, after := members(p.t, prior), members(p.t, config)
	for _, attribute := range p.schema.ResourceSchemas["talq_action"].Block.Attributes {
		if attribute.Computed && after[attribute.Name].IsNull() {
			after[attribute.Name] = before[attribute.Name]
		}
	}
	return tftypes.NewValue(p.actionType(), after)
}

// apply calls ApplyResourceChange for a plan, and gives the new state.
func (p *protocol) apply(plan planned) (tftypes.Value, check.Said) {
	p.t.Helper()
	resp, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: "talq_action", PriorState: pack(p.t, plan.prior), Config: pack(p.t, plan.config),
		PlannedState: pack(p.t, plan.state), PlannedPrivate: plan.private,
	})
	p.check(err)
	return p.unpack(resp.NewState), p.read(resp.Diagnostics)
}

// create plans and applies a new talq_action.
func (p *protocol) create(config given) (tftypes.Value, check.Said) {
	p.t.Helper()
	plan := p.plan(p.action(nil), config)
	plan.None(p.t)
	return p.apply(plan)
}

// refresh calls ReadResource.
func (p *protocol) refresh(state tftypes.Value) (tftypes.Value, check.Said) {
	p.t.Helper()
	resp, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: pack(p.t, state)})
	p.check(err)
	return p.unpack(resp.NewState), p.read(resp.Diagnostics)
}

// importByID calls ImportResourceState, and ReadResource if that went well, as
// Terraform does.
func (p *protocol) importByID(id string) (tftypes.Value, check.Said) {
	p.t.Helper()
	resp, err := p.server.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: "talq_action", ID: id})
	p.check(err)
	if problems := p.read(resp.Diagnostics); len(problems) > 0 {
		return p.action(nil), problems
	}
	if len(resp.ImportedResources) != 1 {
		p.t.Fatalf("%d resources were imported", len(resp.ImportedResources))
	}
	return p.refresh(p.unpack(resp.ImportedResources[0].State))
}

func (p *protocol) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *protocol) unpack(value *tfprotov6.DynamicValue) tftypes.Value {
	p.t.Helper()
	if value == nil {
		return p.action(nil)
	}
	state, err := value.Unmarshal(p.actionType())
	p.check(err)
	return state
}

func pack(t testing.TB, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	packed, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		t.Fatal(err)
	}
	return &packed
}

// build makes a value of a type. Attributes that a given lacks are null.
func build(t testing.TB, kind tftypes.Type, value any) tftypes.Value {
	t.Helper()
	switch value := value.(type) {
	case nil:
		return tftypes.NewValue(kind, nil)
	case given:
		built := map[string]tftypes.Value{}
		if object, ok := kind.(tftypes.Object); ok {
			for name, of := range object.AttributeTypes {
				built[name] = build(t, of, value[name])
			}
			for name := range value {
				if _, ok := object.AttributeTypes[name]; !ok {
					t.Fatalf("there is no attribute %q", name)
				}
			}
		} else if of, ok := kind.(tftypes.Map); ok {
			for name := range value {
				built[name] = build(t, of.ElementType, value[name])
			}
		}
		return tftypes.NewValue(kind, built)
	case []any:
		built := []tftypes.Value{}
		for _, element := range value {
			built = append(built, build(t, kind.(tftypes.List).ElementType, element))
		}
		return tftypes.NewValue(kind, built)
	default:
		if value == notKnown {
			return tftypes.NewValue(kind, tftypes.UnknownValue)
		}
		return tftypes.NewValue(kind, value)
	}
}

// members returns the attributes of an object.
func members(t testing.TB, value tftypes.Value) map[string]tftypes.Value {
	t.Helper()
	found := map[string]tftypes.Value{}
	if err := value.As(&found); err != nil {
		t.Fatal(err)
	}
	return maps.Clone(found)
}

// plain turns a value back into what [given] holds. Numbers are int64.
func plain(t testing.TB, value tftypes.Value) any {
	t.Helper()
	if value.IsNull() {
		return nil
	}
	if !value.IsKnown() {
		return notKnown
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
		whole, _ := n.Int64()
		return whole
	case kind.Is(tftypes.List{}):
		var list []tftypes.Value
		take(&list)
		found := []any{}
		for _, element := range list {
			found = append(found, plain(t, element))
		}
		return found
	}
	found := given{}
	for name, member := range members(t, value) {
		found[name] = plain(t, member)
	}
	return found
}

// attribute returns one attribute of a state.
func (p *protocol) attribute(state tftypes.Value, name string) any {
	p.t.Helper()
	return plain(p.t, members(p.t, state)[name])
}

// expect expects plain values of attributes in a state.
func (p *protocol) expect(state tftypes.Value, want given) {
	p.t.Helper()
	for name, value := range want {
		if got := p.attribute(state, name); got != value {
			p.t.Errorf("%s is %v, want %v", name, got, value)
		}
	}
}

func TestProtocolHarnessKeepsWhatItIsGiven(t *testing.T) {
	p := newProtocol(t)
	state := p.action(given{"name": notKnown, "inputs": []any{given{"name": "a", "required": true}, notKnown}, "hold_duration": 7,
		"custom_headers": given{"X-A": notKnown}})
	want := fmt.Sprint(given{"name": "a", "required": true, "type": nil, "description": nil, "value": nil})
	inputs, ok := p.attribute(state, "inputs").([]any)
	if !ok || len(inputs) != 2 || fmt.Sprint(inputs[0]) != want || inputs[1] != notKnown {
		t.Errorf("inputs are %v", inputs)
	}
	if headers := fmt.Sprint(p.attribute(state, "custom_headers")); headers != fmt.Sprint(given{"X-A": notKnown}) {
		t.Errorf("custom_headers are %s", headers)
	}
	if p.attribute(state, "name") != notKnown || p.attribute(state, "url") != nil || p.attribute(state, "hold_duration") != int64(7) {
		t.Errorf("the state is %v", plain(t, state))
	}
}
