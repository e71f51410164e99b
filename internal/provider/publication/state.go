package publication

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

func (m *publicationModel) operation(verb string) session.Operation {
	return session.Operation{Verb: verb, Subject: "agent " + m.AgentID.ValueString()}
}

// publishes reports whether an update is there to publish the agent.
func (m *publicationModel) publishes(state *publicationModel) bool {
	return !m.Triggers.Equal(state.Triggers) || !m.CurrentStatus.Equal(state.CurrentStatus)
}

// importedTriggers returns the triggers of an import id: its keys, apart by commas, without
// values. That is what triggers are that refer to revisions of imported resources, which are
// null until the first write. So an import changes nothing and publishes nothing, and from
// then on a key that is taken out publishes.
func importedTriggers(keys string) types.Map {
	values := map[string]attr.Value{}
	for key := range strings.SplitSeq(keys, ",") {
		if key != "" {
			values[key] = types.StringNull()
		}
	}
	return types.MapValueMust(types.StringType, values)
}
