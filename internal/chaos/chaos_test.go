// Package chaos is the fault campaign: it applies random configurations through the real CLI
// while a fake Talq API fails in every way, and holds the provider to what it promises.
//
// A storm is a configuration, edits of it, and gusts of faults that blow while the edited
// configuration is applied. When it is over, one apply must reach the configuration, on the
// server and in the state, hidden attributes included, with nothing twice and nothing lost
// and all agents published; and the plan after it must be empty. No gust may make a second
// agent. Where an error tells a person to import an agent or to let go of one, that is done
// before: see [remedy].
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
	"encoding/json"
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
	_ = flag.Set("rapid.seed", "82")
}

func TestStorms(t *testing.T) {
	t.Parallel()
	endure(t, false)
}

func TestStormsWithKills(t *testing.T) {
	t.Parallel()
	endure(t, true)
}

// endure runs storms, and wants them to have been some.
func endure(t *testing.T, kills bool) {
	t.Helper()
	seen := tally{}
	tries := 1
	opener := open(t, kills)
	rapid.Check(t, func(r *rapid.T) {
		s := storms(kills).Draw(r, "storm")
		var broken *failure
		for range tries {
			if broken = s.weather(r.Context(), opener, seen); broken != nil {
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

// TestEachBrokenPromiseIsFound applies a small configuration, and then compares it after
// something has gone wrong with it, with the server or with the state.
func TestEachBrokenPromiseIsFound(t *testing.T) {
	t.Parallel()
	const action, training = typeAction + ".a", typeTraining + ".t"
	agent := reference(typeAgent + ".g")
	s := storm{base: configuration{
		string(agent): {
			"label": "g", "name": "Bianca", "description": "You answer the phone.", "language": "en-US", "interrupt_sensitivity": "low",
			"endpointing_sensitivity": "auto", "ivr_navigation_mode": "off", "conversation_speed": json.Number("1.5"), "initial_message_delay": int64(0),
			"ask_if_human_present_on_idle": true, "idle_time_seconds": int64(10), "max_idle_check_count": int64(2), "llm_temperature": json.Number("0.7"),
			"enable_recording": false, "direction": "inbound", "who_speaks_first": "agent", "phone_number_ids": []any{"g-desk"},
			"voice": map[string]any{"template_id": "basic-en-US"}, "deletion_protection": false,
		},
		training: {"agent_id": agent, "node_id": "node-t", "subject": "Prices", "instructions": "Text"},
		action: {
			"agent_id": agent, "node_id": "node-a", "name": "Name", "description": "Text", "type": "webhook",
			"url": "https://api.example.com", "custom_headers": map[string]any{"X-Key": headerValue(1)},
		},
		publicationAddress(agent): {"agent_id": agent},
	}}
	server, err := fakeapi.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	s.furnish(server)
	d := open(t, false)(server)
	if r := d.apply(s.base, fair); len(r.errors) > 0 {
		t.Fatal(r.errors)
	}
	known, err := d.state()
	if err != nil {
		t.Fatal(err)
	}
	id := known[string(agent)].text("id")
	with := func(address, name string, value any) func() {
		return func() { s.base[address] = maps.Clone(s.base[address]); s.base[address][name] = value }
	}
	whole, all := maps.Clone(s.base), maps.Clone(known)
	for name, row := range map[string]struct {
		want string
		harm func()
	}{
		"nothing":                      {"", func() {}},
		"another header is wished":     {"the server differs from the configuration", with(action, "custom_headers", map[string]any{"X-Key": headerValue(2)})},
		"another count is wished":      {"the server differs from the configuration", with(string(agent), "max_idle_check_count", int64(3))},
		"an action is not wished":      {"the server has not what is configured", func() { delete(s.base, action) }},
		"another training is wished":   {"the server has not what is configured", with(training, "node_id", "node-u")},
		"the state lacks an action":    {"the state has not the resources that are configured", func() { delete(known, action) }},
		"the state has another text":   {"the state differs from the configuration", func() { known[training] = maps.Clone(all[training]); known[training]["subject"] = "Hours" }},
		"the state has another id":     {"the state differs from the configuration", func() { known[action] = maps.Clone(all[action]); known[action]["id"] = "action-9" }},
		"the agent was made a draft":   {"an agent takes no calls", func() { server.SetPublished(id, false) }},
		"somebody has added an action": {"the server has not what is configured", func() { server.AddAction(id, map[string]any{"node_id": "theirs"}) }},
	} {
		s.base, known = maps.Clone(whole), maps.Clone(all)
		row.harm()
		found := failure{}
		if broken := s.check(s.base, known, server); broken != nil {
			found = *broken
		}
		if found.what != row.want {
			t.Errorf("%s: found %q, want %q: %q", name, found.what, row.want, found.details)
		}
		server.SetPublished(id, true)
		for _, stored := range server.Actions(id)[1:] {
			server.RemoveAction(id, stored.ID)
		}
		server.SetPublished(id, true)
	}
	server.AddAgent(fakeapi.AgentSeed{Fields: map[string]any{"label": "g"}})
	if found := seconds(server); len(found.details) != 1 {
		t.Errorf("a second agent is not found: %q", found.details)
	}
	if found := dropped(all, map[string]attributes{}, births(server), births(server)); len(found.details) != 3 {
		t.Errorf("a state that lets go of all is not found: %q", found.details)
	}
}
