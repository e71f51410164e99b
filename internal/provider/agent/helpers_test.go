package agent_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// basic, ultra and cache are values of voice and advanced_settings.
func basic() acctest.Values { return acctest.Values{"template_id": acctest.BasicVoice} }

func ultra() acctest.Values {
	return acctest.Values{"template_id": acctest.UltraVoice, "ambient_background": "office", "stability": 0.8, "similarity_boost": 0.75}
}

func cache(on any) acctest.Values {
	return acctest.Values{"enable_initial_message_cache": on}
}

// whole is an agent with everything set that a plan can change later.
func whole() acctest.Values {
	return acctest.ButWith(acctest.NewAgent(), acctest.Values{
		"initial_message": "Good morning, dental practice Miller.", "phone_number_ids": []any{"front-desk"}, "voice": ultra(),
	})
}

// stage is a fake with one talq_agent in it, and the calls of Terraform about it.
type stage struct {
	acctest.World
	*acctest.Protocol
	config acctest.Values
	state  tftypes.Value
	id     string
}

// staged creates the agent of a configuration.
func staged(t *testing.T, config acctest.Values, options ...fakeapi.Option) *stage {
	t.Helper()
	w := acctest.NewWorld(t, options...)
	w.AddVoices()
	s := &stage{World: w, Protocol: w.Protocol(t).Of("talq_agent"), config: config}
	state, said := s.Create(config)
	said.None(t)
	s.state, s.id = state, s.Attribute(state, "id").(string)
	w.ForgetJournal()
	return s
}

// restarted serves a new provider, as each command of Terraform's does.
func (s *stage) restarted(t *testing.T) *stage {
	t.Helper()
	other := *s
	other.Protocol = s.World.Protocol(t).Of("talq_agent")
	return &other
}

// bodyOf returns the body of the one request of its kind, as JSON.
func bodyOf(t *testing.T, w acctest.World, op fakeapi.Op) string {
	t.Helper()
	requests := w.Requests(fakeapi.Match{Op: op})
	if len(requests) != 1 {
		t.Fatalf("%d times %s, want 1", len(requests), op)
	}
	return acctest.ToJSON(t, requests[0].Body)
}

// sameBody expects the body of the one request of its kind.
func sameBody(t *testing.T, w acctest.World, op fakeapi.Op, want string) {
	t.Helper()
	if got, want := bodyOf(t, w, op), acctest.ToJSON(t, acctest.JSONObject(t, want)); got != want {
		t.Errorf("the body of %s was\n%s\nwant\n%s", op, got, want)
	}
}

// inside returns an attribute, or one that stands inside another: "voice.stability".
func (s *stage) inside(state tftypes.Value, name string) any {
	outer, inner, nested := strings.Cut(name, ".")
	value := s.Attribute(state, outer)
	if !nested {
		return value
	}
	object, _ := value.(acctest.Values)
	return object[inner]
}
