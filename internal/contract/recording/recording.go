// Package recording is the form in which answers of a real API are kept, and the
// comparison of such answers with those of another server.
package recording

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// Recording is calls that were made one after another on an agent, and their answers without
// the items that others made. It holds no secret and no text of the account.
type Recording struct {
	Scenario  string     `json:"scenario"`
	Exchanges []Exchange `json:"exchanges"`
}

// Exchange is one call. "{agent_id}" in its path stands for the agent, any other name in
// braces for the id of what was last made with a body of that [Key]. A text of its body that is
// a name in braces stands for the lent phone number, or for what [Voices] found.
type Exchange struct {
	Step    string         `json:"step"`
	Method  string         `json:"method"`
	Path    string         `json:"path"`
	Request map[string]any `json:"request,omitempty"`
	Status  int            `json:"status"`
	// Header has those headers of the answer that assumptions are about.
	Header map[string]string `json:"header,omitempty"`
	// Answer is null where the answer was no JSON.
	Answer any `json:"answer"`
	// Token says which token was sent: "" is the real one, else "none" or "wrong".
	Token string `json:"token,omitempty"`
}

// WrongToken is what is sent where Token is "wrong".
const WrongToken = "talq_tfacc_no_such_token" //nolint:gosec // made up, to be refused

// SomeText stands in an answer for a text that was taken out.
const SomeText = "(text)"

var placeholder = regexp.MustCompile(`\{[^}]+\}`)

// Resolve puts ids into a path. It returns the names without an id.
func Resolve(path, agentID string, ids map[string]string) (resolved string, missing []string) {
	return placeholder.ReplaceAllStringFunc(path, func(name string) string {
		id := ids[strings.Trim(name, "{}")]
		if name == "{agent_id}" {
			id = agentID
		}
		if id == "" {
			missing = append(missing, name)
		}
		return url.PathEscape(id)
	}), missing
}

// TokenOf is what replaces the real token; nil where nothing does.
func TokenOf(word string) *string {
	switch word {
	case "none":
		return new(string)
	case "wrong":
		wrong := WrongToken
		return &wrong
	}
	return nil
}

// Key is what a body that makes something calls it: its node id, the name where there is
// none, as that of a webhook; "" where there is neither.
func Key(body map[string]any) string {
	for _, member := range []string{"node_id", "name"} {
		if key, ok := body[member].(string); ok {
			return key
		}
	}
	return ""
}

// ID is the id of what an answer to a write shows.
func ID(answer any) string {
	object, _ := answer.(map[string]any)
	data, _ := object["data"].(map[string]any)
	return guard.ID(data)
}

// Replay makes the calls of a recording on another server, on an agent that may have items of
// others, which do not count. It returns where the answers differ: in the status, in the
// members and JSON types of the body, and in the values of each [Item].
func (r Recording) Replay(ctx context.Context, c *guard.Client) (differences []string, err error) {
	ids, made := map[string]string{NumberName: c.NumberID}, map[string]bool{}
	for _, e := range r.Exchanges {
		path, missing := Resolve(e.Path, c.AgentID, ids)
		filled, unknown := Fill(e.Request, ids)
		if missing = append(missing, unknown...); len(missing) > 0 {
			differences = append(differences, fmt.Sprintf("%s: no id for %v", e.Step, missing))
			continue
		}
		request := guard.Request{Method: e.Method, Path: path, Token: TokenOf(e.Token)}
		if e.Request != nil {
			request.Body = filled
		}
		answer, err := c.Do(ctx, request)
		if err != nil {
			return differences, err
		}
		if key := Key(e.Request); key != "" && answer.OK() {
			ids[key] = ID(answer.Body)
			made[ids[key]] = true
		}
		maps.Copy(ids, Voices(answer.Body))
		if answer.Status != e.Status {
			differences = append(differences, fmt.Sprintf("%s: status %d, recorded %d", e.Step, answer.Status, e.Status))
		}
		d := difference{at: e.Step}
		d.compare("", withoutOthers(answer.Body, made), e.Answer, false)
		differences = append(differences, d.found...)
	}
	return differences, nil
}

// difference collects where an answer is not as it was recorded.
type difference struct {
	at    string
	found []string
}

func (d *difference) add(path, format string, args ...any) {
	d.found = append(d.found, d.at+": "+strings.TrimPrefix(path, ".")+" "+fmt.Sprintf(format, args...))
}

// compare walks both. Scalars of an [Item] must be equal, except those that vary.
func (d *difference) compare(path string, got, want any, inItem bool) {
	if kind(got) != kind(want) {
		d.add(path, "is %s, recorded as %s", kind(got), kind(want))
		return
	}
	switch want := want.(type) {
	case map[string]any:
		got, _ := got.(map[string]any)
		gotKeys, wantKeys := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))
		if !slices.Equal(gotKeys, wantKeys) {
			d.add(path, "has the members %v, recorded are %v", gotKeys, wantKeys)
		}
		for _, key := range wantKeys {
			if value, ok := got[key]; ok {
				varies := key == "id" || strings.HasSuffix(key, "_id") || strings.HasSuffix(key, "_at")
				d.compare(path+"."+key, value, want[key], (inItem || Item(want)) && !varies)
			}
		}
	case []any:
		got, _ := got.([]any)
		// Lists of other things than ours are as long as the account has them.
		if len(got) != len(want) && (inItem || len(want) > 0 && Item(want[0])) {
			d.add(path, "has %d items, recorded are %d", len(got), len(want))
		}
		for i := range min(len(got), len(want)) {
			d.compare(fmt.Sprintf("%s[%d]", path, i), got[i], want[i], inItem)
		}
	default:
		if inItem && got != want && want != SomeText {
			d.add(path, "is %v, recorded as %v", got, want)
		}
	}
}

// withoutOthers is an answer without the items that were not made here.
func withoutOthers(value any, made map[string]bool) any {
	switch value := value.(type) {
	case []any:
		left := []any{}
		for _, item := range value {
			object, _ := item.(map[string]any)
			if !Item(item) || made[guard.ID(object)] {
				left = append(left, withoutOthers(item, made))
			}
		}
		return left
	case map[string]any:
		left := map[string]any{}
		for member, item := range value {
			left[member] = withoutOthers(item, made)
		}
		return left
	}
	return value
}

// Item says whether an object of an answer is an action, a training or a webhook.
func Item(value any) bool {
	object, _ := value.(map[string]any)
	for _, member := range []string{"input_schema", "instructions", "webhook_url"} {
		if _, ok := object[member]; ok {
			return true
		}
	}
	return false
}

func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	case json.Number:
		return "a number"
	default:
		return fmt.Sprintf("a %T", value)
	}
}

// Read decodes a recording as [Replay] wants it.
func Read(content []byte) (Recording, error) {
	var r Recording
	decoder := json.NewDecoder(strings.NewReader(string(content)))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&r)
	return r, err
}

// Write encodes a recording, with a line's end.
func (r Recording) Write() ([]byte, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "    ")
	err := encoder.Encode(r)
	return []byte(b.String()), err
}
