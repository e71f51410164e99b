package talq

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// Modes of a conversation (page get-agent-flow).
const (
	LLMDriven  = "llm_driven" // the API's default: knowledge and actions lead
	FlowDriven = "flow_driven"
)

// Flow is how the conversation of an agent is led, as answers show it (pages
// get-agent-flow and update-agent-flow). Members that an answer left out are not Present.
type Flow struct {
	ConversationMode Opt[string] `json:"conversation_mode"` // see Mode
	// FlowConfig is the graph of nodes, as the answer has it: numbers as they are written,
	// members in their order. Its value is nil for null, as in the mode llm_driven. PHP
	// writes an empty object as [].
	FlowConfig Opt[json.RawMessage] `json:"flow_config"`
}

// Mode returns the conversation's mode, the API's default where it is null or empty.
func (f Flow) Mode() string {
	if f.ConversationMode.Value == nil || *f.ConversationMode.Value == "" {
		return LLMDriven
	}
	return *f.ConversationMode.Value
}

// GetFlow returns the flow of an agent. Until this client writes to the agent, callers
// share what was read of it: do not change it. An answer without a mode is an
// [*UnreadableError].
func (c *Client) GetFlow(ctx context.Context, agentID string) (Flow, error) {
	flow, err := c.flows.get(ctx, agentID, func(ctx context.Context) (*Flow, error) {
		flow, err := oneChecked(ctx, c, request{method: http.MethodGet, segments: flowPath(agentID)}, func(f Flow) error {
			if !f.ConversationMode.Present {
				return errors.New("it has no conversation_mode")
			}
			return nil
		})
		return &flow, err
	})
	if err != nil {
		return Flow{}, err
	}
	return *flow, nil
}

// FlowVersion is an earlier state of a flow, or the present one (page
// list-agent-flow-versions). Anything but the id may be missing.
type FlowVersion struct {
	ID        string          `json:"id"`
	Version   Lenient[string] `json:"version"` // such as 1.2.0
	CreatedAt Lenient[string] `json:"created_at"`
	IsCurrent Lenient[bool]   `json:"is_current"`
	// FlowConfig is what [Client.PutFlow] would restore. No page shows it; it is read where
	// an answer carries it after all.
	FlowConfig Lenient[json.RawMessage] `json:"flow_config"`
}

// FlowVersions returns the versions of an agent's flow, in the API's order. Every
// [Client.PutFlow] makes one. Nothing of it is kept or shared.
func (c *Client) FlowVersions(ctx context.Context, agentID string) ([]FlowVersion, error) {
	r := request{method: http.MethodGet, segments: flowPath(agentID, "versions"), listMember: "versions"}
	return all(ctx, c, r, func(v FlowVersion) string { return v.ID })
}

// flowPath leads to an agent's flow, or to what the verb names of it.
func flowPath(agentID string, verb ...string) []string {
	return append([]string{"agents", agentID, "flow"}, verb...)
}
