package action_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAccAction_importByIdentity: an identity brings no node id, so the plan fills it in.
func TestAccAction_importByIdentity(t *testing.T) {
	eachType(t, func(t *testing.T, k acctest.Kind) {
		c := acctest.NewCase(t)
		c.Test(resource.TestCase{
			TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
			Steps: []resource.TestStep{
				{
					Config: k.TestConfig(c.Agent, least),
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
	})
}

// TestAccAction_importOfAnOpenAnswer imports from an API that shows what its pages call never
// read back: all but the headers comes along.
func TestAccAction_importOfAnOpenAnswer(t *testing.T) {
	acctest.Parallel(t)
	for _, row := range []struct {
		name string
		kind acctest.Kind
		form fakeapi.Undocumented
	}{
		{"webhook at top level", acctest.Kinds[0], fakeapi.UndocumentedEchoed},
		{"external inside config", acctest.Kinds[1], fakeapi.UndocumentedInConfig},
	} {
		t.Run(row.name, func(t *testing.T) {
			acctest.Parallel(t)
			c := acctest.NewCase(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: row.form}))
			c.Test(resource.TestCase{Steps: []resource.TestStep{
				{Config: row.kind.TestConfig(c.Agent, altered), ConfigStateChecks: has(c.Agent, row.kind, altered)},
				{
					ResourceName:            address,
					ImportState:             true,
					ImportStateIdFunc:       importID("agent_id", "id"),
					ImportStateVerify:       true,
					ImportStateVerifyIgnore: []string{"custom_headers", "revision"},
				},
			}})
		})
	}
}

// TestAccAction_importOfWhatThereIsNot ends in an error.
func TestAccAction_importOfWhatThereIsNot(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	config := acctest.Kinds[3].TestConfig(c.Agent, least)
	wrong := func(id, says string) resource.TestStep {
		return resource.TestStep{Config: config, ResourceName: address, ImportState: true, ImportStateId: id, ExpectError: regexp.MustCompile(says)}
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{
		wrong(c.Agent+"/"+acctest.TestName, "No such action to import"),
		wrong(acctest.TestName, "Wrong import id"),
	}})
}
