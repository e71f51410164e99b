package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
)

// cleaner takes secrets, ids and the account's texts out of what came back. What this
// program sent, documented words and times stay.
type cleaner struct {
	keep map[string]bool
	// ours are the ids of what was made here, and of the agent.
	ours map[string]bool
	// names are what stands in place of an id.
	names map[string]string
	// account are texts to take out of messages, the token among them.
	account map[string]bool
	// run is the part of node ids that differs from run to run.
	run string
}

var (
	words = strings.Fields("active inactive draft published webhook transfer hold external none bearer basic api_key custom " +
		"during_call post_call inbound outbound agent user string text integer number boolean array object date ok " +
		"disabled error llm_driven flow_driven POST PUT PATCH say ask decision action end")
	aTime   = regexp.MustCompile(`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$`)
	aMember = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)
)

func newCleaner(agentID, token, run string) *cleaner {
	c := &cleaner{keep: map[string]bool{}, ours: map[string]bool{agentID: true}, names: map[string]string{agentID: "{agent_id}"}, account: map[string]bool{token: true}, run: run}
	for _, word := range words {
		c.keep[word] = true
	}
	for _, sc := range scenarios() {
		for _, s := range sc.steps {
			c.keepTexts(s.body)
		}
	}
	return c
}

func (c *cleaner) keepTexts(value any) {
	switch value := value.(type) {
	case string:
		c.keep[value], c.keep[strings.TrimSpace(value)] = true, true
		c.keep[strings.TrimPrefix(value, "+")] = true
	case []any:
		for _, item := range value {
			c.keepTexts(item)
		}
	case map[string]any:
		for _, item := range value {
			c.keepTexts(item)
		}
	}
}

// learn remembers the account's texts in an answer, for [cleaner.message].
func (c *cleaner) learn(value any) {
	switch value := value.(type) {
	case string:
		if word := strings.ToLower(value); len(value) > 2 && !c.keep[value] && word != "agent" && word != "action" {
			c.account[value] = true
		}
	case []any:
		for _, item := range value {
			c.learn(item)
		}
	case map[string]any:
		for _, item := range value {
			c.learn(item)
		}
	}
}

// message is a text of the API itself.
func (c *cleaner) message(text string) string {
	text = strings.ReplaceAll(text, "-"+c.run, "")
	for _, id := range longestFirst(c.names) {
		text = strings.ReplaceAll(text, id, c.names[id])
	}
	for _, hidden := range longestFirst(c.account) {
		text = strings.ReplaceAll(text, hidden, "…")
	}
	return text
}

// longestFirst are the keys of texts in the order to replace them: a long one may have a short
// one inside. The empty text is left out, which is everywhere.
func longestFirst[V any](texts map[string]V) []string {
	keys := slices.SortedFunc(maps.Keys(texts), func(a, b string) int { return len(b) - len(a) })
	return slices.DeleteFunc(keys, func(key string) bool { return key == "" })
}

// value is a clean copy of what stands under key.
func (c *cleaner) value(key string, value any) any {
	switch value := value.(type) {
	case string:
		return c.text(key, value)
	case json.Number:
		if len(value) > 6 && !c.keep[value.String()] {
			return json.Number("0")
		}
	case []any:
		return c.list(key, value)
	case map[string]any:
		clean := map[string]any{}
		for member, item := range value {
			inside := member
			if key == "errors" {
				inside = "errors" // A map of messages.
			}
			if !aMember.MatchString(member) {
				member = "member"
			}
			clean[member] = c.value(inside, item)
		}
		return clean
	}
	return value
}

func (c *cleaner) text(key, text string) string {
	text = strings.ReplaceAll(text, "-"+c.run, "")
	switch {
	case text == "" || c.keep[text] || aTime.MatchString(text):
		return text
	case key == "message" || key == "error" || key == "errors" || key == "code":
		return c.message(text)
	case key == "id" || strings.HasSuffix(key, "_id"):
		if c.names[text] == "" {
			c.names[text] = fmt.Sprintf("id-%d", len(c.names))
		}
		return c.names[text]
	case strings.Trim(text, "*") == "":
		return text // A mask.
	}
	return recording.SomeText
}

// list leaves out other people's agents, actions, trainings and webhooks, and all but the
// first of what else the account has.
func (c *cleaner) list(key string, items []any) []any {
	clean := []any{}
	for i, item := range items {
		id := guard.ID(object(item))
		_, isAgent := object(item)["actions"]
		if id != "" && !c.ours[id] && (i > 0 || recording.Item(item) || isAgent) {
			continue
		}
		clean = append(clean, c.value(key, item))
	}
	return clean
}

// short is a clean value as JSON of at most 300 bytes.
func (c *cleaner) short(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(c.value("", value)) // It came from JSON.
	text := strings.TrimSpace(b.String())
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}
