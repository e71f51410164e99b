package number_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestAccPhoneNumbersDataSource_everything shows all of a number, and only those that pass
// every filter.
func TestAccPhoneNumbersDataSource_everything(t *testing.T) {
	acctest.Parallel(t)
	c := acctest.NewCase(t)
	fake := c.Fake()
	for id, fields := range map[string]map[string]any{
		"wanted":      {"type": "whatsapp", "has_voice": false, "has_whatsapp": true},
		"other type":  {"type": "voice", "has_voice": false, "has_whatsapp": true},
		"with voice":  {"type": "whatsapp", "has_voice": true, "has_whatsapp": true},
		"no whatsapp": {"type": "whatsapp", "has_voice": false, "has_whatsapp": false},
	} {
		fake.AddPhoneNumber(fakeapi.NumberSeed{ID: id, Number: "+12025550123", Fields: fields})
	}
	fake.AddPhoneNumber(fakeapi.NumberSeed{ID: "elsewhere", Number: "+12025550199", Fields: map[string]any{"type": "whatsapp", "has_voice": false, "has_whatsapp": true}})
	text, yes := knownvalue.StringExact, knownvalue.Bool
	c.Test(resource.TestCase{Steps: []resource.TestStep{{
		Config: "data \"talq_phone_numbers\" \"one\" {\n  type         = \"whatsapp\"\n  has_voice    = false\n  has_whatsapp = true\n  search       = \"5550123\"\n}\n",
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.talq_phone_numbers.one", tfjsonpath.New("phone_numbers"), knownvalue.ListExact([]knownvalue.Check{
				knownvalue.ObjectExact(map[string]knownvalue.Check{
					"id": text("wanted"), "number": text("+12025550123"), "country_code": text("US"), "formatted_number": text("+12025550123"),
					"international_number": text("+12025550123"), "type": text("whatsapp"), "current_status": text("active"), "currency": text("USD"),
					"renewal_date": text("2024-02-15"), "created_at": text("2024-01-15T10:30:00Z"), "updated_at": text("2024-01-15T10:30:00Z"),
					"has_voice": yes(false), "has_sms": yes(true), "has_mms": yes(false), "has_fax": yes(false), "has_whatsapp": yes(true),
					"is_sandbox": yes(false), "auto_renewal": yes(true), "current_price": knownvalue.Int64Exact(1), "monthly_renewal_cost": knownvalue.Int64Exact(1),
				}),
			})),
		},
	}}})
}

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
