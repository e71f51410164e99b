package talq

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// lenient is a member with a value.
func lenient[T any](value T) Lenient[T] { return Lenient[T](Some(value)) }

func voices(c *Client) ([]VoiceTemplate, error) {
	return c.VoiceTemplates(context.Background(), VoiceTemplateFilter{})
}

func TestVoiceTemplatesSample(t *testing.T) {
	play, _ := script(answering(200, sample(t, "list-voice-templates.response.json")))
	got, err := voices(over(t, play))
	if err != nil || len(got) != 5 {
		t.Fatalf("%+v: %v", got, err)
	}
	want := VoiceTemplate{
		DisplayName: lenient("Isabela"), ID: "voice-template-uuid-5", Name: lenient("Isabela"), Gender: lenient("female"),
		Language: lenient("pt-BR"), QualityTier: lenient("pro"), Cost: lenient("0.16"),
	}
	if !reflect.DeepEqual(got[4], want) {
		t.Errorf("got  %+v\nwant %+v", got[4], want)
	}
	if got[0].ID != "voice-template-uuid-1" || *got[2].DisplayName.Value != "Bianca" {
		t.Errorf("%+v", got)
	}
}

func TestVoiceTemplatesWithOddParts(t *testing.T) {
	for name, test := range map[string]struct {
		groups string
		ids    string // joined
	}{
		"none":                         {``, ""},
		"a group without voices in it": {`{"display_name":"A","voices":[]},{"display_name":"B","voices":[{"id":"b"}]}`, "b"},
		"a group without a name":       {`{"voices":[{"id":"a"}]}`, "a"},
		"a name of another type":       {`{"display_name":5,"voices":[{"id":"a"}]}`, "a"},
		"a name with an escape":        {`{"display_name":"\u001b[31m\ufffd","voices":[{"id":"a"}]}`, "a"},
		"two groups of one name":       {`{"display_name":"A","voices":[{"id":"a"}]},{"display_name":"A","voices":[{"id":"b"}]}`, "a b"},
		"members of another type":      {`{"display_name":"A","voices":[{"id":"a","cost":0.1,"gender":null,"name":[]}]}`, "a"},
		"more than documented":         {`{"display_name":"A","x":1,"voices":[{"id":"a","x":{}}]}`, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":[`+test.groups+`]}`))
			got, err := voices(over(t, play))
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, voice := range got {
				ids = append(ids, voice.ID)
				if name == "members of another type" && (voice.Cost.Present || !voice.Gender.Present || voice.Gender.Value != nil || voice.Name.Present) {
					t.Errorf("%+v", voice)
				}
			}
			if strings.Join(ids, " ") != test.ids {
				t.Errorf("%q, want %q", ids, test.ids)
			}
		})
	}
}

func TestVoiceTemplatesThatCannotBeRead(t *testing.T) {
	for name, groups := range map[string]string{
		"no voices":               `{"display_name":"A"}`,
		"voices null":             `{"display_name":"A","voices":null}`,
		"voices of another type":  `{"display_name":"A","voices":{"a":1}}`,
		"a flat list":             `{"id":"a","name":"A"}`,
		"a voice without an id":   `{"display_name":"A","voices":[{"name":"A"}]}`,
		"a voice of null":         `{"display_name":"A","voices":[null]}`,
		"an id of another type":   `{"display_name":"A","voices":[{"id":5}]}`,
		"an id with an escape":    `{"display_name":"A","voices":[{"id":"\u001b[31m"}]}`,
		"a group of null":         `null`,
		"a group of another type": `"A"`,
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":[`+groups+`]}`))
			got, err := voices(over(t, play))
			var e *UnreadableError
			if !errors.As(err, &e) || got != nil {
				t.Fatalf("%+v, error %T %v", got, err, err)
			}
			lacks(t, err.Error(), "\x1b")
		})
	}
}

func TestVoiceTemplatesOverPages(t *testing.T) {
	c := over(t, func(r *http.Request) (*http.Response, error) {
		if r.URL.Query().Get("gender") != "male" {
			t.Errorf("the filter is lost: %s", r.URL.RawQuery)
		}
		if r.URL.Query().Get("page") == "" {
			return answering(200, `{"data":[{"display_name":"A","voices":[{"id":"a"}]}],"meta":{"last_page":2}}`)()
		}
		return answering(200, `{"data":[{"display_name":"A","voices":[{"id":"b"}]}],"meta":{"last_page":2}}`)()
	})
	got, err := c.VoiceTemplates(t.Context(), VoiceTemplateFilter{Gender: "male"})
	if err != nil || len(got) != 2 {
		t.Errorf("%+v: %v", got, err)
	}
}

func TestVoiceTemplatesWithAFilterThatIsRefused(t *testing.T) {
	play, _ := script(answering(422, `{"success":false,"message":"The given data was invalid.","errors":{"language":["The selected language is invalid."]}}`))
	_, err := voices(over(t, play))
	var e *APIError
	if !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Field != "language" {
		t.Errorf("error %T %v", err, err)
	}
}
