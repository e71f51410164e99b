// Package chaos is the fault campaign: it applies random configurations with the provider
// while a fake Talq API fails in every way, and holds the provider to what it promises.
//
// A storm is a configuration, edits of it, and gusts of faults that blow while the edited
// configuration is applied. When it is over, one apply must reach the configuration, on the
// server and in the state, hidden attributes included, with no action twice and none lost
// and all agents published; and the plan after it must be empty.
//
// In almost half of the storms the edits are taken back afterwards: the last apply is of the
// configuration before them, and must write again what an update whose outcome nobody knows
// may have changed.
//
// Package rapid draws the storms from its seed and looks for the smallest one that breaks a
// promise. But ten operations run at once, and where an interruption finds them differs from
// run to run: a failure that hangs on that may need a few runs to show again, so each smaller
// storm gets three. One that rapid then calls flaky is still a failure.
package chaos

import (
	"context"
	"flag"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// Without flags there are few storms, and always the same: `make chaos` asks for more.
func init() {
	_ = flag.Set("rapid.checks", "2") // rapid has these flags
	_ = flag.Set("rapid.seed", "13")
}

func TestStormsInProcess(t *testing.T) {
	t.Parallel()
	endure(t, openInProcess, false)
}

func TestStormsThroughTheCLI(t *testing.T) {
	t.Parallel()
	endure(t, openCLI(t), true)
}

// endure runs storms, and wants them to have been some.
func endure(t *testing.T, open opener, kills bool) {
	t.Helper()
	seen := tally{}
	tries := 1
	rapid.Check(t, func(r *rapid.T) {
		s := storms(kills).Draw(r, "storm")
		var broken *failure
		for range tries {
			if broken = s.weather(r.Context(), open, seen); broken != nil {
				break
			}
		}
		if broken == nil {
			return
		}
		details := strings.Join(broken.details, "\n    ")
		if tries == 1 { // the storm as it was found, for a failure that does not show again
			t.Logf("%s:\n    %s\n%#v", broken.what, details, s)
		}
		tries = 3
		r.Log(details)
		r.Fatal(broken.what) // without details, so that rapid knows the failure again
	})
	t.Log(seen)
	if seen["storms"] > 0 && seen["applies that failed"] == 0 {
		t.Error("nothing went wrong in these storms: choose another seed")
	}
}

// lying is a driver whose provider does something wrong.
type lying struct {
	driver
	hide func(configuration) configuration
}

func (d lying) apply(ctx context.Context, c configuration, settings settings) run {
	return d.driver.apply(ctx, d.hide(c), settings)
}

func TestABrokenProviderIsFound(t *testing.T) {
	t.Parallel()
	without := func(change func(c configuration, name string)) func(configuration) configuration {
		return func(c configuration) configuration {
			c = c.clone()
			for name := range c.actions {
				change(c, name)
			}
			return c
		}
	}
	s := storm{base: configuration{
		actions: map[string]attributes{"a": {
			"agent_id": agentID(0), "node_id": "node-a", "name": "Name", "description": "Text", "type": "webhook",
			"url": "https://api.example.com", "custom_headers": map[string]any{"X-Key": headerValue(1)},
		}},
		publications: map[string]bool{agentID(0): true},
	}}
	s.edited = s.base
	for want, hide := range map[string]func(configuration) configuration{
		"": func(c configuration) configuration { return c },
		"the server differs from the configuration": without(func(c configuration, name string) {
			c.actions[name] = maps.Clone(c.actions[name])
			delete(c.actions[name], "custom_headers")
		}),
		"the server has not the actions that are configured": without(func(c configuration, name string) { delete(c.actions, name) }),
		"an agent takes no calls": func(c configuration) configuration {
			return configuration{c.actions, nil}
		},
	} {
		open := func(server *fakeapi.Server) driver { return lying{openInProcess(server), hide} }
		what := ""
		if broken := s.weather(t.Context(), open, tally{}); broken != nil {
			what = broken.what
		}
		if what != want {
			t.Errorf("found %q, want %q", what, want)
		}
	}
}
