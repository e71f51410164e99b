package talq

import "encoding/json"

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
	CustomHeaders       Opt[[]Header]       `json:"-"` // see encode
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

// Header is an HTTP header that the agent sends to a webhook.
type Header struct {
	Name  string
	Value Secret
}

// encode writes the body. It is the one place where header values leave their
// [Secret].
func (r ActionRequest) encode() ([]byte, error) {
	type wireHeader struct {
		Key   string `json:"key"`
		Value string `json:"value"`
	}
	type rest ActionRequest
	wire := struct {
		rest
		CustomHeaders Opt[[]wireHeader] `json:"custom_headers,omitzero"`
	}{rest: rest(r)}
	if r.CustomHeaders.Present {
		headers := []wireHeader{}
		if r.CustomHeaders.Value != nil {
			for _, h := range *r.CustomHeaders.Value {
				headers = append(headers, wireHeader{Key: h.Name, Value: h.Value.Reveal()})
			}
		}
		wire.CustomHeaders = Some(headers)
	}
	return encodeBody(wire)
}

// secrets are the texts of the body that no error may repeat.
func (r ActionRequest) secrets() []Secret {
	if r.CustomHeaders.Value == nil {
		return nil
	}
	var found []Secret
	for _, h := range *r.CustomHeaders.Value {
		found = append(found, h.Value)
	}
	return found
}
