package number_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestAccPhoneNumbersDataSource shows the numbers, all or those that pass a filter. An account
// may have none.
func TestAccPhoneNumbersDataSource(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	is := func(output string) statecheck.StateCheck {
		return statecheck.ExpectKnownOutputValue(output, knownvalue.Bool(true))
	}
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: `
data "talq_phone_numbers" "all" {}
data "talq_phone_numbers" "voice" {
  has_voice = true
}
data "talq_phone_numbers" "none" {
  search = "tfacc-no-such-number"
}
output "complete" {
  value = alltrue([for n in data.talq_phone_numbers.all.phone_numbers : n.id != null && n.number != null])
}
output "with_voice" {
  value = toset(data.talq_phone_numbers.voice.phone_numbers[*].id) == toset([for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.has_voice])
}
output "none" {
  value = length(data.talq_phone_numbers.none.phone_numbers) == 0
}
`,
		ConfigStateChecks: []statecheck.StateCheck{is("complete"), is("with_voice"), is("none")},
	}}})
}
