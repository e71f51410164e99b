package training

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// answered decodes a training as the client does, with an id.
func answered(t *testing.T, members string) talq.Training {
	t.Helper()
	var training talq.Training
	if err := json.Unmarshal([]byte(`{"id":"training-1"`+members+`}`), &training); err != nil {
		t.Fatal(err)
	}
	return training
}

// texts are the texts that each answer holds, and where they are in the model.
var texts = map[string]func(*trainingModel) *types.String{
	"subject":        func(m *trainingModel) *types.String { return &m.Subject },
	"instructions":   func(m *trainingModel) *types.String { return &m.Instructions },
	"current_status": func(m *trainingModel) *types.String { return &m.CurrentStatus },
	"created_at":     func(m *trainingModel) *types.String { return &m.CreatedAt },
	"updated_at":     func(m *trainingModel) *types.String { return &m.UpdatedAt },
}

func TestStateTakesTextsFromTheAPI(t *testing.T) {
	none, unknown, text := types.StringNull(), types.StringUnknown(), types.StringValue
	for _, row := range []struct {
		name   string
		prior  types.String
		answer string // JSON; "" for a member that is left out
		want   types.String
	}{
		{"unknown, left out", unknown, "", none},
		{"unknown, null", unknown, "null", none},
		{"unknown, empty", unknown, `""`, none},
		{"unknown, a text", unknown, `"a"`, text("a")},
		{"null, left out", none, "", none},
		{"null, null", none, "null", none},
		{"null, empty", none, `""`, none},
		{"null, a text", none, `"a"`, text("a")},
		{"empty, null", text(""), "null", text("")},
		{"set, left out", text("a\n"), "", text("a\n")},
		{"set, null", text("a\n"), "null", none},
		{"set, empty", text("a\n"), `""`, none},
		{"set, trimmed", text("a\n"), `"a"`, text("a\n")},
		{"set, another", text("a\n"), `"A"`, text("A")},
		{"escapes of a terminal", none, `"a\u001b[2J"`, text("a␛[2J")},
	} {
		for name, at := range texts {
			t.Run(name+": "+row.name, func(t *testing.T) {
				var m trainingModel
				*at(&m) = row.prior
				members := ""
				if row.answer != "" {
					members = fmt.Sprintf(",%q:%s", name, row.answer)
				}
				m = m.stateFromServer(answered(t, members))
				if got := *at(&m); !got.Equal(row.want) {
					t.Errorf("it is %s, want %s", got, row.want)
				}
				if m.ID.ValueString() != "training-1" {
					t.Errorf("the id is %s", m.ID)
				}
			})
		}
	}
}

func TestStateKeepsTheFormOfATime(t *testing.T) {
	prior := trainingModel{CreatedAt: types.StringValue("2026-01-02T03:04:05Z"), UpdatedAt: types.StringValue("2026-01-02T03:04:05Z")}
	seen := prior.stateFromServer(answered(t, `,"created_at":"2026-01-02T03:04:05.000000Z","updated_at":"2026-01-02T03:04:06.000000Z"`))
	if !seen.CreatedAt.Equal(prior.CreatedAt) {
		t.Errorf("the same instant became %s", seen.CreatedAt)
	}
	if seen.UpdatedAt.ValueString() != "2026-01-02T03:04:06.000000Z" {
		t.Errorf("another instant became %s", seen.UpdatedAt)
	}
}

// TestStateTakesANodeIDOnlyWhereItHasNone: API.md, ruling 2.
func TestStateTakesANodeIDOnlyWhereItHasNone(t *testing.T) {
	for _, row := range []struct {
		name        string
		prior, want types.String
		answer      string
	}{
		{"null, left out", types.StringNull(), types.StringNull(), ""},
		{"null, null", types.StringNull(), types.StringNull(), `,"node_id":null`},
		{"null, empty", types.StringNull(), types.StringNull(), `,"node_id":""`},
		{"null, of another type", types.StringNull(), types.StringNull(), `,"node_id":7`},
		{"null, a node id", types.StringNull(), types.StringValue("prices"), `,"node_id":"prices"`},
		{"set, another one", types.StringValue("mine"), types.StringValue("mine"), `,"node_id":"prices"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := (trainingModel{NodeID: row.prior}).stateFromServer(answered(t, row.answer)).NodeID; !got.Equal(row.want) {
				t.Errorf("it is %s, want %s", got, row.want)
			}
		})
	}
}

func TestRequestHoldsEveryField(t *testing.T) {
	m := trainingModel{NodeID: types.StringValue("prices"), Subject: types.StringValue("Prices"), Instructions: types.StringValue("90 euros.\n"), CurrentStatus: types.StringValue("inactive")}
	want := talq.TrainingRequest{NodeID: "prices", Subject: "Prices", Instructions: "90 euros.\n", CurrentStatus: "inactive"}
	if got := m.createRequest(); got != want {
		t.Errorf("it is %+v, want %+v", got, want)
	}
}

func TestErrorsOfTheAPIFindTheirAttribute(t *testing.T) {
	m := trainingModel{}
	for field, want := range map[string]path.Path{
		"subject": path.Root("subject"), "instructions": path.Root("instructions"), "instructions.0": path.Root("instructions"),
		"current_status": path.Root("current_status"), "node_id": path.Root("node_id"),
	} {
		if got, ok := m.attributePath(field); !ok || !got.Equal(want) {
			t.Errorf("%s is found at %s, %t", field, got, ok)
		}
	}
	for _, field := range []string{"", "id", "revision", "something"} {
		if got, ok := m.attributePath(field); ok {
			t.Errorf("%q is found at %s", field, got)
		}
	}
}

func TestDifferingNamesWhatAPersonSets(t *testing.T) {
	one := trainingModel{Subject: types.StringValue("a"), UpdatedAt: types.StringValue("x"), Revision: types.StringValue("1")}
	other := trainingModel{Subject: types.StringValue("b"), Instructions: types.StringValue("c")}
	if got := one.differing(&other); !slices.Equal(got, []string{"instructions", "subject"}) {
		t.Errorf("%v differ", got)
	}
}
