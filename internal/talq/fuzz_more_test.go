package talq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzPages returns each page of a listing another body. Whatever comes, the
// listing ends: as a list without twins, or as an error.
func FuzzPages(f *testing.F) {
	for _, body := range samples(f) {
		f.Add([]byte(body))
	}
	for _, pages := range []string{
		`{"data":[{"id":"a"}],"meta":{"last_page":2}}` + "\f" + `{"data":[{"id":"b"}],"meta":{"current_page":2,"last_page":2}}`,
		`{"data":[{"id":"a"}],"meta":{"last_page":"3","total":5}}` + "\f" + `{"data":[{"id":"a"}],"meta":[]}`,
		`{"data":[{"id":"a"}],"meta":{"last_page":999999999999}}`, `{"data":{"id":"a"},"success":false,"message":"no"}`, `{"data":[],"meta":{"last_page":-1,"total":-5}}`,
	} {
		f.Add([]byte(pages))
	}
	f.Fuzz(func(t *testing.T, bodies []byte) {
		pages := bytes.Split(bodies, []byte("\f"))
		asked := 0
		config := testConfig()
		config.MaxRetries = 0
		c, err := New(config)
		if err != nil {
			t.Fatal(err)
		}
		c.http.next = roundTripper(func(*http.Request) (*http.Response, error) {
			asked++
			return answering(200, string(pages[min(asked, len(pages))-1]))()
		})
		actions, err := list(c)
		if asked > len(pages)+1 {
			t.Fatalf("%d requests for %d pages", asked, len(pages))
		}
		if err != nil && !utf8.ValidString(err.Error()) {
			t.Errorf("%q", err)
		}
		seen := map[string]bool{}
		for _, a := range actions {
			if err != nil || a.ID == "" || seen[a.ID] || errors.Is(checkID("it", a.ID), errUnusableID) {
				t.Errorf("%q is listed with %v", a.ID, err)
			}
			seen[a.ID] = true
			check(t, a)
		}
	})
}

func FuzzAgent(f *testing.F) {
	for _, body := range samples(f) {
		f.Add([]byte(body))
	}
	f.Add([]byte(`{"data":{"id":"a","voice":{"stability":1e999999999},"trainings":[null,{}],"phone_numbers":[{"number":5}],"is_sandbox":"yes"}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		c := over(t, func(*http.Request) (*http.Response, error) { return answering(200, string(body))() })
		agent, err := c.GetAgent(context.Background(), "g")
		var unread *UnreadableError
		var refused *APIError
		switch {
		case err == nil && (agent.ID == "" || errors.Is(checkID("it", agent.ID), errUnusableID)):
			t.Errorf("the id is %q", agent.ID)
		case err != nil && !errors.As(err, &unread) && !errors.As(err, &refused):
			t.Errorf("error %T %v", err, err)
		}
	})
}

// FuzzLimitHeaders reads what a server says of its limit. No wait is negative,
// and none is longer than a day, except a date far away, which is past every bound.
func FuzzLimitHeaders(f *testing.F) {
	now := time.Date(2026, 4, 29, 12, 0, 0, 0, time.UTC)
	for _, text := range []string{"", "0", "-1", "1.5", "3600", "1e300", "NaN", "Inf", "1777464000", "9223372036854775807", "99999999999999999999",
		"Wed, 29 Apr 2026 12:01:00 GMT", "Wednesday, 29-Apr-26 12:00:00 GMT", " 5 ", "0x10", "5s"} {
		f.Add(429, text, text, text, "0")
		f.Add(200, "", "Wed, 29 Apr 2026 12:00:00 GMT", text, text)
	}
	f.Fuzz(func(t *testing.T, status int, after, date, reset, remaining string) {
		header := http.Header{"Retry-After": {after}, "Date": {date}, "X-Ratelimit-Reset": {reset}, "X-Ratelimit-Remaining": {remaining}}
		for limited := range 3 {
			wait := limitWait(&http.Response{StatusCode: status, Header: header}, now, limited)
			if wait < 0 || (status == http.StatusTooManyRequests && wait < minLimitWait) || (status != http.StatusTooManyRequests && wait > MaxWait) {
				t.Errorf("a wait of %s", wait)
			}
		}
		if wait, asked := retryWait(time.Second, 3, &http.Response{StatusCode: 503, Header: header}); wait < 0 || (!asked && wait > maxRetryWait) {
			t.Errorf("a pause of %s", wait)
		}
	})
}

// FuzzBaseURL holds what is believed to be an address of the API to the rules,
// and expects ids in paths below it to stay single segments.
func FuzzBaseURL(f *testing.F) {
	for _, seed := range []string{DefaultBaseURL, "https://h", "https://h/", "https://h:1/a%2Fb", "http://localhost", "http://[::1]:1", "https://u:p@h", "https://h?q", "https://h#f",
		"HTTPS://H", "https://h/../x", "https://h/%2e%2e/", "https://h/\x00", "https://\u202eh", "http://127.0.0.1@evil.example", "http://localhost.evil.example", "https:h", "//h"} {
		f.Add(seed, "a")
		f.Add(seed, "../a")
	}
	f.Fuzz(func(t *testing.T, raw, id string) {
		base, err := ParseBaseURL(raw)
		if err != nil {
			if secret := "s3cr3t"; strings.Contains(raw, secret) && strings.Contains(err.Error(), secret) {
				t.Errorf("the error %q repeats the address", err)
			}
			return
		}
		if base.Hostname() == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" ||
			(base.Scheme != "https" && (base.Scheme != "http" || !isLoopback(base.Hostname()))) {
			t.Fatalf("%q is taken for the address %+v", raw, base)
		}
		c := &Client{base: base}
		target, err := c.resolve(request{segments: []string{"agents", id}})
		if err != nil {
			return
		}
		if target.Host != base.Host || target.Scheme != base.Scheme || target.User != nil {
			t.Errorf("%q leads to %s", raw, target)
		}
		sent, err := url.ParseRequestURI(target.RequestURI())
		if err != nil {
			t.Fatalf("%q and %q: %v", raw, id, err)
		}
		segments := strings.Split(sent.EscapedPath(), "/")
		if last, err := url.PathUnescape(segments[len(segments)-1]); err != nil || last != id || segments[len(segments)-2] != "agents" {
			t.Errorf("%q below %q is sent as %s", id, raw, sent)
		}
	})
}

// FuzzRedaction expects no secret in what an error shows, in whatever form of
// those that are known it comes.
func FuzzRedaction(f *testing.F) {
	f.Add("Bearer s3cr3t-value", "got ", " here")
	f.Add("schl\u00fcssel/\"&<>", "x", "")
	f.Add("a b+c%d", "", "\x1b[31m")
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		secret = strings.TrimSpace(secret)
		if len(secret) < shortSecret || !utf8.ValidString(secret) || strings.Contains(redacted, secret) {
			return
		}
		s := newSecrets(NewSecret(secret))
		asJSON, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{secret, string(asJSON), url.QueryEscape(secret), url.PathEscape(secret)} {
			shown := s.redact(before + form + after)
			if strings.Contains(shown, secret) && !strings.Contains(before+after, secret) && !strings.Contains(before+redacted+after, secret) {
				t.Errorf("%q is shown", shown)
			}
			if !utf8.ValidString(s.printable(before + form + after)) {
				t.Errorf("%q is not valid", shown)
			}
		}
	})
}
