package agent_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// found is one result of a list block.
type found struct {
	name     string
	id       any
	resource acctest.Values
}

// list makes the call of `terraform query`.
func list(p *acctest.Protocol, t *testing.T, config acctest.Values, limit int64, include bool) (results []found, problems check.Said) {
	t.Helper()
	kind := p.Schema.ListResourceSchemas["talq_agent"].ValueType()
	stream, err := p.Server.(tfprotov6.ListResourceServer).ListResource(t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: "talq_agent", Config: acctest.Pack(t, acctest.Build(t, kind, config)), IncludeResource: include, Limit: limit,
	})
	p.Check(err)
	for result := range stream.Results {
		problems = append(problems, p.Read(result.Diagnostics)...)
		if result.Identity == nil {
			continue
		}
		f := found{name: result.DisplayName, id: idOf(t, result.Identity)}
		if result.Resource != nil {
			f.resource, _ = acctest.Plain(t, p.Unpack(result.Resource)).(acctest.Values)
		}
		results = append(results, f)
	}
	return results, problems
}

func TestListOfAgents(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddAgent(fakeapi.AgentSeed{Name: "Sales", Direction: "outbound"})
	w.AddAgent(fakeapi.AgentSeed{Name: "Sales 2", Direction: "outbound", Status: "published"})
	for _, row := range []struct {
		name   string
		config acctest.Values
		limit  int64
		want   []string
	}{
		{"all", acctest.Values{}, 100, []string{"Support (agent-1)", "Sales (agent-2)", "Sales 2 (agent-3)"}},
		{"by status", acctest.Values{"status": "published"}, 100, []string{"Support (agent-1)", "Sales 2 (agent-3)"}},
		{"by direction", acctest.Values{"direction": "outbound"}, 100, []string{"Sales (agent-2)", "Sales 2 (agent-3)"}},
		{"by text", acctest.Values{"search": "sales"}, 100, []string{"Sales (agent-2)", "Sales 2 (agent-3)"}},
		{"none", acctest.Values{"search": "x", "status": "draft"}, 100, nil},
		{"no more than asked for", acctest.Values{}, 2, []string{"Support (agent-1)", "Sales (agent-2)"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal() // so the rows go one after another
			results, problems := list(w.Protocol(t).Of("talq_agent"), t, row.config, row.limit, false)
			problems.None(t)
			var names []string
			for _, f := range results {
				names = append(names, f.name)
				if f.resource != nil || f.id == nil {
					t.Errorf("%+v", f)
				}
			}
			if !slices.Equal(names, row.want) {
				t.Errorf("found %q, want %q", names, row.want)
			}
			w.Made(t, acctest.Ops{fakeapi.OpListAgents: 1})
		})
	}
}

// TestListWithResources: what is listed is what an import brings, also where the list leaves
// something out.
func TestListWithResources(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		lack []string
		want acctest.Ops
	}{{nil, acctest.Ops{fakeapi.OpListAgents: 1}}, {[]string{"voice", "language"}, acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpGetAgent: 1}}} {
		w := acctest.NewWorld(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ListedAgentsLack: row.lack}))
		results, problems := list(w.Protocol(t).Of("talq_agent"), t, acctest.Values{}, 100, true)
		problems.None(t)
		w.Made(t, row.want)
		p := w.Protocol(t).Of("talq_agent")
		state, _ := p.ImportByID("agent-1")
		if got, want := fmt.Sprint(results[0].resource), fmt.Sprint(acctest.Plain(t, state)); got != want {
			t.Errorf("listed as\n%s\nimported as\n%s", got, want)
		}
	}
}

func TestListThatFails(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.Inject(fakeapi.Fault{Status: 401, Body: `{"success":false,"message":"Unauthenticated."}`})
	_, problems := list(w.Protocol(t).Of("talq_agent"), t, acctest.Values{}, 100, false)
	problems.Are(t, "error: Could not list the agents")
}

// TestQueryThroughTheCLI takes all agents into a configuration: found, generated, imported,
// and nothing is written. It needs Terraform 1.14; CI has 1.11.
func TestQueryThroughTheCLI(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t, "1.14.1", acctest.Never, "the command query")
	w := acctest.NewWorld(t)
	w.AddAgent(fakeapi.AgentSeed{Name: "Sales", Direction: "outbound"})
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("find.tfquery.hcl", "list \"talq_agent\" \"all\" {\n  provider         = talq\n  include_resource = true\n}\n")
	ws.Terraform("query", "-generate-config-out=generated.tf").Exits(0).Says("Support (agent-1)", "Sales (agent-2)")
	w.Made(t, acctest.Ops{fakeapi.OpListAgents: 1})
	ws.Remove("find.tfquery.hcl")
	ws.Apply().Says("2 imported, 0 added, 0 changed, 0 destroyed")
	w.Wrote(t, acctest.Ops{})
	ws.PlanEmpty()
}
