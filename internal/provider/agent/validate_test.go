package agent_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// TestRulesOfOneAttribute has a row for null and unknown in each attribute, and for what is
// at the ends of its range or length.
func TestRulesOfOneAttribute(t *testing.T) {
	t.Parallel()
	const wrong, length, blank, number = acctest.WrongSummary + " Match", acctest.WrongSummary + " Length", "Empty text", "Wrong number"
	texts := func(long int) string { return strings.Repeat("ü", long) }
	big90 := new(big.Float).SetInt64(90)
	rows := map[string]struct {
		required bool
		good     []any
		bad      map[any]string
	}{
		"label":                           {true, []any{"a", texts(255)}, map[any]string{"": length + "," + blank, " ": blank, texts(256): length}},
		"name":                            {true, []any{"a", texts(255)}, map[any]string{"": length + "," + blank, " ": blank, texts(256): length}},
		"description":                     {false, []any{texts(5), texts(20000)}, map[any]string{"": length + "," + blank, texts(4): length, "       ": blank}},
		"language":                        {true, []any{"pt-BR", "zh-TW"}, map[any]string{"": wrong, "en": wrong, "EN-US": wrong}},
		"initial_message":                 {false, []any{texts(5), texts(255)}, map[any]string{"": length + "," + blank, texts(4): length, texts(256): length, "      ": blank}},
		"interrupt_sensitivity":           {true, []any{"low", "medium", "high"}, map[any]string{"": wrong, "Low": wrong}},
		"endpointing_sensitivity":         {false, []any{"auto", texts(255)}, map[any]string{"": length + "," + blank, texts(256): length}},
		"ivr_navigation_mode":             {false, []any{"off", texts(255)}, map[any]string{"": length + "," + blank, texts(256): length}},
		"conversation_speed":              {true, []any{0.1, 1, 3}, map[any]string{0: number, 0.09: number, 3.01: number, -1: number}},
		"initial_message_delay":           {true, []any{0, 60}, map[any]string{-1: number, 61: number, 30.5: number}},
		"ask_if_human_present_on_idle":    {true, []any{true, false}, nil},
		"idle_time_seconds":               {false, []any{1, 60, 300}, map[any]string{0: number, 301: number, 1.5: number}},
		"max_idle_check_count":            {false, []any{1, 10}, map[any]string{0: number, 11: number, 2.5: number}},
		"max_call_duration_seconds":       {false, []any{1, 3600}, map[any]string{0: number, 3601: number, 1.01: number}},
		"say_goodbye_on_max_duration":     {false, []any{true, false}, nil},
		"user_inactivity_timeout_seconds": {false, []any{5, 120}, map[any]string{4: number, 121: number, 5.5: number}},
		"initial_idle_time_seconds":       {false, []any{1, 60}, map[any]string{0: number, 61: number, 1.5: number}},
		"initial_max_idle_check_count":    {false, []any{0, 10}, map[any]string{-1: number, 11: number, 0.5: number}},
		"llm_temperature":                 {false, []any{0, 0.7, 2}, map[any]string{-0.1: number, 2.1: number, big90: number}},
		"enable_recording":                {false, []any{true, false}, nil},
		"direction":                       {true, []any{"inbound", "outbound"}, map[any]string{"": wrong, "both": wrong}},
		"who_speaks_first":                {true, []any{"agent", "user"}, map[any]string{"": wrong, "caller": wrong}},
		"deletion_protection":             {false, []any{true, false}, nil},
	}
	p := acctest.NewProtocol(t).Of("talq_agent")
	for field, row := range rows {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			validate := func(value any) []string {
				var heads []string
				for _, r := range p.Validate(acctest.ButWith(acctest.NewAgent(), acctest.Values{field: value})) {
					if r.Severity == "error" {
						heads = append(heads, r.Summary)
					}
					if r.At != field {
						t.Errorf("%v: %s", value, r.Head())
					}
				}
				return heads
			}
			for _, value := range append(row.good, acctest.Unknown) {
				if got := validate(value); got != nil {
					t.Errorf("%v: %q", value, got)
				}
			}
			if missing := validate(nil); row.required != (len(missing) > 0) {
				t.Errorf("null: %q", missing)
			}
			for value, want := range row.bad {
				if got := validate(value); strings.Join(got, ",") != want {
					t.Errorf("%v: %q, want %q", value, got, want)
				}
			}
		})
	}
}

// TestFractionIsSaidByUs: where the API takes whole numbers, the framework's own types would
// call a fraction an error of the provider.
func TestFractionIsSaidByUs(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.LeastAgent().With(acctest.AgentFields{"initial_message_delay": `30.5`}).HCL())
	ws.PlanFails().Says("The value must be a whole number from 0 to 60, and here it is 30.5.").SaysNot("always an error in the provider")
}

func TestRulesOfVoiceSettingsAndNumbers(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t).Of("talq_agent")
	for _, row := range []struct {
		name string
		with acctest.Values
		want []string
	}{
		{"no voice", acctest.Values{"voice": nil}, nil},
		{"an unknown voice", acctest.Values{"voice": acctest.Unknown}, nil},
		{"a voice without a template", acctest.Values{"voice": acctest.Values{}}, []string{`error at voice.template_id: Missing Configuration for Required Attribute`}},
		{"an unknown template", acctest.Values{"voice": acctest.Values{"template_id": acctest.Unknown}}, nil},
		{"an empty template", acctest.Values{"voice": acctest.Values{"template_id": ""}}, []string{"error at voice.template_id: Empty text"}},
		{"all unknown", acctest.Values{"voice": acctest.Values{"template_id": "x", "ambient_background": acctest.Unknown, "ambient_volume": acctest.Unknown,
			"stability": acctest.Unknown, "similarity_boost": acctest.Unknown}}, nil},
		{"ends of the ranges", acctest.Values{"voice": acctest.Values{"template_id": "x", "ambient_volume": 0, "stability": 0.5, "similarity_boost": 1}}, nil},
		{"past them", acctest.Values{"voice": acctest.Values{"template_id": "x", "ambient_background": " ", "ambient_volume": 2.1, "stability": 0.4, "similarity_boost": 1.1}},
			[]string{"error at voice.ambient_background: Empty text", "error at voice.ambient_volume: Wrong number", "error at voice.stability: Wrong number", "error at voice.similarity_boost: Wrong number"}},
		{"no settings", acctest.Values{"advanced_settings": nil}, nil},
		{"empty settings", acctest.Values{"advanced_settings": acctest.Values{}}, nil},
		{"unknown settings", acctest.Values{"advanced_settings": acctest.Unknown}, nil},
		{"an unknown setting", acctest.Values{"advanced_settings": cache(acctest.Unknown)}, nil},
		{"no numbers", acctest.Values{"phone_number_ids": nil}, nil},
		{"an empty set", acctest.Values{"phone_number_ids": []any{}}, nil},
		{"an unknown set", acctest.Values{"phone_number_ids": acctest.Unknown}, nil},
		{"an unknown number", acctest.Values{"phone_number_ids": []any{acctest.Unknown, "x"}}, nil},
		{"a number of null", acctest.Values{"phone_number_ids": []any{nil}}, []string{"error at phone_number_ids: No such phone number"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p.Validate(acctest.ButWith(acctest.NewAgent(), row.with)).Are(t, row.want...)
		})
	}
}

func TestSettingsWithoutEffect(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t).Of("talq_agent")
	const summary = ": A setting without effect"
	for _, row := range []struct {
		name string
		with acctest.Values
		want []string
	}{
		{"menus on an inbound agent", acctest.Values{"ivr_navigation_mode": "auto"}, []string{"warning at ivr_navigation_mode" + summary}},
		{"menus on an outbound agent", acctest.Values{"ivr_navigation_mode": "auto", "direction": "outbound"}, nil},
		{"menus on who knows", acctest.Values{"ivr_navigation_mode": "auto", "direction": acctest.Unknown}, nil},
		{"who knows on an inbound agent", acctest.Values{"ivr_navigation_mode": acctest.Unknown, "advanced_settings": acctest.Unknown}, nil},
		{"a kept message on an inbound agent", acctest.Values{"advanced_settings": cache(true)}, []string{"warning at advanced_settings.enable_initial_message_cache" + summary}},
		{"a kept message on an outbound agent", acctest.Values{"advanced_settings": cache(true), "direction": "outbound"}, nil},
		{"none kept on an inbound agent", acctest.Values{"advanced_settings": cache(false)}, nil},
		{"questions that are not asked", acctest.Values{"ask_if_human_present_on_idle": false, "max_idle_check_count": 2}, []string{"warning at max_idle_check_count" + summary}},
		{"questions that are asked", acctest.Values{"max_idle_check_count": 2}, nil},
		{"questions that may be asked", acctest.Values{"ask_if_human_present_on_idle": acctest.Unknown, "max_idle_check_count": 2}, nil},
		{"no number of questions", acctest.Values{"ask_if_human_present_on_idle": false, "max_idle_check_count": nil}, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			p.Validate(acctest.ButWith(acctest.NewAgent(), row.with)).Are(t, row.want...)
		})
	}
}

// TestUnknownIDsOfTheSameApplyBreakNoRule: all that another resource may bring is unknown at
// plan.
func TestUnknownIDsOfTheSameApplyBreakNoRule(t *testing.T) {
	t.Parallel()
	p := acctest.NewWorld(t).Protocol(t).Of("talq_agent")
	config := whole()
	for field := range config {
		config[field] = acctest.Unknown
	}
	p.Validate(config).None(t)
	p.Plan(p.Action(nil), config).None(t)
	s := staged(t, whole())
	s.Plan(s.state, config).None(t)
}
