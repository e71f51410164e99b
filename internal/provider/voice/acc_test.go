package voice_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestAccVoiceTemplatesDataSource shows the voices, all or those of one language.
func TestAccVoiceTemplatesDataSource(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	first := tfjsonpath.New("voice_templates").AtSliceIndex(0)
	var checks []statecheck.StateCheck
	for _, attribute := range []string{"id", "name", "display_name", "language", "quality_tier"} {
		checks = append(checks, statecheck.ExpectKnownValue("data.talq_voice_templates.all", first.AtMapKey(attribute), knownvalue.NotNull()))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: `
data "talq_voice_templates" "all" {}
locals {
  first = data.talq_voice_templates.all.voice_templates[0]
}
data "talq_voice_templates" "like_it" {
  language     = local.first.language
  quality_tier = local.first.quality_tier
}
output "same" {
  value = toset(data.talq_voice_templates.like_it.voice_templates[*].id) == toset([for v in data.talq_voice_templates.all.voice_templates : v.id if v.language == local.first.language && v.quality_tier == local.first.quality_tier])
}
`,
		ConfigStateChecks: append(checks, statecheck.ExpectKnownOutputValue("same", knownvalue.Bool(true))),
	}}})
}
