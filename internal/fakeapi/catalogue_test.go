package fakeapi_test

import (
	"net/http"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// voiceIDs are the ids of a listing of voice templates, by their group.
func (a api) voiceIDs(query string) map[string][]any {
	a.t.Helper()
	ids := map[string][]any{}
	for _, group := range a.do(http.MethodGet, "/voice-templates"+query, nil).list() {
		name, _ := group["display_name"].(string)
		voices, _ := group["voices"].([]any)
		for _, voice := range voices {
			ids[name] = append(ids[name], object(voice)["id"])
		}
	}
	return ids
}

func TestVoiceTemplatesAreGroupedAndFiltered(t *testing.T) {
	a := start(t)
	a.AddVoice(fakeapi.VoiceSeed{ID: "max", Name: "Max", Language: "de-DE", Tier: "beta", Gender: "male"})
	for query, want := range map[string]map[string][]any{
		"?language=en-US":                    {"Bianca": {"basic-voice-uuid", "voice-template-uuid"}},
		"?quality_tier=pro":                  {"Bianca": {"voice-template-uuid-2", "voice-template-uuid"}, "Isabela": {"voice-template-uuid-5"}},
		"?gender=male":                       {"Max": {"max"}},
		"?gender=male&quality_tier=beta":     {"Max": {"max"}},
		"?gender=male&language=en-US":        {},
		"?language=pt-BR&quality_tier=ultra": {"Bianca": {"voice-template-uuid-3"}},
	} {
		same(t, query, a.voiceIDs(query), want)
	}
	same(t, "groups of all", len(a.voiceIDs("")), 3)
	same(t, "voices of Bianca", len(a.voiceIDs("")["Bianca"]), 5)
}

func TestVoiceOfAnAgentIsItsTemplateWithSettings(t *testing.T) {
	a := start(t)
	a.agent, _ = a.create(nil).data()["id"].(string)
	first := object(a.do(http.MethodPut, a.path("/voice"), sample(t, "update-agent-voice.request.json")).data()["voice"])
	same(t, "voice", first, map[string]any{
		"id": "voice-1", "name": "Bianca", "label": "Bianca Voice", "stability": 0.8, "similarity_boost": 0.75,
		"ambient_background": "office", "template": map[string]any{"id": "voice-template-uuid", "name": "Bianca"},
	})
	a.write(voiceWith(map[string]any{"ambient_volume": 0.5}))
	stored, _ := a.Agent(a.agent)
	voice := object(stored.Fields["voice"])
	same(t, "the hidden ambient_volume", voice["ambient_volume"], 0.5)
	same(t, "the background that was left out", voice["ambient_background"], "office")
	same(t, "the stability of a basic voice", voice["stability"], nil)
	same(t, "the id", voice["id"], "voice-1")
}

func TestUnknownVoiceTemplateIsNotFound(t *testing.T) {
	a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ErrorCodes: fakeapi.ErrorCodeBeside}))
	got := a.voice(map[string]any{"voice_id": "unknown"})
	same(t, "status", got.status, http.StatusNotFound)
	same(t, "code", got.body["code"], "VOICE_NOT_FOUND")
}

func TestPhoneNumbersAreThoseOfTheEnvironmentAndFiltered(t *testing.T) {
	a := start(t)
	a.AddPhoneNumber(fakeapi.NumberSeed{ID: "chat", Number: "+12025550100", Fields: map[string]any{
		"type": "whatsapp", "has_voice": false, "has_whatsapp": true,
	}})
	for query, want := range map[string][]any{
		"":                                  {"phone-uuid-1", "phone-uuid-2", "phone-uuid", "chat"},
		"?type=voice":                       {"phone-uuid-1", "phone-uuid-2", "phone-uuid"},
		"?type=whatsapp":                    {"chat"},
		"?has_voice=false":                  {"chat"},
		"?has_whatsapp=true":                {"chat"},
		"?has_voice=true&has_whatsapp=true": {},
		"?search=%2B1202555":                {"chat"},
		"?search=+12025550100":              {"chat"}, // as on the page, where + is a blank
		"?search=UUID-2":                    {"phone-uuid-2"},
	} {
		ids := []any{}
		for _, number := range a.do(http.MethodGet, "/phone-numbers"+query, nil).list() {
			ids = append(ids, number["id"])
		}
		same(t, query, ids, want)
	}
	same(t, "a flag that is none", faults(a.do(http.MethodGet, "/phone-numbers?has_voice=yes", nil)), []string{"has_voice"})

	a.token = a.AddEnvironment()
	same(t, "numbers of another environment", len(a.do(http.MethodGet, "/phone-numbers", nil).list()), 0)
}

func TestPhoneNumbersMayComeInPages(t *testing.T) {
	a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{PageSize: 2}))
	got := a.do(http.MethodGet, "/phone-numbers?page=2", nil)
	same(t, "numbers of page 2", len(got.list()), 1)
	same(t, "last_page", object(got.body["meta"])["last_page"], 2)
}

func TestReleasedNumberIsGoneFromItsAgents(t *testing.T) {
	a := start(t)
	a.RemovePhoneNumber(a.token, "phone-uuid")
	same(t, "phone_numbers", a.agentNow()["phone_numbers"], []any{})
	refused := a.do(http.MethodPut, a.path("/calling"), map[string]any{"direction": "inbound", "phone_number_ids": []any{"phone-uuid"}})
	same(t, "fields at fault", faults(refused), []string{"phone_number_ids.0"})
}

func TestNumbersOfAnAgentMayComeInAnyOrder(t *testing.T) {
	for reversed, first := range map[bool]string{false: "phone-uuid-1", true: "phone-uuid-2"} {
		a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ListReversed: reversed}))
		a.write(callingWith(map[string]any{"phone_number_ids": []any{"phone-uuid-1", "phone-uuid-2"}}))
		numbers, _ := a.agentNow()["phone_numbers"].([]any)
		same(t, "the first number", object(numbers[0])["id"], first)
	}
}
