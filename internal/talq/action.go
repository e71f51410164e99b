package talq

import (
	"context"
	"encoding/json"
	"errors"
)

// Action is an action of an agent as every answer shows it (API.md, "The action
// object"). Members that an answer left out are not Present.
type Action struct {
	ID               string               `json:"-"`
	Name             Opt[string]          `json:"name"`
	Label            Opt[string]          `json:"label"`
	Description      Opt[string]          `json:"description"`
	Type             Opt[string]          `json:"type"`
	Inputs           Opt[[]Input]         `json:"input_schema"`
	Config           Opt[json.RawMessage] `json:"config"`
	ActionTrigger    Opt[json.RawMessage] `json:"action_trigger"`
	URL              Opt[string]          `json:"url"`
	AuthorizationURL Opt[string]          `json:"authorization_url"`
	CurrentStatus    Opt[string]          `json:"current_status"`
	CreatedAt        Opt[string]          `json:"created_at"`
	UpdatedAt        Opt[string]          `json:"updated_at"`
	Undocumented     Undocumented         `json:"-"`
}

// Undocumented holds the fields that the pages leave out of every answer. Each
// is nil unless an answer carried it after all, at top level or inside config,
// with a value of the right type (API.md, ruling 2). Header values are not
// among them on purpose.
type Undocumented struct {
	NodeID              *string
	AuthorizationScheme *string
	SpeakOnSend         *string
	SpeakOnReceive      *string
	ExecutionMode       *string
	IntegrationID       *string
	TransferTo          json.RawMessage
	HoldDuration        json.RawMessage
}

// Input is an entry of input_schema.
type Input struct {
	Name        string
	Type        string
	Required    bool
	Description string
	Value       json.RawMessage // nil when there is none, or it is null
}

// UnmarshalJSON refuses an action without an id; everything else may be missing.
func (a *Action) UnmarshalJSON(raw []byte) error {
	type members Action // which has no UnmarshalJSON of its own
	var wire struct {
		members
		ID Opt[string] `json:"id"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	*a = Action(wire.members)
	if wire.ID.Value != nil {
		a.ID = *wire.ID.Value
	}
	if err := checkID("an action", a.ID); err != nil {
		return err
	}
	if a.Config.Value != nil {
		a.Undocumented.read(*a.Config.Value)
	}
	a.Undocumented.read(raw) // the top level wins
	return nil
}

// complete reports whether no documented member was left out.
func (a *Action) complete() bool {
	return a.Name.Present && a.Label.Present && a.Description.Present && a.Type.Present && a.Inputs.Present &&
		a.Config.Present && a.ActionTrigger.Present && a.URL.Present && a.AuthorizationURL.Present &&
		a.CurrentStatus.Present && a.CreatedAt.Present && a.UpdatedAt.Present
}

// read takes over what an object holds of the undocumented fields.
func (u *Undocumented) read(object json.RawMessage) {
	var members, integration map[string]json.RawMessage
	take(&members, object)
	take(&u.NodeID, members["node_id"])
	take(&u.AuthorizationScheme, members["authorization_scheme"])
	take(&u.SpeakOnSend, members["speak_on_send"])
	take(&u.SpeakOnReceive, members["speak_on_receive"])
	take(&u.ExecutionMode, members["execution_mode"])
	take(&integration, members["integration"])
	take(&u.IntegrationID, integration["id"])
	take(&u.TransferTo, members["transfer_to"])
	take(&u.HoldDuration, members["hold_duration"])
}

// take decodes a member; one that is missing, null or of another type changes nothing.
func take[T any](to *T, member json.RawMessage) {
	var value *T
	if json.Unmarshal(member, &value) == nil && value != nil {
		*to = *value
	}
}

// UnmarshalJSON needs a name; everything else may be missing.
func (i *Input) UnmarshalJSON(raw []byte) error {
	var wire struct {
		Name        *string                  `json:"name"`
		Type        Lenient[string]          `json:"type"`
		Required    Lenient[bool]            `json:"required"`
		Description Lenient[string]          `json:"description"`
		Value       Lenient[json.RawMessage] `json:"value"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	if wire.Name == nil {
		return errors.New("an entry of input_schema has no name")
	}
	*i = Input{
		Name: *wire.Name, Type: wire.Type.or(""), Required: wire.Required.or(false),
		Description: wire.Description.or(""), Value: wire.Value.or(nil),
	}
	return nil
}

// ActionRequest is the body of an upsert. Optional members are left out unless
// they are Present (API.md, ruling 5).
type ActionRequest struct {
	NodeID              string              `json:"node_id"`
	Name                string              `json:"name"`
	Description         string              `json:"description"`
	Type                string              `json:"type"`
	Inputs              Opt[[]InputRequest] `json:"inputs,omitzero"`
	Integration         Opt[Integration]    `json:"integration,omitzero"`
	URL                 Opt[string]         `json:"url,omitzero"`
	AuthorizationURL    Opt[string]         `json:"authorization_url,omitzero"`
	AuthorizationScheme Opt[string]         `json:"authorization_scheme,omitzero"`
	CustomHeaders       Opt[[]Header]       `json:"-"` // see body
	SpeakOnSend         Opt[string]         `json:"speak_on_send,omitzero"`
	SpeakOnReceive      Opt[string]         `json:"speak_on_receive,omitzero"`
	ExecutionMode       Opt[string]         `json:"execution_mode,omitzero"`
	HoldDuration        Opt[int64]          `json:"hold_duration,omitzero"` // seconds
	TransferTo          Opt[string]         `json:"transfer_to,omitzero"`   // E.164
	CurrentStatus       string              `json:"current_status,omitempty"`
}

// InputRequest is an entry of inputs.
type InputRequest struct {
	Name        string          `json:"name"`
	Type        string          `json:"type"`
	Required    bool            `json:"required"`
	Description Opt[string]     `json:"description,omitzero"`
	Value       json.RawMessage `json:"value,omitempty"`
}

// Integration names an entry of the catalogue by its identifier.
type Integration struct {
	ID string `json:"id"`
}

// body reveals what is secret. Headers that are null go as [], their neutral value (API.md,
// ruling 5).
func (r ActionRequest) body() any {
	type rest ActionRequest
	wire := struct {
		rest
		CustomHeaders Opt[[]wireHeader] `json:"custom_headers,omitzero"`
	}{rest(r), revealHeaders(r.CustomHeaders)}
	if r.CustomHeaders.Present && r.CustomHeaders.Value == nil {
		wire.CustomHeaders = Some([]wireHeader{})
	}
	return wire
}

// Upserted is the answer to an upsert of an action.
type Upserted struct {
	Action
	Upsert
}

// UpsertAction creates or updates the action that the request's node id names.
// Sending it again is safe. With an [*UnreadableError] or an
// [*UnreachableError] the server may hold the action anyway.
func (c *Client) UpsertAction(ctx context.Context, agentID string, action ActionRequest) (Upserted, error) {
	stored, a, err := upsert(ctx, c, actionKind, agentID, action.body(), secretsIn(action.CustomHeaders))
	return Upserted{stored, Upsert{a.attempts, a.startedAt, stored.CreatedAt, stored.UpdatedAt}}, err
}

// DeleteAction removes an action at once and for good. A 404 comes back as an
// [*APIError]; see [IsGone]. What counts as success is told at remove.
func (c *Client) DeleteAction(ctx context.Context, agentID, actionID string) error {
	return c.remove(ctx, agentID, actionKind.segment, actionID)
}
