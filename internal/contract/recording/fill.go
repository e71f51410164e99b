package recording

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

// Fill puts what names in braces stand for into a copy of a body. It returns the names that
// nothing is known of.
func Fill(value any, known map[string]string) (filled any, missing []string) {
	switch value := value.(type) {
	case string:
		if placeholder.FindString(value) != value || value == "" {
			return value, nil
		}
		if found := known[strings.Trim(value, "{}")]; found != "" {
			return found, nil
		}
		return value, []string{value}
	case []any:
		list := make([]any, len(value))
		for i, item := range value {
			var more []string
			list[i], more = Fill(item, known)
			missing = append(missing, more...)
		}
		return list, missing
	case map[string]any:
		object := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(value)) {
			var more []string
			object[key], more = Fill(value[key], known)
			missing = append(missing, more...)
		}
		return object, missing
	}
	return value, nil
}

// NumberName stands for the lent phone number.
const NumberName = "phone_number_id"

// Voices are the first voice of each quality tier in an answer to GET /voice-templates: the id
// of that of the tier pro as "voice pro", its language as "language of voice pro". There are
// none in any other answer.
func Voices(answer any) map[string]string {
	found := map[string]string{}
	object, _ := answer.(map[string]any)
	groups, _ := object["data"].([]any)
	for _, group := range groups {
		object, _ := group.(map[string]any)
		voices, _ := object["voices"].([]any)
		for _, item := range voices {
			voice, _ := item.(map[string]any)
			name := fmt.Sprint("voice ", voice["quality_tier"])
			if id, language := guard.ID(voice), fmt.Sprint(voice["language"]); id != "" && found[name] == "" {
				found[name], found["language of "+name] = id, language
			}
		}
	}
	return found
}
