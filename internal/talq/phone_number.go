package talq

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// PhoneNumber is a number of the environment (page list-phone-numbers). An agent shows
// its own with the members up to CurrentStatus.
type PhoneNumber struct {
	ID                  Lenient[string] `json:"id"`
	Number              Lenient[string] `json:"number"` // E.164
	CountryCode         Lenient[string] `json:"country_code"`
	FormattedNumber     Lenient[string] `json:"formatted_number"`
	InternationalNumber Lenient[string] `json:"international_number"`
	CurrentStatus       Lenient[string] `json:"current_status"` // active, inactive, pending, suspended

	Type                    Lenient[string]      `json:"type"` // voice, sms, whatsapp, mms, fax
	HasVoice                Lenient[bool]        `json:"has_voice"`
	HasSMS                  Lenient[bool]        `json:"has_sms"`
	HasMMS                  Lenient[bool]        `json:"has_mms"`
	HasFax                  Lenient[bool]        `json:"has_fax"`
	HasWhatsApp             Lenient[bool]        `json:"has_whatsapp"`
	IsSandbox               Lenient[bool]        `json:"is_sandbox"`
	CurrentPrice            Lenient[json.Number] `json:"current_price"`
	Currency                Lenient[string]      `json:"currency"`
	RenewalDate             Lenient[string]      `json:"renewal_date"` // a date without a time
	AutoRenewal             Lenient[bool]        `json:"auto_renewal"`
	CreatedAt               Lenient[string]      `json:"created_at"`
	UpdatedAt               Lenient[string]      `json:"updated_at"`
	MonthlyRenewalCost      Lenient[json.Number] `json:"monthly_renewal_cost"`
	DaysUntilMonthlyRenewal Lenient[json.Number] `json:"days_until_monthly_renewal"`
	IsDueForMonthlyRenewal  Lenient[bool]        `json:"is_due_for_monthly_renewal"`
}

// PhoneNumberFilter narrows a listing of numbers; empty and nil members do not.
type PhoneNumberFilter struct {
	Type        string // voice, sms, whatsapp, mms, fax
	HasVoice    *bool
	HasWhatsApp *bool
	Search      string // a part of a number, or an id
}

// PhoneNumbers returns the environment's numbers that the filter lets through, over all
// pages. Each has an id.
func (c *Client) PhoneNumbers(ctx context.Context, filter PhoneNumberFilter) ([]PhoneNumber, error) {
	query := nonEmpty(map[string]string{"type": filter.Type, "search": filter.Search})
	for key, value := range map[string]*bool{"has_voice": filter.HasVoice, "has_whatsapp": filter.HasWhatsApp} {
		if value != nil {
			query.Set(key, strconv.FormatBool(*value))
		}
	}
	return all(ctx, c, request{method: http.MethodGet, segments: []string{"phone-numbers"}, query: query},
		func(n PhoneNumber) string { return n.ID.or("") })
}

// nonEmpty is a query of those parameters that have a value.
func nonEmpty(parameters map[string]string) url.Values {
	query := url.Values{}
	for key, value := range parameters {
		if value != "" {
			query.Set(key, value)
		}
	}
	return query
}
