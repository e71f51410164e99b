package talq

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
func revealHeaders(headers Opt[[]Header]) Opt[[]wireHeader] {
	if headers.Value == nil {
		return Opt[[]wireHeader]{Present: headers.Present}
	}
	revealed := make([]wireHeader, 0, len(*headers.Value)) // never null
	for _, h := range *headers.Value {
		revealed = append(revealed, wireHeader{Key: h.Name, Value: h.Value.Reveal()})
	}
	return Some(revealed)
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
