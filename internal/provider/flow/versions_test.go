package flow_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const versionsType = "talq_agent_flow_versions"

func TestVersions(t *testing.T) {
	for _, row := range []struct {
		name      string
		behaviour fakeapi.Behaviour
		want      []any // version, is_current, flow_config_json
	}{
		{"as the page has them", fakeapi.Behaviour{}, []any{"1.1.0 true <nil>", "1.0.0 false <nil>"}},
		{"with their flows", fakeapi.Behaviour{VersionsShowFlow: true}, []any{`1.1.0 true <nil>`, `1.0.0 false {"initial_node_id":"a","nodes":[{"id":"a","type":"end"}]}`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := acctest.NewWorld(t, fakeapi.WithBehaviour(row.behaviour))
			w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end"}]}`))
			w.EditFlow(w.Agent, "llm_driven", nil)
			state, said := w.Protocol(t).ReadData(versionsType, acctest.Values{"agent_id": "agent-1"})
			said.None(t)
			var found []any
			for _, version := range acctest.Elements(state, "versions") {
				found = append(found, fmt.Sprintf("%v %v %v", version["version"], version["is_current"], version["flow_config_json"]))
				if version["id"] == nil || version["created_at"] == nil {
					t.Errorf("%v", version)
				}
			}
			if fmt.Sprint(found) != fmt.Sprint(row.want) {
				t.Errorf("found %v, want %v", found, row.want)
			}
			w.Made(t, acctest.Ops{fakeapi.OpListVersions: 1})
		})
	}
}

// TestVersionsWithPartsMissing: left out, null and "" are all null, and nothing reaches a terminal raw.
func TestVersionsWithPartsMissing(t *testing.T) {
	for _, version := range []string{
		`{"id": "x"}`,
		`{"id": "x", "version": null, "created_at": null, "is_current": null, "flow_config": null}`,
		`{"id": "x", "version": "", "created_at": "", "is_current": "perhaps"}`,
	} {
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Body: `{"success": true, "data": {"versions": [` + version + `]}}`})
		state, said := w.Protocol(t).ReadData(versionsType, acctest.Values{"agent_id": "agent-1"})
		said.None(t)
		want := []acctest.Values{{"id": "x", "version": nil, "created_at": nil, "is_current": nil, "flow_config_json": nil}}
		if got := acctest.Elements(state, "versions"); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", version, got, want)
		}
	}
	w := acctest.NewWorld(t)
	w.Inject(fakeapi.Fault{Body: `{"success": true, "data": {"versions": [{"id": "x", "version": ` + acctest.ToJSON(t, acctest.Evil) + `}]}}`})
	state, said := w.Protocol(t).ReadData(versionsType, acctest.Values{"agent_id": "agent-1"})
	said.None(t)
	if got := acctest.Elements(state, "versions")[0]["version"]; got != acctest.EvilInState {
		t.Errorf("the version is %q", got)
	}
}

func TestVersionsValidate(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, row := range []struct {
		name  string
		agent any
		heads []string
	}{
		{"an id", "agent-1", nil},
		{"unknown", acctest.Unknown, nil},
		{"null", nil, []string{"error at agent_id: " + missing}},
		{"empty", "", []string{"error at agent_id: Wrong id"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p.ValidateData(versionsType, acctest.Values{"agent_id": row.agent}).Are(t, row.heads...)
		})
	}
}

func TestVersionsThatCannotBeRead(t *testing.T) {
	w := acctest.NewWorld(t)
	_, said := w.Protocol(t).ReadData(versionsType, acctest.Values{"agent_id": "agent-9"})
	said.Are(t, "error: Could not read the versions of the flow of agent agent-9").Hold(t, "Either the id is wrong or the agent was deleted")
}

// TestAccFlowVersions shows the version that the write of a flow has made.
func TestAccFlowVersions(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: accConfig(c.Agent, typedForm, stages[1].config) + fmt.Sprintf("data %q \"all\" {\n  agent_id   = %q\n  depends_on = [talq_agent_flow.test]\n}\n", versionsType, c.Agent),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data."+versionsType+".all", tfjsonpath.New("versions").AtSliceIndex(0), knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"id": knownvalue.NotNull(), "version": knownvalue.NotNull(), "created_at": knownvalue.NotNull(), "is_current": knownvalue.Bool(true),
			})),
		},
	}}})
}

// TestAccFlowVersions_withFlows reads versions of an API that shows their flows, which the
// reference's does not.
func TestAccFlowVersions_withFlows(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t, fakeapi.WithBehaviour(fakeapi.Behaviour{VersionsShowFlow: true}))
	fake := c.Fake()
	fake.EditFlow(c.Agent, "flow_driven", acctest.JSONObject(t, `{"initial_node_id": "a", "nodes": [{"id": "a", "type": "end"}]}`))
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: fmt.Sprintf("data %q \"all\" {\n  agent_id = %q\n}\n", versionsType, c.Agent),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data."+versionsType+".all", tfjsonpath.New("versions").AtSliceIndex(0).AtMapKey("flow_config_json"),
				knownvalue.StringExact(`{"initial_node_id":"a","nodes":[{"id":"a","type":"end"}]}`)),
		},
	}}})
}

// TestRestoreAVersion writes what an earlier version was: the API has no call for it.
func TestRestoreAVersion(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{VersionsShowFlow: true}))
	w.EditFlow(w.Agent, "flow_driven", acctest.JSONObject(t, greetingJSON))
	w.EditFlow(w.Agent, "llm_driven", nil)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `
data "talq_agent_flow_versions" "all" { agent_id = "agent-1" }
`+flowOf("%s", `flow_config_json = one([for v in data.talq_agent_flow_versions.all.versions : v.flow_config_json if v.version == "1.0.0"])`))
	ws.Apply()
	w.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "flow_driven", "flow_config": `+greetingJSON+`}`)
}
