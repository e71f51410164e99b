package webhook

import (
	"encoding/json"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// FuzzWebhookFromServer maps whatever a webhook's answer may hold.
func FuzzWebhookFromServer(f *testing.F) {
	for _, text := range []string{
		`{"id":"w","name":"CRM","webhook_url":"https://example.com","events":["event_action"],"timeout":30,"max_retries":3,"enabled":true,"status":"active"}`,
		`{"id":"w","name":"\u001b[31m\ud800","events":["a","a","\u001b","` + "\xff" + `",""],"status":null}`,
		`{"id":"w","timeout":1e2000000000,"max_retries":"1e2","payload_templates":{"a":{"n":1.0},"\u001b":"x","":null}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var answer talq.Webhook
		if json.Unmarshal(raw, &answer) != nil {
			return
		}
		m := blank("agent-1").stateFromServer(answer)
		for _, value := range m.attributes() {
			check.ValidValue(t, value)
		}
		if again := m.stateFromServer(answer); len(again.differing(&m)) > 0 {
			t.Errorf("seen twice, these differ: %v", again.differing(&m))
		}
	})
}
