package voice_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAccVoiceTemplatesDataSource_everything shows all of a voice, and only those that pass
// every filter.
func TestAccVoiceTemplatesDataSource_everything(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	for _, other := range []fakeapi.VoiceSeed{
		{Name: "Otto", Language: "de-DE", Tier: "ultra", Gender: "male"},
		{Name: "Paul", Language: "fr-FR", Tier: "ultra", Gender: "male"},
		{Name: "Hans", Language: "de-DE", Tier: "pro", Gender: "male"},
		{Name: "Uta", Language: "de-DE", Tier: "ultra", Gender: "female"},
	} {
		fake.AddVoice(other)
	}
	text := knownvalue.StringExact
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: "data \"talq_voice_templates\" \"one\" {\n  language     = \"de-DE\"\n  quality_tier = \"ultra\"\n  gender       = \"male\"\n}\n",
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.talq_voice_templates.one", tfjsonpath.New("voice_templates"), knownvalue.ListExact([]knownvalue.Check{
				knownvalue.ObjectExact(map[string]knownvalue.Check{
					"id": text("template-1"), "display_name": text("Otto"), "name": text("Otto"), "gender": text("male"),
					"language": text("de-DE"), "quality_tier": text("ultra"), "cost": text("0.10"),
				}),
			})),
		},
	}}})
}

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
