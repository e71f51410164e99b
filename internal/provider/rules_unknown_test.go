package provider

import (
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// unknowns are configurations in which something is not known yet. None of them
// may be refused: what is unknown is checked again when it is known.
func unknowns() map[string]given {
	all := given{}
	for _, attribute := range []string{"agent_id", "node_id", "name", "description", "type", "url", "authorization_url", "authorization_scheme",
		"custom_headers", "custom_headers_wo", "custom_headers_wo_version", "speak_on_send", "speak_on_receive", "execution_mode", "integration", "hold_duration", "transfer_to", "inputs", "current_status"} {
		all[attribute] = notKnown
	}
	everythingSet := butWith(minimal(notKnown), given{"url": "https://a.example", "authorization_url": "https://b.example", "authorization_scheme": "basic",
		"custom_headers": given{"X-A": "a"}, "custom_headers_wo": given{"X-B": "b"}, "custom_headers_wo_version": 1, "speak_on_send": "Hm.", "speak_on_receive": "Ah.", "execution_mode": "during_call",
		"integration": given{"id": "calendar"}, "hold_duration": 3, "transfer_to": "+12025550123", "current_status": "inactive",
		"inputs": []any{given{"name": "transfer_to"}, given{"name": "hold_duration"}}})
	input := func(changes given) []any {
		return []any{butWith(given{"name": "day", "type": "string", "required": true, "description": "Which day.", "value": "Monday"}, changes)}
	}
	webhook := minimal("webhook")
	cases := map[string]given{
		"every attribute":                          all,
		"the type, with everything set":            everythingSet,
		"the type, with nothing set":               minimal(notKnown),
		"the whole map of headers":                 butWith(webhook, given{"custom_headers": notKnown}),
		"the value of a header":                    butWith(webhook, given{"custom_headers": given{"X-A": notKnown, "X-B": "b"}}),
		"the write-only headers, with a version":   butWith(webhook, given{"custom_headers_wo": notKnown, "custom_headers_wo_version": 1}),
		"the write-only headers, without one":      butWith(webhook, given{"custom_headers_wo": notKnown}),
		"the value of a write-only header":         butWith(webhook, given{"custom_headers_wo": given{"X-A": notKnown}, "custom_headers_wo_version": 1}),
		"the version, with write-only headers":     butWith(webhook, given{"custom_headers_wo": given{"X-A": "a"}, "custom_headers_wo_version": notKnown}),
		"the version, with none":                   butWith(webhook, given{"custom_headers_wo_version": notKnown}),
		"the version, with an empty map":           butWith(webhook, given{"custom_headers_wo": given{}, "custom_headers_wo_version": notKnown}),
		"the plain headers beside write-only ones": butWith(webhook, given{"custom_headers": notKnown, "custom_headers_wo": given{"X-A": "a"}, "custom_headers_wo_version": 1}),
		"the write-only headers beside plain ones": butWith(webhook, given{"custom_headers": given{"X-A": "a"}, "custom_headers_wo": notKnown, "custom_headers_wo_version": 1}),
		"the whole list of inputs":                 butWith(webhook, given{"inputs": notKnown}),
		"an element of inputs":                     butWith(webhook, given{"inputs": []any{given{"name": "a"}, notKnown}}),
		"all elements of inputs":                   butWith(webhook, given{"inputs": []any{notKnown, notKnown}}),
		"an input's name":                          butWith(webhook, given{"inputs": input(given{"name": notKnown})}),
		"two inputs' names":                        butWith(webhook, given{"inputs": []any{given{"name": notKnown}, given{"name": notKnown}}}),
		"an input's name, with a bad twin":         butWith(minimal("transfer"), given{"inputs": []any{given{"name": notKnown}, given{"name": "a"}}}),
		"an input's type, value no number":         butWith(webhook, given{"inputs": input(given{"type": notKnown, "value": "no number"})}),
		"an input's required":                      butWith(webhook, given{"inputs": input(given{"required": notKnown})}),
		"an input's description":                   butWith(webhook, given{"inputs": input(given{"description": notKnown})}),
		"an input's value, of type integer":        butWith(webhook, given{"inputs": input(given{"type": "integer", "value": notKnown})}),
		"the whole integration":                    butWith(webhook, given{"integration": notKnown}),
		"the integration's id":                     butWith(webhook, given{"integration": given{"id": notKnown}}),
		"the mode, with phrases":                   butWith(minimal("external"), given{"execution_mode": notKnown, "speak_on_send": "Hm."}),
		"the phrases, with post_call":              butWith(minimal("external"), given{"execution_mode": "post_call", "speak_on_send": notKnown, "speak_on_receive": notKnown}),
	}
	for _, actionType := range action.ActionTypes {
		cases["every attribute but the type "+actionType] = butWith(all, given{"type": actionType})
	}
	return cases
}

func TestUnknownValuesAreNotRefusedAtValidate(t *testing.T) {
	p := newProtocol(t)
	for name, config := range unknowns() {
		t.Run(name, func(t *testing.T) { p.validate(config).None(t) })
	}
}

func TestUnknownValuesAreNotRefusedAtPlan(t *testing.T) {
	w := newWorld(t)
	for name, config := range unknowns() {
		t.Run("create/"+name, func(t *testing.T) {
			p := w.protocol(t)
			p.plan(p.action(nil), config).None(t)
		})
		t.Run("update/"+name, func(t *testing.T) {
			p := w.protocol(t)
			prior := p.action(butWith(minimal("webhook"), given{"id": "action-1", "current_status": "active", "label": "Name",
				"created_at": "2024-01-15T10:30:00Z", "updated_at": "2024-01-15T10:30:00Z", "revision": "r"}))
			p.plan(prior, config).None(t)
		})
	}
	if n := len(w.Journal()); n != 0 {
		t.Errorf("planning made %d requests", n)
	}
}

func TestUnknownPartsDoNotHideAKnownMistakeBesideThem(t *testing.T) {
	p := newProtocol(t)
	webhook := minimal("webhook")
	for name, row := range map[string]struct {
		config given
		want   []string
	}{
		"a twin behind an unknown element": {butWith(webhook, given{"inputs": []any{given{"name": "a"}, notKnown, given{"name": "a"}}}),
			[]string{"error at inputs[2].name: Input given twice"}},
		"a bad header beside an unknown one": {butWith(webhook, given{"custom_headers": given{"X A": notKnown}}),
			[]string{`error at custom_headers[X A]: Wrong name of a header`}},
		"a forbidden attribute beside unknown ones": {butWith(minimal("hold"), given{"name": notKnown, "hold_duration": notKnown, "transfer_to": "+12025550123"}),
			[]string{"error at transfer_to: Attribute of another type of action"}},
		"a bad value of an input with an unknown name": {butWith(webhook, given{"inputs": []any{given{"name": notKnown, "type": "boolean", "value": "maybe"}}}),
			[]string{"error at inputs[0].value: Value does not fit the input's type"}},
	} {
		t.Run(name, func(t *testing.T) { p.validate(row.config).Are(t, row.want...) })
	}
}

func TestPlanMarksOnlyWhatAWriteChangesAsUnknown(t *testing.T) {
	w := newWorld(t)
	p := w.protocol(t)
	plan := p.plan(p.action(nil), minimal("webhook"))
	plan.None(t)
	unknown := []string{}
	for name, value := range members(t, plan.state) {
		if !value.IsKnown() {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	if want := []string{"created_at", "id", "label", "revision", "updated_at"}; !slices.Equal(unknown, want) {
		t.Errorf("unknown in the plan: %v, want %v", unknown, want)
	}
	if got := p.attribute(plan.state, "current_status"); got != "active" {
		t.Errorf("current_status is planned as %v", got)
	}
}
