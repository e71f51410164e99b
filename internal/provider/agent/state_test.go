package agent

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func decoded(t *testing.T, raw string) talq.Agent {
	t.Helper()
	var a talq.Agent
	if err := json.Unmarshal([]byte(raw), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestStateOfTheSample: what the page get-agent shows.
func TestStateOfTheSample(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "talq", "testdata", "get-agent.response.json"))
	if err != nil {
		t.Fatal(err)
	}
	var inside struct{ Data json.RawMessage }
	if err := json.Unmarshal(content, &inside); err != nil {
		t.Fatal(err)
	}
	m := stateOfNewcomer(decoded(t, string(inside.Data)))
	v := voiceOf(m.Voice)
	if m.Label.ValueString() != "Customer Support Agent" || !m.ConversationSpeed.Equal(number("1")) || v.TemplateID.ValueString() != "voice-template-uuid" ||
		!v.Stability.Equal(number("0.6")) || !v.AmbientVolume.IsNull() || len(m.PhoneNumberIDs.Elements()) == 0 || !m.IsReadyToPublish.ValueBool() || !m.LLMTemperature.IsNull() ||
		!m.DeletionProtection.ValueBool() || !m.AdvancedSettings.IsNull() || !m.Revision.IsNull() {
		t.Errorf("%+v", m)
	}
}

// TestWhatAnAnswerLeavesOutStays, null is null, and "" is null.
func TestWhatAnAnswerLeavesOutStays(t *testing.T) {
	prior := stateOfNewcomer(decoded(t, `{"id":"a","label":"L","name":"N","initial_message":"Hello","conversation_speed":1.2,"is_ready_to_publish":true,
		"phone_numbers":[{"id":"p"},{"id":"p"}],"voice":{"template":{"id":"v"},"stability":0.8}}`))
	for raw, check := range map[string]func(agentModel) bool{
		`{"id":"a"}`: func(m agentModel) bool {
			return m.InitialMessage.ValueString() == "Hello" && m.ConversationSpeed.Equal(number("1.2")) && m.IsReadyToPublish.ValueBool() &&
				len(m.PhoneNumberIDs.Elements()) == 1 && m.Voice.Equal(prior.Voice)
		},
		`{"id":"a","initial_message":null,"conversation_speed":null,"is_ready_to_publish":null,"phone_numbers":null,"voice":null}`: func(m agentModel) bool {
			return m.InitialMessage.IsNull() && m.ConversationSpeed.IsNull() && m.IsReadyToPublish.IsNull() && m.PhoneNumberIDs.IsNull() && m.Voice.IsNull()
		},
		`{"id":"a","initial_message":"","phone_numbers":[],"voice":{"template":null}}`: func(m agentModel) bool {
			return m.InitialMessage.IsNull() && m.PhoneNumberIDs.IsNull() && voiceOf(m.Voice).TemplateID.ValueString() == "v"
		},
		`{"id":"a","voice":[],"phone_numbers":[{"id":null}],"conversation_speed":"x"}`: func(m agentModel) bool {
			return m.Voice.Equal(prior.Voice) && m.PhoneNumberIDs.Equal(prior.PhoneNumberIDs) && m.ConversationSpeed.Equal(number("1.2"))
		},
		`{"id":"other","voice":{"template":{"id":"w"},"stability":null,"ambient_volume":1}}`: func(m agentModel) bool {
			v := voiceOf(m.Voice)
			return m.ID.ValueString() == "a" && v.TemplateID.ValueString() == "w" && v.Stability.IsNull() && v.AmbientVolume.IsNull()
		},
	} {
		if got := prior.stateFromServer(decoded(t, raw)); !check(got) {
			t.Errorf("%s makes %+v", raw, got)
		}
	}
}

// TestUndocumentedMembers: they fill an import and change what is set, and nothing else.
func TestUndocumentedMembers(t *testing.T) {
	const raw = `{"id":"a","label":"L","name":"N","llm_temperature":0.9,"max_idle_check_count":3,"enable_recording":true,"endpointing_sensitivity":"high",
		"advanced_settings":{"enable_initial_message_cache":true},"voice":{"template":{"id":"v"},"ambient_volume":0.5}}`
	shown := decoded(t, raw)
	imported := stateOfNewcomer(shown)
	if !imported.LLMTemperature.Equal(number("0.9")) || !imported.MaxIdleCheckCount.Equal(number("3")) || !imported.EnableRecording.ValueBool() ||
		imported.EndpointingSensitivity.ValueString() != "high" || !voiceOf(imported.Voice).AmbientVolume.Equal(number("0.5")) {
		t.Errorf("an import is %+v", imported)
	}
	unset := stateOfNewcomer(decoded(t, `{"id":"a","label":"L","name":"N","voice":{"template":{"id":"v"}}}`))
	if got := unset.stateFromServer(shown); len(got.differing(&unset)) != 0 {
		t.Errorf("what nobody set is %v", namesOf(got.differing(&unset)))
	}
	set := unset
	set.LLMTemperature, set.MaxIdleCheckCount, set.EnableRecording = number("0.7"), number("2"), types.BoolValue(false)
	set.setMessageCache(types.BoolValue(false))
	if got := set.stateFromServer(shown); len(got.differing(&set)) != 4 {
		t.Errorf("changed are %v", namesOf(got.differing(&set)))
	}
	nulls := decoded(t, `{"id":"a","llm_temperature":null,"max_idle_check_count":null,"enable_recording":null,"advanced_settings":null}`)
	if got := set.stateFromServer(nulls); len(got.differing(&set)) != 0 {
		t.Errorf("a null counts: %v", namesOf(got.differing(&set)))
	}
}
