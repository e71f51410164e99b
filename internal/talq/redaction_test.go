package talq

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// refused makes an upsert with a header value that the API refuses with a body.
func refused(t *testing.T, value, body string) error {
	t.Helper()
	a := minimalAction()
	a.CustomHeaders = Some([]Header{{Name: "X-Key", Value: NewSecret(value)}})
	play, _ := script(answering(422, body))
	_, err := over(t, play).UpsertAction(context.Background(), "g", a)
	if err == nil {
		t.Fatal("no error")
	}
	return err
}

// everywhere puts a text into every part of an error body that is shown.
func everywhere(text string) string {
	s, _ := json.Marshal(text)
	return fmt.Sprintf(`{"message":%[1]s,"code":%[1]s,"error":{"code":%[1]s,"message":%[1]s},"errors":{%[1]s:[%[1]s],"b":%[1]s}}`, s)
}

func TestErrorsHoldNoSecret(t *testing.T) {
	const value = "whsec-s3cr3t/value+0123456789"
	inJSON := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	for name, test := range map[string]struct{ value, echo, leak string }{
		"token":                         {value, "You sent " + testToken + "!", "test-token"},
		"token beside a word":           {value, "Bearer" + testToken + "x", "test-token"},
		"header value":                  {value, "bad value " + value + ".", "s3cr3t"},
		"twice":                         {value, value + value, "s3cr3t"},
		"as the cut begins":             {value, strings.Repeat("x", maxMessage-12) + value, "whsec"},
		"with a tab":                    {"abc\tdefghi", "bad abc\tdefghi", "defghi"},
		"with a control character":      {"abc\x7fdefghi", "bad abc\x7fdefghi", "defghi"},
		"with blanks that were trimmed": {"  s3cr3t-value ", "bad s3cr3t-value", "s3cr3t"},
		"one that holds the token":      {"Bearer " + testToken + "-and-more", "got Bearer " + testToken + "-and-more", "and-more"},
		"one in JSON":                   {`quo"ted-secret`, "body " + inJSON(`quo"ted-secret`), "ted-secret"},
		"one in PHP's JSON":             {value, `body "` + strings.ReplaceAll(value, "/", `\/`) + `"`, "s3cr3t"},
		"in a URL":                      {"a b/c+d=e&f-s3cr3t", "url ?h=a+b%2Fc%2Bd%3De%26f-s3cr3t", "s3cr3t"},
		"in the path of a URL":          {"a b/c+d=e&f-s3cr3t", "url /a%20b%2Fc+d=e&f-s3cr3t/", "s3cr3t"},
		"in HTML":                       {`<s3cr3t "value">`, "got &lt;s3cr3t &#34;value&#34;&gt;", "s3cr3t"},
		"in PHP's ASCII JSON":           {"schlüssel-s3cr3t/😀", `body "schl\u00fcssel-s3cr3t\/\ud83d\ude00"`, "s3cr3t"},
		"in JSON of JavaScript":         {"<s3cr3t&value>", `body "<s3cr3t&value>"`, "s3cr3t"},
		"in base64":                     {"s3cr3t-value", "got czNjcjN0LXZhbHVl", "czNjcjN0LXZhbHVl"},
		"without its scheme":            {"Bearer s3cr3t-value", "the key s3cr3t-value is unknown", "s3cr3t"},
		"user and password of Basic":    {"Basic YWRhOnMzY3IzdC12YWx1ZQ==", "no user ada:s3cr3t-value", "s3cr3t"},
		"password of Basic":             {"Basic YWRhOnMzY3IzdC12YWx1ZQ==", "s3cr3t-value is not the password", "s3cr3t"},
		"credentials of Basic":          {"Basic YWRhOnMzY3IzdC12YWx1ZQ==", "got YWRhOnMzY3IzdC12YWx1ZQ==", "YWRhOnMzY3IzdC12YWx1Z"},
		"short one as a word":           {"ab1", "got ab1, or (ab1) or ab1", "ab1"},
		"one letter":                    {"Q", `the value "Q" is short`, "Q"},
		"with letters beyond ASCII":     {"schlüssel", "got schlüssel.", "lüss"},
		"not valid UTF-8":               {"abcdef\xffghijkl", "got abcdef\ufffdghijkl", "\xff"},
	} {
		t.Run(name, func(t *testing.T) {
			err := refused(t, test.value, everywhere(test.echo))
			lacks(t, err.Error(), test.leak)
			if name != "not valid UTF-8" {
				contains(t, err.Error(), redacted)
			}
		})
	}
}

func TestErrorsStayReadableBesideShortSecrets(t *testing.T) {
	err := refused(t, "1", everywhere("at most 10 of 21 items"))
	contains(t, err.Error(), "at most 10 of 21 items")
}

func TestEmptySecretHidesNothing(t *testing.T) {
	err := refused(t, "", everywhere("plain text"))
	contains(t, err.Error(), "plain text")
	lacks(t, err.Error(), redacted)
}

func TestOneSecretInsideAnother(t *testing.T) {
	s := newSecrets(NewSecret("abcdef"), NewSecret("abcdefghijkl"), NewSecret("ghijkl"))
	if got := s.redact("x abcdefghijkl y"); got != "x "+redacted+" y" {
		t.Errorf("%q", got)
	}
}

func TestSuccessFalseHoldsNoSecret(t *testing.T) {
	play, _ := script(answering(200, `{"success":false,"message":"token `+testToken+`"}`))
	_, err := list(over(t, play))
	lacks(t, err.Error(), testToken)
}

func TestUnreachableErrorHoldsNoSecret(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\n\r\n", r.Header.Get("Authorization"))
	})
	_, err := list(c)
	var e *UnreachableError
	if !errors.As(err, &e) {
		t.Fatalf("error %T %v", err, err)
	}
	contains(t, err.Error(), "malformed")
	lacks(t, err.Error(), testToken)
}

func TestUnreadableErrorHoldsNoSecret(t *testing.T) {
	for _, body := range []string{testToken, `"` + testToken + `"`, `{"data":"` + testToken + `"}`, `{"data":{"id":"a","` + testToken + `":`} {
		play, _ := script(answering(200, body))
		_, err := over(t, play).UpsertAction(context.Background(), "g", minimalAction())
		lacks(t, err.Error(), testToken)
	}
}

func TestReplaceWord(t *testing.T) {
	for text, want := range map[string]string{
		"":           "",
		"ab":         redacted,
		"ab ab":      redacted + " " + redacted,
		"abc":        "abc",
		"cab":        "cab",
		"ab1":        "ab1",
		"üab":        "üab",
		"-ab-":       "-" + redacted + "-",
		"abab":       "abab",
		"ab\xff":     redacted + "\xff",
		"x ab, abc.": "x " + redacted + ", abc.",
	} {
		if got := replaceWord(text, "ab"); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
