package agent

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// FuzzAgentFromServer maps whatever an agent's answer may hold.
func FuzzAgentFromServer(f *testing.F) {
	samples, err := filepath.Glob("../../talq/testdata/*agent*.json")
	if err != nil || len(samples) == 0 {
		f.Fatalf("no samples: %v", err)
	}
	for _, file := range samples {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var inside struct {
			Data json.RawMessage `json:"data"`
		}
		if json.Unmarshal(content, &inside) == nil {
			f.Add([]byte(inside.Data))
		}
	}
	for _, text := range []string{
		`{"id":"a","name":"\u001b[31m\ud800","description":"` + "\xff" + `"}`,
		`{"id":"a","voice":{"stability":1e2000000000,"similarity_boost":-1e-2000000000},"conversation_speed":"1e5","initial_message_delay":99999999999999999999999}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var agent talq.Agent
		if json.Unmarshal(raw, &agent) == nil {
			check.ValidValue(t, tfvalue.ListFromAPI(agentAttributes(), []talq.Agent{agent}, agentValues))
			m := stateOfNewcomer(agent)
			for _, trait := range traits {
				check.ValidValue(t, trait.value(&m))
			}
			if again := m.stateFromServer(agent); len(again.differing(&m)) > 0 {
				t.Errorf("seen twice, these differ: %v", namesOf(again.differing(&m)))
			}
		}
	})
}
