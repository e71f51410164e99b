package talq

import (
	"errors"
	"fmt"
	"testing"
)

func TestRefusalsThatCanBeTold(t *testing.T) {
	const published, calls, voice, eligible = "published", "calls", "voice", "eligible"
	told := map[string]func(error) bool{published: IsAgentPublished, calls: HasActiveCalls, voice: IsVoiceNotFound, eligible: IsNotEligible}
	for name, test := range map[string]struct {
		status int
		body   string
		want   string // empty for none
	}{
		"sample of active calls":        {409, sample(t, "delete-agent.error.json"), calls},
		"active calls by code":          {409, `{"code":"AGENT_HAS_ACTIVE_CALLS","message":"No."}`, calls},
		"active calls in an object":     {409, `{"success":false,"error":{"code":"AGENT_HAS_ACTIVE_CALLS","message":"No."}}`, calls},
		"published by code":             {409, `{"error":"AGENT_IS_PUBLISHED","message":"No."}`, published},
		"published by text":             {409, `{"success":false,"message":"Published agents must be unpublished before deletion"}`, published},
		"the code decides":              {409, `{"code":"AGENT_IS_PUBLISHED","message":"It may have active calls."}`, published},
		"another code":                  {409, `{"code":"LOCKED","message":"The published agent is locked."}`, ""},
		"another conflict":              {409, `{"message":"Try later."}`, ""},
		"conflict of a proxy":           {409, `<html>published</html>`, ""},
		"another status":                {422, `{"code":"AGENT_IS_PUBLISHED","message":"No."}`, ""},
		"no voice by code":              {404, `{"code":"VOICE_NOT_FOUND","message":"No."}`, voice},
		"no voice by text":              {404, `{"success":false,"message":"Voice not found"}`, voice},
		"no voice template by text":     {404, `{"success":false,"message":"Voice template not found."}`, voice},
		"no agent":                      {404, `{"success":false,"message":"Agent not found"}`, ""},
		"no voice agent":                {404, `{"success":false,"message":"Voice agent not found"}`, ""},
		"sample of too few calls":       {422, sample(t, "update-advanced-settings.error.json"), eligible},
		"too few calls without a code":  {422, `{"message":"Agent does not meet the call volume threshold for optimized costs"}`, eligible},
		"another field that is invalid": {422, sample(t, "create-agent.error.json"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(test.status, test.body))
			err := fmt.Errorf("wrapped: %w", over(t, play).DeleteAgent(t.Context(), "g"))
			for what, is := range told {
				if is(err) != (what == test.want) {
					t.Errorf("%s is %t for %v", what, is(err), err)
				}
			}
		})
	}
	for what, is := range told {
		if is(nil) || is(errors.New("409 published active calls voice not found")) {
			t.Errorf("%s holds of an error that is no answer", what)
		}
	}
}
