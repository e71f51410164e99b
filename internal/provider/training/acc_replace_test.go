package training_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/compare"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// replaced makes a training, and expects that another configuration of it destroys that one
// and makes a new one.
func replaced(c *acctest.Case, second string, holds ...statecheck.StateCheck) {
	otherRevision := statecheck.CompareValue(compare.ValuesDiffer())
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config:            least.config(c.Agent, acctest.TestName),
			ConfigStateChecks: []statecheck.StateCheck{otherRevision.AddStateValue(address, at("revision"))},
		},
		{
			Config: second,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(address, plancheck.ResourceActionDestroyBeforeCreate),
				plancheck.ExpectUnknownValue(address, at("id")),
			}},
			ConfigStateChecks: append(holds, otherRevision.AddStateValue(address, at("revision"))),
		},
	}})
}

// TestAccTraining_replaceNodeID: the node id is the key under which the API knows a training.
func TestAccTraining_replaceNodeID(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	const other = acctest.TestName + "-other"
	replaced(c, least.config(c.Agent, other), is("node_id", other), c.ExpectOnServer(address, fmt.Sprintf(`"node_id": %q`, other)))
}

// TestAccTraining_replaceAgent: the training of the first agent is gone.
func TestAccTraining_replaceAgent(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	other := c.OtherAgent()
	replaced(c, least.config(other, acctest.TestName), is("agent_id", other), c.ExpectTrainingGone(acctest.TestName))
}

// known are values by attribute.
type known = map[string]knownvalue.Check

// TestAccTraining_importByIdentity: an identity brings no node id, so the plan fills it in.
func TestAccTraining_importByIdentity(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{
				Config: least.config(c.Agent, acctest.TestName),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentity(address, known{"agent_id": knownvalue.StringExact(c.Agent), "id": knownvalue.NotNull()}),
					statecheck.ExpectIdentityValueMatchesState(address, at("id")),
				},
			},
			{
				ResourceName:       address,
				ImportState:        true,
				ImportStateKind:    resource.ImportBlockWithResourceIdentity,
				ExpectNonEmptyPlan: true, // of the node id
				ImportPlanChecks: resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					plancheck.ExpectKnownValue(address, at("node_id"), knownvalue.StringExact(acctest.TestName)),
				}},
			},
		},
	})
}

// TestAccTraining_importOfAnOpenAnswer imports from an API that shows the node id too.
func TestAccTraining_importOfAnOpenAnswer(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed}))
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: everything.config(c.Agent, acctest.TestName)},
		{
			ResourceName: address, ImportState: true, ImportStateIdFunc: importID("agent_id", "id"),
			ImportStateVerify: true, ImportStateVerifyIgnore: []string{"revision"},
		},
	}})
}

// TestAccTraining_importWithoutItsNodeID needs the node id for a change, and to fill it in is
// none.
func TestAccTraining_importWithoutItsNodeID(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	imported := func(s accStage) resource.TestStep {
		return resource.TestStep{
			Config: s.config(c.Agent, acctest.TestName), ResourceName: address,
			ImportState: true, ImportStateKind: resource.ImportBlockWithID, ImportStateIdFunc: importID("agent_id", "id"),
		}
	}
	changed := func(s accStage) resource.TestStep {
		step := imported(s)
		step.Config = strings.Replace(step.Config, fmt.Sprintf("%q", acctest.TestName), "null", 1)
		step.ExpectError = regexp.MustCompile("A change needs the node id")
		return step
	}
	filledIn := imported(least)
	filledIn.ExpectNonEmptyPlan = true
	filledIn.ImportPlanChecks = resource.ImportPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
		plancheck.ExpectKnownValue(address, at("revision"), knownvalue.Null()), // a write would have a new one
	}}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{Config: least.config(c.Agent, acctest.TestName)},
		changed(accStage{subject: altered.subject, instructions: least.instructions}),
		changed(accStage{subject: least.subject, instructions: altered.instructions}),
		changed(everything),
		filledIn,
	}})
}

// TestAccTraining_wrongNodeID: an update under a node id that no training has, as after an import,
// is an error, and what it made is deleted again. Under another one's nothing is deleted.
func TestAccTraining_wrongNodeID(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	const nobodys, others = acctest.TestName + "-nobodys", acctest.TestName + "-others"
	c.PutTraining(map[string]any{"node_id": acctest.TestName, "subject": acctest.TestName, "instructions": "A cleaning costs 90 euros."})
	c.PutTraining(map[string]any{"node_id": others, "subject": others, "instructions": "Say who you are."})
	t.Cleanup(func() { c.DeleteTraining(altered.subject) })
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		{
			Config: least.config(c.Agent, nobodys), ResourceName: address, ImportState: true, ImportStatePersist: true,
			ImportStateIdFunc: func(*terraform.State) (string, error) {
				return fmt.Sprintf("%s/%s", c.Agent, c.Training(acctest.TestName)["id"]), nil
			},
		},
		{Config: altered.config(c.Agent, nobodys), ExpectError: regexp.MustCompile("The update found no training")},
		{
			PreConfig: func() {
				if c.Training(altered.subject) != nil {
					t.Error("the training that the update has made is still there")
				}
			},
			Config: altered.config(c.Agent, others), ExpectError: regexp.MustCompile("The update overwrote another training"),
		},
	}})
}

// TestAccTraining_importOfWhatThereIsNot ends in an error.
func TestAccTraining_importOfWhatThereIsNot(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	wrong := func(id, says string) resource.TestStep {
		return resource.TestStep{
			Config: least.config(c.Agent, acctest.TestName), ResourceName: address, ImportState: true, ImportStateId: id, ExpectError: regexp.MustCompile(says),
		}
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		wrong(c.Agent+"/"+acctest.TestName, "No such training to import"),
		wrong(acctest.TestName, "Wrong import id"),
	}})
}

// TestAccTrainingList finds trainings by a query: each with its identity, and with all that
// the API shows where it is asked for.
func TestAccTrainingList(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	block := func(name, filters string) string {
		return fmt.Sprintf("list \"talq_training\" %q {\n  provider         = talq\n  include_resource = true\n  config {\n    agent_id = %q\n    %s\n  }\n}\n", name, c.Agent, filters)
	}
	ours := queryfilter.ByDisplayName(knownvalue.StringFunc(func(shown string) error {
		if !strings.Contains(shown, acctest.TestName) {
			return fmt.Errorf("%q does not hold %q", shown, acctest.TestName)
		}
		return nil
	}))
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: everything.config(c.Agent, acctest.TestName)},
			{
				Query:  true,
				Config: block("all", "") + block("off", `current_status = "inactive"`),
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLengthAtLeast("talq_training.all", 1),
					querycheck.ExpectIdentity("talq_training.all", known{"agent_id": knownvalue.StringExact(c.Agent), "id": knownvalue.NotNull()}),
					querycheck.ExpectResourceKnownValues("talq_training.off", ours, []querycheck.KnownValueCheck{
						{Path: at("agent_id"), KnownValue: knownvalue.StringExact(c.Agent)},
						{Path: at("subject"), KnownValue: knownvalue.StringExact(acctest.TestName)},
						{Path: at("instructions"), KnownValue: knownvalue.StringExact("A cleaning costs 90 euros.")},
						{Path: at("current_status"), KnownValue: knownvalue.StringExact("inactive")},
						{Path: at("node_id"), KnownValue: knownvalue.Null()}, // which the API never returns
						{Path: at("revision"), KnownValue: knownvalue.Null()},
					}),
				},
			},
		},
	})
}

// TestAccTrainingList_ofOneAgent leaves out those of other agents.
func TestAccTrainingList_ofOneAgent(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	other := c.OtherAgent() // which has a training of its own
	c.Test(resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{acctest.SkipOpenTofu("queries"), tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{
			{Config: least.config(c.Agent, acctest.TestName)},
			{
				Query:  true,
				Config: fmt.Sprintf("list \"talq_training\" \"other\" {\n  provider = talq\n  config {\n    agent_id = %q\n  }\n}\n", other),
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength("talq_training.other", 1),
					querycheck.ExpectIdentity("talq_training.other", known{"agent_id": knownvalue.StringExact(other), "id": knownvalue.NotNull()}),
				},
			},
		},
	})
}
