package acctest

import (
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// TestOnlyTwoVariablesTogetherMeanTheRealAPI: TF_ACC alone is what people have set for
// other providers.
func TestOnlyTwoVariablesTogetherMeanTheRealAPI(t *testing.T) {
	t.Parallel()
	const acc, agent, token = "TF_ACC=1", guard.AgentVariable + "=agent", guard.TokenVariable + "=talq_x"
	for _, row := range []struct {
		env  []string
		real bool
		says string // of the error; "" is none
	}{
		{nil, false, ""},
		{[]string{acc, token}, false, ""},
		{[]string{agent, token}, false, ""},
		{[]string{acc, agent}, true, "set TALQ_TOKEN"},
		{[]string{acc, agent, token, guard.BaseURLVariable + "=http://talq.example.com"}, true, "set TALQ_BASE_URL"},
		{[]string{acc, agent, token}, true, ""},
	} {
		planned, err := planRealRun(func(name string) string {
			for _, variable := range row.env {
				if value, ok := strings.CutPrefix(variable, name+"="); ok {
					return value
				}
			}
			return ""
		})
		if (planned != nil) != row.real || (err != nil) != (row.says != "") || err != nil && !strings.HasPrefix(err.Error(), row.says) {
			t.Errorf("%v: real %v, error %v", row.env, planned != nil, err)
		}
	}
}
