package action

import (
	"testing"
)

func TestActionsConfigAsText(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, config, want string }{
		{"an object, in the order of its keys", `{"b": 1.50, "a": {"d": null, "c": "<&>"}}`, `{"a":{"c":"<&>","d":null},"b":1.50}`},
		{"an empty object", `{}`, `{}`},
		{"a list", `[]`, `[]`},
		{"a text", `"x"`, `"x"`},
		{"a number past float64", `{"n":12345678901234567890.10}`, `{"n":12345678901234567890.10}`},
		{"headers", `{"custom_headers":[{"key":"X","value":"secret"}],"x":1}`, `{"x":1}`},
		{"headers deep inside, in other letters", `[{"Custom_Headers":{"X":"secret"},"x":1}]`, `[{"x":1}]`},
		{"control characters", `{"t":"\u001b[2J` + "\u009b" + `"}`, `{"t":"\u001b[2J` + "\ufffd" + `"}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			action := answered(t, `,"config":`+row.config+`,"action_trigger":`+row.config)
			for _, got := range []string{jsonText(action.Config).ValueString(), jsonText(action.ActionTrigger).ValueString()} {
				if got != row.want {
					t.Errorf("got %s, want %s", got, row.want)
				}
			}
		})
	}
}
