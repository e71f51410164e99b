package flow_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// called is what flow_mermaid returns, or says.
func called(t *testing.T, argument any) (tftypes.Value, string) {
	t.Helper()
	p := acctest.NewProtocol(t)
	resp, err := p.Server.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{
		Name: "flow_mermaid", Arguments: []*tfprotov6.DynamicValue{acctest.Pack(t, tftypes.NewValue(tftypes.String, argument))},
	})
	p.Check(err)
	if resp.Error != nil {
		return tftypes.Value{}, resp.Error.Text
	}
	value, err := resp.Result.Unmarshal(tftypes.String)
	p.Check(err)
	return value, ""
}

func TestMermaidFunction(t *testing.T) {
	for _, row := range []struct {
		name     string
		argument any
		says     string
	}{
		{"null", nil, "null"},
		{"empty", "", "flow_config must be a JSON object, and this is no JSON"},
		{"a list", "[]", "flow_config must be a JSON object"},
		{"null in JSON", "null", "flow_config must be a JSON object"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if _, said := called(t, row.argument); !strings.Contains(said, row.says) {
				t.Errorf("it says %q, want %q", said, row.says)
			}
		})
	}
	t.Run("a flow", func(t *testing.T) {
		value, said := called(t, greetingJSON)
		want := "flowchart TD\n  n0[\"greet (say)<br/>Hello!\"]\n  n1([\"bye (end)\"])\n  start((\"start\")) --> n0\n  n0 --> n1\n"
		if got := acctest.Plain(t, value); said != "" || got != want {
			t.Errorf("it is %q (%s), want %q", got, said, want)
		}
	})
}

// TestMermaidThroughTheCLI draws both forms alike.
func TestMermaidThroughTheCLI(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", flowOf(typedForm, stages[1].config)+flowAt("b", w.AddAgent(fakeapi.AgentSeed{Name: "Other"}), jsonForm, stages[1].config)+`
output "typed" { value = provider::talq::flow_mermaid(jsonencode(talq_agent_flow.a.flow_config)) }
output "json"  { value = provider::talq::flow_mermaid(talq_agent_flow.b.flow_config_json) }
`)
	ws.Apply()
	typed := ws.Output("typed")
	if typed != ws.Output("json") || !strings.Contains(typed, `n1 --\u003e|\"yes\"| n2`) {
		t.Errorf("typed it is %s, in JSON %s", typed, ws.Output("json"))
	}
}
