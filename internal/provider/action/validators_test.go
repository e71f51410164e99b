package action_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
)

// badInputs are values that validate refuses, whatever the action's type, with
// what the error says of them.
var badInputs = []struct {
	name     string
	config   acctest.Values // over a webhook's minimum
	heads    []string
	mentions []string
}{
	{"a name of 256 characters", acctest.Values{"name": strings.Repeat("a", 256)},
		[]string{"error at name: Invalid Attribute Value Length"}, []string{"between 1 and 255, got: 256"}},
	{"an empty name", acctest.Values{"name": ""},
		[]string{"error at name: Invalid Attribute Value Length", "error at name: Empty text"}, []string{"between 1 and 255, got: 0"}},
	{"a blank name", acctest.Values{"name": " \t\n"}, []string{"error at name: Empty text"}, []string{"must not be empty or blank"}},
	{"an empty description", acctest.Values{"description": ""}, []string{"error at description: Empty text"}, []string{"must not be empty"}},
	{"a blank description", acctest.Values{"description": "\n"}, []string{"error at description: Empty text"}, []string{"must not be empty"}},
	{"a status that there is not", acctest.Values{"current_status": "paused"},
		[]string{"error at current_status: " + noneOfTheWords}, []string{`"active" "inactive"`}},
	{"a scheme that there is not", acctest.Values{"authorization_scheme": "digest"},
		[]string{"error at authorization_scheme: " + noneOfTheWords}, []string{`"none" "bearer" "basic" "api_key" "custom"`}},
	{"post_call on a webhook", acctest.Values{"execution_mode": "post_call"},
		[]string{"error at execution_mode: Value of another type of action"},
		[]string{`type "webhook" takes only "during_call" as execution_mode`, "choose another type"}},
	{"an integration without an id", acctest.Values{"integration": acctest.Values{}},
		[]string{"error at integration.id: Missing Configuration for Required Attribute"}, nil},
	{"a blank integration", acctest.Values{"integration": acctest.Values{"id": "  "}}, []string{"error at integration.id: Empty text"}, nil},
}

func TestValidatorsRefuseBadInput(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, row := range badInputs {
		t.Run(row.name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), row.config)).Are(t, row.heads...).Hold(t, row.mentions...)
		})
	}
}

func TestValidatorsTakeGoodInput(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, config := range map[string]acctest.Values{
		"a name of one character":              {"name": "a"},
		"a name of 255 characters":             {"name": strings.Repeat("a", 255)},
		"a name of 255 characters, 1020 bytes": {"name": strings.Repeat("😀", 255)},
		"a description over many lines":        {"description": "first\nsecond\n"},
		"a description of 100 kB":              {"description": strings.Repeat("ä", 50_000)},
		"empty phrases":                        {"speak_on_send": "", "speak_on_receive": ""},
	} {
		t.Run(name, func(t *testing.T) { p.Validate(acctest.ButWith(acctest.Minimal("webhook"), config)).None(t) })
	}
}

func TestValidatorsMissingAttributeThatEachTypeNeeds(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, attribute := range []string{"agent_id", "name", "description", "type"} {
		t.Run(attribute, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{attribute: nil})).
				Are(t, "error at "+attribute+": Missing Configuration for Required Attribute")
		})
	}
}

func TestValidatorsIDs(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, row := range map[string]struct{ id, says string }{
		"empty":               {"", "must not be empty"},
		"a blank behind":      {"agent-1 ", "has blanks around it. Remove them."},
		"a line break behind": {"agent-1\n", "has blanks around it"},
		"a blank before":      {" agent-1", "has blanks around it"},
		"a tab inside":        {"agent\t1", "has a control character in it"},
		"a NUL inside":        {"agent\x001", "has a control character in it"},
	} {
		t.Run("both refuse "+name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"agent_id": row.id, "node_id": row.id})).
				Are(t, "error at agent_id: Wrong id", "error at node_id: Wrong id").Hold(t, row.says)
		})
	}
	for name, id := range map[string]string{"a slash": "a/b", "a blank inside": "book a table", "an umlaut": "prüfen", "a percent sign": "50%25"} {
		t.Run("both take "+name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"agent_id": id, "node_id": id})).None(t)
		})
	}
	for _, dots := range []string{".", ".."} {
		t.Run("an agent is not called "+dots, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"agent_id": dots, "node_id": dots})).
				Are(t, "error at agent_id: Wrong id").Hold(t, "a part of a request's path")
		})
	}
}

func TestValidatorsPhoneNumbers(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, number := range []string{"555-0100", "+0123", "+1", "+", "", "12025550123", "+1 202 555 0123", "+1234567890123456", "+12025550123\n", "+1202555012a", "tel:+12025550123"} {
		t.Run("refused: "+number, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("transfer"), acctest.Values{"transfer_to": number})).
				Are(t, "error at transfer_to: Wrong phone number").Hold(t, "E.164", "2 to 15 digits", "such as +12025550123")
		})
	}
	for _, number := range []string{"+12", "+12025550123", "+123456789012345"} {
		t.Run("taken: "+number, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("transfer"), acctest.Values{"transfer_to": number})).None(t)
		})
	}
}

func TestValidatorsURLs(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, url := range []string{"example.com", "/path", "ftp://x", "https://", "https://:443", "http:///x", "https://exa mple.com", "https://example.com/a b",
		" https://example.com", "https://example.com\n", "https://example.com/\x00", "mailto:a@example.com", "https:example.com", "https://example.com/{{ id }}", ""} {
		t.Run("refused: "+url, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"url": url, "authorization_url": url})).
				Are(t, "error at url: Wrong URL", "error at authorization_url: Wrong URL").
				Hold(t, "http:// or https://, then a host, without blanks, such as https://")
		})
	}
	for _, url := range []string{"http://x", "HTTPS://Example.com", "https://example.com:8443/a?b=c#d", "http://[::1]:80/", "https://bücher.example/", "https://example.com/{{id}}"} {
		t.Run("taken: "+url, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"url": url, "authorization_url": url})).None(t)
		})
	}
}

func TestValidatorsHoldDuration(t *testing.T) {
	p := acctest.NewProtocol(t)
	for _, seconds := range []int{0, -1} {
		p.Validate(acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"hold_duration": seconds})).
			Are(t, "error at hold_duration: "+acctest.WrongSummary).Hold(t, "must be at least 1")
	}
	p.Validate(acctest.ButWith(acctest.Minimal("hold"), acctest.Values{"hold_duration": 1})).None(t)
}

// TestValidatorsWholeNumbers: what is no whole number is an error of ours on the
// attribute, and of nothing else. The framework's own says that the provider is to blame.
func TestValidatorsWholeNumbers(t *testing.T) {
	p := acctest.NewProtocol(t)
	for value, shown := range map[float64]string{1.5: "and is 1.5.", 1e30: "and is 1e+30.", -0.25: "and is -0.25."} {
		for attribute, config := range map[string]acctest.Values{
			"hold_duration":             acctest.Minimal("hold"),
			"custom_headers_wo_version": acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers_wo": acctest.Values{"A": "b"}}),
		} {
			t.Run(fmt.Sprint(attribute, " ", value), func(t *testing.T) {
				p.Validate(acctest.ButWith(config, acctest.Values{attribute: value})).
					Are(t, "error at "+attribute+": Wrong whole number").Hold(t, attribute+" must be a whole number of at most 64 bits", shown)
			})
		}
	}
}

func TestValidatorsHeaders(t *testing.T) {
	p := acctest.NewProtocol(t)
	for name, row := range map[string]struct {
		headers acctest.Values
		heads   []string
		says    string
	}{
		"a name with a blank":             {acctest.Values{"X Key": acctest.SomeSecret}, []string{"error at custom_headers[X Key]: Wrong name of a header"}, "no blanks, no colon"},
		"a name with a colon":             {acctest.Values{"X-Key:": acctest.SomeSecret}, []string{"error at custom_headers[X-Key:]: Wrong name of a header"}, "no colon"},
		"a name with an umlaut":           {acctest.Values{"Schlüssel": acctest.SomeSecret}, []string{"error at custom_headers[Schlüssel]: Wrong name of a header"}, "letters, digits, dashes and underscores"},
		"an empty name":                   {acctest.Values{"": acctest.SomeSecret}, []string{"error at custom_headers[]: Wrong name of a header"}, `""`},
		"a name with a line break":        {acctest.Values{"X\n": acctest.SomeSecret}, []string{"error at custom_headers[X\n]: Wrong name of a header"}, `"X\n"`},
		"an empty value":                  {acctest.Values{"X-Key": ""}, []string{"error at custom_headers[X-Key]: Wrong value of a header"}, "is empty. Give it a value, or leave the header out."},
		"a blank value":                   {acctest.Values{"X-Key": " \t"}, []string{"error at custom_headers[X-Key]: Wrong value of a header"}, "is empty"},
		"a null value":                    {acctest.Values{"X-Key": nil}, []string{"error at custom_headers[X-Key]: Wrong value of a header"}, "is null. Give it a value, or leave the header out."},
		"a value with a line break":       {acctest.Values{"X-Key": acctest.SomeSecret + "\n"}, []string{"error at custom_headers[X-Key]: Wrong value of a header"}, "trimspace()"},
		"a value with a carriage return":  {acctest.Values{"X-Key": acctest.SomeSecret + "\rX"}, []string{"error at custom_headers[X-Key]: Wrong value of a header"}, "has a line break"},
		"a value with a NUL":              {acctest.Values{"X-Key": acctest.SomeSecret + "\x00"}, []string{"error at custom_headers[X-Key]: Wrong value of a header"}, "has a control character"},
		"names that differ by case only":  {acctest.Values{"X-Key": acctest.SomeSecret, "x-key": acctest.SomeSecret}, []string{"error at custom_headers[x-key]: Header given twice"}, "case does not count in names of HTTP headers. Keep one of them."},
		"three names that differ by case": {acctest.Values{"A": acctest.SomeSecret, "a": acctest.SomeSecret, "B": acctest.SomeSecret, "b": acctest.SomeSecret}, []string{"error at custom_headers[a]: Header given twice", "error at custom_headers[b]: Header given twice"}, `"A" and "a"`},
		"two mistakes at once":            {acctest.Values{"X Key": acctest.SomeSecret + "\n"}, []string{"error at custom_headers[X Key]: Wrong name of a header", "error at custom_headers[X Key]: Wrong value of a header"}, "trimspace()"},
	} {
		t.Run("refused: "+name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers": row.headers})).
				Are(t, row.heads...).Hold(t, row.says).Lack(t, acctest.SomeSecret)
		})
	}
	for name, headers := range map[string]acctest.Values{
		"every character that RFC 9110 allows": {"!#$%&'*+-.^_`|~09AZaz": "v"},
		"a tab inside a value":                 {"X-Key": "a\tb"},
		"an umlaut in a value":                 {"X-Key": "prüfen"},
		"one character":                        {"a": "b"},
	} {
		t.Run("taken: "+name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"custom_headers": headers})).None(t)
		})
	}
}

func TestValidatorsPhrasesThatNobodyHearsAreAWarning(t *testing.T) {
	p := acctest.NewProtocol(t)
	external := func(mode any, send, receive any) check.Said {
		return p.Validate(acctest.ButWith(acctest.Minimal("external"), acctest.Values{"execution_mode": mode, "speak_on_send": send, "speak_on_receive": receive}))
	}
	external("post_call", "One moment.", "Done.").
		Are(t, "warning at speak_on_send: Nobody will hear this", "warning at speak_on_receive: Nobody will hear this").
		Hold(t, "Remove speak_on_send, or run the action during the call.", "Remove speak_on_receive, or")
	external("post_call", nil, "Done.").Are(t, "warning at speak_on_receive: Nobody will hear this")
	external("post_call", "", nil).None(t)
	external("during_call", "One moment.", "Done.").None(t)
	external(nil, "One moment.", "Done.").None(t)
}
