package fakeapi_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestInvalidBodyIsRefusedFieldByField(t *testing.T) {
	tests := []struct {
		name string
		body map[string]any
		want []string // the fields at fault
	}{
		{"nothing at all", map[string]any{}, []string{"description", "name", "node_id", "type"}},
		{"required fields blank", webhook(map[string]any{"name": " ", "description": "", "node_id": "\n"}), []string{"description", "name", "node_id"}},
		{"required fields null", webhook(map[string]any{"name": nil, "type": nil}), []string{"name", "type"}},
		{"strings of another type", webhook(map[string]any{"name": 1, "speak_on_send": true}), []string{"name", "speak_on_send"}},
		{"name of 256 characters", webhook(map[string]any{"name": strings.Repeat("é", 256)}), []string{"name"}},
		{"name of 255 multi-byte characters", webhook(map[string]any{"name": strings.Repeat("é", 255)}), nil},
		{"unknown words", webhook(map[string]any{"authorization_scheme": "x", "execution_mode": "x", "current_status": "x"}), []string{"authorization_scheme", "current_status", "execution_mode"}},
		{"unknown type", webhook(map[string]any{"type": "fax"}), []string{"type"}},
		{"URLs that are none", webhook(map[string]any{"url": "example.com", "authorization_url": "https://"}), []string{"authorization_url", "url"}},
		{"post_call on a webhook", webhook(map[string]any{"execution_mode": "post_call"}), []string{"execution_mode"}},
		{"post_call on an external action", webhook(map[string]any{"type": "external", "execution_mode": "post_call"}), nil},
		{"a hold of no seconds", hold(map[string]any{"hold_duration": 0}), []string{"hold_duration"}},
		{"a hold of negative seconds", hold(map[string]any{"hold_duration": -1}), []string{"hold_duration"}},
		{"a hold of half seconds", hold(map[string]any{"hold_duration": 1.5}), []string{"hold_duration"}},
		{"a hold as text", hold(map[string]any{"hold_duration": "30"}), []string{"hold_duration"}},
		{"a hold without seconds", hold(map[string]any{"hold_duration": nil}), []string{"hold_duration"}},
		{"a hold with seconds among its inputs", hold(map[string]any{"hold_duration": nil, "inputs": []any{map[string]any{"name": "hold_duration", "value": 3}}}), nil},
		{"a transfer to a local number", transfer(map[string]any{"transfer_to": "555-0100"}), []string{"transfer_to"}},
		{"a transfer without a number", transfer(map[string]any{"transfer_to": nil}), []string{"transfer_to"}},
		{"lists that are none", webhook(map[string]any{"inputs": "x", "custom_headers": map[string]any{}}), []string{"custom_headers", "inputs"}},
		{"inputs of the wrong shape", webhook(map[string]any{"inputs": []any{map[string]any{"name": ""}, "x", map[string]any{"name": "n", "required": "yes", "type": 1}}}), []string{"inputs.0.name", "inputs.1", "inputs.2.required", "inputs.2.type"}},
		{"headers of the wrong shape", webhook(map[string]any{"custom_headers": []any{map[string]any{"key": "K", "value": "v"}, map[string]any{"value": nil}}}), []string{"custom_headers.1.key", "custom_headers.1.value"}},
		{"an integration without id", webhook(map[string]any{"integration": map[string]any{}}), []string{"integration.id"}},
		{"every optional field null", webhook(map[string]any{
			"inputs": nil, "integration": nil, "url": nil, "authorization_url": nil, "authorization_scheme": nil,
			"custom_headers": nil, "speak_on_send": nil, "speak_on_receive": nil, "execution_mode": nil,
			"hold_duration": nil, "transfer_to": nil, "current_status": nil,
		}), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := start(t)
			got := a.do(http.MethodPost, a.actions(), test.body)
			fields := slices.Sorted(maps.Keys(object(got.body["errors"])))
			if !slices.Equal(fields, test.want) {
				t.Fatalf("fields at fault: %v, want %v\n%s", fields, test.want, got.raw)
			}
			if accepted := len(a.Actions(a.agent)) == 1; accepted != (len(test.want) == 0) {
				t.Errorf("stored: %v", accepted)
			}
		})
	}
}

func TestRefusalHasTheDocumentedShape(t *testing.T) {
	a := start(t)
	got := a.do(http.MethodPost, a.actions(), webhook(map[string]any{"name": nil, "hold_duration": 0}))
	same(t, "status", got.status, http.StatusUnprocessableEntity)
	same(t, "body", got.body, map[string]any{
		"success": false,
		"message": "The given data was invalid.",
		"errors": map[string]any{
			"name":          []any{"The name field is required."},
			"hold_duration": []any{"The hold duration field must be at least 1."},
		},
	})
}

func TestTrimmingComesBeforeValidation(t *testing.T) {
	a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{TrimStrings: true}))
	got := a.upsert(webhook(map[string]any{"url": " https://example.com \n"}))
	same(t, "url", got["url"], "https://example.com")
}

func TestBodyMustBeAJSONObject(t *testing.T) {
	tests := []struct {
		name, body string
		want       int
	}{
		{"no body", "", http.StatusBadRequest},
		{"cut short", `{"node_id":`, http.StatusBadRequest},
		{"two values", `{}{}`, http.StatusBadRequest},
		{"a list", `[]`, http.StatusUnprocessableEntity},
		{"null", `null`, http.StatusUnprocessableEntity},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := start(t)
			got := a.do(http.MethodPost, a.actions(), []byte(test.body))
			same(t, "status", got.status, test.want)
			same(t, "success", got.body["success"], false)
		})
	}
}

func TestBodyMustBeDeclaredAsJSON(t *testing.T) {
	a := start(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, a.BaseURL()+a.actions(), strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+a.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	same(t, "status", response.StatusCode, http.StatusUnsupportedMediaType)
}
