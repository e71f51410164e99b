package agent

import (
	"encoding/json"
	"math/big"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// FuzzAgentFromServer maps whatever an agent's answer may hold.
func FuzzAgentFromServer(f *testing.F) {
	for _, text := range []string{
		`{"id":"a","name":"\u001b[31m\ud800","description":"` + "\xff" + `"}`,
		`{"id":"a","voice":{"stability":1e2000000000,"similarity_boost":-1e-2000000000},"conversation_speed":"1e5","initial_message_delay":99999999999999999999999}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var agent talq.Agent
		if json.Unmarshal(raw, &agent) == nil {
			expectValid(t, agentObject(agent))
		}
	})
}

// expectValid expects texts of valid UTF-8 and finite numbers, at any depth.
func expectValid(t *testing.T, value attr.Value) {
	t.Helper()
	switch value := value.(type) {
	case types.String:
		if !utf8.ValidString(value.ValueString()) {
			t.Errorf("%q is not valid UTF-8", value.ValueString())
		}
	case types.Number:
		if n := value.ValueBigFloat(); n != nil && n.IsInf() {
			t.Errorf("%s is no number", n.Text('g', 5))
		} else if n != nil && n.Cmp(new(big.Float)) != 0 && n.MantExp(nil) > 10_000 {
			t.Errorf("%s is too large", n.Text('g', 5))
		}
	case types.List:
		for _, element := range value.Elements() {
			expectValid(t, element)
		}
	case types.Map:
		for _, element := range value.Elements() {
			expectValid(t, element)
		}
	case types.Object:
		for _, member := range value.Attributes() {
			expectValid(t, member)
		}
	}
}
