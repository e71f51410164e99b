package tfvalue

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TextRule is a validator of one text. The check returns what is wrong and what
// to do, or "". Null and unknown values are never checked.
type TextRule struct {
	Must    string
	Summary string
	Check   func(text string) string
}

// Description implements [validator.Describer].
func (r TextRule) Description(context.Context) string { return r.Must }

// MarkdownDescription implements [validator.Describer].
func (r TextRule) MarkdownDescription(context.Context) string { return r.Must }

// ValidateString implements [validator.String].
func (r TextRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if problem := r.Check(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, r.Summary, problem)
	}
}

var (
	// AgentIDValidator checks an id that becomes a segment of a path.
	AgentIDValidator = TextRule{"must be an id: not empty, no surrounding blanks, no control characters", "Wrong id", func(text string) string {
		if text == "." || text == ".." {
			return "An agent's id cannot be \".\" or \"..\": it becomes a part of a request's path."
		}
		return CheckID(text)
	}}
	// NodeIDValidator checks a node id, which may hold slashes.
	NodeIDValidator = TextRule{"must be an id: not empty, no surrounding blanks, no control characters", "Wrong id", CheckID}
	// NotBlankValidator refuses a text without anything in it.
	NotBlankValidator = TextRule{"must not be empty or blank", "Empty text", func(text string) string {
		if Trim(text) == "" {
			return "The text must not be empty or blank: the API would refuse it."
		}
		return ""
	}}
	// URLValidator checks the URL of a webhook.
	URLValidator = TextRule{"must be an absolute http or https URL", "Wrong URL", checkURL}
	// PhoneValidator checks a phone number in E.164 form.
	PhoneValidator = TextRule{"must be a phone number in E.164 form", "Wrong phone number", func(text string) string {
		if !e164.MatchString(text) {
			return fmt.Sprintf("%q is not in E.164 form: a plus sign, the country code and the number, 2 to 15 digits in all without blanks or dashes, such as +12025550123.", text)
		}
		return ""
	}}

	e164        = regexp.MustCompile(`^\+[1-9][0-9]{1,14}$`)
	headerToken = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$") // RFC 9110, 5.6.2
)

// CheckID returns what is wrong with an id and what to do, or "".
func CheckID(text string) string {
	switch {
	case text == "":
		return "An id must not be empty."
	case Trim(text) != text:
		return fmt.Sprintf("The id %q has blanks around it. Remove them.", text)
	case strings.ContainsFunc(text, unicode.IsControl):
		return fmt.Sprintf("The id %q has a control character in it, such as a line break. Remove it.", text)
	}
	return ""
}

func checkURL(text string) string {
	parsed, err := url.Parse(text)
	if err != nil || strings.ContainsFunc(text, unicode.IsSpace) || parsed.Hostname() == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		return "A whole URL is needed: http:// or https://, then a host, without blanks, such as https://api.example.com/schedule."
	}
	return ""
}

// HeadersValidator checks names and values of HTTP headers. It never repeats a
// value.
type HeadersValidator struct{}

// Description implements [validator.Describer].
func (HeadersValidator) Description(context.Context) string {
	return "must be HTTP headers: valid names that differ by more than case, values that are not empty and have no line breaks"
}

// MarkdownDescription implements [validator.Describer].
func (v HeadersValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateMap implements [validator.Map].
func (HeadersValidator) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	elements := req.ConfigValue.Elements()
	names := make([]string, 0, len(elements))
	for name := range elements {
		names = append(names, name)
	}
	sort.Strings(names)
	byLowerCase := map[string]string{}
	for _, name := range names {
		at := req.Path.AtMapKey(name)
		if !headerToken.MatchString(name) {
			resp.Diagnostics.AddAttributeError(at, "Wrong name of a header",
				fmt.Sprintf("%q cannot be the name of an HTTP header: letters, digits, dashes and underscores, no blanks, no colon.", name))
		}
		if other, taken := byLowerCase[strings.ToLower(name)]; taken {
			resp.Diagnostics.AddAttributeError(at, "Header given twice",
				fmt.Sprintf("%q and %q are the same header, since case does not count in names of HTTP headers. Keep one of them.", other, name))
		}
		byLowerCase[strings.ToLower(name)] = name
		if value, ok := elements[name].(types.String); ok && !value.IsUnknown() {
			if problem := checkHeaderValue(value); problem != "" {
				resp.Diagnostics.AddAttributeError(at, "Wrong value of a header", fmt.Sprintf("The value of the header %q %s", name, problem))
			}
		}
	}
}

func checkHeaderValue(value types.String) string {
	switch text := value.ValueString(); {
	case value.IsNull():
		return "is null. Give it a value, or leave the header out."
	case Trim(text) == "":
		return "is empty. Give it a value, or leave the header out."
	case strings.ContainsAny(text, "\r\n"):
		return "has a line break in it, perhaps at its end from a file: trimspace() takes that off."
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\t' }):
		return "has a control character in it, which no HTTP header may hold."
	}
	return ""
}
