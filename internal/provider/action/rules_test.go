package action_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// The table of DESIGN.md, "Rules by type", written by hand: the code's own table
// must not be its own judge.
const (
	mayBe     = "allowed"
	mustBe    = "required"
	orInteg   = "required, unless integration is given"
	mustNotBe = "forbidden"
	duringNow = "during_call only"
)

var rulesByHand = []struct{ attribute, webhook, external, transfer, hold string }{
	{"url", orInteg, mayBe, mustNotBe, mustNotBe},
	{"authorization_url", mayBe, mayBe, mustNotBe, mustNotBe},
	{"authorization_scheme", mayBe, mayBe, mustNotBe, mustNotBe},
	{"custom_headers", mayBe, mayBe, mustNotBe, mustNotBe},
	{"custom_headers_wo", mayBe, mayBe, mustNotBe, mustNotBe},
	{"custom_headers_wo_version", mayBe, mayBe, mustNotBe, mustNotBe},
	{"speak_on_send", mayBe, mayBe, mustNotBe, mustNotBe},
	{"speak_on_receive", mayBe, mayBe, mustNotBe, mustNotBe},
	{"execution_mode", duringNow, mayBe, mustNotBe, mustNotBe},
	{"transfer_to", mustNotBe, mustNotBe, mustBe, mustNotBe},
	{"hold_duration", mustNotBe, mustNotBe, mustNotBe, mustBe},
	{"integration", mayBe, mayBe, mayBe, mayBe},
	{"inputs", mayBe, mayBe, mayBe, mayBe},
}

// trial is a value of an attribute, and what is wrong with it whatever the type.
type trial struct {
	attribute, name string
	value           any
	alone           []string
}

const (
	noneOfTheWords = "Invalid Attribute Value Match"
	withoutVersion = "error at custom_headers_wo_version: Write-only headers without a version"
	withoutHeaders = "error at custom_headers_wo: Version without write-only headers"
)

var trials = []trial{
	{"url", "set", "https://api.example.com/x", nil},
	{"url", "empty", "", []string{"error at url: Wrong URL"}},
	{"authorization_url", "set", "https://login.example.com", nil},
	{"authorization_url", "empty", "", []string{"error at authorization_url: Wrong URL"}},
	{"authorization_scheme", "set", "bearer", nil},
	{"authorization_scheme", "empty", "", []string{"error at authorization_scheme: " + noneOfTheWords}},
	{"custom_headers", "set", acctest.Values{"X-Key": "value"}, nil},
	{"custom_headers", "empty", acctest.Values{}, nil},
	{"custom_headers_wo", "set", acctest.Values{"X-Key": "value"}, []string{withoutVersion}},
	{"custom_headers_wo", "empty", acctest.Values{}, []string{withoutVersion}},
	{"custom_headers_wo_version", "set", 1, []string{withoutHeaders}},
	{"custom_headers_wo_version", "empty", 0, []string{withoutHeaders}},
	{"speak_on_send", "set", "One moment.", nil},
	{"speak_on_send", "empty", "", nil},
	{"speak_on_receive", "set", "Done.", nil},
	{"speak_on_receive", "empty", "", nil},
	{"execution_mode", "set to during_call", "during_call", nil},
	{"execution_mode", "set to post_call", "post_call", nil},
	{"execution_mode", "empty", "", []string{"error at execution_mode: " + noneOfTheWords}},
	{"transfer_to", "set", "+12025550123", nil},
	{"transfer_to", "empty", "", []string{"error at transfer_to: Wrong phone number"}},
	{"hold_duration", "set", 30, nil},
	{"hold_duration", "empty", 0, []string{"error at hold_duration: Invalid Attribute Value"}},
	{"integration", "set", acctest.Values{"id": "calendar"}, nil},
	{"integration", "empty", acctest.Values{"id": ""}, []string{"error at integration.id: Empty text"}},
	{"inputs", "set", []any{acctest.Values{"name": "day"}}, nil},
	{"inputs", "empty", []any{}, nil},
}

func TestRulesByType(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, rule := range rulesByHand {
		all := append([]trial{{rule.attribute, "null", nil, nil}, {rule.attribute, "unknown", acctest.Unknown, nil}}, trials...)
		tried := 0
		for _, try := range all {
			if try.attribute != rule.attribute {
				continue
			}
			tried++
			for name, word := range map[string]string{"webhook": rule.webhook, "external": rule.external, "transfer": rule.transfer, "hold": rule.hold} {
				t.Run(name+"/"+rule.attribute+" is "+try.name, func(t *testing.T) {
					expectRuling(t, p.Validate(acctest.ButWith(acctest.Minimal(name), acctest.Values{rule.attribute: try.value})), name, word, try)
				})
			}
			t.Run("an unknown type/"+rule.attribute+" is "+try.name, func(t *testing.T) {
				p.Validate(acctest.ButWith(acctest.Minimal(acctest.Unknown), acctest.Values{rule.attribute: try.value})).Are(t, try.alone...)
			})
			t.Run("a word that is no type/"+rule.attribute+" is "+try.name, func(t *testing.T) {
				p.Validate(acctest.ButWith(acctest.Minimal("teleport"), acctest.Values{rule.attribute: try.value})).
					Are(t, append([]string{"error at type: " + noneOfTheWords}, try.alone...)...).
					Hold(t, `"webhook" "external" "transfer" "hold"`)
			})
		}
		if tried < 4 {
			t.Errorf("%s is tried with %d values only", rule.attribute, tried)
		}
	}
}

// expectRuling expects what a cell of the table says of a value: an error on the
// attribute that names type, attribute and remedy, or none.
func expectRuling(t *testing.T, got check.Said, actionType, word string, try trial) {
	t.Helper()
	null, unknown := try.value == nil, try.value == acctest.Unknown
	want, remedy := "", ""
	switch {
	case null && (word == mustBe || word == orInteg):
		want, remedy = "Missing attribute for this type of action", "Set "
	case null || unknown:
	case word == mustNotBe:
		want, remedy = "Attribute of another type of action", "Remove it, set it to null, or choose another type."
	case word == duringNow && try.value != "during_call":
		want, remedy = "Value of another type of action", `takes only "during_call"`
	}
	if want == "" {
		got.Are(t, try.alone...)
		return
	}
	head := "error at " + try.attribute + ": " + want
	got.Are(t, append([]string{head}, try.alone...)...)
	for _, r := range got {
		if r.Head() != head {
			continue
		}
		for _, part := range []string{fmt.Sprintf("type %q", actionType), try.attribute, remedy} {
			if !strings.Contains(r.Detail, part) {
				t.Errorf("the detail lacks %q: %s", part, r.Detail)
			}
		}
	}
}

func TestRulesTableOfTheCodeIsTheOneOfTheDesign(t *testing.T) {
	words := func(r action.Ruling) string {
		switch {
		case r.Presence == action.Forbidden:
			return mustNotBe
		case r.Presence == action.Required && r.Unless == "integration":
			return orInteg
		case r.Presence == action.Required && r.Unless == "":
			return mustBe
		case len(r.Only) == 1 && r.Only[0] == "during_call":
			return duringNow
		case r.Presence == action.Allowed && r.Unless == "" && r.Only == nil:
			return mayBe
		}
		return fmt.Sprintf("%+v", r)
	}
	inCode := map[string]string{}
	for _, rule := range action.TypeRules {
		for _, attribute := range rule.Attributes {
			if _, twice := inCode[attribute]; twice {
				t.Errorf("%s stands twice in the table", attribute)
			}
			inCode[attribute] = strings.Join([]string{words(rule.Of("webhook")), words(rule.Of("external")), words(rule.Of("transfer")), words(rule.Of("hold"))}, " | ")
		}
	}
	byHand := map[string]string{}
	for _, rule := range rulesByHand {
		byHand[rule.attribute] = strings.Join([]string{rule.webhook, rule.external, rule.transfer, rule.hold}, " | ")
	}
	if !maps.Equal(inCode, byHand) {
		t.Errorf("the code's table is\n%v\nthe design's\n%v", inCode, byHand)
	}
}

func TestRulesUrlOrIntegration(t *testing.T) {
	p := acctest.NewProtocol(t)
	missing := "error at url: Missing attribute for this type of action"
	for name, row := range map[string]struct {
		url, integration any
		want             []string
	}{
		"neither is given":             {nil, nil, []string{missing}},
		"only the integration":         {nil, acctest.Values{"id": "calendar"}, nil},
		"an integration not yet known": {nil, acctest.Unknown, nil},
		"its id not yet known":         {nil, acctest.Values{"id": acctest.Unknown}, nil},
		"both":                         {"https://a.example", acctest.Values{"id": "calendar"}, nil},
		"an unknown url alone":         {acctest.Unknown, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"url": row.url, "integration": row.integration})).Are(t, row.want...)
		})
	}
	t.Run("the error names both ways out", func(t *testing.T) {
		p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"url": nil})).Hold(t, "needs url, or integration instead. Set one of the two.")
	})
}

// A module that serves all types passes `url = var.url` with a null default: the
// value is unknown at validate, then null, or set by mistake.
func TestRulesModulePassesNullThrough(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, actionType := range []string{"transfer", "hold"} {
		t.Run(actionType, func(t *testing.T) {
			module := func(value any) acctest.Values {
				return acctest.ButWith(acctest.Minimal(actionType), acctest.Values{"url": value, "authorization_url": value, "authorization_scheme": value,
					"custom_headers": value, "custom_headers_wo": value, "custom_headers_wo_version": value, "speak_on_send": value, "speak_on_receive": value, "execution_mode": value, "integration": value, "inputs": value})
			}
			p.Validate(module(acctest.Unknown)).None(t)
			p.Validate(module(nil)).None(t)
			p.Validate(acctest.ButWith(module(nil), acctest.Values{"url": "https://a.example"})).Are(t, "error at url: Attribute of another type of action")
		})
	}
}

func TestTheTableOfTheDocsSaysTheRules(t *testing.T) {
	cells := map[string]string{mayBe: "optional", mustBe: "**required**", orInteg: "**required**, unless `integration` is given", mustNotBe: "–", duringNow: "`during_call` only"}
	table := action.TypeTableMarkdown()
	for _, rule := range rulesByHand {
		row := fmt.Sprintf("| %s | %s | %s | %s |", cells[rule.webhook], cells[rule.external], cells[rule.transfer], cells[rule.hold])
		found := slices.ContainsFunc(strings.Split(table, "\n"), func(line string) bool {
			return strings.Contains(line, "`"+rule.attribute+"`") && strings.HasSuffix(line, row)
		})
		if !found {
			t.Errorf("%s has not the row %s in\n%s", rule.attribute, row, table)
		}
	}
}
