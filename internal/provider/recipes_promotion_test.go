package provider

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// environments serves two environments with a published agent each.
func environments(t *testing.T) (w world, staging, production environment) {
	t.Helper()
	w = newWorld(t)
	staging = environment{w.Token(), w.agent}
	production.token = w.AddEnvironment()
	production.agent = w.AddAgent(fakeapi.AgentSeed{Name: "Front desk", Token: production.token, Status: talq.AgentPublished})
	return w, staging, production
}

type environment struct{ token, agent string }

// expectOwnTokens expects that nothing was sent to an agent with the token of
// another environment, and that none of the two was left out.
func (w world) expectOwnTokens(t *testing.T, environments ...environment) {
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

// expectSameSet expects the same actions on both agents, but for the address of
// the environment's backend.
func (w world) expectSameSet(t *testing.T, staging, production environment) {
	t.Helper()
	set := func(e environment) map[string]string {
		found := map[string]string{}
		for _, stored := range w.Actions(e.agent) {
			fields := maps.Clone(stored.Fields)
			if url, ok := fields["url"].(string); ok {
				fields["url"] = strings.Replace(url, "https://staging.", "https://", 1)
			}
			found[stored.NodeID] = toJSON(t, fields)
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
	in := func(folder, token, agent string) *workspace {
		return recipe(t, "promotion", folder, providerBlock(w.BaseURL(), token), fmt.Sprintf("agent_id = %q\n", agent))
	}
	here, there := in("staging", staging.token, staging.agent), in("production", production.token, production.agent)

	t.Log("staging first, and nothing of it reaches production")
	here.apply().saysNot("Warning")
	w.expectOnAgent(t, staging.agent, 2, []int{0}, 1)
	w.expectOnAgent(t, production.agent, 0, []int{0}, 0)

	t.Log("the promotion")
	there.apply().saysNot("Warning")
	w.expectOnAgent(t, production.agent, 2, []int{0}, 1)
	w.expectOwnTokens(t, staging, production)
	w.expectSameSet(t, staging, production)

	t.Log("a change takes the same way")
	for _, ws := range []*workspace{here, there} {
		ws.replace("../actions/main.tf", "+12025550123", "+12025550199")
		w.ForgetJournal()
		ws.apply()
		ws.planEmpty()
		changed, left := staging, production
		if ws == there {
			changed, left = production, staging
		}
		w.expectOnAgent(t, changed.agent, 1, []int{0}, 1)
		w.expectOnAgent(t, left.agent, 0, []int{0}, 0)
	}
	w.expectSameSet(t, staging, production)
	w.expectLive(t, staging.agent, true)
	w.expectLive(t, production.agent, true)

	t.Log("the wrong token gets nowhere, on a new state and on that of the other")
	w.ForgetJournal()
	in("production", staging.token, production.agent).applyFails().says("The token belongs to another environment")
	there.write("override.tf", providerBlock(w.BaseURL(), staging.token))
	there.replace("../actions/main.tf", "+12025550199", "+12025550177")
	there.planFails().says("The token belongs to another environment")
	there.terraform("apply", "-auto-approve", "-refresh=false").exits(1).says("The token belongs to another environment")
	for _, r := range w.Journal() {
		if r.Accepted {
			t.Errorf("%s on agent %s was accepted", r.Op, r.AgentID)
		}
	}
	w.expectLive(t, production.agent, true)
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
	ws.ownProcess()

	t.Log("staging alone")
	ws.apply("-target=module.staging")
	w.expectOnAgent(t, staging.agent, 2, []int{0}, 1)
	w.expectOnAgent(t, production.agent, 0, []int{0}, 0)

	t.Log("the promotion")
	ws.apply().saysNot("Warning")
	w.expectOnAgent(t, staging.agent, 2, []int{0}, 1)
	w.expectOnAgent(t, production.agent, 2, []int{0}, 1)
	w.expectOwnTokens(t, staging, production)
	w.expectSameSet(t, staging, production)
	w.expectLive(t, staging.agent, true)
	w.expectLive(t, production.agent, true)
	ws.planEmpty()

	t.Log("a saved plan holds no token, and is applied with both")
	ws.replace("actions/main.tf", "+12025550123", "+12025550199")
	w.ForgetJournal()
	ws.planChanges()
	shown := string(ws.terraform("show", "-json", "saved.tfplan").exits(0).stdout)
	for _, e := range []environment{staging, production} {
		if strings.Contains(shown, e.token) {
			t.Errorf("the saved plan holds a token")
		}
	}
	ws.terraform("apply", "-input=false", "saved.tfplan").exits(0)
	for _, e := range []environment{staging, production} {
		w.expectOnAgent(t, e.agent, 1, []int{0}, 1)
		w.expectLive(t, e.agent, true)
	}
	w.expectOwnTokens(t, staging, production)

	t.Log("the tokens swapped: nothing is written")
	ws.write("terraform.tfvars", tokens(environment{production.token, staging.agent}, environment{staging.token, production.agent}))
	w.ForgetJournal()
	ws.planFails().says("The token belongs to another environment")
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
