package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// updates are the partial updates, each with the least that it sends.
var updates = map[string]func(*Client) (Agent, error){
	"knowledge": func(c *Client) (Agent, error) {
		return c.UpdateKnowledge(context.Background(), "asked", KnowledgeRequest{})
	},
	"voice": func(c *Client) (Agent, error) { return c.UpdateVoice(context.Background(), "asked", VoiceRequest{}) },
	"calling": func(c *Client) (Agent, error) {
		return c.UpdateCalling(context.Background(), "asked", CallingRequest{})
	},
	"advanced-settings": func(c *Client) (Agent, error) {
		return c.UpdateAdvancedSettings(context.Background(), "asked", AdvancedSettingsRequest{})
	},
}

func TestUpdateBodies(t *testing.T) {
	number := func(text string) Opt[json.Number] { return Some(json.Number(text)) }
	for name, test := range map[string]struct {
		call func(*Client) (Agent, error)
		want string
	}{
		"knowledge sample": {func(c *Client) (Agent, error) {
			return c.UpdateKnowledge(t.Context(), "g", KnowledgeRequest{
				Description: "Updated agent description with more details", InterruptSensitivity: "high", AskIfHumanPresentOnIdle: true,
				InitialMessage: Some("Hello! Welcome to our support line. How may I assist you today?"), LLMTemperature: number("0.8"), InitialMessageDelay: 2,
			})
		}, sample(t, "update-agent-knowledge.request.json")},
		"knowledge without a message": {func(c *Client) (Agent, error) {
			return c.UpdateKnowledge(t.Context(), "g", KnowledgeRequest{Description: "<b> & more", InterruptSensitivity: "low", LLMTemperature: number("0")})
		}, `{"description":"<b> & more","interrupt_sensitivity":"low","ask_if_human_present_on_idle":false,"llm_temperature":0,"initial_message_delay":0}`},
		"knowledge with a message of null": {func(c *Client) (Agent, error) {
			return c.UpdateKnowledge(t.Context(), "g", KnowledgeRequest{InitialMessage: Null[string](), LLMTemperature: number("2")})
		}, `{"description":"","initial_message":null,"interrupt_sensitivity":"","ask_if_human_present_on_idle":false,"llm_temperature":2,"initial_message_delay":0}`},
		// What nobody configured is left out, and not sent as 0: the API then names the field.
		"knowledge without a temperature": {updates["knowledge"],
			`{"description":"","interrupt_sensitivity":"","ask_if_human_present_on_idle":false,"initial_message_delay":0}`},
		"voice sample": {func(c *Client) (Agent, error) {
			return c.UpdateVoice(t.Context(), "g", VoiceRequest{
				VoiceID: "voice-template-uuid", Language: Some("en-US"), ConversationSpeed: number("1.2"), AmbientBackground: Some("office"),
				WhoSpeaksFirst: "agent", Similarity: number("0.75"), Stability: number("0.8"),
			})
		}, sample(t, "update-agent-voice.request.json")},
		"voice sample of a basic one": {func(c *Client) (Agent, error) {
			return c.UpdateVoice(t.Context(), "g", VoiceRequest{
				VoiceID: "basic-voice-uuid", Language: Some("en-US"), ConversationSpeed: number("1.0"), WhoSpeaksFirst: "user",
			})
		}, sample(t, "update-agent-voice.request-2.json")},
		"voice with all null": {func(c *Client) (Agent, error) {
			return c.UpdateVoice(t.Context(), "g", VoiceRequest{
				VoiceID: "v", ConversationSpeed: number("1"), WhoSpeaksFirst: "user", Language: Null[string](), AmbientBackground: Null[string](),
				AmbientVolume: Null[json.Number](), Similarity: Null[json.Number](), Stability: Null[json.Number](),
			})
		}, `{"voice_id":"v","conversation_speed":1,"who_speaks_first":"user","language":null,"ambient_background":null,"ambient_volume":null,"similarity":null,"stability":null}`},
		"voice with a volume": {func(c *Client) (Agent, error) {
			return c.UpdateVoice(t.Context(), "g", VoiceRequest{VoiceID: "v", WhoSpeaksFirst: "user", AmbientVolume: number("0")})
		}, `{"voice_id":"v","who_speaks_first":"user","ambient_volume":0}`},
		"calling sample": {func(c *Client) (Agent, error) {
			return c.UpdateCalling(t.Context(), "g", CallingRequest{Direction: "outbound", PhoneNumberIDs: Some([]string{"phone-uuid-1", "phone-uuid-2"})})
		}, sample(t, "update-agent-calling.request.json")},
		"calling without numbers": {func(c *Client) (Agent, error) {
			return c.UpdateCalling(t.Context(), "g", CallingRequest{Direction: "inbound"})
		}, `{"direction":"inbound"}`},
		"calling with no numbers": {func(c *Client) (Agent, error) {
			return c.UpdateCalling(t.Context(), "g", CallingRequest{Direction: "inbound", PhoneNumberIDs: Some([]string{})})
		}, `{"direction":"inbound","phone_number_ids":[]}`},
		"calling with numbers of null": {func(c *Client) (Agent, error) {
			return c.UpdateCalling(t.Context(), "g", CallingRequest{Direction: "inbound", PhoneNumberIDs: Null[[]string]()})
		}, `{"direction":"inbound","phone_number_ids":null}`},
		"advanced settings sample": {func(c *Client) (Agent, error) {
			return c.UpdateAdvancedSettings(t.Context(), "g", AdvancedSettingsRequest{EnableInitialMessageCache: Some(true)})
		}, sample(t, "update-advanced-settings.request.json")},
		"advanced settings off": {func(c *Client) (Agent, error) {
			return c.UpdateAdvancedSettings(t.Context(), "g", AdvancedSettingsRequest{EnableInitialMessageCache: Some(false)})
		}, `{"enable_initial_message_cache":false}`},
		"advanced settings left out": {updates["advanced-settings"], `{}`},
		"advanced settings null": {func(c *Client) (Agent, error) {
			return c.UpdateAdvancedSettings(t.Context(), "g", AdvancedSettingsRequest{EnableInitialMessageCache: Null[bool]()})
		}, `{"enable_initial_message_cache":null}`},
	} {
		t.Run(name, func(t *testing.T) {
			sameJSON(t, bodySentBy(t, func(c *Client) error { _, err := test.call(c); return err }), test.want)
		})
	}
}

func TestUpdateAnswers(t *testing.T) {
	for part, check := range map[string]func(Agent) bool{
		"knowledge": func(a Agent) bool { return a.Status() == AgentDraft && *a.InitialMessageDelay.Value == "2" },
		"voice": func(a Agent) bool {
			v := a.Voice.Value
			return a.Status() == AgentDraft && *v.Template.Value.ID.Value == "voice-template-uuid" && *v.SimilarityBoost.Value == "0.75" && *v.Stability.Value == "0.8"
		},
		"calling": func(a Agent) bool {
			return a.Status() == AgentDraft && len(*a.PhoneNumberIDs().Value) == 2 && !a.Description.Present && !a.Actions.Present
		},
		"advanced-settings": func(a Agent) bool {
			return *a.AdvancedSettings.Value.EnableInitialMessageCache.Value && !a.CurrentStatus.Present
		},
	} {
		t.Run(part, func(t *testing.T) {
			name := "update-agent-" + part
			if part == "advanced-settings" {
				name = "update-" + part
			}
			play, _ := script(answering(200, sample(t, name+".response.json")))
			got, err := updates[part](over(t, play))
			if err != nil || got.ID != "550e8400-e29b-41d4-a716-446655440000" || !check(got) {
				t.Errorf("%+v: %v", got, err)
			}
		})
		t.Run(part+" answered with little", func(t *testing.T) {
			play, _ := script(answering(200, `{"data":{}}`))
			if got, err := updates[part](over(t, play)); err != nil || got.ID != "asked" {
				t.Errorf("%+v: %v", got, err)
			}
		})
		t.Run(part+" refused", func(t *testing.T) {
			play, _ := script(answering(422, `{"success":false,"message":"Invalid.","errors":{"x":["Bad."]}}`))
			_, err := updates[part](over(t, play))
			contains(t, fmt.Sprint(err), "Invalid.", "x: Bad.", "/agents/asked/"+part)
			if !IsCertain(err) {
				t.Error("not certain")
			}
		})
		t.Run(part+" after a lost answer", func(t *testing.T) {
			play, count := script(failing(io.ErrUnexpectedEOF), answering(503, ""), answering(200, `{"data":{}}`))
			if _, err := updates[part](over(t, play)); err != nil || *count != 3 {
				t.Errorf("%d requests: %v", *count, err)
			}
		})
	}
	t.Run("a number that is none", func(t *testing.T) {
		c := over(t, func(*http.Request) (*http.Response, error) {
			t.Error("a request was sent")
			return answering(200, oneAction)()
		})
		_, err := c.UpdateKnowledge(t.Context(), "g", KnowledgeRequest{LLMTemperature: Some(json.Number("warm"))})
		var unsent *NotSentError
		if !errors.As(err, &unsent) {
			t.Errorf("error %T %v", err, err)
		}
	})
}

// What was read before a write is not what the agent is after it, however the write ended.
func TestAWriteMakesTheAgentReadAgain(t *testing.T) {
	writes := map[string]func(*Client) error{
		"delete": func(c *Client) error { return c.DeleteAgent(context.Background(), "asked") },
		"training": func(c *Client) error {
			_, err := c.UpsertTraining(context.Background(), "asked", minimalTraining())
			return err
		},
		"training delete": func(c *Client) error { return c.DeleteTraining(context.Background(), "asked", "t") },
	}
	for part, update := range updates {
		writes[part] = func(c *Client) error { _, err := update(c); return err }
	}
	for name, write := range writes {
		for _, status := range []int{200, 422} {
			t.Run(fmt.Sprint(name, " answered with ", status), func(t *testing.T) {
				reads := 0
				c := over(t, func(r *http.Request) (*http.Response, error) {
					if r.Method == http.MethodGet {
						reads++
						return answering(200, sample(t, "get-agent.response.json"))()
					}
					return answering(status, `{"success":true,"message":"m","data":{"id":"t"}}`)()
				})
				read := func() {
					if _, err := c.GetAgent(t.Context(), "asked"); err != nil {
						t.Error(err)
					}
					if _, err := c.ListTrainings(t.Context(), "asked", "training-uuid"); err != nil {
						t.Error(err)
					}
				}
				read()
				if err := write(c); (err == nil) != (status == 200) {
					t.Fatal(err)
				}
				read()
				if reads != 2 {
					t.Errorf("%d reads, want 2", reads)
				}
			})
		}
	}
}

func TestDeleteAgent(t *testing.T) {
	lost := failing(io.ErrUnexpectedEOF)
	notFound := answering(404, `{"success":false,"message":"Agent not found"}`)
	elsewhere := answering(404, `{"success":false,"message":"Agent not found in this environment."}`)
	for name, test := range map[string]struct {
		answers  []func() (*http.Response, error)
		requests int
		done     bool
		gone     bool // of an error
	}{
		"sample":                                  {[]func() (*http.Response, error){answering(200, sample(t, "delete-agent.response.json"))}, 1, true, false},
		"204":                                     {[]func() (*http.Response, error){answering(204, "")}, 1, true, false},
		"404":                                     {[]func() (*http.Response, error){notFound}, 1, false, true},
		"404 after a lost answer":                 {[]func() (*http.Response, error){lost, notFound}, 2, true, false},
		"404 after a bad gateway":                 {[]func() (*http.Response, error){answering(502, ""), notFound}, 2, true, false},
		"404 where nothing was sent before":       {[]func() (*http.Response, error){failing(notConnected()), notFound}, 2, false, true},
		"404 of the environment":                  {[]func() (*http.Response, error){elsewhere}, 1, false, false},
		"404 of the environment, second attempt":  {[]func() (*http.Response, error){lost, elsewhere}, 2, false, false},
		"404 of a proxy after a lost answer":      {[]func() (*http.Response, error){lost, answering(404, "<html></html>")}, 2, false, false},
		"409":                                     {[]func() (*http.Response, error){answering(409, sample(t, "delete-agent.error.json"))}, 1, false, false},
		"an answer that says that it failed":      {[]func() (*http.Response, error){answering(200, `{"success":false,"message":"no"}`)}, 1, false, false},
		"a web page":                              {[]func() (*http.Response, error){answering(200, "<html></html>")}, 1, false, false},
		"an answer that got lost each time":       {[]func() (*http.Response, error){lost}, 3, false, false},
		"a refusal after a lost answer":           {[]func() (*http.Response, error){lost, answering(403, `{"message":"No."}`)}, 2, false, false},
		"a second attempt that is the successful": {[]func() (*http.Response, error){lost, answering(204, "")}, 2, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(test.answers...)
			err := over(t, play).DeleteAgent(t.Context(), "g")
			if gone, _ := IsGone(err); (err == nil) != test.done || gone != test.gone || *count != test.requests {
				t.Errorf("%d requests, error %v", *count, err)
			}
		})
	}
}

func TestNoAgentIsDeletedByAPathThatLeadsElsewhere(t *testing.T) {
	for _, id := range []string{"", ".", ".."} {
		c := over(t, func(*http.Request) (*http.Response, error) {
			t.Error("a request was sent")
			return answering(204, "")()
		})
		if err := c.DeleteAgent(t.Context(), id); err == nil {
			t.Errorf("%q: no error", id)
		}
		if err := c.DeleteTraining(t.Context(), "g", id); err == nil {
			t.Errorf("training %q: no error", id)
		}
	}
	var uri string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) { uri = r.RequestURI; w.WriteHeader(204) })
	if err := c.DeleteAgent(t.Context(), "../a/b?c"); err != nil || !strings.HasSuffix(uri, "/agents/..%2Fa%2Fb%3Fc") {
		t.Errorf("%s, %v", uri, err)
	}
}
