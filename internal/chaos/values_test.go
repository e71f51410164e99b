package chaos

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// build makes a protocol value of a type from plain Go. What is left out of an object is
// null.
func build(kind tftypes.Type, value any) tftypes.Value {
	if value == nil {
		return tftypes.NewValue(kind, nil)
	}
	switch value := value.(type) {
	case tftypes.Value:
		return value
	case json.Number:
		number, _, err := big.ParseFloat(value.String(), 10, 512, big.ToNearestEven) // as Terraform reads it
		return tftypes.NewValue(kind, must(number, err))
	case map[string]any:
		built := map[string]tftypes.Value{}
		switch kind := kind.(type) {
		case tftypes.Object:
			for name, of := range kind.AttributeTypes {
				built[name] = build(of, value[name])
			}
		case tftypes.Map:
			for name := range value {
				built[name] = build(kind.ElementType, value[name])
			}
		}
		return tftypes.NewValue(kind, built)
	case []any:
		built := []tftypes.Value{}
		for _, element := range value {
			switch kind := kind.(type) {
			case tftypes.List:
				built = append(built, build(kind.ElementType, element))
			case tftypes.Set:
				built = append(built, build(kind.ElementType, element))
			}
		}
		return tftypes.NewValue(kind, built)
	default:
		return tftypes.NewValue(kind, value)
	}
}

// plain is the way back from [build], for known values. Numbers are [json.Number].
func plain(value tftypes.Value) any {
	switch {
	case value.IsNull():
		return nil
	case value.Type().Is(tftypes.String):
		return as[string](value)
	case value.Type().Is(tftypes.Bool):
		return as[bool](value)
	case value.Type().Is(tftypes.Number):
		number := as[big.Float](value)
		return json.Number(number.Text('f', -1))
	case value.Type().Is(tftypes.List{}), value.Type().Is(tftypes.Set{}):
		list := []any{}
		for _, element := range as[[]tftypes.Value](value) {
			list = append(list, plain(element))
		}
		return list
	}
	object := map[string]any{}
	for name, member := range members(value) {
		object[name] = plain(member)
	}
	return object
}

func members(value tftypes.Value) map[string]tftypes.Value {
	return maps.Clone(as[map[string]tftypes.Value](value))
}

// as takes a value apart whose type is known to fit.
func as[T any](value tftypes.Value) T {
	var to T
	if err := value.As(&to); err != nil {
		panic(fmt.Sprintf("chaos: a protocol value is not what its type says: %v", err))
	}
	return to
}

// must returns a result of something that fails only where the code here is wrong: what a
// provider has to say of a call, diagnostics say.
func must[T any](result T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("chaos: %v", err))
	}
	return result
}

func pack(value tftypes.Value) *tfprotov6.DynamicValue {
	packed := must(tfprotov6.NewDynamicValue(value.Type(), value))
	return &packed
}

// unpack reads an answer; none is null, as Terraform takes it.
func unpack(kind tftypes.Type, value *tfprotov6.DynamicValue) tftypes.Value {
	if value == nil {
		return tftypes.NewValue(kind, nil)
	}
	return must(value.Unmarshal(kind))
}

// proposed is what Terraform proposes as the new state: the configuration, and what the
// prior state has of computed attributes that it leaves out (objchange.ProposedNew).
func proposed(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() || !config.IsKnown() || prior.IsNull() {
		return config
	}
	before, after := members(prior), members(config)
	for _, attribute := range attributes {
		name := attribute.Name
		switch {
		case attribute.Computed && after[name].IsNull():
			after[name] = before[name]
		case attribute.NestedType == nil:
		case attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
			after[name] = proposed(attribute.NestedType.Attributes, before[name], after[name])
		case attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList:
			after[name] = proposedList(attribute.NestedType.Attributes, before[name], after[name])
		}
	}
	return tftypes.NewValue(config.Type(), after)
}

// proposedList correlates the elements by their index, as Terraform does.
func proposedList(attributes []*tfprotov6.SchemaAttribute, prior, config tftypes.Value) tftypes.Value {
	if config.IsNull() || !config.IsKnown() || prior.IsNull() {
		return config
	}
	before, after := as[[]tftypes.Value](prior), slices.Clone(as[[]tftypes.Value](config))
	for i := range min(len(before), len(after)) {
		after[i] = proposed(attributes, before[i], after[i])
	}
	return tftypes.NewValue(config.Type(), after)
}

// departures are the attributes in which a value does not keep a promise: what was known
// there has changed (objchange.AssertObjectCompatible). Values are not shown: some are
// secret.
func departures(promise, value tftypes.Value) []string {
	if promise.IsNull() || value.IsNull() {
		if promise.IsNull() != value.IsNull() {
			return []string{"the whole object"}
		}
		return nil
	}
	var names []string
	kept := members(value)
	for name, promised := range members(promise) {
		if promised.IsFullyKnown() && !promised.Equal(kept[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
