package action_test

import (
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// unknowns are configurations in which something is not known yet. None of them
// may be refused: what is unknown is checked again when it is known.
func unknowns() map[string]acctest.Values {
	all := acctest.Values{}
	for _, attribute := range []string{"agent_id", "node_id", "name", "description", "type", "url", "authorization_url", "authorization_scheme",
		"custom_headers", "custom_headers_wo", "custom_headers_wo_version", "speak_on_send", "speak_on_receive", "execution_mode", "integration", "hold_duration", "transfer_to", "inputs", "current_status"} {
		all[attribute] = acctest.Unknown
	}
	everythingSet := acctest.ButWith(acctest.Minimal(acctest.Unknown), acctest.Values{"url": "https://a.example", "authorization_url": "https://b.example", "authorization_scheme": "basic",
		"custom_headers": acctest.Values{"X-A": "a"}, "custom_headers_wo": acctest.Values{"X-B": "b"}, "custom_headers_wo_version": 1, "speak_on_send": "Hm.", "speak_on_receive": "Ah.", "execution_mode": "during_call",
		"integration": acctest.Values{"id": "calendar"}, "hold_duration": 3, "transfer_to": "+12025550123", "current_status": "inactive",
		"inputs": []any{acctest.Values{"name": "transfer_to"}, acctest.Values{"name": "hold_duration"}}})
	input := func(changes acctest.Values) []any {
		return []any{acctest.ButWith(acctest.Values{"name": "day", "type": "string", "required": true, "description": "Which day.", "value": "Monday"}, changes)}
	}
	webhook := acctest.Minimal("webhook")
	cases := map[string]acctest.Values{
		"every attribute":                          all,
		"the type, with everything set":            everythingSet,
		"the type, with nothing set":               acctest.Minimal(acctest.Unknown),
		"the whole map of headers":                 acctest.ButWith(webhook, acctest.Values{"custom_headers": acctest.Unknown}),
		"the value of a header":                    acctest.ButWith(webhook, acctest.Values{"custom_headers": acctest.Values{"X-A": acctest.Unknown, "X-B": "b"}}),
		"the write-only headers, with a version":   acctest.ButWith(webhook, acctest.Values{"custom_headers_wo": acctest.Unknown, "custom_headers_wo_version": 1}),
		"the write-only headers, without one":      acctest.ButWith(webhook, acctest.Values{"custom_headers_wo": acctest.Unknown}),
		"the value of a write-only header":         acctest.ButWith(webhook, acctest.Values{"custom_headers_wo": acctest.Values{"X-A": acctest.Unknown}, "custom_headers_wo_version": 1}),
		"the version, with write-only headers":     acctest.ButWith(webhook, acctest.Values{"custom_headers_wo": acctest.Values{"X-A": "a"}, "custom_headers_wo_version": acctest.Unknown}),
		"the version, with none":                   acctest.ButWith(webhook, acctest.Values{"custom_headers_wo_version": acctest.Unknown}),
		"the version, with an empty map":           acctest.ButWith(webhook, acctest.Values{"custom_headers_wo": acctest.Values{}, "custom_headers_wo_version": acctest.Unknown}),
		"the plain headers beside write-only ones": acctest.ButWith(webhook, acctest.Values{"custom_headers": acctest.Unknown, "custom_headers_wo": acctest.Values{"X-A": "a"}, "custom_headers_wo_version": 1}),
		"the write-only headers beside plain ones": acctest.ButWith(webhook, acctest.Values{"custom_headers": acctest.Values{"X-A": "a"}, "custom_headers_wo": acctest.Unknown, "custom_headers_wo_version": 1}),
		"the whole list of inputs":                 acctest.ButWith(webhook, acctest.Values{"inputs": acctest.Unknown}),
		"an element of inputs":                     acctest.ButWith(webhook, acctest.Values{"inputs": []any{acctest.Values{"name": "a"}, acctest.Unknown}}),
		"all elements of inputs":                   acctest.ButWith(webhook, acctest.Values{"inputs": []any{acctest.Unknown, acctest.Unknown}}),
		"an input's name":                          acctest.ButWith(webhook, acctest.Values{"inputs": input(acctest.Values{"name": acctest.Unknown})}),
		"two inputs' names":                        acctest.ButWith(webhook, acctest.Values{"inputs": []any{acctest.Values{"name": acctest.Unknown}, acctest.Values{"name": acctest.Unknown}}}),
		"an input's name, with a bad twin":         acctest.ButWith(acctest.Minimal("transfer"), acctest.Values{"inputs": []any{acctest.Values{"name": acctest.Unknown}, acctest.Values{"name": "a"}}}),
		"an input's type, value no number":         acctest.ButWith(webhook, acctest.Values{"inputs": input(acctest.Values{"type": acctest.Unknown, "value": "no number"})}),
		"an input's required":                      acctest.ButWith(webhook, acctest.Values{"inputs": input(acctest.Values{"required": acctest.Unknown})}),
		"an input's description":                   acctest.ButWith(webhook, acctest.Values{"inputs": input(acctest.Values{"description": acctest.Unknown})}),
		"an input's value, of type integer":        acctest.ButWith(webhook, acctest.Values{"inputs": input(acctest.Values{"type": "integer", "value": acctest.Unknown})}),
		"the whole integration":                    acctest.ButWith(webhook, acctest.Values{"integration": acctest.Unknown}),
		"the integration's id":                     acctest.ButWith(webhook, acctest.Values{"integration": acctest.Values{"id": acctest.Unknown}}),
		"the mode, with phrases":                   acctest.ButWith(acctest.Minimal("external"), acctest.Values{"execution_mode": acctest.Unknown, "speak_on_send": "Hm."}),
		"the phrases, with post_call":              acctest.ButWith(acctest.Minimal("external"), acctest.Values{"execution_mode": "post_call", "speak_on_send": acctest.Unknown, "speak_on_receive": acctest.Unknown}),
	}
	for _, actionType := range action.ActionTypes {
		cases["every attribute but the type "+actionType] = acctest.ButWith(all, acctest.Values{"type": actionType})
	}
	return cases
}

func TestUnknownValuesAreNotRefusedAtValidate(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, config := range unknowns() {
		t.Run(name, func(t *testing.T) { p.Validate(config).None(t) })
	}
}

func TestUnknownValuesAreNotRefusedAtPlan(t *testing.T) {
	w := acctest.NewWorld(t)
	for name, config := range unknowns() {
		t.Run("create/"+name, func(t *testing.T) {
			p := w.Protocol(t)
			p.Plan(p.Action(nil), config).None(t)
		})
		t.Run("update/"+name, func(t *testing.T) {
			p := w.Protocol(t)
			prior := p.Action(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"id": "action-1", "current_status": "active", "label": "Name",
				"created_at": "2024-01-15T10:30:00Z", "updated_at": "2024-01-15T10:30:00Z", "revision": "r"}))
			p.Plan(prior, config).None(t)
		})
	}
	w.Made(t, acctest.Ops{})
}

func TestUnknownPartsDoNotHideAKnownMistakeBesideThem(t *testing.T) {
	p := acctest.NewProtocol(t)
	webhook := acctest.Minimal("webhook")
	for name, row := range map[string]struct {
		config acctest.Values
		want   []string
	}{
		"a twin behind an unknown element": {acctest.ButWith(webhook, acctest.Values{"inputs": []any{acctest.Values{"name": "a"}, acctest.Unknown, acctest.Values{"name": "a"}}}),
			[]string{"error at inputs[2].name: Input given twice"}},
		"a bad header beside an unknown one": {acctest.ButWith(webhook, acctest.Values{"custom_headers": acctest.Values{"X A": acctest.Unknown}}),
			[]string{`error at custom_headers[X A]: Wrong name of a header`}},
		"a forbidden attribute beside unknown ones": {acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"name": acctest.Unknown, "hold_duration": acctest.Unknown, "transfer_to": "+12025550123"}),
			[]string{"error at transfer_to: Attribute of another type of action"}},
		"a bad value of an input with an unknown name": {acctest.ButWith(webhook, acctest.Values{"inputs": []any{acctest.Values{"name": acctest.Unknown, "type": "boolean", "value": "maybe"}}}),
			[]string{"error at inputs[0].value: Value does not fit the input's type"}},
	} {
		t.Run(name, func(t *testing.T) { p.Validate(row.config).Are(t, row.want...) })
	}
}

func TestPlanMarksOnlyWhatAWriteChangesAsUnknown(t *testing.T) {
	w := acctest.NewWorld(t)
	p := w.Protocol(t)
	plan := p.Plan(p.Action(nil), acctest.Minimal("webhook"))
	plan.None(t)
	unknown := []string{}
	for name, value := range acctest.Members(t, plan.State) {
		if !value.IsKnown() {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	if want := []string{"created_at", "id", "label", "revision", "updated_at"}; !slices.Equal(unknown, want) {
		t.Errorf("unknown in the plan: %v, want %v", unknown, want)
	}
	if got := p.Attribute(plan.State, "current_status"); got != "active" {
		t.Errorf("current_status is planned as %v", got)
	}
}
