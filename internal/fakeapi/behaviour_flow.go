package fakeapi

import (
	"cmp"
	"net/http"
)

// FlowForm is the form in which a flow_config comes back.
type FlowForm int

// The answers to [FlowForm].
const (
	// FlowAsSent shows what was sent.
	FlowAsSent FlowForm = iota
	// FlowFilled adds what was left out: null for meta and for content and next of a node, []
	// for global_functions and for branches of a node.
	FlowFilled
	// FlowKnownFields leaves out what update-agent-flow does not name, in the flow, in meta, in
	// a node, in a branch and in a function. An action_id stays, unless actions are not checked.
	FlowKnownFields
	// FlowEmptyAsList turns each {} inside the flow into [], as a server in PHP does.
	FlowEmptyAsList
)

func (b Behaviour) invalidFlowStatus() int {
	return cmp.Or(b.InvalidFlowStatus, http.StatusUnprocessableEntity)
}
