package flow

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// TestSame: hidden rows compare an answer with what was sent, plain ones two flows of ours.
func TestSame(t *testing.T) {
	for _, row := range []struct {
		name, ours, theirs string
		same, sameAnswer   bool
	}{
		{"equal", `{"id": "a"}`, `{"id": "a"}`, true, true},
		{"another order of keys, other white space", `{"id":"a","type":"end"}`, `{ "type": "end", "id": "a" }`, true, true},
		{"another text", `{"id": "a"}`, `{"id": "b"}`, false, false},
		{"blanks around a text", `{"content": "Hello!\n"}`, `{"content": "Hello!"}`, true, true},
		{"blanks in a text", `{"content": "Hello  you"}`, `{"content": "Hello you"}`, false, false},
		{"another order of a list", `["a", "b"]`, `["b", "a"]`, false, false},
		{"a longer list", `["a"]`, `["a", "b"]`, false, false},
		{"decimals", `{"wait": 1.50}`, `{"wait": 1.5}`, true, true},
		{"whole numbers as decimals", `{"wait": 1}`, `{"wait": 1.0e0}`, true, true},
		{"numbers that float64 would round", `{"wait": 9007199254740993}`, `{"wait": 9007199254740992}`, false, false},
		{"a number and its text", `{"wait": 1}`, `{"wait": "1"}`, false, false},
		{"false and left out", `{"mute": false, "id": "a"}`, `{"id": "a"}`, false, true},
		{"false and true", `{"mute": false}`, `{"mute": true}`, false, false},
		{"zero and null", `{"wait": 0}`, `{"wait": null}`, false, false},
		{"null, empty text, list and object, left out", `{"next": null, "content": "", "branches": [], "meta": {}}`, `{}`, true, true},
		{"filled in by the server", `{"id": "a"}`, `{"id": "a", "next": null, "branches": [], "meta": {}}`, true, true},
		{"an empty object as a list", `{"meta": {}}`, `{"meta": []}`, true, true},
		{"an object as a list with something in it", `{"meta": {"name": "a"}}`, `{"meta": ["a"]}`, false, false},
		{"a member more", `{"id": "a"}`, `{"id": "a", "position": 1}`, false, false},
		{"a member of the pages gone", `{"id": "a", "next": "b"}`, `{"id": "a"}`, false, false},
		{"a member beyond the pages that no answer shows", `{"nodes": [{"id": "a", "x": 1}]}`, `{"nodes": [{"id": "a"}]}`, false, true},
		{"one that the answer shows elsewhere", `{"nodes": [{"id": "a", "x": 1}, {"id": "b", "x": 2}]}`, `{"nodes": [{"id": "a", "x": 1}, {"id": "b"}]}`, false, false},
		{"one whose only member no answer shows", `{"nodes": [{"id": "a", "x": {"deep": 1}}, {"id": "b", "x": {"y": 2}}]}`, `{"nodes": [{"id": "a"}, {"id": "b", "x": {"y": 2}}]}`, false, false},
		{"one that the answer shows without that member", `{"x": {"deep": 1}}`, `{"x": {}}`, false, true},
		{"one that the answer shows as an empty list", `{"x": {"deep": 1}}`, `{"x": []}`, false, true},
		{"one that the answer shows as null", `{"x": {"deep": 1}}`, `{"x": null}`, false, false},
		{"one whose value differs", `{"x": {"deep": 1}}`, `{"x": {"deep": 2}}`, false, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			ours, theirs := decoded(t, row.ours), decoded(t, row.theirs)
			if got := same(ours, theirs); got != row.same {
				t.Errorf("as flows of ours the same: %v, want %v", got, row.same)
			}
			if got := sameAnswer(ours, theirs, namesIn(theirs)); got != row.sameAnswer {
				t.Errorf("as an answer the same: %v, want %v", got, row.sameAnswer)
			}
		})
	}
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	value, err := tfvalue.DecodeJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}
