package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// VoiceTemplate is a voice that an agent can have (page list-voice-templates). Several
// share a name: one for each quality tier.
type VoiceTemplate struct {
	DisplayName Lenient[string] `json:"-"`  // of the group that it stands in
	ID          string          `json:"id"` // what goes into a request's voice_id
	Name        Lenient[string] `json:"name"`
	Gender      Lenient[string] `json:"gender"` // male, female
	Language    Lenient[string] `json:"language"`
	QualityTier Lenient[string] `json:"quality_tier"` // basic, pro, ultra, beta
	Cost        Lenient[string] `json:"cost"`         // USD a minute, as a text
}

// VoiceTemplateFilter narrows a listing of voice templates; empty members do not.
type VoiceTemplateFilter struct {
	Language    string
	QualityTier string // basic, pro, ultra, beta
	Gender      string // male, female
}

// VoiceTemplates returns the voices that the filter lets through, over all pages: those
// of one display name after the other, in the API's order.
func (c *Client) VoiceTemplates(ctx context.Context, filter VoiceTemplateFilter) ([]VoiceTemplate, error) {
	query := nonEmpty(map[string]string{"language": filter.Language, "quality_tier": filter.QualityTier, "gender": filter.Gender})
	groups, err := all(ctx, c, request{method: http.MethodGet, segments: []string{"voice-templates"}, query: query}, voiceGroup.key)
	if err != nil {
		return nil, err
	}
	var templates []VoiceTemplate
	for _, group := range groups {
		templates = append(templates, group.Voices...)
	}
	return templates, nil
}

// voiceGroup is an item of the list: the voices of one display name.
type voiceGroup struct {
	DisplayName Lenient[string] `json:"display_name"`
	Voices      []VoiceTemplate `json:"voices"`
}

// UnmarshalJSON needs the voices, each with an id; everything else may be missing.
func (g *voiceGroup) UnmarshalJSON(raw []byte) error {
	type members voiceGroup // which has no UnmarshalJSON of its own
	if err := json.Unmarshal(raw, (*members)(g)); err != nil {
		return err
	}
	if g.Voices == nil {
		return errors.New("a group of voices has no voices")
	}
	for i := range g.Voices {
		if err := checkID("a voice", g.Voices[i].ID); err != nil {
			return err
		}
		g.Voices[i].DisplayName = g.DisplayName
	}
	return nil
}

// key stands for the id that a group does not have. A name alone would not do: the
// voices of one name may be spread over two pages.
func (g voiceGroup) key() string {
	ids := make([]string, 0, len(g.Voices))
	for _, voice := range g.Voices {
		ids = append(ids, voice.ID)
	}
	return fmt.Sprintf("%+q %+q", g.DisplayName.or(""), ids)
}
