package talq

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

// FlowRequest is the body of [Client.PutFlow] (page update-agent-flow).
type FlowRequest struct {
	ConversationMode string               `json:"conversation_mode"`    // [LLMDriven] or [FlowDriven]
	FlowConfig       Opt[json.RawMessage] `json:"flow_config,omitzero"` // required when flow driven; else null or left out
}

// PutFlow replaces the flow of an agent. Sending it again is safe, but makes a version
// each time. For the API's reasons to refuse a flow see [FlowErrors]. Any part of the
// answer may be missing.
func (c *Client) PutFlow(ctx context.Context, agentID string, flow FlowRequest) (Flow, error) {
	// The page says that the agent's status stays; the publication reads it anyway.
	defer c.changing(agentID)()
	stored, _, err := one[Flow](ctx, c, request{method: http.MethodPut, segments: flowPath(agentID), body: flow})
	return stored, err
}

// verbValidate ends the path of the call that checks a flow and changes nothing.
const verbValidate = "validate"

// ValidateFlow asks the API what is wrong with a graph of nodes, without storing it (page
// validate-agent-flow). It returns the API's sentences, which name the node at fault; none
// means that the flow is valid. They are bounded as those of [FlowErrors]. The error is for
// an answer that does not tell.
func (c *Client) ValidateFlow(ctx context.Context, agentID string, config json.RawMessage) ([]string, error) {
	r := request{method: http.MethodPost, segments: flowPath(agentID, verbValidate), body: map[string]json.RawMessage{"flow_config": config}}
	a, err := c.send(ctx, r)
	if err == nil {
		var e envelope
		if e, err = c.open(r, a); err == nil && e.Success == nil {
			err = unreadable(r, a, errors.New("it does not say whether the flow is valid"))
		}
	}
	if sentences := FlowErrors(err); len(sentences) > 0 {
		return sentences, nil
	}
	return nil, err
}

// FlowErrors returns the sentences with which the API refused a flow: in its own order,
// printable, at most 50 and then "[…]". A sentence that the API gave to a field of the
// request begins with the field's name. There are none for any other error.
func FlowErrors(err error) []string {
	var e *APIError
	if !errors.As(err, &e) {
		return nil
	}
	if e.Status > 299 && e.Status != http.StatusBadRequest && e.Status != http.StatusUnprocessableEntity {
		return nil // a 2xx that says "success": false is a refusal too
	}
	var sentences []string
	for _, field := range e.Fields {
		for _, sentence := range field.Messages {
			if field.Field != "" {
				sentence = field.Field + ": " + sentence
			}
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}
