package talq

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func decodeTraining(t *testing.T, text string) Training {
	t.Helper()
	var training Training
	if err := json.Unmarshal([]byte(text), &training); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return training
}

func TestTrainingSamples(t *testing.T) {
	play, _ := script(answering(200, sample(t, "list-trainings.response.json")))
	found, err := readInventory(t.Context(), over(t, play), trainingKind, "g", nil)
	if err != nil || len(found.items) != 3 {
		t.Fatalf("%+v: %v", found, err)
	}
	want := Training{
		ID: Some("training-uuid-3"), Subject: Some("Technical Support"), CurrentStatus: Some("inactive"),
		Instructions: Some("Provide technical support for common issues. Guide users through troubleshooting steps and escalate when necessary."),
		CreatedAt:    Some("2024-01-15T12:00:00Z"), UpdatedAt: Some("2024-01-15T12:00:00Z"),
	}
	if !reflect.DeepEqual(found.items[2], want) || !found.items[2].complete() {
		t.Errorf("got  %+v\nwant %+v", found.items[2], want)
	}
}

func TestTrainingMembers(t *testing.T) {
	for name, get := range map[string]func(Training) Opt[string]{
		"subject":        func(t Training) Opt[string] { return t.Subject },
		"instructions":   func(t Training) Opt[string] { return t.Instructions },
		"current_status": func(t Training) Opt[string] { return t.CurrentStatus },
		"created_at":     func(t Training) Opt[string] { return t.CreatedAt },
		"updated_at":     func(t Training) Opt[string] { return t.UpdatedAt },
	} {
		t.Run(name, func(t *testing.T) {
			if got := get(decodeTraining(t, `{"id":"t"}`)); got.Present {
				t.Error("left out, and present")
			}
			if got := get(decodeTraining(t, fmt.Sprintf(`{"id":"t",%q:null}`, name))); !got.Present || got.Value != nil {
				t.Errorf("null: %+v", got)
			}
			if got := get(decodeTraining(t, fmt.Sprintf(`{"id":"t",%q:""}`, name))); got.Value == nil || *got.Value != "" {
				t.Errorf("empty: %+v", got)
			}
			for _, wrong := range []string{"5", "true", "{}", "[]"} {
				play, _ := script(answering(200, fmt.Sprintf(`{"data":[{"id":"t",%q:%s}]}`, name, wrong)))
				var e *UnreadableError
				if _, err := readInventory(t.Context(), over(t, play), trainingKind, "g", nil); !errors.As(err, &e) {
					t.Errorf("%s: error %T %v", wrong, err, err)
				}
			}
		})
	}
}

func TestTrainingNodeIDIsReadWhereItIsShown(t *testing.T) {
	for text, want := range map[string]string{
		`{"id":"t"}`: "", `{"id":"t","node_id":null}`: "", `{"id":"t","node_id":5}`: "", `{"id":"t","node_id":"prices"}`: "prices",
	} {
		if got := decodeTraining(t, text).NodeID.Value; (got != nil) != (want != "") || got != nil && *got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestTrainingNeedsAnID(t *testing.T) {
	for _, text := range []string{`{}`, `{"id":null}`, `{"id":""}`, `{"id":5}`, `{"id":{}}`, `[]`, `5`, `"t"`, `null`} {
		var training Training
		if err := json.Unmarshal([]byte(text), &training); err == nil {
			t.Errorf("%s: no error", text)
		}
		play, _ := script(answering(200, `{"data":[`+text+`]}`))
		if _, err := readInventory(t.Context(), over(t, play), trainingKind, "g", nil); err == nil {
			t.Errorf("listed %s: no error", text)
		}
	}
}

func TestUpsertTrainingBody(t *testing.T) {
	sampled := TrainingRequest{
		NodeID: "training-node-123", Subject: "Product Knowledge", CurrentStatus: "active",
		Instructions: "Learn about our product features, pricing, and common use cases. Focus on the main benefits and how to address common customer questions. Always provide accurate information about our services.",
	}
	for name, test := range map[string]struct {
		request TrainingRequest
		want    string
	}{
		"sample":           {sampled, sample(t, "create-training.request.json")},
		"without a status": {minimalTraining(), `{"node_id":"n","subject":"S","instructions":"I"}`},
		"any text": {
			TrainingRequest{NodeID: "a/b", Subject: "<S> & ü", Instructions: "a\n\tb\n", CurrentStatus: "inactive"},
			`{"node_id":"a/b","subject":"<S> & ü","instructions":"a\n\tb\n","current_status":"inactive"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := bodySentBy(t, func(c *Client) error { _, err := c.UpsertTraining(t.Context(), "g", test.request); return err })
			sameJSON(t, got, test.want)
			lacks(t, got, `\u003c`, `\u0026`)
		})
	}
}

// What an upsert of an action tells by its times, that of a training tells too.
func TestUpsertedTraining(t *testing.T) {
	const start = "2000-01-01T00:00:00Z" // of each bubble
	for name, test := range map[string]struct {
		lost             int // answers before the one that comes
		created, updated string
		fresh, overwrote bool
	}{
		"fresh":                       {0, start, start, true, false},
		"was there":                   {0, "1999-06-01T00:00:00Z", start, false, true},
		"was there, a lost answer":    {1, "1999-06-01T00:00:00Z", start, false, true},
		"our own after a lost answer": {1, start, "2000-01-01T00:00:01Z", false, false},
		"times that cannot be read":   {0, "soon", start, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				requests := 0
				c := over(t, func(*http.Request) (*http.Response, error) {
					if requests++; requests <= test.lost {
						return nil, io.ErrUnexpectedEOF
					}
					return answering(200, fmt.Sprintf(`{"data":{"id":"t","created_at":%q,"updated_at":%q}}`, test.created, test.updated), "Date", httpDate(time.Now()))()
				})
				got, err := c.UpsertTraining(t.Context(), "g", minimalTraining())
				if err != nil || *got.ID.Value != "t" || got.Attempts != test.lost+1 {
					t.Fatalf("%+v: %v", got, err)
				}
				if got.Fresh() != test.fresh || got.Overwrote() != test.overwrote {
					t.Errorf("Fresh %t, Overwrote %t", got.Fresh(), got.Overwrote())
				}
			})
		})
	}
	t.Run("sample", func(t *testing.T) {
		play, _ := script(answering(200, sample(t, "create-training.response.json")))
		got, err := over(t, play).UpsertTraining(t.Context(), "g", minimalTraining())
		if err != nil || *got.ID.Value != "training-uuid-1" || got.Fresh() || !got.Overwrote() || got.StartedAt.IsZero() {
			t.Errorf("%+v: %v", got, err)
		}
	})
	t.Run("refused", func(t *testing.T) {
		play, _ := script(answering(422, sample(t, "create-training.error.json")))
		_, err := over(t, play).UpsertTraining(t.Context(), "g", minimalTraining())
		contains(t, fmt.Sprint(err), "subject: The subject field is required.", "POST /api/v1/agents/g/trainings")
	})
}

// trainingsOf plays an agent whose own answer and whose listing show trainings by their
// ids, and records what is asked for. An empty text stands for no member at all.
func trainingsOf(t *testing.T, ofAgent, listed string) (*Client, *[]string) {
	t.Helper()
	var asked []string
	return over(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, strings.TrimPrefix(r.URL.Path, "/api/v1/agents/"))
		if strings.HasSuffix(r.URL.Path, "/trainings") {
			return answering(200, `{"success":true,"data":`+listed+`}`)()
		}
		shown := ""
		if ofAgent != "" {
			shown = `,"trainings":` + ofAgent
		}
		return answering(200, `{"success":true,"data":{"id":"g"`+shown+`}}`)()
	}), &asked
}

// wholeTraining is a training with all that the pages show.
func wholeTraining(id string) string {
	return fmt.Sprintf(`{"id":%q,"subject":"S","instructions":"I","current_status":"active","created_at":"c","updated_at":"u"}`, id)
}

func TestListTrainings(t *testing.T) {
	a, b := wholeTraining("a"), wholeTraining("b")
	agent, listing := []string{"g"}, []string{"g", "g/trainings"}
	for name, test := range map[string]struct {
		ofAgent, listed string
		expected        []string
		there           []string
		asked           []string
	}{
		"as the agent shows them":             {`[` + a + `,` + b + `]`, `[]`, []string{"a", "b"}, []string{"a", "b"}, agent},
		"none":                                {`[]`, `[]`, nil, nil, agent},
		"one that is gone":                    {`[` + a + `]`, `[` + a + `]`, []string{"a", "b"}, []string{"a"}, listing},
		"one that the agent passes over":      {`[` + a + `]`, `[` + a + `,` + b + `]`, []string{"b"}, []string{"a", "b"}, listing},
		"left out by the agent":               {``, `[` + a + `]`, []string{"a"}, []string{"a"}, listing},
		"null":                                {`null`, `[` + a + `]`, []string{"a"}, []string{"a"}, listing},
		"of another type":                     {`{"a":1}`, `[` + a + `]`, []string{"a"}, []string{"a"}, listing},
		"with one that cannot be read":        {`[` + a + `,{"subject":5}]`, `[` + a + `]`, []string{"a"}, []string{"a"}, listing},
		"with one of null":                    {`[null]`, `[` + a + `]`, []string{"a"}, []string{"a"}, listing},
		"with one that lacks its text":        {`[{"id":"a","subject":"S"}]`, `[` + a + `]`, []string{"a"}, []string{"a"}, listing},
		"gone, as two readings in a row show": {`[]`, `[]`, []string{"a"}, nil, listing},
	} {
		t.Run(name, func(t *testing.T) {
			c, asked := trainingsOf(t, test.ofAgent, test.listed)
			for range 2 { // the second time from what was read
				got, err := c.ListTrainings(t.Context(), "g", test.expected...)
				if err != nil {
					t.Fatal(err)
				}
				var there []string
				for _, id := range []string{"a", "b"} {
					if training := got.Training(id); training != nil && *training.ID.Value == id {
						there = append(there, id)
					}
				}
				if !slices.Equal(there, test.there) || len(got.Trainings) != len(test.there) {
					t.Errorf("%q are there, want %q", there, test.there)
				}
			}
			if !slices.Equal(*asked, test.asked) {
				t.Errorf("asked for %q, want %q", *asked, test.asked)
			}
		})
	}
}

// A listing of trainings over two pages is read whole, as that of actions is.
func TestListTrainingsOverPages(t *testing.T) {
	c := over(t, func(r *http.Request) (*http.Response, error) {
		switch {
		case !strings.HasSuffix(r.URL.Path, "/trainings"):
			return answering(200, oneAction)()
		case r.URL.Query().Get("page") == "":
			return answering(200, page(`{"current_page":1,"last_page":2,"total":2}`, "a"))()
		}
		return answering(200, page(`{"current_page":2,"last_page":2,"total":2}`, "b"))()
	})
	got, err := c.ListTrainings(t.Context(), "g", "b")
	if err != nil || len(got.Trainings) != 2 || got.Training("b") == nil {
		t.Errorf("%+v: %v", got, err)
	}
}

// Only a listing that was read says that a training is gone.
func TestTrainingsThatCannotBeListedAreNotGone(t *testing.T) {
	for name, answer := range map[string]func() (*http.Response, error){
		"404": answering(404, `{"message":"Agent not found"}`), "500": answering(500, ""), "web page": answering(200, "<html></html>"),
		"empty": answering(200, ""), "data null": answering(200, `{"data":null}`), "an object": answering(200, `{"data":{}}`),
	} {
		t.Run(name, func(t *testing.T) {
			c := over(t, func(r *http.Request) (*http.Response, error) {
				if strings.HasSuffix(r.URL.Path, "/trainings") {
					return answer()
				}
				return answering(200, `{"data":{"id":"g","trainings":[]}}`)()
			})
			if got, err := c.ListTrainings(t.Context(), "g", "t"); err == nil {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestDeleteTraining(t *testing.T) {
	for name, test := range map[string]struct {
		status     int
		body       string
		done, gone bool
	}{
		"sample":                 {200, sample(t, "delete-training.response.json"), true, false},
		"204":                    {204, "", true, false},
		"404":                    {404, `{"success":false,"message":"Training not found"}`, false, true},
		"404 with a code":        {404, `{"error":{"code":"TRAINING_NOT_FOUND","message":"No."}}`, false, true},
		"404 of the environment": {404, `{"message":"Agent not found in this environment."}`, false, false},
		"web page":               {200, "<html></html>", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(answering(test.status, test.body))
			err := over(t, play).DeleteTraining(t.Context(), "g", "t")
			if gone, _ := IsGone(err); (err == nil) != test.done || gone != test.gone || *count != 1 {
				t.Errorf("%d requests, error %v", *count, err)
			}
		})
	}
}
