package action

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
)

// TestDoubtKnowsEveryHiddenAttribute: one that is forgotten keeps what an update of
// unknown outcome may have written.
func TestDoubtKnowsEveryHiddenAttribute(t *testing.T) {
	t.Parallel()
	members := `, "type": "webhook", "integration": {"id": "crm"}`
	for _, h := range hiddenAttributes {
		if h.Name != "integration" {
			members += `, "` + h.Name + `": "set"`
		}
	}
	everything := stateOfNewcomer("agent-1", answered(t, members))
	everything.CustomHeaders = types.MapValueMust(types.StringType, map[string]attr.Value{"X-Key": types.StringValue("v")})
	sent, diags := everything.createRequest(nil, nil)
	if diags.HasError() {
		t.Fatal(diags)
	}
	d := upsert.NewDoubt(hiddenAttributes, sent)
	var known []string
	for _, h := range hiddenAttributes {
		known = append(known, h.Name)
	}
	if got, want := slices.Sorted(slices.Values(d.Sent)), slices.Sorted(slices.Values(known)); !slices.Equal(got, want) {
		t.Errorf("the doubt is about %v, hidden are %v", got, want)
	}
	nothing := actionModel{AgentID: everything.AgentID, NodeID: everything.NodeID, Type: everything.Type, Inputs: everything.Inputs}
	after, diags := nothing.createRequest(&nothing, d)
	if diags.HasError() {
		t.Fatal(diags)
	}
	for _, h := range hiddenAttributes {
		if !h.IsSent(&after) {
			t.Errorf("after a doubtful update %s is not taken away", h.Name)
		}
	}
}
