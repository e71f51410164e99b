package agent

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// number is a number as Terraform hands it over. It panics where the table of a test has a
// wrong one.
func number(text string) types.Number {
	n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return types.NumberValue(n)
}

func sentAs(t *testing.T, body any) string {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDecimalsAreSentAsTheyAreWritten(t *testing.T) {
	for written, want := range map[string]string{"0.7": "0.7", "1.0": "1", "1": "1", "0.30000000000000004": "0.30000000000000004", "1e-1": "0.1", "2.50": "2.5"} {
		m := agentModel{LLMTemperature: number(written)}
		if got, _ := json.Marshal(m.createRequest().LLMTemperature); string(got) != want {
			t.Errorf("%s is sent as %s, want %s", written, got, want)
		}
	}
}

// TestNothingThatIsNotSetIsSent, neither by a create nor by an update.
func TestNothingThatIsNotSetIsSent(t *testing.T) {
	blank := &agentModel{}
	for body, want := range map[string]string{
		sentAs(t, blank.knowledgeRequest(blank)): `{"description":"","interrupt_sensitivity":"","ask_if_human_present_on_idle":false,"initial_message_delay":0}`,
		sentAs(t, blank.voiceRequest(blank)):     `{"voice_id":"","who_speaks_first":""}`,
		sentAs(t, blank.callingRequest(blank)):   `{"direction":""}`,
	} {
		if body != want {
			t.Errorf("sent was %s, want %s", body, want)
		}
	}
}

func TestFieldsOfRemarksAreFound(t *testing.T) {
	for field, want := range map[string]string{
		"label": "label", "voice_id": "voice.template_id", "similarity": "voice.similarity_boost", "stability": "voice.stability",
		"ambient_background": "voice.ambient_background", "ambient_volume": "voice.ambient_volume",
		"phone_number_ids.0": "phone_number_ids", "phone_number_ids[0]": "phone_number_ids", "enable_initial_message_cache": "advanced_settings.enable_initial_message_cache",
		"agent": "", "": "",
	} {
		got := ""
		if at, ok := attributePath(field); ok {
			got = at.String()
		}
		if got != want {
			t.Errorf("%q is found at %q, want %q", field, got, want)
		}
	}
}

// TestEachAttributeHasItsPart: what a part takes is what differs in it.
func TestEachAttributeHasItsPart(t *testing.T) {
	full := agentModel{
		Label: types.StringValue("x"), Name: types.StringValue("x"), Description: types.StringValue("x"), Language: types.StringValue("x"),
		InitialMessage: types.StringValue("x"), InterruptSensitivity: types.StringValue("x"), EndpointingSensitivity: types.StringValue("x"), IVRNavigationMode: types.StringValue("x"),
		ConversationSpeed: number("1"), InitialMessageDelay: number("1"), AskIfHumanPresentOnIdle: types.BoolValue(true), IdleTimeSeconds: number("1"),
		MaxIdleCheckCount: number("1"), MaxCallDurationSeconds: number("1"), SayGoodbyeOnMaxDuration: types.BoolValue(true), UserInactivityTimeoutSeconds: number("1"),
		InitialIdleTimeSeconds: number("1"), InitialMaxIdleCheckCount: number("1"), LLMTemperature: number("1"), EnableRecording: types.BoolValue(true),
		Direction: types.StringValue("x"), WhoSpeaksFirst: types.StringValue("x"),
		PhoneNumberIDs: types.SetValueMust(types.StringType, []attr.Value{types.StringValue("x")}), Voice: voiceModel{TemplateID: types.StringValue("x")}.object(),
	}
	full.setMessageCache(types.BoolValue(true))
	blank := agentModel{PhoneNumberIDs: types.SetNull(types.StringType)}
	if got := len(full.differing(&blank)); got != len(traits) {
		t.Fatalf("%d of %d attributes are set", got, len(traits))
	}
	for _, p := range append([]part{fixed}, parts...) {
		taken := blank
		taken.take(p, &full)
		for _, trait := range traits {
			if got := trait.differs(&taken, &blank); got != (trait.part == p) {
				t.Errorf("the part %q takes %s: %t", p, trait.name, got)
			}
		}
	}
}
