package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/vmihailenco/msgpack/v5"
)

// versionedType is what the state of a resource looks like in this version.
type versionedType struct {
	version int64
	of      tftypes.Type
}

// stateTypes are those of all resources, by name.
var stateTypes = sync.OnceValue(func() map[string]versionedType {
	ctx, found := context.Background(), map[string]versionedType{}
	for _, newResource := range new(talqProvider).Resources(ctx) {
		var name resource.MetadataResponse
		var schema resource.SchemaResponse
		newResource().Metadata(ctx, resource.MetadataRequest{ProviderTypeName: typeName}, &name)
		newResource().Schema(ctx, resource.SchemaRequest{}, &schema)
		if len(schema.Schema.Blocks) == 0 { // of a block that is null the framework makes an empty one
			found[name.TypeName] = versionedType{schema.Schema.Version, schema.Schema.Type().TerraformType(ctx)}
		}
	}
	return found
})

// currentState returns a stored state that is of this version, as nearly all are, in
// Terraform's encoding: the framework can only return the same. It returns nil wherever it is
// not sure.
func currentState(req *tfprotov6.UpgradeResourceStateRequest) *tfprotov6.DynamicValue {
	kind, known := stateTypes()[req.TypeName]
	if !known || kind.version != req.Version || req.RawState == nil {
		return nil
	}
	var state map[string]any
	decoder := json.NewDecoder(bytes.NewReader(req.RawState.JSON))
	decoder.UseNumber()
	var packed bytes.Buffer
	if decoder.Decode(&state) != nil || !pack(msgpack.NewEncoder(&packed), kind.of, state) {
		return nil
	}
	return &tfprotov6.DynamicValue{MsgPack: packed.Bytes()}
}

// pack writes a value out of JSON. It reports false for one that is not of the type, word for
// word: an object has each of its attributes and no other, and a number is a whole one.
func pack(to *msgpack.Encoder, kind tftypes.Type, value any) bool {
	switch value := value.(type) {
	case nil:
		return to.EncodeNil() == nil
	case string:
		return kind.Is(tftypes.String) && to.EncodeString(value) == nil
	case bool:
		return kind.Is(tftypes.Bool) && to.EncodeBool(value) == nil
	case json.Number:
		whole, err := value.Int64()
		return err == nil && kind.Is(tftypes.Number) && to.EncodeInt(whole) == nil
	case []any:
		return packList(to, kind, value)
	case map[string]any:
		return packMap(to, kind, value)
	}
	return false
}

func packList(to *msgpack.Encoder, kind tftypes.Type, elements []any) bool {
	var of tftypes.Type
	switch kind := kind.(type) {
	case tftypes.List:
		of = kind.ElementType
	case tftypes.Set:
		of = kind.ElementType
	}
	if of == nil || to.EncodeArrayLen(len(elements)) != nil {
		return false
	}
	return !slices.ContainsFunc(elements, func(element any) bool { return !pack(to, of, element) })
}

func packMap(to *msgpack.Encoder, kind tftypes.Type, members map[string]any) bool {
	var of func(name string) tftypes.Type
	switch kind := kind.(type) {
	case tftypes.Map:
		of = func(string) tftypes.Type { return kind.ElementType }
	case tftypes.Object:
		if len(members) == len(kind.AttributeTypes) {
			of = func(name string) tftypes.Type { return kind.AttributeTypes[name] }
		}
	}
	if of == nil || to.EncodeMapLen(len(members)) != nil {
		return false
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if kind := of(name); kind == nil || to.EncodeString(name) != nil || !pack(to, kind, members[name]) {
			return false
		}
	}
	return true
}
