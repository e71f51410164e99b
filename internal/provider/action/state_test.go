package action

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

var noText = types.StringNull()

func textOf(text string) types.String { return types.StringValue(text) }

// answered decodes an action as the client does, with an id.
func answered(t *testing.T, members string) talq.Action {
	t.Helper()
	var action talq.Action
	if err := json.Unmarshal([]byte(`{"id":"action-1"`+members+`}`), &action); err != nil {
		t.Fatal(err)
	}
	return action
}

// readableTexts are the texts that each answer holds, and where they are in
// the model.
var readableTexts = map[string]func(*actionModel) *types.String{
	"name":              func(m *actionModel) *types.String { return &m.Name },
	"label":             func(m *actionModel) *types.String { return &m.Label },
	"description":       func(m *actionModel) *types.String { return &m.Description },
	"type":              func(m *actionModel) *types.String { return &m.Type },
	"url":               func(m *actionModel) *types.String { return &m.URL },
	"authorization_url": func(m *actionModel) *types.String { return &m.AuthorizationURL },
	"current_status":    func(m *actionModel) *types.String { return &m.CurrentStatus },
	"created_at":        func(m *actionModel) *types.String { return &m.CreatedAt },
	"updated_at":        func(m *actionModel) *types.String { return &m.UpdatedAt },
}

func TestSeenReadableTexts(t *testing.T) {
	const absent = ""
	rows := []struct {
		name   string
		prior  types.String
		answer string // JSON
		want   types.String
	}{
		{"null, absent", noText, absent, noText},
		{"null, null", noText, `null`, noText},
		{"null, empty", noText, `""`, noText},
		{"null, a text", noText, `"a"`, textOf("a")},
		{"empty, absent", textOf(""), absent, textOf("")},
		{"empty, null", textOf(""), `null`, textOf("")},
		{"empty, empty", textOf(""), `""`, textOf("")},
		{"empty, a text", textOf(""), `"a"`, textOf("a")},
		{"set, absent", textOf("a\n"), absent, textOf("a\n")},
		{"set, null", textOf("a\n"), `null`, noText},
		{"set, empty", textOf("a\n"), `""`, noText},
		{"set, the same", textOf("a\n"), `"a\n"`, textOf("a\n")},
		{"set, trimmed", textOf("a\n"), `"a"`, textOf("a\n")},
		{"set, blanks more", textOf("a"), `"a "`, textOf("a")},
		{"set, another text", textOf("a\n"), `"b"`, textOf("b")},
		{"set, other case", textOf("a\n"), `"A"`, textOf("A")},
		{"unknown, absent", types.StringUnknown(), absent, noText},
		{"unknown, null", types.StringUnknown(), `null`, noText},
		{"unknown, a text", types.StringUnknown(), `"a"`, textOf("a")},
	}
	for name, at := range readableTexts {
		for _, row := range rows {
			t.Run(name+": "+row.name, func(t *testing.T) {
				var prior actionModel
				*at(&prior) = row.prior
				members := ""
				if row.answer != absent {
					members = `,"` + name + `":` + row.answer
				}
				got := prior.stateFromServer(answered(t, members))
				if !at(&got).Equal(row.want) {
					t.Errorf("it is %s, want %s", *at(&got), row.want)
				}
			})
		}
	}
}

func TestSeenTimes(t *testing.T) {
	for _, row := range []struct{ name, prior, answer, want string }{
		{"the same", "2024-01-15T10:30:00Z", "2024-01-15T10:30:00Z", "2024-01-15T10:30:00Z"},
		{"microseconds more", "2024-01-15T10:30:00Z", "2024-01-15T10:30:00.000000Z", "2024-01-15T10:30:00Z"},
		{"microseconds less", "2024-01-15T10:30:00.250000Z", "2024-01-15T10:30:00Z", "2024-01-15T10:30:00.250000Z"},
		{"another zone", "2024-01-15T10:30:00Z", "2024-01-15T11:30:00+01:00", "2024-01-15T10:30:00Z"},
		{"a second later", "2024-01-15T10:30:00Z", "2024-01-15T10:30:01Z", "2024-01-15T10:30:01Z"},
		{"a microsecond later", "2024-01-15T10:30:00.000001Z", "2024-01-15T10:30:00.000002Z", "2024-01-15T10:30:00.000002Z"},
		{"no time at all", "2024-01-15T10:30:00Z", "yesterday", "yesterday"},
	} {
		for _, name := range []string{"created_at", "updated_at"} {
			t.Run(name+": "+row.name, func(t *testing.T) {
				var prior actionModel
				*readableTexts[name](&prior) = textOf(row.prior)
				got := prior.stateFromServer(answered(t, `,"`+name+`":"`+row.answer+`"`))
				if text := readableTexts[name](&got).ValueString(); text != row.want {
					t.Errorf("it is %q, want %q", text, row.want)
				}
			})
		}
	}
}

func TestSeenHiddenTexts(t *testing.T) {
	fields := map[string]struct {
		at            func(*actionModel) *types.String
		neutral, word string
	}{
		"authorization_scheme": {func(m *actionModel) *types.String { return &m.AuthorizationScheme }, "none", "basic"},
		"speak_on_send":        {func(m *actionModel) *types.String { return &m.SpeakOnSend }, "", "One moment."},
		"speak_on_receive":     {func(m *actionModel) *types.String { return &m.SpeakOnReceive }, "", "Done."},
		"execution_mode":       {func(m *actionModel) *types.String { return &m.ExecutionMode }, "during_call", "post_call"},
	}
	for name, field := range fields {
		quote := func(text string) string { return `"` + text + `"` }
		afterNeutral := textOf(field.neutral)
		if field.neutral == "" {
			afterNeutral = noText
		}
		for _, row := range []struct {
			name   string
			prior  types.String
			answer string
			want   types.String
		}{
			{"null stays where it is absent", noText, "", noText},
			{"null stays under null", noText, `null`, noText},
			{"null stays under the documented default", noText, quote(field.neutral), noText},
			{"null becomes what somebody set", noText, quote(field.word), textOf(field.word)},
			{"null stays under a value of another type", noText, `[1]`, noText},
			{"ours stays where it is absent", textOf(field.word), "", textOf(field.word)},
			{"ours stays under null", textOf(field.word), `null`, textOf(field.word)},
			{"ours stays under the same", textOf(field.word), quote(field.word), textOf(field.word)},
			{"ours stays under the same except for blanks", textOf(field.word + "\n"), quote(field.word), textOf(field.word + "\n")},
			{"ours gives way to the default", textOf(field.word), quote(field.neutral), afterNeutral},
			{"ours gives way to another", textOf(field.word), `"other"`, textOf("other")},
			{"our default stays under itself", textOf(field.neutral), quote(field.neutral), textOf(field.neutral)},
			{"our default gives way to another", textOf(field.neutral), quote(field.word), textOf(field.word)},
		} {
			for place, wrap := range map[string]string{"at top level": `,%q:%s`, "inside config": `,"config":{%q:%s}`} {
				t.Run(name+": "+row.name+", "+place, func(t *testing.T) {
					members := ""
					if row.answer != "" {
						members = fmt.Sprintf(wrap, name, row.answer)
					}
					var prior actionModel
					*field.at(&prior) = row.prior
					got := prior.stateFromServer(answered(t, members))
					if !field.at(&got).Equal(row.want) {
						t.Errorf("it is %s, want %s", *field.at(&got), row.want)
					}
				})
			}
		}
	}
}

func integrationOf(id string) types.Object {
	return types.ObjectValueMust(integrationType.AttrTypes, map[string]attr.Value{"id": types.StringValue(id)})
}

func TestSeenIntegration(t *testing.T) {
	none := types.ObjectNull(integrationType.AttrTypes)
	for _, row := range []struct {
		name    string
		prior   types.Object
		members string
		want    types.Object
	}{
		{"null stays where it is absent", none, ``, none},
		{"null stays under null", none, `,"integration":null`, none},
		{"null stays under an empty id", none, `,"integration":{"id":""}`, none},
		{"null stays under a null id", none, `,"integration":{"id":null}`, none},
		{"null stays under a list", none, `,"integration":[]`, none},
		{"null becomes what somebody set", none, `,"integration":{"id":"b"}`, integrationOf("b")},
		{"null becomes what stands in config", none, `,"config":{"integration":{"id":"b"}}`, integrationOf("b")},
		{"ours stays where it is absent", integrationOf("a"), ``, integrationOf("a")},
		{"ours stays under null", integrationOf("a"), `,"integration":null`, integrationOf("a")},
		{"ours stays under the same", integrationOf("a"), `,"integration":{"id":"a","name":"A"}`, integrationOf("a")},
		{"ours gives way to another", integrationOf("a"), `,"integration":{"id":"b"}`, integrationOf("b")},
		{"ours gives way to an empty id", integrationOf("a"), `,"integration":{"id":""}`, none},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := (actionModel{Integration: row.prior}).stateFromServer(answered(t, row.members)).Integration; !got.Equal(row.want) {
				t.Errorf("it is %s, want %s", got, row.want)
			}
		})
	}
}

func TestSeenNodeIDOnlyFillsANull(t *testing.T) {
	for _, row := range []struct {
		name    string
		prior   types.String
		members string
		want    types.String
	}{
		{"null, absent", noText, ``, noText},
		{"null, echoed", noText, `,"node_id":"n"`, textOf("n")},
		{"null, echoed in config", noText, `,"config":{"node_id":"n"}`, textOf("n")},
		{"null, empty", noText, `,"node_id":""`, noText},
		{"null, null", noText, `,"node_id":null`, noText},
		{"ours, another", textOf("ours"), `,"node_id":"n"`, textOf("ours")},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := (actionModel{NodeID: row.prior}).stateFromServer(answered(t, row.members)).NodeID; !got.Equal(row.want) {
				t.Errorf("it is %s, want %s", got, row.want)
			}
		})
	}
}

func TestSeenNeverReadsHeadersBack(t *testing.T) {
	ours := types.MapValueMust(types.StringType, map[string]attr.Value{"X-Key": textOf("ours")})
	for name, prior := range map[string]types.Map{"null": types.MapNull(types.StringType), "ours": ours} {
		for _, members := range []string{`,"custom_headers":[{"key":"X-Other","value":"theirs"}]`, `,"custom_headers":[]`, `,"config":{"custom_headers":[{"key":"X-Key","value":"********"}]}`} {
			if got := (actionModel{HeaderMaps: tfvalue.HeaderMaps{CustomHeaders: prior}}).stateFromServer(answered(t, members)).CustomHeaders; !got.Equal(prior) {
				t.Errorf("%s under %s becomes %s", name, members, got)
			}
		}
	}
}

func TestSeenKeepsWhatNoAnswerHolds(t *testing.T) {
	prior := actionModel{AgentID: textOf("agent-1"), NodeID: textOf("n"), Revision: textOf("r")}
	got := prior.stateFromServer(answered(t, `,"agent_id":"agent-2","revision":"other"`))
	if got.AgentID != prior.AgentID || got.Revision != prior.Revision || got.ID != textOf("action-1") {
		t.Errorf("it is %+v", got)
	}
}

func TestDifferingNamesWhatAPersonSets(t *testing.T) {
	one := actionModel{Name: textOf("a"), URL: textOf("u"), Label: textOf("l"), Revision: textOf("r"), ID: textOf("1"),
		HeaderMaps: tfvalue.NoHeaders(), Inputs: types.ListNull(inputType),
		Integration: types.ObjectNull(integrationType.AttrTypes)}
	other := one
	other.Label, other.Revision, other.ID, other.UpdatedAt = textOf("m"), textOf("s"), textOf("2"), textOf("now")
	if names := one.differing(&other); len(names) > 0 {
		t.Errorf("computed attributes are named: %v", names)
	}
	other.URL, other.Name = noText, textOf("b")
	if names := one.differing(&other); !slices.Equal(names, []string{"name", "url"}) {
		t.Errorf("named are %v", names)
	}
}
