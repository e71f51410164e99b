package flow_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// wholeFlow has every member that the pages name, as HCL and as JSON.
const wholeFlow = `{
  "initial_node_id": "greet", "meta": {"name": "Intake", "version": "1.1.0"},
  "nodes": [
    {"id": "greet", "type": "ask", "content": "Do you want to book?", "next": "decide"},
    {"id": "decide", "type": "decision", "branches": [{"match": "yes", "next": "bye"}]},
    {"id": "bye", "type": "end"}
  ],
  "global_functions": [{"name": "end_conversation", "description": "Ends the call"}]
}`

// TestAccFlow_sent: each member of a flow goes out, in both forms, and an import brings it.
func TestAccFlow_sent(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t, fakeapi.WithBehaviour(fakeapi.Behaviour{ActionsUnchecked: true}))
	fake := c.Fake()
	extra := func(member string) string {
		return strings.Replace(wholeFlow, `"type": "end"`, `"type": "end", `+member, 1)
	}
	sends := func(flow string) func() {
		return func() {
			t.Helper()
			fake.Sent(t, fakeapi.OpUpdateFlow, `{"conversation_mode": "flow_driven", "flow_config": `+flow+`}`)
		}
	}
	typed := accConfig(c.Agent, typedForm, extra(`"extra_json": jsonencode({ wait = 1.5, mute = false })`))
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: typed, PostApplyFunc: sends(extra(`"wait": 1.5, "mute": false`))},
		{
			ResourceName: address, ImportState: true, ImportStateId: c.Agent, ImportStateVerify: true,
			ImportStateVerifyIdentifierAttribute: "agent_id", ImportStateVerifyIgnore: []string{"revision"},
		},
		{Config: accConfig(c.Agent, jsonForm, extra(`"wait": 2`)), PostApplyFunc: sends(extra(`"wait": 2`))},
	}})
}

// without returns decoded JSON without the members of a name, wherever they stand.
func without(name string, value any) any {
	switch value := value.(type) {
	case []any:
		left := []any{}
		for _, element := range value {
			left = append(left, without(name, element))
		}
		return left
	case map[string]any:
		left := map[string]any{}
		for member, element := range value {
			if member != name {
				left[member] = without(name, element)
			}
		}
		return left
	}
	return value
}

// several are flows of agents of their own, by a key each.
func several(c *acctest.Case, form, config string, keys ...string) (flows string, agents map[string]string) {
	agents = map[string]string{}
	for _, key := range keys {
		agents[key] = c.OtherAgent()
		flows += strings.Replace(accConfig(agents[key], form, config), `"test"`, fmt.Sprintf("%q", key), 1)
	}
	return flows, agents
}

// TestAccFlow_memberGone: each member that the pages name is a change where the API has it no more.
func TestAccFlow_memberGone(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	names := []string{"initial_node_id", "meta", "nodes", "global_functions", "name", "version", "match", "description", "id", "type", "content", "next", "branches"}
	flows, agents := several(c, jsonForm, wholeFlow, names...)
	var changes []plancheck.PlanCheck
	for _, name := range names {
		changes = append(changes, plancheck.ExpectResourceAction("talq_agent_flow."+name, plancheck.ResourceActionUpdate))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: flows},
		{
			PreConfig: func() {
				for _, name := range names {
					left, _ := without(name, acctest.JSONObject(t, wholeFlow)).(map[string]any)
					fake.EditFlow(agents[name], "flow_driven", left)
				}
			},
			RefreshState: true, ExpectNonEmptyPlan: true, RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: changes},
		},
	}})
}

// TestAccFlow_noPlaceInAttributes: what attributes have no place for comes as JSON.
func TestAccFlow_noPlaceInAttributes(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	edits := map[string][2]string{ // of wholeFlow
		"member_of_the_flow":     {`"initial_node_id"`, `"tfacc_member": 1, "initial_node_id"`},
		"member_of_meta":         {`"version"`, `"tfacc_member": 1, "version"`},
		"member_of_a_branch":     {`"match"`, `"tfacc_member": 1, "match"`},
		"member_of_a_function":   {`"description"`, `"tfacc_member": 1, "description"`},
		"meta_as_a_list":         {`{"name": "Intake", "version": "1.1.0"}`, `["Intake"]`},
		"text_as_a_number":       {`"Do you want to book?"`, `1`},
		"branches_as_a_text":     {`[{"match": "yes", "next": "bye"}]`, `"bye"`},
		"node_as_a_text":         {`{"id": "bye", "type": "end"}`, `"bye"`},
		"function_without_a_map": {`{"name": "end_conversation", "description": "Ends the call"}`, `"end_conversation"`},
	}
	var names []string
	var checks []plancheck.PlanCheck
	for name := range edits {
		names = append(names, name)
		checks = append(checks, priorCheck{"talq_agent_flow." + name, tfjsonpath.New("flow_config"), knownvalue.Null()},
			priorCheck{"talq_agent_flow." + name, tfjsonpath.New("flow_config_json"), knownvalue.NotNull()})
	}
	flows, agents := several(c, typedForm, wholeFlow, names...)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: flows},
		{
			PreConfig: func() {
				for name, edit := range edits {
					fake.EditFlow(agents[name], "flow_driven", acctest.JSONObject(t, strings.Replace(wholeFlow, edit[0], edit[1], 1)))
				}
			},
			RefreshState: true, ExpectNonEmptyPlan: true, RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: checks},
		},
	}})
}

// oddly is a typed flow in forms that the API may store in another one: %s is what it says first.
const oddly = `{
  initial_node_id  = "greet"
  meta             = { name = "Intake\n", version = "" }
  nodes = [
    { id = "greet", type = "say", content = %q, next = "wait" },
    { id = "wait", type = "say", content = "One moment.\n", next = "hand", extra_json = "{ \"wait\": 1.50 }" },
    { id = "hand", type = "transfer", content = "", next = "decide", extra_json = "{\"unseen\": true}" },
    { id = "decide", type = "decision", branches = [{ match = "yes\n", next = "bye" }] },
    { id = "bye", type = "end", branches = [] },
  ]
  global_functions = [{ name = "end_conversation\n", description = "" }]
}`

// TestAccFlow_keepsItsForm: where somebody changed one part, all others keep the form that the
// configuration has, also what the API does not show.
func TestAccFlow_keepsItsForm(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	config := accConfig(c.Agent, typedForm, fmt.Sprintf(oddly, "Hello!"))
	stored := func(content string) func() {
		return func() {
			fake.EditFlow(c.Agent, "flow_driven", acctest.JSONObject(t, `{"initial_node_id": "greet", "meta": {"name": "Intake"}, "nodes": [
				{"id": "greet", "type": "say", "content": "`+content+`", "next": "wait"},
				{"id": "wait", "type": "say", "content": "One moment.", "next": "hand", "wait": 1.5},
				{"id": "hand", "type": "transfer", "next": "decide"},
				{"id": "decide", "type": "decision", "branches": [{"match": "yes", "next": "bye"}]},
				{"id": "bye", "type": "end"}
			], "global_functions": [{"name": "end_conversation"}]}`))
		}
	}
	flow := tfjsonpath.New("flow_config")
	node := func(i int, name string) tfjsonpath.Path { return flow.AtMapKey("nodes").AtSliceIndex(i).AtMapKey(name) }
	kept := []plancheck.PlanCheck{
		expectPrior(node(0, "content"), knownvalue.StringExact("Edited.")),
		expectPrior(flow.AtMapKey("meta"), knownvalue.ObjectExact(map[string]knownvalue.Check{"name": knownvalue.StringExact("Intake\n"), "version": knownvalue.StringExact("")})),
		expectPrior(node(1, "content"), knownvalue.StringExact("One moment.\n")),
		expectPrior(node(1, "extra_json"), knownvalue.StringExact(`{ "wait": 1.50 }`)),
		expectPrior(node(2, "content"), knownvalue.StringExact("")),
		expectPrior(node(2, "extra_json"), knownvalue.StringExact(`{"unseen": true}`)),
		expectPrior(node(3, "branches").AtSliceIndex(0).AtMapKey("match"), knownvalue.StringExact("yes\n")),
		expectPrior(node(4, "branches"), knownvalue.ListExact([]knownvalue.Check{})),
		expectPrior(flow.AtMapKey("global_functions").AtSliceIndex(0), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"name": knownvalue.StringExact("end_conversation\n"), "description": knownvalue.StringExact(""),
		})),
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: config},
		{PreConfig: stored("Hello!"), Config: config, ConfigPlanChecks: plans(plancheck.ResourceActionNoop)},
		{
			PreConfig: stored("Edited."), RefreshState: true, ExpectNonEmptyPlan: true,
			RefreshPlanChecks: resource.RefreshPlanChecks{PostRefresh: append(kept, plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate))},
		},
	}})
}

// TestAccFlow_otherForm: the same flow in another form is no write. What is empty and what is left
// out differ to Terraform, so that is stored, without a request.
func TestAccFlow_otherForm(t *testing.T) {
	acctest.Parallel(t)
	for name, row := range map[string]struct{ form, first, same, path string }{
		"typed":   {typedForm, fmt.Sprintf(oddly, "Hello!"), strings.NewReplacer(`\n`, "", "1.50", "1.5").Replace(fmt.Sprintf(oddly, "Hello!")), "flow_config"},
		"in JSON": {"flow_config_json = %s", fmt.Sprintf("jsonencode(%s)", wholeFlow), fmt.Sprintf("%q", strings.ReplaceAll(wholeFlow, "\n", "")), "flow_config_json"},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Parallel(t)
			c := acctest.NewCase(t)
			sameValue, sameRevision := statecheck.CompareValue(compare.ValuesSame()), statecheck.CompareValue(compare.ValuesSame())
			checks := func() []statecheck.StateCheck {
				return []statecheck.StateCheck{sameValue.AddStateValue(address, tfjsonpath.New(row.path)), sameRevision.AddStateValue(address, tfjsonpath.New("revision"))}
			}
			steps := []resource.TestStep{
				{Config: accConfig(c.Agent, row.form, row.first), ConfigStateChecks: checks()},
				{Config: accConfig(c.Agent, row.form, row.same), ConfigPlanChecks: plans(plancheck.ResourceActionNoop), ConfigStateChecks: checks()},
			}
			if row.form == typedForm {
				empty := strings.NewReplacer(`, version = ""`, "", `content = "",`, "", `, branches = []`, "").Replace(row.first)
				steps = append(steps, resource.TestStep{
					Config: accConfig(c.Agent, row.form, empty), ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{
						holds(tfjsonpath.New(row.path).AtMapKey("meta").AtMapKey("version"), knownvalue.Null()), sameRevision.AddStateValue(address, tfjsonpath.New("revision")),
					},
				})
			}
			c.Test(resource.TestCase{Steps: steps})
		})
	}
}

// TestAccFlow_unknownOutcome: after an update without a clear answer the plan changes the
// revision, so that the agent is published.
func TestAccFlow_unknownOutcome(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	otherRevision := statecheck.CompareValue(compare.ValuesDiffer())
	edited := accConfig(c.Agent, typedForm, stages[1].config)
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: accConfig(c.Agent, typedForm, stages[0].config), ConfigStateChecks: []statecheck.StateCheck{otherRevision.AddStateValue(address, tfjsonpath.New("revision"))}},
		{
			PreConfig: func() {
				fake.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateFlow}, Times: 1, AfterProcessing: true, Body: "<html>"})
			},
			Config: edited, ExpectError: regexp.MustCompile("Could not update the flow"),
		},
		{
			Config: edited, ConfigPlanChecks: plans(plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{otherRevision.AddStateValue(address, tfjsonpath.New("revision"))},
		},
	}})
}

// expectPrior looks at the state that a plan begins with.
func expectPrior(path tfjsonpath.Path, value knownvalue.Check) plancheck.PlanCheck {
	return priorCheck{address, path, value}
}

type priorCheck struct {
	address string
	path    tfjsonpath.Path
	value   knownvalue.Check
}

// CheckPlan implements [plancheck.PlanCheck].
func (p priorCheck) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Address == p.address {
			found, err := tfjsonpath.Traverse(change.Change.Before, p.path)
			if err == nil {
				err = p.value.CheckValue(found)
			}
			if err != nil {
				resp.Error = fmt.Errorf("%s before the change: %w", p.address, err)
			}
			return
		}
	}
	resp.Error = fmt.Errorf("the plan has no %s", p.address)
}
