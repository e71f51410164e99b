package talq

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"testing"
)

func TestPhoneNumbersSample(t *testing.T) {
	play, _ := script(answering(200, sample(t, "list-phone-numbers.response.json")))
	got, err := over(t, play).PhoneNumbers(t.Context(), PhoneNumberFilter{})
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v: %v", got, err)
	}
	number := func(text string) Lenient[json.Number] { return lenient(json.Number(text)) }
	want := PhoneNumber{
		ID: lenient("phone-uuid-2"), Number: lenient("+1987654321"), CountryCode: lenient("US"), FormattedNumber: lenient("(987) 654-3210"),
		InternationalNumber: lenient("+1 987 654 321"), CurrentStatus: lenient("active"), Type: lenient("voice"), HasVoice: lenient(true),
		HasSMS: lenient(true), HasMMS: lenient(false), HasFax: lenient(false), HasWhatsApp: lenient(false), IsSandbox: lenient(false),
		CurrentPrice: number("1.0"), Currency: lenient("USD"), RenewalDate: lenient("2024-02-15"), AutoRenewal: lenient(true),
		CreatedAt: lenient("2024-01-15T11:00:00Z"), UpdatedAt: lenient("2024-01-15T11:00:00Z"), MonthlyRenewalCost: number("1.0"),
		DaysUntilMonthlyRenewal: number("15"), IsDueForMonthlyRenewal: lenient(false),
	}
	if !reflect.DeepEqual(got[1], want) {
		t.Errorf("got  %+v\nwant %+v", got[1], want)
	}
}

func TestPhoneNumbersWithOddParts(t *testing.T) {
	play, _ := script(answering(200, `{"data":[{"id":"a"},{"id":"b","number":null,"has_voice":"yes","current_price":"1.50"}]}`))
	got, err := over(t, play).PhoneNumbers(t.Context(), PhoneNumberFilter{})
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v: %v", got, err)
	}
	if got[0].Number.Present || !got[1].Number.Present || got[1].Number.Value != nil || got[1].HasVoice.Present || *got[1].CurrentPrice.Value != "1.50" {
		t.Errorf("%+v", got)
	}
	for _, items := range []string{`{}`, `{"number":"+1"}`, `{"id":null}`, `{"id":5}`, `{"id":""}`, `null`, `"a"`} {
		play, _ := script(answering(200, `{"data":[`+items+`]}`))
		var e *UnreadableError
		if got, err := over(t, play).PhoneNumbers(t.Context(), PhoneNumberFilter{}); !errors.As(err, &e) || got != nil {
			t.Errorf("%s: %+v, error %T %v", items, got, err, err)
		}
	}
}

func TestPhoneNumbersOverPages(t *testing.T) {
	yes := true
	c := over(t, func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("has_voice") != "true" {
			t.Errorf("the filter is lost: %s", r.URL.RawQuery)
		}
		if r.URL.Query().Get("page") == "" {
			return answering(200, page(`{"current_page":1,"last_page":2,"total":2}`, "a"))()
		}
		return answering(200, page(`{"current_page":2,"last_page":2,"total":2}`, "b"))()
	})
	got, err := c.PhoneNumbers(t.Context(), PhoneNumberFilter{HasVoice: &yes})
	if err != nil || len(got) != 2 {
		t.Errorf("%+v: %v", got, err)
	}
}
