package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

// TestNoStateIsUpgradedOtherwiseThanByTheFramework draws stored states of all resources, some
// of which are not quite of the schema.
func TestNoStateIsUpgradedOtherwiseThanByTheFramework(t *testing.T) {
	t.Parallel()
	framework := providerserver.NewProtocol6(New("test")())()
	names := slices.Sorted(maps.Keys(stateTypes()))
	states, short := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom(names).Draw(r, "resource")
		kind := stateTypes()[name]
		odd := rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(r, "percent odd")
		stored, err := json.Marshal(drawStored(r, kind.of, odd))
		if err != nil {
			r.Fatal(err)
		}
		request := &tfprotov6.UpgradeResourceStateRequest{TypeName: name, Version: kind.version, RawState: &tfprotov6.RawState{JSON: stored}}
		if rapid.IntRange(0, 19).Draw(r, "version") == 0 {
			request.Version++
		}
		states++
		got := currentState(request)
		if got == nil {
			return
		}
		short++
		answer, err := framework.UpgradeResourceState(t.Context(), request)
		if err != nil || len(answer.Diagnostics) > 0 {
			r.Fatalf("the framework takes no %s: %v %+v", stored, err, answer)
		}
		// The framework writes the members of a map by chance.
		if want := answer.UpgradedState; len(got.MsgPack) != len(want.MsgPack) || !unpacked(r, got, kind.of).Equal(unpacked(r, want, kind.of)) {
			r.Fatalf("%s becomes\n%x\nand with the framework\n%x", stored, got.MsgPack, want.MsgPack)
		}
	})
	t.Logf("%d states, %d of them upgraded without the framework", states, short)
	if short*10 < states || short == states {
		t.Error("too few of either kind to compare them")
	}
}

func unpacked(r *rapid.T, value *tfprotov6.DynamicValue, kind tftypes.Type) tftypes.Value {
	found, err := value.Unmarshal(kind)
	if err != nil {
		r.Fatal(err)
	}
	return found
}

// drawStored draws what a state file may hold for a value of a type, and now and then
// something else.
func drawStored(r *rapid.T, kind tftypes.Type, odd int) any {
	if rapid.IntRange(0, 99).Draw(r, "odd") < odd {
		kind = rapid.SampledFrom([]tftypes.Type{tftypes.String, tftypes.Number, tftypes.Bool, tftypes.List{ElementType: tftypes.String}, tftypes.Map{ElementType: tftypes.Bool}}).Draw(r, "another type")
	} else if _, isObject := kind.(tftypes.Object); !isObject && rapid.IntRange(0, 4).Draw(r, "null") == 0 {
		return nil
	}
	switch kind := kind.(type) {
	case tftypes.List:
		return drawElements(r, kind.ElementType, odd)
	case tftypes.Set:
		return drawElements(r, kind.ElementType, odd)
	case tftypes.Map:
		members := map[string]any{}
		for i := range rapid.IntRange(0, 3).Draw(r, "members") {
			members[fmt.Sprint("key ", i)] = drawStored(r, kind.ElementType, odd)
		}
		return members
	case tftypes.Object:
		members := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(kind.AttributeTypes)) {
			if rapid.IntRange(0, 999).Draw(r, "left out") >= odd {
				members[name] = drawStored(r, kind.AttributeTypes[name], odd)
			}
		}
		if rapid.IntRange(0, 99).Draw(r, "one more") < odd {
			members["of_a_later_version"] = true
		}
		return members
	}
	texts := map[bool][]string{
		kind.Is(tftypes.String): {`"text"`, `""`, `"\u001b<&> \ud800 ä€😀"`, `"30"`},
		kind.Is(tftypes.Number): {`0`, `-1`, `30`, `9223372036854775807`, `-9223372036854775808`},
		kind.Is(tftypes.Bool):   {`true`, `false`},
	}[true]
	if kind.Is(tftypes.Number) && odd > 0 {
		texts = append(texts, `-0`, `0.5`, `30.0`, `1e2`, `9223372036854775808`, `"30"`)
	}
	return json.RawMessage(rapid.SampledFrom(texts).Draw(r, "value"))
}

func drawElements(r *rapid.T, kind tftypes.Type, odd int) []any {
	elements := []any{}
	for range rapid.IntRange(0, 3).Draw(r, "elements") {
		elements = append(elements, drawStored(r, kind, odd))
	}
	return elements
}
