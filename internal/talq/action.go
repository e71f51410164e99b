package talq

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode"
)

// Action is an action of an agent as every answer shows it (API.md, "The action
// object"). Members that an answer left out are not Present.
type Action struct {
	ID               string
	Name             Opt[string]
	Label            Opt[string]
	Description      Opt[string]
	Type             Opt[string]
	Inputs           Opt[[]Input] // input_schema
	Config           Opt[json.RawMessage]
	ActionTrigger    Opt[json.RawMessage]
	URL              Opt[string]
	AuthorizationURL Opt[string]
	CurrentStatus    Opt[string]
	CreatedAt        Opt[string]
	UpdatedAt        Opt[string]
	Undocumented     Undocumented
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
	var wire struct {
		ID               Opt[string]          `json:"id"`
		Name             Opt[string]          `json:"name"`
		Label            Opt[string]          `json:"label"`
		Description      Opt[string]          `json:"description"`
		Type             Opt[string]          `json:"type"`
		InputSchema      Opt[[]Input]         `json:"input_schema"`
		Config           Opt[json.RawMessage] `json:"config"`
		ActionTrigger    Opt[json.RawMessage] `json:"action_trigger"`
		URL              Opt[string]          `json:"url"`
		AuthorizationURL Opt[string]          `json:"authorization_url"`
		CurrentStatus    Opt[string]          `json:"current_status"`
		CreatedAt        Opt[string]          `json:"created_at"`
		UpdatedAt        Opt[string]          `json:"updated_at"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	if wire.ID.Value == nil || *wire.ID.Value == "" {
		return errNoID
	}
	if !usableID(*wire.ID.Value) {
		return errUnusableID
	}
	*a = Action{
		ID: *wire.ID.Value, Name: wire.Name, Label: wire.Label, Description: wire.Description, Type: wire.Type,
		Inputs: wire.InputSchema, Config: wire.Config, ActionTrigger: wire.ActionTrigger,
		URL: wire.URL, AuthorizationURL: wire.AuthorizationURL, CurrentStatus: wire.CurrentStatus,
		CreatedAt: wire.CreatedAt, UpdatedAt: wire.UpdatedAt,
	}
	if wire.Config.Value != nil {
		a.Undocumented.read(*wire.Config.Value)
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

var (
	errNoID       = errors.New("an action has no id")
	errUnusableID = errors.New("an id has a control character or a byte that is no text in it")
)

// usableID reports whether an id of the server's can be used as it is. Terraform
// prints ids without escaping them, and a byte that is no UTF-8 is lost in
// decoding: with another id than the server's a delete would find nothing.
func usableID(id string) bool {
	return !strings.ContainsFunc(id, func(r rune) bool { return r == unicode.ReplacementChar || (isBlank(r) && r != ' ') })
}

// read takes over what an object holds of the undocumented fields.
func (u *Undocumented) read(raw json.RawMessage) {
	var wire struct {
		NodeID              Lenient[string]          `json:"node_id"`
		AuthorizationScheme Lenient[string]          `json:"authorization_scheme"`
		SpeakOnSend         Lenient[string]          `json:"speak_on_send"`
		SpeakOnReceive      Lenient[string]          `json:"speak_on_receive"`
		ExecutionMode       Lenient[string]          `json:"execution_mode"`
		TransferTo          Lenient[json.RawMessage] `json:"transfer_to"`
		HoldDuration        Lenient[json.RawMessage] `json:"hold_duration"`
		Integration         Lenient[struct {
			ID Lenient[string] `json:"id"`
		}] `json:"integration"`
	}
	if json.Unmarshal(raw, &wire) != nil {
		return
	}
	take := func(to **string, from Lenient[string]) {
		if from.Value != nil {
			*to = from.Value
		}
	}
	take(&u.NodeID, wire.NodeID)
	take(&u.AuthorizationScheme, wire.AuthorizationScheme)
	take(&u.SpeakOnSend, wire.SpeakOnSend)
	take(&u.SpeakOnReceive, wire.SpeakOnReceive)
	take(&u.ExecutionMode, wire.ExecutionMode)
	if wire.Integration.Value != nil {
		take(&u.IntegrationID, wire.Integration.Value.ID)
	}
	if wire.TransferTo.Value != nil {
		u.TransferTo = *wire.TransferTo.Value
	}
	if wire.HoldDuration.Value != nil {
		u.HoldDuration = *wire.HoldDuration.Value
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

// Upserted is the answer to an upsert of an action.
type Upserted struct {
	Action
	// Attempts counts the requests that were sent; more than one means that an
	// earlier one may have made the action.
	Attempts int
	// StartedAt is when the call began, on the server's clock, to the second.
	StartedAt time.Time
}

// UpsertAction creates or updates the action that the request's node id names.
// Sending it again is safe. With an [*UnreadableError] or an
// [*UnreachableError] the server may hold the action anyway.
func (c *Client) UpsertAction(ctx context.Context, agentID string, action ActionRequest) (Upserted, error) {
	body, err := action.encode()
	if err != nil {
		return Upserted{}, err
	}
	stored, a, err := upsert(ctx, c, actionKind, agentID, body, action.secrets())
	if err != nil {
		return Upserted{}, err
	}
	return Upserted{Action: stored, Attempts: a.attempts, StartedAt: a.startedAt}, nil
}

// Overwrote reports whether the upsert hit an action that was there before the
// call: its times differ, and it is not this call's own after a lost answer
// (DESIGN.md, "Create"). Without readable times it reports false.
func (u Upserted) Overwrote() bool {
	return overwrote(u.CreatedAt, u.UpdatedAt, u.Attempts, u.StartedAt)
}

// Fresh reports whether the action was made just now, going by its times. It is
// strict where Overwrote is not: times of differing precision are not equal.
func (u Upserted) Fresh() bool { return fresh(u.CreatedAt, u.UpdatedAt) }

// DeleteAction removes an action at once and for good. A 404 comes back as an
// [*APIError]; see [IsGone]. What counts as success is told at remove.
func (c *Client) DeleteAction(ctx context.Context, agentID, actionID string) error {
	return c.remove(ctx, agentID, actionKind.segment, actionID)
}
