package number_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

const numbers = "talq_phone_numbers"

func TestPhoneNumbers(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		config acctest.Values
		query  string
		want   []any
	}{
		{"all", acctest.Values{}, "", []any{"phone-uuid-1", "phone-uuid-2", "phone-uuid", "front-desk", "fax"}},
		{"by type", acctest.Values{"type": "fax"}, "type=fax", []any{"fax"}},
		{"with voice", acctest.Values{"has_voice": true, "search": "0255"}, "has_voice=true&search=0255", []any{"front-desk"}},
		{"without voice", acctest.Values{"has_voice": false}, "has_voice=false", []any{"fax"}},
		{"with WhatsApp", acctest.Values{"has_whatsapp": true}, "has_whatsapp=true", nil},
		{"by text", acctest.Values{"search": "+1202555"}, "search=%2B1202555", []any{"front-desk", "fax"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorld(t)
			w.AddPhoneNumber(fakeapi.NumberSeed{ID: "front-desk", Number: "+12025550100"})
			w.AddPhoneNumber(fakeapi.NumberSeed{ID: "fax", Number: "+12025550109", Fields: map[string]any{"type": "fax", "has_voice": false}})
			state, said := w.Protocol(t).ReadData(numbers, row.config)
			said.None(t)
			var found []any
			for _, number := range acctest.Elements(state, "phone_numbers") {
				found = append(found, number["id"])
			}
			if fmt.Sprint(found) != fmt.Sprint(row.want) {
				t.Errorf("found %v, want %v", found, row.want)
			}
			if got := w.Requests(fakeapi.Match{Op: fakeapi.OpListNumbers})[0].Query.Encode(); got != row.query {
				t.Errorf("the query was %q, want %q", got, row.query)
			}
			w.Made(t, acctest.Ops{fakeapi.OpListNumbers: 1})
		})
	}
}

func TestPhoneNumberHasWhatTheAPIShows(t *testing.T) {
	t.Parallel()
	state, said := acctest.NewWorld(t).Protocol(t).ReadData(numbers, acctest.Values{"search": "phone-uuid-1"})
	said.None(t)
	want := []acctest.Values{{
		"id": "phone-uuid-1", "number": "+1234567890", "country_code": "US", "formatted_number": "(123) 456-7890", "international_number": "+1 234 567 890",
		"type": "voice", "has_voice": true, "has_sms": true, "has_mms": false, "has_fax": false, "has_whatsapp": false, "current_status": "active",
		"is_sandbox": false, "current_price": int64(1), "currency": "USD", "renewal_date": "2024-02-15", "auto_renewal": true,
		"created_at": "2024-01-15T10:30:00Z", "updated_at": "2024-01-15T10:30:00Z", "monthly_renewal_cost": int64(1),
	}}
	if got := acctest.Elements(state, "phone_numbers"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPhoneNumbersValidate(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	for _, row := range []struct {
		filter string
		value  any
		want   []string
	}{
		{"type", nil, nil}, {"type", acctest.Unknown, nil}, {"type", "voice", nil}, {"type", "", []string{"error at type: Empty text"}},
		{"search", nil, nil}, {"search", acctest.Unknown, nil}, {"search", "+1", nil}, {"search", " ", []string{"error at search: Empty text"}},
		{"has_voice", nil, nil}, {"has_voice", acctest.Unknown, nil}, {"has_voice", false, nil},
		{"has_whatsapp", nil, nil}, {"has_whatsapp", acctest.Unknown, nil}, {"has_whatsapp", true, nil},
	} {
		p.ValidateData(numbers, acctest.Values{row.filter: row.value}).Are(t, row.want...)
	}
}

// TestPhoneNumberWithPartsMissing: left out, null and of another type are all null, and no
// text reaches a terminal raw.
func TestPhoneNumberWithPartsMissing(t *testing.T) {
	t.Parallel()
	for entry, number := range map[string]any{
		`{"id":"x"}`: nil,
		`{"id":"x","number":null,"has_voice":null,"current_price":null}`:  nil,
		`{"id":"x","number":"","has_voice":"yes","current_price":"much"}`: nil,
		`{"id":"x","number":` + acctest.ToJSON(t, acctest.Evil) + `}`:     acctest.EvilInState,
	} {
		w := acctest.NewWorld(t)
		w.Inject(fakeapi.Fault{Body: `{"success":true,"data":[` + entry + `]}`})
		state, said := w.Protocol(t).ReadData(numbers, acctest.Values{})
		said.None(t)
		got := acctest.Elements(state, "phone_numbers")[0]
		for attribute, value := range got {
			want := any(nil)
			switch attribute {
			case "id":
				want = "x"
			case "number":
				want = number
			}
			if value != want {
				t.Errorf("%s: %s is %v, want %v", entry, attribute, value, want)
			}
		}
	}
}

func TestPhoneNumbersThatCannotBeRead(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.Inject(fakeapi.Fault{Status: 403, Body: `{"success":false,"message":"No."}`})
	_, said := w.Protocol(t).ReadData(numbers, acctest.Values{})
	said.Are(t, "error: Could not list the phone numbers")
}

// TestNumberIsFoundForAnAgent by how it is dialled, through the CLI.
func TestNumberIsFoundForAnAgent(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	w.AddVoices()
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", `
data "talq_phone_numbers" "all" {}
`+acctest.LeastAgent().With(acctest.AgentFields{
		"phone_number_ids": `[for n in data.talq_phone_numbers.all.phone_numbers : n.id if n.number == "+12025550100"]`}).HCL())
	ws.Apply()
	if got := fmt.Sprint(ws.OfAgent("phone_number_ids")); got != "[front-desk]" {
		t.Errorf("the numbers are %s", got)
	}
	ws.PlanEmpty()
}
