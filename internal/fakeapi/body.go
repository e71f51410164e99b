package fakeapi

import (
	"maps"
	"mime"
	"net/http"
	"strings"
)

// body is the object that a write sent, cleaned. Anything but an object counts as an empty
// one. A body that is no JSON is refused: the answer has a status then.
func (b Behaviour) body(entry *Request) (sent map[string]any, refused answer) {
	mediaType, _, _ := mime.ParseMediaType(entry.Header.Get("Content-Type"))
	if mediaType != "application/json" {
		return nil, refusal(http.StatusUnsupportedMediaType, "The request body must be application/json.")
	}
	if _, err := decodeJSON(entry.RawBody); err != nil {
		return nil, refusal(http.StatusBadRequest, "The request body is not valid JSON.")
	}
	return b.cleaned(entry.Body), answer{}
}

// cleaned is a body after Laravel's middleware for strings, where it is on.
func (b Behaviour) cleaned(body map[string]any) map[string]any {
	cleaned := maps.Clone(body)
	for field, value := range cleaned {
		cleaned[field] = mapStrings(value, func(text string) any {
			if b.TrimStrings {
				text = strings.TrimSpace(text)
			}
			if b.EmptyToNull && text == "" {
				return nil
			}
			return text
		})
	}
	return cleaned
}
