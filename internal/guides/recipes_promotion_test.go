package guides_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// environments serves two environments with a published agent each.
func environments(t *testing.T) (w acctest.World, staging, production environment) {
	t.Helper()
	w = acctest.NewWorld(t)
	staging = environment{w.Token(), w.Agent}
	production.token = w.AddEnvironment()
	production.agent = w.AddAgent(fakeapi.AgentSeed{Name: "Front desk", Token: production.token, Status: "published"})
	return w, staging, production
}

type environment struct{ token, agent string }

// expectOwnTokens expects that nothing was sent to an agent with the token of
// another environment, and that none of the two was left out.
func expectOwnTokens(w acctest.World, t *testing.T, environments ...environment) {
	t.Helper()
	for _, e := range environments {
		asked := 0
		for _, r := range w.Requests(fakeapi.Match{}) {
			if r.AgentID != e.agent {
				continue
			}
			asked++
			if got := r.Header.Get("Authorization"); got != "Bearer "+e.token {
				t.Errorf("%s on agent %s came with the token of another environment", r.Op, e.agent)
			}
		}
		if asked == 0 {
			t.Errorf("nothing was asked of agent %s", e.agent)
		}
	}
}

// expectSameSet expects the same actions on both agents, except the address of
// the environment's backend.
func expectSameSet(w acctest.World, t *testing.T, staging, production environment) {
	t.Helper()
	set := func(e environment) map[string]string {
		found := map[string]string{}
		for _, stored := range w.Actions(e.agent) {
			fields := maps.Clone(stored.Fields)
			if url, ok := fields["url"].(string); ok {
				fields["url"] = strings.Replace(url, "https://staging.", "https://", 1)
			}
			found[stored.NodeID] = acctest.ToJSON(t, fields)
		}
		return found
	}
	if got, want := set(production), set(staging); !maps.Equal(got, want) || len(got) == 0 {
		t.Errorf("production has\n%v\nwant what staging has:\n%v", got, want)
	}
}

// promotion are the two root modules of the recipe, and the agent that each has made.
type promotion struct {
	w                   acctest.World
	staging, production *acctest.Workspace
	tokens              map[*acctest.Workspace]string
}

// newPromotion serves two environments, each with a number of its own.
func newPromotion(t *testing.T) promotion {
	t.Helper()
	w := acctest.NewWorld(t)
	tokens := []string{w.Token(), w.AddEnvironment()}
	w.AddPhoneNumber(fakeapi.NumberSeed{ID: "number-staging", Number: "+12025550100", Token: tokens[0]})
	w.AddPhoneNumber(fakeapi.NumberSeed{ID: "number-production", Number: "+12025550199", Token: tokens[1]})
	p := promotion{w: w, tokens: map[*acctest.Workspace]string{}}
	// Both in one copy of the recipe, since they share the module.
	p.staging = recipe(t, "promotion", "staging", acctest.ProviderBlock(w.BaseURL(), tokens[0]), "webhook_secret = \"of staging\"\n")
	p.production = &acctest.Workspace{T: t, Dir: filepath.Join(p.staging.Dir, "..", "production"), Attach: acctest.Serve(t)}
	p.production.Write("override.tf", acctest.ProviderBlock(w.BaseURL(), tokens[1]))
	p.production.Write("terraform.tfvars", "webhook_secret = \"of production\"\n")
	p.production.Terraform("get").Exits(0)
	p.tokens[p.staging], p.tokens[p.production] = tokens[0], tokens[1]
	return p
}

// agent returns the id of the agent that a root module has made, "" before it has.
func (p promotion) agent(ws *acctest.Workspace) string {
	for _, a := range p.w.Agents() {
		if a.Token == p.tokens[ws] && a.Fields["label"] == "Front desk" {
			return a.ID
		}
	}
	return ""
}

// TestRecipePromotion of a whole agent: one module, two environments, and what differs
// between them.
func TestRecipePromotion(t *testing.T) {
	t.Parallel()
	p := newPromotion(t)
	w, here, there := p.w, p.staging, p.production

	t.Log("staging first, and nothing of it reaches production")
	here.Apply().Says("6 added").SaysNot("Warning")
	expectToken(t, w, p.tokens[here])

	t.Log("the promotion")
	w.ForgetJournal()
	there.Apply().Says("6 added").SaysNot("Warning")
	expectToken(t, w, p.tokens[there])
	staging, production := environment{p.tokens[here], p.agent(here)}, environment{p.tokens[there], p.agent(there)}
	expectSameSet(w, t, staging, production)
	for _, row := range []struct{ agent, number, voice, url, secret string }{
		{staging.agent, "number-staging", "basic-voice-uuid", "https://staging.practice.example.com", "of staging"},
		{production.agent, "number-production", "voice-template-uuid", "https://practice.example.com", "of production"},
	} {
		w.ExpectLive(t, row.agent, true)
		agent, _ := w.Server.Agent(row.agent)
		fields, hook := acctest.ToJSON(t, agent), w.Webhooks(row.agent)[0].Fields
		if !strings.Contains(fields, row.number) || !strings.Contains(fields, `"`+row.voice+`"`) || hook["webhook_url"] != row.url+"/calls" || hook["webhook_secret"] != row.secret {
			t.Errorf("the agent is %s, its webhook %v, want %+v", fields, hook, row)
		}
	}

	t.Log("a change takes the same way")
	here.Replace("../agent/main.tf", "+12025550123", "+12025550199")
	for _, ws := range []*acctest.Workspace{here, there} {
		w.ForgetJournal()
		ws.Apply().Says("0 added, 2 changed, 0 destroyed")
		ws.PlanEmpty()
		expectToken(t, w, p.tokens[ws])
		w.ExpectLive(t, p.agent(ws), true)
	}
	expectSameSet(w, t, staging, production)

	t.Log("the secret stands in no state")
	for _, ws := range []*acctest.Workspace{here, there} {
		if text := ws.Text("terraform.tfstate"); strings.Contains(text, "of staging") || strings.Contains(text, "of production") {
			t.Error("the secret stands in the state")
		}
	}

	t.Log("the wrong token gets nowhere")
	w.ForgetJournal()
	there.Write("override.tf", acctest.ProviderBlock(w.BaseURL(), p.tokens[here]))
	there.Replace("../agent/main.tf", "+12025550199", "+12025550177")
	there.PlanFails().Says("This environment has no number +12025550199. Perhaps the token is that of another one.")
	there.Terraform("apply", "-auto-approve", "-refresh=false").Exits(1)
	w.Wrote(t, acctest.Ops{})
	w.ExpectLive(t, production.agent, true)
}

// expectToken expects that all requests came with one token, and that there were some.
func expectToken(t *testing.T, w acctest.World, token string) {
	t.Helper()
	if len(w.Requests(fakeapi.Match{})) == 0 {
		t.Error("nothing was asked")
	}
	for _, r := range w.Requests(fakeapi.Match{}) {
		if got := r.Header.Get("Authorization"); got != "Bearer "+token {
			t.Errorf("%s came with the token of another environment", r.Op)
		}
	}
}

// TestWorkflowPromote applies to staging, and to production what was approved and nothing else.
func TestWorkflowPromote(t *testing.T) {
	t.Parallel()
	p := newPromotion(t)
	here, there := newRunner(t, "promote.yml", p.staging), newRunner(t, "promote.yml", p.production)
	settings := []string{"DRIFT_TITLE=Promotion to production", "DRIFT_REPORT=" + filepath.Join(there.temp, "plan.md"), "DRIFT_PLAN=" + filepath.Join(there.temp, "promotion.tfplan")}
	succeeds := func(r *runner, job, step string, env ...string) string {
		t.Helper()
		code, output := r.run(job, step, env...)
		if code != 0 {
			t.Fatalf("%s of %s ended with %d: %s", step, job, code, output)
		}
		return output
	}
	// planned runs the first two jobs, and returns what a person reads and the mark of the plan.
	planned := func() (read, mark string) {
		t.Helper()
		succeeds(here, "staging", "Apply")
		log := succeeds(there, "plan", "Plan", settings...)
		return there.takes("summary") + log, "APPROVED=" + strings.TrimSpace(strings.TrimPrefix(there.takes("output"), "plan="))
	}

	read, approved := planned()
	if !strings.HasPrefix(read, "## Promotion to production: ") || !strings.Contains(read, "+ transfer_to       = \"+12025550123\"") || strings.Contains(read, "of production") {
		t.Errorf("the person reads\n%s", read)
	}
	if p.agent(p.staging) == "" || p.agent(p.production) != "" {
		t.Error("before the approval the agent is not in staging alone")
	}
	succeeds(there, "production", "Plan", append(settings, approved)...)
	succeeds(there, "production", "Apply")
	p.production.PlanEmpty()
	p.w.ExpectLive(t, p.agent(p.production), true)

	t.Log("somebody changes the agent between the plan and the approval")
	p.staging.Replace("../agent/main.tf", "+12025550123", "+12025550155")
	_, approved = planned()
	p.w.EditAgent(p.agent(p.production), map[string]any{"initial_message": "Changed in the dashboard."})
	p.w.ForgetJournal()
	code, output := there.run("production", "Plan", append(settings, approved)...)
	if code == 0 || !strings.Contains(output, "This is not the plan that was approved.") {
		t.Errorf("it ended with %d and said %s", code, output)
	}
	p.w.Wrote(t, acctest.Ops{})

	t.Log("the new plan is read and approved")
	if read, approved = planned(); !strings.Contains(read, "`initial_message`: `\"Changed in the dashboard.\"` → ") || strings.Contains(read, "An agent that only the apply will tell") {
		t.Errorf("the person reads\n%s", read)
	}
	succeeds(there, "production", "Plan", append(settings, approved)...)
	succeeds(there, "production", "Apply")
	p.production.PlanEmpty()
}

func TestRecipePromotionAliases(t *testing.T) {
	t.Parallel()
	w, staging, production := environments(t)
	alias := func(name string) string {
		return fmt.Sprintf("provider \"talq\" {\n  alias    = %q\n  base_url = %q\n}\n", name, w.BaseURL())
	}
	tokens := func(staging, production environment) string {
		return fmt.Sprintf("staging_token = %q\nproduction_token = %q\nstaging_agent_id = %q\nproduction_agent_id = %q\n",
			staging.token, production.token, staging.agent, production.agent)
	}
	ws := recipe(t, "promotion-aliases", ".", alias("staging")+alias("production"), tokens(staging, production))
	ws.OwnProcess()

	t.Log("staging alone")
	ws.Apply("-target=module.staging")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1}, staging.agent)
	w.Wrote(t, acctest.Ops{}, production.agent)

	t.Log("the promotion")
	ws.Apply().SaysNot("Warning")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1}, staging.agent)
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 2, fakeapi.OpPublish: 1}, production.agent)
	expectOwnTokens(w, t, staging, production)
	expectSameSet(w, t, staging, production)
	w.ExpectLive(t, staging.agent, true)
	w.ExpectLive(t, production.agent, true)
	ws.PlanEmpty()

	t.Log("a saved plan holds no token, and is applied with both")
	ws.Replace("actions/main.tf", "+12025550123", "+12025550199")
	w.ForgetJournal()
	ws.PlanChanges()
	shown := string(ws.Terraform("show", "-json", "saved.tfplan").Exits(0).Stdout)
	for _, e := range []environment{staging, production} {
		if strings.Contains(shown, e.token) {
			t.Errorf("the saved plan holds a token")
		}
	}
	ws.Terraform("apply", "-input=false", "saved.tfplan").Exits(0)
	for _, e := range []environment{staging, production} {
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1}, e.agent)
		w.ExpectLive(t, e.agent, true)
	}
	expectOwnTokens(w, t, staging, production)

	t.Log("the tokens swapped: nothing is written")
	ws.Write("terraform.tfvars", tokens(environment{production.token, staging.agent}, environment{staging.token, production.agent}))
	w.ForgetJournal()
	ws.PlanFails().Says("The token belongs to another environment")
	for _, r := range w.Requests(fakeapi.Match{}) {
		if r.Accepted {
			t.Errorf("%s on agent %s was accepted", r.Op, r.AgentID)
		}
	}
}
