package action_test

import (
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
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
	{"both set", acctest.Values{"X-Key": acctest.SomeSecret}, 1, nil, nil},
	{"an empty map with a version", acctest.Values{}, 1, nil, nil},
	{"an empty map without a version", acctest.Values{}, nil, nil, []string{withoutVersion}},
	{"headers without a version", acctest.Values{"X-Key": acctest.SomeSecret}, nil, nil, []string{withoutVersion}},
	{"a version without headers", nil, 1, nil, []string{withoutHeaders}},
	{"a version of zero", acctest.Values{"X-Key": acctest.SomeSecret}, 0, nil, nil},
	{"an unknown map", acctest.Unknown, 1, nil, nil},
	{"an unknown map without a version", acctest.Unknown, nil, nil, nil},
	{"an unknown version", acctest.Values{"X-Key": acctest.SomeSecret}, acctest.Unknown, nil, nil},
	{"an unknown version without headers", nil, acctest.Unknown, nil, nil},
	{"an unknown value", acctest.Values{"X-Key": acctest.Unknown}, 1, nil, nil},
	{"an unknown value without a version", acctest.Values{"X-Key": acctest.Unknown}, nil, nil, []string{withoutVersion}},
	{"a null value", acctest.Values{"X-Key": nil}, 1, nil, []string{"error at custom_headers_wo[X-Key]: Wrong value of a header"}},
	{"an empty value", acctest.Values{"X-Key": ""}, 1, nil, []string{"error at custom_headers_wo[X-Key]: Wrong value of a header"}},
	{"a line break in a value", acctest.Values{"X-Key": acctest.SomeSecret + "\n"}, 1, nil, []string{"error at custom_headers_wo[X-Key]: Wrong value of a header"}},
	{"a name with a blank", acctest.Values{"X Key": acctest.SomeSecret}, 1, nil, []string{"error at custom_headers_wo[X Key]: Wrong name of a header"}},
	{"one name twice by case", acctest.Values{"X-Key": acctest.SomeSecret, "x-key": acctest.SomeSecret}, 1, nil, []string{"error at custom_headers_wo[x-key]: Header given twice"}},
	{"one name in both maps", acctest.Values{"X-Key": acctest.SomeSecret}, 1, acctest.Values{"X-Key": "a"}, []string{"error at custom_headers_wo[X-Key]: Header given twice"}},
	{"one name in both maps by case", acctest.Values{"AUTHORIZATION": acctest.Unknown}, 1, acctest.Values{"Authorization": acctest.Unknown}, []string{"error at custom_headers_wo[AUTHORIZATION]: Header given twice"}},
	{"other names in the plain map", acctest.Values{"X-Key": acctest.SomeSecret}, 1, acctest.Values{"X-Other": "a"}, nil},
	{"an unknown plain map", acctest.Values{"X-Key": acctest.SomeSecret}, 1, acctest.Unknown, nil},
	{"an empty plain map", acctest.Values{"X-Key": acctest.SomeSecret}, 1, acctest.Values{}, nil},
}

func TestWriteOnlyHeadersAtValidate(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, row := range writeOnlyRows {
		t.Run(row.name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers_wo": row.headers, "custom_headers_wo_version": row.version, "custom_headers": row.plain})).
				Are(t, row.want...).Lack(t, acctest.SomeSecret)
		})
	}
	t.Run("the errors say what to do", func(t *testing.T) {
		p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers_wo": acctest.Values{"X-Key": "v"}})).Hold(t, "Set custom_headers_wo_version to 1, and raise it")
		p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers_wo_version": 1})).Hold(t, "Give the headers, or remove the version too")
		p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers_wo": acctest.Values{"x-key": "v"}, "custom_headers_wo_version": 1, "custom_headers": acctest.Values{"X-Key": "v"}})).
			Hold(t, `custom_headers has the header "X-Key" already`, "Remove it from one of the two maps.")
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
		{"known", acctest.Values{"X-W": acctest.SomeSecret}, acctest.Values{"X-W": acctest.SomeSecret}, 1, 1, nil, "X-P: p, X-W: " + acctest.SomeSecret},
		{"unknown, then set", acctest.Unknown, acctest.Values{"X-W": acctest.SomeSecret}, 1, 1, nil, "X-P: p, X-W: " + acctest.SomeSecret},
		{"an unknown value, then set", acctest.Values{"X-W": acctest.Unknown}, acctest.Values{"X-W": acctest.SomeSecret}, 1, 1, nil, "X-P: p, X-W: " + acctest.SomeSecret},
		{"empty", acctest.Values{}, acctest.Values{}, 1, 1, nil, "X-P: p"},
		{"unknown, then empty", acctest.Unknown, acctest.Values{}, 1, 1, nil, "X-P: p"},
		{"unknown, then null", acctest.Unknown, nil, 1, 1, []string{withoutHeaders}, ""},
		{"unknown, then set without a version", acctest.Unknown, acctest.Values{"X-W": acctest.SomeSecret}, nil, nil, []string{withoutVersion}, ""},
		{"unknown, then null without a version", acctest.Unknown, nil, nil, nil, nil, "X-P: p"},
		{"null", nil, nil, nil, nil, nil, "X-P: p"},
	} {
		config := func(headers any) acctest.Values {
			return acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers": acctest.Values{"X-P": "p"}, "custom_headers_wo": headers, "custom_headers_wo_version": row.version})
		}
		t.Run(row.name, func(t *testing.T) {
			for _, write := range []string{"create", "update"} {
				w := acctest.NewWorld(t)
				p := w.Protocol(t)
				prior := p.Action(nil)
				if write == "update" {
					var said check.Said
					prior, said = p.Create(acctest.Minimal("webhook"))
					said.None(t)
					w.ForgetJournal()
					p = w.Protocol(t) // another run
				}
				plan := p.Plan(prior, config(row.atPlan))
				plan.None(t)
				p.Expect(plan.State, acctest.Values{"custom_headers_wo": nil, "custom_headers_wo_version": asNumber(row.version)})
				plan.Config = p.Action(config(row.atApply))
				state, got := p.Apply(plan)
				got.Are(t, row.want...).Lack(t, acctest.SomeSecret)
				if row.want != nil {
					w.Wrote(t, acctest.Ops{})
					continue
				}
				w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
				if sent := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); sent != row.sent {
					t.Errorf("%s: sent %s, want %s", write, sent, row.sent)
				}
				p.Expect(state, acctest.Values{"custom_headers_wo": nil, "custom_headers_wo_version": asNumber(row.version)})
			}
		})
	}
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

// TestWriteOnlyHeadersOverTheirLife shows what TestAccAction_writeOnlyHeaders does not.
func TestWriteOnlyHeadersOverTheirLife(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", writeOnlyConfig)
	const token, version, description = "-var=crm_token=", "-var=version_of_token=", "-var=description="
	sends := func(value string) {
		t.Helper()
		w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
		want := "Accept: application/json, Authorization: Bearer " + value
		if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != want {
			t.Errorf("sent %s, want %s", got, want)
		}
		w.ForgetJournal()
	}
	ws.Terraform("validate").Exits(0).SaysNot("Warning")
	ws.Apply(token+"first", version+"1").SaysNot("Bearer first")
	sends("first")

	t.Log("a write for another reason sends the value of that moment")
	ws.Apply(token+"second", description+"Reads.", version+"1")
	sends("second")

	t.Log("the version raised without a value, and a value without a version: errors at plan, and nothing is sent")
	ws.ApplyFails(description+"Reads.", version+"3").Says("Version without write-only headers")
	ws.PlanFails(token+"third", description+"Reads.").Says("Write-only headers without a version").SaysNot("third")
	w.Wrote(t, acctest.Ops{})

	t.Log("a refusal names the attribute that the header came from, and not its value")
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpsertAction}, Status: 422, Times: 1,
		Body: `{"message":"The given data was invalid.","errors":{"custom_headers.1.value":["Bearer rejected-value is not usable."]}}`})
	ws.ApplyFails(token+"rejected-value", description+"Reads.", version+"3").
		Says("custom_headers_wo = var.crm_token", "The API refused the value of custom_headers.1.value", "(sensitive) is not usable").SaysNot("rejected-value")
	w.ForgetJournal()

	t.Log("taken out, with the plain ones: the server is told so once")
	ws.Replace("main.tf", `  custom_headers            = { Accept = "application/json" }`, "")
	ws.Apply(description + "Reads.")
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "none" {
		t.Errorf("sent %s", got)
	}
	w.ForgetJournal()
	ws.Apply(description + "Reads it.")
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "left out" {
		t.Errorf("sent %s, which nobody sets any more", got)
	}
	if state := acctest.ReadFile(t, ws.Dir, "terraform.tfstate"); strings.Contains(state, "first") || strings.Contains(state, "second") {
		t.Error("the state holds a write-only value")
	}
}

// To mark a value as sensitive is an update for Terraform, in which no value
// differs. The same comes of `plan -refresh=false` on a state from before a
// sensitive attribute was added.
func TestAnUpdateOfMarksAloneSendsNothing(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", acctest.HoldAction("h", "hold", `speak_on_send = null`))
	ws.Apply()
	before := ws.State()
	w.ForgetJournal()
	ws.Replace("main.tf", `"Hold"`, `sensitive("Hold")`)
	ws.Apply().Says("1 changed")
	w.Wrote(t, acctest.Ops{})
	if after := ws.State(); after["talq_action.h"]["revision"] != before["talq_action.h"]["revision"] {
		t.Error("the revision is another one, so the publication would be triggered")
	}
	ws.PlanEmpty()
}

func TestWriteOnlyHeadersAfterAnImport(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"node_id": "n", "name": "Name", "description": "What it does.", "type": "webhook", "url": "https://api.example.com/x"})
	p := w.Protocol(t)
	state, got := p.ImportByID(w.Agent + "/" + id + "/n")
	got.Hold(t, "`custom_headers`", "Write the headers as `custom_headers_wo`")
	p.Expect(state, acctest.Values{"custom_headers_wo": nil, "custom_headers_wo_version": nil})

	t.Log("an update that sets none sends none")
	plan := p.Plan(state, acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"node_id": "n", "description": "More."}))
	plan.None(t)
	next, got := p.Apply(plan)
	got.None(t)
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "left out" {
		t.Errorf("sent %s", got)
	}
	w.ForgetJournal()
	p = w.Protocol(t)
	plan = p.Plan(next, acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"node_id": "n", "description": "More.", "custom_headers_wo": acctest.Values{"X-Key": "v"}, "custom_headers_wo_version": 1}))
	plan.None(t)
	_, got = p.Apply(plan)
	got.None(t)
	if sent := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); sent != "X-Key: v" {
		t.Errorf("sent %s", sent)
	}
}

// Where only the node id is filled in, nothing is sent; a version is a reason to.
func TestWriteOnlyHeadersAndAMissingNodeID(t *testing.T) {
	w := acctest.NewWorld(t)
	id := w.AddAction(w.Agent, map[string]any{"node_id": "node", "name": "Name", "description": "What it does.", "type": "webhook", "url": "https://api.example.com/x"})
	p := w.Protocol(t)
	state, _ := p.ImportByID(w.Agent + "/" + id)
	plan := p.Plan(state, acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers_wo": acctest.Values{"X-Key": "v"}, "custom_headers_wo_version": 1}))
	_, got := p.Apply(plan)
	got.None(t)
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1})
}
