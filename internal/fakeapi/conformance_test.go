package fakeapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// sameShape holds got to a sample: the same keys at every depth, the same JSON types.
func sameShape(t *testing.T, path string, got, want any) {
	t.Helper()
	if kind(got) != kind(want) {
		t.Errorf("%s is %s, in the sample %s", path, kind(got), kind(want))
		return
	}
	switch want := want.(type) {
	case map[string]any:
		got, _ := got.(map[string]any)
		gotKeys, wantKeys := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))
		if !slices.Equal(gotKeys, wantKeys) {
			t.Errorf("%s has the keys\n%v, in the sample\n%v", path, gotKeys, wantKeys)
		}
		for key, value := range want {
			sameShape(t, path+"."+key, got[key], value)
		}
	case []any:
		got, _ := got.([]any)
		if len(got) != len(want) {
			t.Errorf("%s has %d items, in the sample %d", path, len(got), len(want))
			return
		}
		for i := range want {
			sameShape(t, fmt.Sprintf("%s[%d]", path, i), got[i], want[i])
		}
	}
}

func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	case json.Number:
		return "a number"
	default:
		return fmt.Sprintf("a %T", value)
	}
}

func TestAnswersHaveTheShapeOfTheSamples(t *testing.T) {
	a := start(t)
	webhook := sample(t, "upsert-webhook.request.json")

	upsert := a.do(http.MethodPost, a.actions(), webhook)
	sameShape(t, "upsert", upsert.body, sample(t, "upsert.response.json"))

	a.upsert(sample(t, "upsert-transfer.request.json"))
	a.upsert(sample(t, "upsert-hold.request.json"))
	list := a.do(http.MethodGet, a.actions(), nil)
	sameShape(t, "list", list.body, sample(t, "list-actions.response.json"))

	publish := a.do(http.MethodPost, "/agents/"+a.agent+"/publish", nil)
	sameShape(t, "publish", publish.body, sample(t, "publish.response.json"))
	unpublish := a.do(http.MethodPost, "/agents/"+a.agent+"/unpublish", nil)
	sameShape(t, "unpublish", unpublish.body, sample(t, "publish.response.json"))

	integrations := a.do(http.MethodGet, "/action-integrations", nil)
	same(t, "integrations", integrations.body, sample(t, "list-action-integrations.response.json"))

	id, _ := upsert.data()["id"].(string)
	deleted := a.do(http.MethodDelete, a.actions()+"/"+id, nil)
	same(t, "delete", deleted.body, sample(t, "delete.response.json"))

	health := a.do(http.MethodGet, "/health", nil)
	same(t, "health", health.body, map[string]any{"status": "ok"})
}

func TestAgentsHaveTheShapeOfTheSample(t *testing.T) {
	a := start(t)
	want := sample(t, "get-agent.response.json")
	a.upsert(map[string]any{
		"node_id": "node", "name": "Schedule Meeting", "description": "Text", "type": "webhook",
		"url": "https://api.example.com/schedule",
		"inputs": []any{
			map[string]any{"name": "date", "type": "string", "required": true, "description": "Meeting date"},
		},
	})

	sameShape(t, "agent", a.do(http.MethodGet, "/agents/"+a.agent, nil).body, want)
	sameShape(t, "agents", a.do(http.MethodGet, "/agents", nil).body, map[string]any{
		"success": true,
		"data":    []any{want["data"]},
		"meta": map[string]any{
			"current_page": json.Number("1"), "per_page": json.Number("20"),
			"total": json.Number("1"), "last_page": json.Number("1"),
		},
	})
}

func TestListedActionsCarryTheValuesOfTheSamples(t *testing.T) {
	a := start(t)
	a.upsert(sample(t, "upsert-webhook.request.json"))
	a.upsert(sample(t, "upsert-transfer.request.json"))
	inactive := sample(t, "upsert-hold.request.json")
	inactive["current_status"] = "inactive"
	a.upsert(inactive)

	want, _ := sample(t, "list-actions.response.json")["data"].([]any)
	for i, got := range a.list() {
		expected, _ := want[i].(map[string]any)
		for _, varying := range []string{"id", "created_at", "updated_at"} {
			delete(got, varying)
			delete(expected, varying)
		}
		same(t, fmt.Sprintf("action %d", i), got, expected)
	}
}

func TestTheOlderPagesMixedActionComesBackAsItShows(t *testing.T) {
	a := start(t)
	page := sample(t, "upsert-mixed-older-page.json")
	request, _ := page["request"].(map[string]any)
	same(t, "input_schema", a.upsert(request)["input_schema"], page["response_input_schema"])
}

func TestEveryOpenAnswerKeepsTheDocumentedKeys(t *testing.T) {
	documented := object(sample(t, "upsert.response.json")["data"])
	for _, point := range fakeapi.Open() {
		for _, answer := range point.Answers {
			t.Run(point.Name+": "+answer.Name, func(t *testing.T) {
				var b fakeapi.Behaviour
				answer.Set(&b)
				a := start(t, fakeapi.WithBehaviour(b))
				shown := a.upsert(webhook(nil))
				for key := range documented {
					if _, ok := shown[key]; !ok {
						t.Errorf("%s is missing", key)
					}
				}
			})
		}
	}
}

func object(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}
