package action

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// someAction is an action with only what every type has.
func someAction(actionType string) actionModel {
	return actionModel{
		AgentID: textOf("agent-1"), NodeID: textOf("n"), Name: textOf("N"), Description: textOf("D"), Type: textOf(actionType), CurrentStatus: textOf("active"),
		HeaderMaps: tfvalue.NoHeaders(), Inputs: types.ListNull(inputType), Integration: types.ObjectNull(integrationType.AttrTypes),
	}
}

func headerMap(headers map[string]string) types.Map {
	elements := map[string]attr.Value{}
	for name, value := range headers {
		elements[name] = textOf(value)
	}
	return types.MapValueMust(types.StringType, elements)
}

// sentBody is the body by key, as JSON texts. Headers, which talq encodes by
// itself, are shown as `name: value`.
func sentBody(t *testing.T, r talq.ActionRequest) map[string]string {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		t.Fatal(err)
	}
	body := map[string]string{}
	for name, value := range members {
		body[name] = string(value)
	}
	if r.CustomHeaders.Present {
		shown := "null"
		if r.CustomHeaders.Value != nil {
			shown = "["
			for i, h := range *r.CustomHeaders.Value {
				if i > 0 {
					shown += ", "
				}
				shown += h.Name + ": " + h.Value.Reveal()
			}
			shown += "]"
		}
		body["custom_headers"] = shown
	}
	return body
}

// expectBody expects exactly these keys beside the six that are always sent.
func expectBody(t *testing.T, plan actionModel, prior *actionModel, want map[string]string) {
	t.Helper()
	r, diags := plan.createRequest(prior, nil)
	if len(diags) > 0 {
		t.Fatalf("diagnostics: %v", diags)
	}
	got := sentBody(t, r)
	for _, name := range []string{"node_id", "name", "description", "type", "current_status"} {
		if got[name] == "" {
			t.Errorf("the body lacks %s", name)
		}
		delete(got, name)
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s is sent as %q, want %q", name, got[name], value)
		}
	}
	for name, value := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is sent as %q, want it left out", name, value)
		}
	}
}

// optional are the attributes that may be left out: how to set one, what is sent
// for it, and what is sent where it was set and is not any more.
var optional = map[string]struct {
	set           func(*actionModel)
	sent, neutral string
}{
	"url":                  {func(m *actionModel) { m.URL = textOf("https://a.example") }, `"https://a.example"`, `null`},
	"authorization_url":    {func(m *actionModel) { m.AuthorizationURL = textOf("https://b.example") }, `"https://b.example"`, `null`},
	"authorization_scheme": {func(m *actionModel) { m.AuthorizationScheme = textOf("basic") }, `"basic"`, `"none"`},
	"custom_headers":       {func(m *actionModel) { m.CustomHeaders = headerMap(map[string]string{"X-B": "2", "X-A": "1"}) }, `[X-A: 1, X-B: 2]`, `[]`},
	"speak_on_send":        {func(m *actionModel) { m.SpeakOnSend = textOf("Hm.\n") }, `"Hm.\n"`, `null`},
	"speak_on_receive":     {func(m *actionModel) { m.SpeakOnReceive = textOf("Ah.") }, `"Ah."`, `null`},
	"execution_mode":       {func(m *actionModel) { m.ExecutionMode = textOf("post_call") }, `"post_call"`, `"during_call"`},
	"integration":          {func(m *actionModel) { m.Integration = integrationOf("calendar") }, `{"id":"calendar"}`, `null`},
	"hold_duration":        {func(m *actionModel) { m.HoldDuration = types.Int64Value(30) }, `30`, `null`},
	"transfer_to":          {func(m *actionModel) { m.TransferTo = textOf("+12") }, `"+12"`, `null`},
	"inputs": {func(m *actionModel) { m.Inputs = inputList(oneInput("a", "string", true, nil, nil)) },
		`[{"name":"a","type":"string","required":true}]`, `[]`},
}

func TestRequestCreateLeavesOutWhatIsNotSet(t *testing.T) {
	expectBody(t, someAction("webhook"), nil, nil)
}

func TestRequestAlwaysCarriesWhatEveryActionHas(t *testing.T) {
	r, _ := new(someAction("webhook")).createRequest(nil, nil)
	body := sentBody(t, r)
	for name, want := range map[string]string{"node_id": `"n"`, "name": `"N"`, "description": `"D"`, "type": `"webhook"`, "current_status": `"active"`} {
		if body[name] != want {
			t.Errorf("%s is %s, want %s", name, body[name], want)
		}
	}
}

func TestRequestEachOptionalAttribute(t *testing.T) {
	for name, attribute := range optional {
		with, without := someAction("webhook"), someAction("webhook")
		attribute.set(&with)
		t.Run(name+" on create", func(t *testing.T) { expectBody(t, with, nil, map[string]string{name: attribute.sent}) })
		t.Run(name+" on an update that leaves it", func(t *testing.T) { expectBody(t, with, &with, map[string]string{name: attribute.sent}) })
		t.Run(name+" on an update that adds it", func(t *testing.T) { expectBody(t, with, &without, map[string]string{name: attribute.sent}) })
		t.Run(name+" on an update that takes it away", func(t *testing.T) {
			expectBody(t, without, &with, map[string]string{name: attribute.neutral})
		})
		t.Run(name+" on an update that never had it", func(t *testing.T) { expectBody(t, without, &without, nil) })
	}
}

func TestRequestEmptyIsSent(t *testing.T) {
	empty := someAction("webhook")
	empty.SpeakOnSend, empty.CustomHeaders, empty.Inputs = textOf(""), headerMap(nil), inputList()
	expectBody(t, empty, nil, map[string]string{"speak_on_send": `""`, "custom_headers": `[]`, "inputs": `[]`})
}

func TestRequestInputs(t *testing.T) {
	m := someAction("webhook")
	m.Inputs = inputList(oneInput("z", "integer", true, "Z", "30.0"), oneInput("a", "string", false, "", ""), oneInput("n", "number", false, nil, beyond+".5"),
		oneInput("o", "object", false, nil, `{ "k": "<v>" }`), oneInput("c", "colour", false, nil, "red"))
	r, diags := m.createRequest(nil, nil)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	want := []struct{ name, kind, description, value string }{
		{"z", "integer", `"Z"`, `30`}, {"a", "string", `""`, `""`}, {"n", "number", "", beyond + ".5"}, {"o", "object", "", `{"k":"<v>"}`}, {"c", "colour", "", `"red"`},
	}
	sent := *r.Inputs.Value
	if len(sent) != len(want) {
		t.Fatalf("%d inputs are sent", len(sent))
	}
	for i, w := range want {
		description := ""
		if sent[i].Description.Present {
			description = `"` + *sent[i].Description.Value + `"`
		}
		if sent[i].Name != w.name || sent[i].Type != w.kind || description != w.description || string(sent[i].Value) != w.value || sent[i].Required != (i == 0) {
			t.Errorf("input %d is %+v with the value %s, want %+v", i, sent[i], sent[i].Value, w)
		}
	}
}

func TestRequestNamesTheInputWhoseValueDoesNotFit(t *testing.T) {
	m := someAction("webhook")
	m.Inputs = inputList(oneInput("a", "integer", false, nil, "1"), oneInput("b", "integer", false, nil, "soon"), oneInput("c", "boolean", false, nil, "no"))
	_, diags := m.createRequest(nil, nil)
	if len(diags) != 2 || diags.ErrorsCount() != 2 {
		t.Fatalf("diagnostics: %v", diags)
	}
	for i, at := range []path.Path{path.Root("inputs").AtListIndex(1).AtName("value"), path.Root("inputs").AtListIndex(2).AtName("value")} {
		if onPath, ok := diags[i].(interface{ Path() path.Path }); !ok || !onPath.Path().Equal(at) {
			t.Errorf("%v is not on %s", diags[i], at)
		}
	}
}

func TestRequestAppendsTheEntryOfTheTypeLast(t *testing.T) {
	own := oneInput("a", "string", false, nil, nil)
	transfer := someAction("transfer")
	transfer.TransferTo, transfer.Inputs = textOf("+12"), inputList(own)
	bareTransfer := someAction("transfer")
	bareTransfer.TransferTo = textOf("+12")
	hold := someAction("hold")
	hold.HoldDuration, hold.Inputs = types.Int64Value(30), inputList(own)
	bareHold := someAction("hold")
	bareHold.HoldDuration = types.Int64Value(30)
	const sentOwn = `{"name":"a","type":"string","required":false},`
	const number = `{"name":"transfer_to","type":"string","required":true,"description":"Transfer to","value":"+12"}`
	const seconds = `{"name":"hold_duration","type":"integer","required":true,"description":"Hold duration in seconds","value":30}`
	t.Run("transfer", func(t *testing.T) {
		expectBody(t, transfer, nil, map[string]string{"transfer_to": `"+12"`, "inputs": "[" + sentOwn + number + "]"})
	})
	t.Run("transfer without inputs", func(t *testing.T) {
		expectBody(t, bareTransfer, nil, map[string]string{"transfer_to": `"+12"`, "inputs": "[" + number + "]"})
	})
	t.Run("transfer whose inputs were taken away", func(t *testing.T) {
		expectBody(t, bareTransfer, &transfer, map[string]string{"transfer_to": `"+12"`, "inputs": "[" + number + "]"})
	})
	t.Run("hold", func(t *testing.T) {
		expectBody(t, hold, nil, map[string]string{"hold_duration": `30`, "inputs": "[" + sentOwn + seconds + "]"})
	})
	t.Run("hold without inputs", func(t *testing.T) {
		expectBody(t, bareHold, nil, map[string]string{"hold_duration": `30`, "inputs": "[" + seconds + "]"})
	})
}

func TestAttributePath(t *testing.T) {
	own := oneInput("a", "string", false, nil, nil)
	webhook := someAction("webhook")
	webhook.Inputs, webhook.CustomHeaders = inputList(own, own), headerMap(map[string]string{"X-B": "2", "X-A": "1"})
	transfer, hold := someAction("transfer"), someAction("hold")
	transfer.Inputs = inputList(own)
	secret, both := someAction("webhook"), webhook
	secret.WriteOnly = tfvalue.HeadersOf(headerMap(map[string]string{"X-W": "w"}))
	both.WriteOnly = tfvalue.HeadersOf(headerMap(map[string]string{"X-W": "w", "X-AA": "aa"}))
	for _, row := range []struct {
		field string
		of    actionModel
		want  string // "" for none
	}{
		{"name", webhook, "name"},
		{"node_id", webhook, "node_id"},
		{"current_status", webhook, "current_status"},
		{"inputs", webhook, "inputs"},
		{"inputs.0", webhook, "inputs[0]"},
		{"inputs.0.name", webhook, "inputs[0].name"},
		{"inputs.1.value", webhook, "inputs[1].value"},
		{"inputs[1][type]", webhook, "inputs[1].type"},
		{"inputs.1.value.deeper", webhook, "inputs[1].value"},
		{"inputs.0.enum", webhook, "inputs[0]"},
		{"inputs.2.name", webhook, "inputs"},
		{"inputs.-1.name", webhook, "inputs"},
		{"inputs.first.name", webhook, "inputs"},
		{"inputs.99999999999999999999.name", webhook, "inputs"},
		{"inputs.1.value", transfer, "transfer_to"},
		{"inputs.0.value", hold, "hold_duration"},
		{"inputs.7", hold, "hold_duration"},
		{"custom_headers", webhook, "custom_headers"},
		{"custom_headers.0.value", webhook, `custom_headers["X-A"]`},
		{"custom_headers.1", webhook, `custom_headers["X-B"]`},
		{"custom_headers.2.key", webhook, "custom_headers"},
		{"custom_headers.X-A", webhook, "custom_headers"},
		{"custom_headers", secret, "custom_headers_wo"},
		{"custom_headers.0.value", secret, `custom_headers_wo["X-W"]`},
		{"custom_headers.1.value", secret, "custom_headers_wo"},
		{"custom_headers", both, "custom_headers"},
		{"custom_headers.0.value", both, `custom_headers["X-A"]`},
		{"custom_headers.1.key", both, `custom_headers_wo["X-AA"]`},
		{"custom_headers.2.value", both, `custom_headers["X-B"]`},
		{"custom_headers[3][value]", both, `custom_headers_wo["X-W"]`},
		{"custom_headers.4", both, "custom_headers"},
		{"custom_headers_wo", both, "custom_headers_wo"},
		{"integration", webhook, "integration"},
		{"integration.id", webhook, "integration.id"},
		{"integration[id]", webhook, "integration.id"},
		{"integration.name", webhook, "integration"},
		{"url.0", webhook, "url"},
		{"quota", webhook, ""},
		{"revision", webhook, ""},
		{"id", webhook, ""},
		{"", webhook, ""},
		{".", webhook, ""},
		{"[]", webhook, ""},
	} {
		t.Run(row.field+" of a "+row.of.Type.ValueString(), func(t *testing.T) {
			got, ok := row.of.attributePath(row.field)
			if ok != (row.want != "") || (ok && got.String() != row.want) {
				t.Errorf("it is %q, %v; want %q", got, ok, row.want)
			}
		})
	}
}
