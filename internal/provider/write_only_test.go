package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// writeOnlyRows are values of the two attributes, with what is said of them
// whenever they are known.
var writeOnlyRows = []struct {
	name             string
	headers, version any
	plain            any
	want             []string
}{
	{"both null", nil, nil, nil, nil},
	{"both set", given{"X-Key": someSecret}, 1, nil, nil},
	{"an empty map with a version", given{}, 1, nil, nil},
	{"an empty map without a version", given{}, nil, nil, []string{withoutVersion}},
	{"headers without a version", given{"X-Key": someSecret}, nil, nil, []string{withoutVersion}},
	{"a version without headers", nil, 1, nil, []string{withoutHeaders}},
	{"a version of zero", given{"X-Key": someSecret}, 0, nil, nil},
	{"an unknown map", notKnown, 1, nil, nil},
	{"an unknown map without a version", notKnown, nil, nil, nil},
	{"an unknown version", given{"X-Key": someSecret}, notKnown, nil, nil},
	{"an unknown version without headers", nil, notKnown, nil, nil},
	{"an unknown value", given{"X-Key": notKnown}, 1, nil, nil},
	{"an unknown value without a version", given{"X-Key": notKnown}, nil, nil, []string{withoutVersion}},
	{"a null value", given{"X-Key": nil}, 1, nil, []string{"error at custom_headers_wo[X-Key]: Wrong value of a header"}},
	{"an empty value", given{"X-Key": ""}, 1, nil, []string{"error at custom_headers_wo[X-Key]: Wrong value of a header"}},
	{"a line break in a value", given{"X-Key": someSecret + "\n"}, 1, nil, []string{"error at custom_headers_wo[X-Key]: Wrong value of a header"}},
	{"a name with a blank", given{"X Key": someSecret}, 1, nil, []string{"error at custom_headers_wo[X Key]: Wrong name of a header"}},
	{"one name twice by case", given{"X-Key": someSecret, "x-key": someSecret}, 1, nil, []string{"error at custom_headers_wo[x-key]: Header given twice"}},
	{"one name in both maps", given{"X-Key": someSecret}, 1, given{"X-Key": "a"}, []string{"error at custom_headers_wo[X-Key]: Header given twice"}},
	{"one name in both maps by case", given{"AUTHORIZATION": notKnown}, 1, given{"Authorization": notKnown}, []string{"error at custom_headers_wo[AUTHORIZATION]: Header given twice"}},
	{"other names in the plain map", given{"X-Key": someSecret}, 1, given{"X-Other": "a"}, nil},
	{"an unknown plain map", given{"X-Key": someSecret}, 1, notKnown, nil},
	{"an empty plain map", given{"X-Key": someSecret}, 1, given{}, nil},
}

func TestWriteOnlyHeadersAtValidate(t *testing.T) {
	p := newProtocol(t)
	for _, row := range writeOnlyRows {
		t.Run(row.name, func(t *testing.T) {
			p.validate(butWith(minimal("webhook"), given{"custom_headers_wo": row.headers, "custom_headers_wo_version": row.version, "custom_headers": row.plain})).
				Are(t, row.want...).Lack(t, someSecret)
		})
	}
	t.Run("the errors say what to do", func(t *testing.T) {
		p.validate(butWith(minimal("webhook"), given{"custom_headers_wo": given{"X-Key": "v"}})).Hold(t, "Set custom_headers_wo_version to 1, and raise it")
		p.validate(butWith(minimal("webhook"), given{"custom_headers_wo_version": 1})).Hold(t, "Give the headers, or take the version out too")
		p.validate(butWith(minimal("webhook"), given{"custom_headers_wo": given{"x-key": "v"}, "custom_headers_wo_version": 1, "custom_headers": given{"X-Key": "v"}})).
			Hold(t, `custom_headers has the header "X-Key" already`, "Take it out of one of the two maps.")
	})
}

// What is unknown at plan is checked at apply, before anything is sent. Terraform
// validates again there; the provider does not rely on it.
func TestWriteOnlyHeadersAtPlanAndApply(t *testing.T) {
	for _, row := range []struct {
		name             string
		atPlan, atApply  any
		planned, version any
		want             []string
		sent             string // see headersOn; "" where nothing is sent
	}{
		{"known", given{"X-W": someSecret}, given{"X-W": someSecret}, 1, 1, nil, "X-P: p, X-W: " + someSecret},
		{"unknown, then set", notKnown, given{"X-W": someSecret}, 1, 1, nil, "X-P: p, X-W: " + someSecret},
		{"an unknown value, then set", given{"X-W": notKnown}, given{"X-W": someSecret}, 1, 1, nil, "X-P: p, X-W: " + someSecret},
		{"empty", given{}, given{}, 1, 1, nil, "X-P: p"},
		{"unknown, then empty", notKnown, given{}, 1, 1, nil, "X-P: p"},
		{"unknown, then null", notKnown, nil, 1, 1, []string{withoutHeaders}, ""},
		{"unknown, then set without a version", notKnown, given{"X-W": someSecret}, nil, nil, []string{withoutVersion}, ""},
		{"unknown, then null without a version", notKnown, nil, nil, nil, nil, "X-P: p"},
		{"null", nil, nil, nil, nil, nil, "X-P: p"},
	} {
		config := func(headers any) given {
			return butWith(minimal("webhook"), given{"custom_headers": given{"X-P": "p"}, "custom_headers_wo": headers, "custom_headers_wo_version": row.version})
		}
		t.Run(row.name, func(t *testing.T) {
			for _, write := range []string{"create", "update"} {
				w := newWorld(t)
				p := w.protocol(t)
				prior := p.action(nil)
				if write == "update" {
					var said check.Said
					prior, said = p.create(minimal("webhook"))
					said.None(t)
					w.ForgetJournal()
					p = w.protocol(t) // another run
				}
				plan := p.plan(prior, config(row.atPlan))
				plan.None(t)
				p.expect(plan.state, given{"custom_headers_wo": nil, "custom_headers_wo_version": asNumber(row.version)})
				plan.config = p.action(config(row.atApply))
				state, got := p.apply(plan)
				got.Are(t, row.want...).Lack(t, someSecret)
				writes := w.writes()
				if row.want != nil {
					if len(writes) != 0 {
						t.Errorf("%s: %d writes were made", write, len(writes))
					}
					continue
				}
				if len(writes) != 1 {
					t.Fatalf("%s: %d writes", write, len(writes))
				}
				if sent := headersOn(writes[0]); sent != row.sent {
					t.Errorf("%s: sent %s, want %s", write, sent, row.sent)
				}
				p.expect(state, given{"custom_headers_wo": nil, "custom_headers_wo_version": asNumber(row.version)})
			}
		})
	}
}

// headersOn returns the headers in the body of a write, in their order.
func headersOn(r fakeapi.Request) string {
	list, ok := r.Body["custom_headers"].([]any)
	switch {
	case !ok:
		return "left out"
	case len(list) == 0:
		return "none"
	}
	var shown []string
	for _, entry := range list {
		header := entry.(map[string]any)
		shown = append(shown, fmt.Sprintf("%s: %s", header["key"], header["value"]))
	}
	return strings.Join(shown, ", ")
}

// asNumber turns a number as it is given into what a state shows.
func asNumber(value any) any {
	if n, ok := value.(int); ok {
		return int64(n)
	}
	return value
}

// writeOnlyConfig is an action whose token comes from an ephemeral variable.
const writeOnlyConfig = `
variable "crm_token" {
  type      = string
  ephemeral = true
  default   = null
}

variable "description" {
  type    = string
  default = "Reads the CRM."
}

variable "version_of_token" {
  type    = number
  default = null
}

resource "talq_action" "crm" {
  agent_id                  = "agent-1"
  node_id                   = "crm"
  name                      = "CRM"
  description               = var.description
  type                      = "webhook"
  url                       = "https://crm.example.com/read"
  custom_headers            = { Accept = "application/json" }
  custom_headers_wo         = var.crm_token == null ? null : { Authorization = "Bearer ${var.crm_token}" }
  custom_headers_wo_version = var.version_of_token
}
`

func TestWriteOnlyHeadersOverTheirLife(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", writeOnlyConfig)
	const token, version, description = "-var=crm_token=", "-var=version_of_token=", "-var=description="
	sends := func(n int, value string) {
		t.Helper()
		writes := w.writes()
		if len(writes) != n {
			t.Fatalf("%d writes, want %d", len(writes), n)
		}
		if n == 0 {
			return
		}
		want := "Accept: application/json, Authorization: Bearer " + value
		if got := headersOn(writes[n-1]); got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
		w.ForgetJournal()
	}
	ws.terraform("validate").exits(0).saysNot("Warning")

	t.Log("create")
	ws.apply(token+"first", version+"1").saysNot("Bearer first")
	sends(1, "first")
	ws.planEmpty(token+"first", version+"1")

	t.Log("another value without another version is not seen")
	ws.planEmpty(token+"second", version+"1")

	t.Log("a write for another reason sends the value of that moment")
	ws.apply(token+"second", description+"Reads.", version+"1")
	sends(1, "second")

	t.Log("the version raised: one POST with the new value, then an empty plan")
	ws.apply(token+"third", description+"Reads.", version+"2").says("custom_headers_wo_version = 1 -> 2")
	sends(1, "third")
	ws.planEmpty(token+"third", description+"Reads.", version+"2")

	t.Log("the version raised without a value: an error at plan, and nothing is sent")
	ws.planFails(description+"Reads.", version+"3").says("Version without write-only headers")
	ws.applyFails(description+"Reads.", version+"3").says("Version without write-only headers")
	t.Log("a value without a version: an error at plan")
	ws.planFails(token+"third", description+"Reads.").says("Write-only headers without a version").saysNot("third")
	sends(0, "")

	t.Log("a refusal names the attribute that the header came from, and not its value")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Status: 422, Times: 1,
		Body: `{"message":"The given data was invalid.","errors":{"custom_headers.1.value":["Bearer rejected-value is not usable."]}}`})
	ws.applyFails(token+"rejected-value", description+"Reads.", version+"3").
		says("custom_headers_wo = var.crm_token", "The API refused the value of custom_headers.1.value", "(sensitive) is not usable").saysNot("rejected-value")
	w.ForgetJournal()

	t.Log("taken out, with the plain ones: the server is told so once")
	ws.replace("main.tf", `  custom_headers            = { Accept = "application/json" }`, "")
	ws.apply(description + "Reads.")
	if got := headersOn(w.writes()[0]); got != "none" {
		t.Errorf("sent %s", got)
	}
	w.ForgetJournal()
	ws.apply(description + "Reads it.")
	if got := headersOn(w.writes()[0]); got != "left out" {
		t.Errorf("sent %s, which nobody sets any more", got)
	}
	if state := readFile(t, ws.dir, "terraform.tfstate"); strings.Contains(state, "third") || strings.Contains(state, "second") {
		t.Error("the state holds a write-only value")
	}
}

// To mark a value as sensitive is an update for Terraform, in which no value
// differs. The same comes of `plan -refresh=false` on a state from before a
// sensitive attribute was added.
func TestAnUpdateOfMarksAloneSendsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", holdAction("h", "hold", `speak_on_send = null`))
	ws.apply()
	before := ws.state()
	w.ForgetJournal()
	ws.replace("main.tf", `"Hold"`, `sensitive("Hold")`)
	ws.apply().says("1 changed")
	if n := len(w.writes()); n != 0 {
		t.Errorf("%d writes were made", n)
	}
	if after := ws.state(); after["talq_action.h"]["revision"] != before["talq_action.h"]["revision"] {
		t.Error("the revision is another one, so the publication would be triggered")
	}
	ws.planEmpty()
}

func TestWriteOnlyHeadersAfterAnImport(t *testing.T) {
	w := newWorld(t)
	id := w.AddAction(w.agent, map[string]any{"node_id": "n", "name": "Name", "description": "What it does.", "type": "webhook", "url": "https://api.example.com/x"})
	p := w.protocol(t)
	state, got := p.importByID(w.agent + "/" + id + "/n")
	got.Hold(t, "`custom_headers`", "stay out of the state in `custom_headers_wo`")
	p.expect(state, given{"custom_headers_wo": nil, "custom_headers_wo_version": nil})

	t.Log("an update that sets none sends none")
	plan := p.plan(state, butWith(minimal("webhook"), given{"node_id": "n", "description": "More."}))
	plan.None(t)
	next, got := p.apply(plan)
	got.None(t)
	if got := headersOn(w.writes()[0]); got != "left out" {
		t.Errorf("sent %s", got)
	}
	w.ForgetJournal()
	p = w.protocol(t)
	plan = p.plan(next, butWith(minimal("webhook"), given{"node_id": "n", "description": "More.", "custom_headers_wo": given{"X-Key": "v"}, "custom_headers_wo_version": 1}))
	plan.None(t)
	_, got = p.apply(plan)
	got.None(t)
	if sent := headersOn(w.writes()[0]); sent != "X-Key: v" {
		t.Errorf("sent %s", sent)
	}
}

// Where only the node id is filled in, nothing is sent; a version is a reason to.
func TestWriteOnlyHeadersAndAMissingNodeID(t *testing.T) {
	w := newWorld(t)
	id := w.AddAction(w.agent, map[string]any{"node_id": "node", "name": "Name", "description": "What it does.", "type": "webhook", "url": "https://api.example.com/x"})
	p := w.protocol(t)
	state, _ := p.importByID(w.agent + "/" + id)
	plan := p.plan(state, butWith(minimal("webhook"), given{"custom_headers_wo": given{"X-Key": "v"}, "custom_headers_wo_version": 1}))
	_, got := p.apply(plan)
	got.None(t)
	if n := len(w.writes()); n != 1 {
		t.Errorf("%d writes", n)
	}
}
