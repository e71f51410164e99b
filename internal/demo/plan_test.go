package main

import (
	"encoding/json"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

// planOf reads the resource changes of a plan as `terraform show -json` has them.
func planOf(t *testing.T, changes string) *tfjson.Plan {
	t.Helper()
	plan := &tfjson.Plan{}
	plan.UseJSONNumber(true)
	if err := json.Unmarshal([]byte(`{"format_version": "1.2", "resource_changes": [`+changes+`]}`), plan); err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestNarrationOfPlans(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		changes string
		want    []string
		counts  counts
	}{
		"nothing": {
			changes: `{"address": "talq_action.a", "mode": "managed", "type": "talq_action", "change": {"actions": ["no-op"], "before": {"name": "A"}, "after": {"name": "A"}}},
				{"address": "data.talq_agent.a", "mode": "data", "type": "talq_agent", "change": {"actions": ["read"], "before": null, "after": {}}}`,
		},
		"create, in the order of the addresses and in columns": {
			changes: `{"address": "talq_action.second", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"type": "webhook", "name": "Second"}}},
				{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"type": "hold", "name": "First"}}}`,
			want:   []string{"+ talq_action.a       hold     First", "+ talq_action.second  webhook  Second"},
			counts: counts{add: 2},
		},
		"create, with one that has neither type nor name": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"type": "hold", "name": "First"}}},
				{"address": "talq_agent_publication.a", "mode": "managed", "change": {"actions": ["create"], "before": null, "after": {"current_status": "published"}}}`,
			want:   []string{"+ talq_action.a  hold  First", "+ talq_agent_publication.a"},
			counts: counts{add: 2},
		},
		"destroy": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["delete"], "before": {"type": "hold", "name": "First"}, "after": null}}`,
			want:    []string{"- talq_action.a  hold  First"},
			counts:  counts{destroy: 1},
		},
		"replace": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["delete", "create"], "before": {"type": "hold", "name": "A"}, "after": {"type": "webhook", "name": "A"}}}`,
			want:    []string{"-/+ talq_action.a  webhook  A", `    type: "hold" -> "webhook"`},
			counts:  counts{add: 1, destroy: 1},
		},
		"update: what only the apply will tell is left out": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["update"],
				"before": {"name": "A", "url": "https://a.example/?b=1&c=<d>", "hold_duration": 30, "description": null, "updated_at": "yesterday", "revision": "one"},
				"after": {"name": "Ä", "url": "https://a.example", "hold_duration": 45, "description": "Now"},
				"after_unknown": {"updated_at": true, "revision": true}}}`,
			want: []string{
				"~ talq_action.a    Ä",
				`    description: null -> "Now"`, `    hold_duration: 30 -> 45`, `    name: "A" -> "Ä"`,
				`    url: "https://a.example/?b=1&c=<d>" -> "https://a.example"`,
			},
			counts: counts{change: 1},
		},
		"update of an input": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["update"],
				"before": {"inputs": [{"name": "x", "required": true}, {"name": "y", "required": false}]},
				"after": {"inputs": [{"name": "x", "required": true}, {"name": "y", "required": true}]}}}`,
			want:   []string{"~ talq_action.a", "    inputs[1].required: false -> true"},
			counts: counts{change: 1},
		},
		"update by another input": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["update"], "before": {"inputs": []}, "after": {"inputs": [{"name": "x"}]}}}`,
			want:    []string{"~ talq_action.a", `    inputs: [] -> [{"name":"x"}]`},
			counts:  counts{change: 1},
		},
		"update of secrets": {
			changes: `{"address": "talq_action.a", "mode": "managed", "change": {"actions": ["update"],
				"before": {"custom_headers": {"K": "secret one"}, "same": "secret", "partly": null},
				"after": {"custom_headers": {"K": "secret two"}, "same": "secret", "partly": {"K": "secret three"}},
				"before_sensitive": {"custom_headers": true, "same": true},
				"after_sensitive": {"custom_headers": {"K": true}, "same": true, "partly": {"K": true}}}}`,
			want:   []string{"~ talq_action.a", "    custom_headers: (sensitive) -> (sensitive)", "    partly: null -> (sensitive)"},
			counts: counts{change: 1},
		},
		"a resource without type and name": {
			changes: `{"address": "talq_agent_publication.a", "mode": "managed", "change": {"actions": ["update"], "before": {"current_status": "draft"}, "after": {"current_status": "published"}}}`,
			want:    []string{"~ talq_agent_publication.a", `    current_status: "draft" -> "published"`},
			counts:  counts{change: 1},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			changes := changesIn(planOf(t, test.changes))
			(&narrator{out: &out}).plan(changes)
			want := ""
			for _, line := range test.want {
				want += "     " + line + "\n"
			}
			if out.String() != want {
				t.Errorf("narration:\n%swant:\n%s", out.String(), want)
			}
			if got := count(changes); got != test.counts {
				t.Errorf("%s, want %s", got, test.counts)
			}
		})
	}
}

func TestColorsOnlyWhereAsked(t *testing.T) {
	t.Parallel()
	changes := []change{{sign: "~", address: "a", attributes: []attribute{{"b", "1", "2"}}}}
	for _, color := range []bool{false, true} {
		var out strings.Builder
		n := &narrator{out: &out, color: color}
		n.step(1, "title")
		n.plan(changes)
		n.code([]string{"code", ""})
		n.done("right")
		n.beware("look")
		if colored := strings.Contains(out.String(), "\x1b["); colored != color {
			t.Errorf("color %v gives %q", color, out.String())
		}
	}
}

func TestConfigurationHasTheBlocksThatAreShown(t *testing.T) {
	t.Parallel()
	for _, header := range []string{edited, publication} {
		lines, err := block(header)
		if err != nil || lines[0] != header+" {" || lines[len(lines)-1] != "}" {
			t.Errorf("%q, %v", lines, err)
		}
	}
	if _, err := block(`resource "talq_action" "none"`); err == nil {
		t.Error("finds a block that is not there")
	}
}
