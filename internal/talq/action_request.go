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

// wireHeader is a [Header] as a body has it.
type wireHeader struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// revealHeaders is the one place where header values leave their [Secret].
func revealHeaders(headers []Header) []wireHeader {
	revealed := make([]wireHeader, 0, len(headers)) // never null
	for _, h := range headers {
		revealed = append(revealed, wireHeader{Key: h.Name, Value: h.Value.Reveal()})
	}
	return revealed
}

// secretsIn are the values of headers, which no error may repeat.
func secretsIn(headers Opt[[]Header]) []Secret {
	if headers.Value == nil {
		return nil
	}
	var found []Secret
	for _, h := range *headers.Value {
		found = append(found, h.Value)
	}
	return found
}

// encode writes the body. Headers that are null go as [], their neutral value (API.md,
// ruling 5).
func (r ActionRequest) encode() ([]byte, error) {
	type rest ActionRequest
	wire := struct {
		rest
		CustomHeaders Opt[[]wireHeader] `json:"custom_headers,omitzero"`
	}{rest: rest(r)}
	if r.CustomHeaders.Present {
		var headers []Header
		if r.CustomHeaders.Value != nil {
			headers = *r.CustomHeaders.Value
		}
		wire.CustomHeaders = Some(revealHeaders(headers))
	}
	return encodeBody(wire)
}

// secrets are the texts of the body that no error may repeat.
func (r ActionRequest) secrets() []Secret { return secretsIn(r.CustomHeaders) }
