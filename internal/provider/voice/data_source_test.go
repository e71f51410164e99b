package voice_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const templates = "talq_voice_templates"

func TestVoiceTemplates(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		config acctest.Values
		query  string
		want   []any
	}{
		{"all, those of one name together", acctest.Values{}, "", []any{"voice-template-uuid-1", "voice-template-uuid-2", "voice-template-uuid-3", "basic-voice-uuid", "voice-template-uuid", "voice-template-uuid-4", "voice-template-uuid-5", "clara-basic", "clara-ultra"}},
		{"by language", acctest.Values{"language": "en-US"}, "language=en-US", []any{"basic-voice-uuid", "voice-template-uuid", "clara-basic", "clara-ultra"}},
		{"by tier", acctest.Values{"quality_tier": "ultra"}, "quality_tier=ultra", []any{"voice-template-uuid-3", "clara-ultra"}},
		{"by gender, none", acctest.Values{"gender": "male"}, "gender=male", nil},
		{"by all three", acctest.Values{"language": "pt-BR", "quality_tier": "pro", "gender": "female"}, "gender=female&language=pt-BR&quality_tier=pro",
			[]any{"voice-template-uuid-2", "voice-template-uuid-5"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			w.AddVoices()
			state, said := w.Protocol(t).ReadData(templates, row.config)
			said.None(t)
			var found []any
			for _, voice := range acctest.Elements(state, "voice_templates") {
				found = append(found, voice["id"])
			}
			if fmt.Sprint(found) != fmt.Sprint(row.want) {
				t.Errorf("found %v, want %v", found, row.want)
			}
			if _, ok := state["voice_templates"].([]any); !ok {
				t.Errorf("it is %v, want a list, empty or not", state["voice_templates"])
			}
			if got := w.Requests(fakeapi.Match{Op: fakeapi.OpListVoices})[0].Query.Encode(); got != row.query {
				t.Errorf("the query was %q, want %q", got, row.query)
			}
			w.Made(t, acctest.Ops{fakeapi.OpListVoices: 1})
		})
	}
}

func TestVoiceHasWhatTheAPIShows(t *testing.T) {
	t.Parallel()
	state, said := acctest.NewWorld(t).Protocol(t).ReadData(templates, acctest.Values{"quality_tier": "ultra", "language": "pt-BR"})
	said.None(t)
	want := []acctest.Values{{"id": "voice-template-uuid-3", "display_name": "Bianca", "name": "Bianca", "gender": "female", "language": "pt-BR", "quality_tier": "ultra", "cost": "0.23"}}
	if got := acctest.Elements(state, "voice_templates"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestVoiceTemplatesValidate(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	for _, filter := range []string{"language", "quality_tier", "gender"} {
		for _, row := range []struct {
			value any
			want  []string
		}{{nil, nil}, {acctest.Unknown, nil}, {"x", nil}, {"", []string{"error at " + filter + ": Empty text"}}, {" ", []string{"error at " + filter + ": Empty text"}}} {
			p.ValidateData(templates, acctest.Values{filter: row.value}).Are(t, row.want...)
		}
	}
}

// TestVoiceWithPartsMissing: left out, null and "" are all null, and no text reaches a
// terminal raw.
func TestVoiceWithPartsMissing(t *testing.T) {
	t.Parallel()
	for entry, name := range map[string]any{
		`{"voices":[{"id":"x"}]}`: nil,
		`{"display_name":null,"voices":[{"id":"x","name":null,"gender":"","cost":0.1}]}`: nil,
		`{"voices":[{"id":"x","name":` + acctest.ToJSON(t, acctest.Evil) + `}]}`:         acctest.EvilInState,
	} {
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Body: `{"success":true,"data":[` + entry + `]}`})
		state, said := w.Protocol(t).ReadData(templates, acctest.Values{})
		said.None(t)
		want := []acctest.Values{{"id": "x", "display_name": nil, "name": name, "gender": nil, "language": nil, "quality_tier": nil, "cost": nil}}
		if got := acctest.Elements(state, "voice_templates"); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", entry, got, want)
		}
	}
}

func TestVoicesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.Inject(fakeapi.Fault{Status: 401, Body: `{"success":false,"message":"No."}`})
	_, said := w.Protocol(t).ReadData(templates, acctest.Values{})
	said.Are(t, "error: Could not list the voice templates")
}

// TestVoiceIsFoundForAnAgent by its name and tier, through the CLI.
func TestVoiceIsFoundForAnAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `
data "talq_voice_templates" "english" { language = "en-US" }
locals { clara = one([for v in data.talq_voice_templates.english.voice_templates : v.id if v.display_name == "Clara" && v.quality_tier == "basic"]) }
`+acctest.LeastAgent().With(acctest.AgentFields{"voice": `{ template_id = local.clara }`}).HCL())
	ws.Apply()
	if got := fmt.Sprint(ws.OfAgent("voice").(map[string]any)["template_id"]); got != acctest.BasicVoice {
		t.Errorf("the voice is %s", got)
	}
	ws.PlanEmpty()
}
