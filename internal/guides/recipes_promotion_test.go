package guides_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
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
		for _, r := range w.Journal() {
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

func TestRecipePromotion(t *testing.T) {
	t.Parallel()
	w, staging, production := environments(t)
	in := func(folder, token, agent string) *acctest.Workspace {
		return recipe(t, "promotion", folder, acctest.ProviderBlock(w.BaseURL(), token), fmt.Sprintf("agent_id = %q\n", agent))
	}
	here, there := in("staging", staging.token, staging.agent), in("production", production.token, production.agent)

	t.Log("staging first, and nothing of it reaches production")
	here.Apply().SaysNot("Warning")
	w.ExpectOnAgent(t, staging.agent, 2, []int{0}, 1)
	w.ExpectOnAgent(t, production.agent, 0, []int{0}, 0)

	t.Log("the promotion")
	there.Apply().SaysNot("Warning")
	w.ExpectOnAgent(t, production.agent, 2, []int{0}, 1)
	expectOwnTokens(w, t, staging, production)
	expectSameSet(w, t, staging, production)

	t.Log("a change takes the same way")
	for _, ws := range []*acctest.Workspace{here, there} {
		ws.Replace("../actions/main.tf", "+12025550123", "+12025550199")
		w.ForgetJournal()
		ws.Apply()
		ws.PlanEmpty()
		changed, left := staging, production
		if ws == there {
			changed, left = production, staging
		}
		w.ExpectOnAgent(t, changed.agent, 1, []int{0}, 1)
		w.ExpectOnAgent(t, left.agent, 0, []int{0}, 0)
	}
	expectSameSet(w, t, staging, production)
	w.ExpectLive(t, staging.agent, true)
	w.ExpectLive(t, production.agent, true)

	t.Log("the wrong token gets nowhere, on a new state and on that of the other")
	w.ForgetJournal()
	in("production", staging.token, production.agent).ApplyFails().Says("The token belongs to another environment")
	there.Write("override.tf", acctest.ProviderBlock(w.BaseURL(), staging.token))
	there.Replace("../actions/main.tf", "+12025550199", "+12025550177")
	there.PlanFails().Says("The token belongs to another environment")
	there.Terraform("apply", "-auto-approve", "-refresh=false").Exits(1).Says("The token belongs to another environment")
	for _, r := range w.Journal() {
		if r.Accepted {
			t.Errorf("%s on agent %s was accepted", r.Op, r.AgentID)
		}
	}
	w.ExpectLive(t, production.agent, true)
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
	w.ExpectOnAgent(t, staging.agent, 2, []int{0}, 1)
	w.ExpectOnAgent(t, production.agent, 0, []int{0}, 0)

	t.Log("the promotion")
	ws.Apply().SaysNot("Warning")
	w.ExpectOnAgent(t, staging.agent, 2, []int{0}, 1)
	w.ExpectOnAgent(t, production.agent, 2, []int{0}, 1)
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
		w.ExpectOnAgent(t, e.agent, 1, []int{0}, 1)
		w.ExpectLive(t, e.agent, true)
	}
	expectOwnTokens(w, t, staging, production)

	t.Log("the tokens swapped: nothing is written")
	ws.Write("terraform.tfvars", tokens(environment{production.token, staging.agent}, environment{staging.token, production.agent}))
	w.ForgetJournal()
	ws.PlanFails().Says("The token belongs to another environment")
	for _, r := range w.Journal() {
		if r.Accepted {
			t.Errorf("%s on agent %s was accepted", r.Op, r.AgentID)
		}
	}
}

// TestSharedModuleIsOne holds the module of the two promotion recipes together:
// each recipe is complete, so each has its copy.
func TestSharedModuleIsOne(t *testing.T) {
	t.Parallel()
	one, err := os.ReadFile(filepath.Join(recipes, "promotion", "actions", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(filepath.Join(recipes, "promotion-aliases", "actions", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, other) {
		t.Error("the actions of promotion and of promotion-aliases differ")
	}
}
