package talq

import (
	"strings"
	"testing"
)

func TestParseBaseURL(t *testing.T) {
	for _, good := range []string{
		DefaultBaseURL, DefaultBaseURL + "/", "https://talq.example", "https://talq.example:8443/x", "HTTPS://talq.example",
		"https://10.0.0.1", "https://[2001:db8::1]/api", "https://bücher.example", "https://talq.example/a%20b",
		"http://localhost:8080", "http://LOCALHOST", "http://127.0.0.1:1/api/v1", "http://127.9.9.9", "http://[::1]:8080/",
	} {
		t.Run(good, func(t *testing.T) {
			if _, err := ParseBaseURL(good); err != nil {
				t.Error(err)
			}
		})
	}
	for name, test := range map[string]struct{ url, want string }{
		"empty":                      {"", "scheme and host"},
		"no scheme":                  {"canary.example/api", "scheme and host"},
		"no scheme but a port":       {"canary.example:443/api", "scheme and host"},
		"no host":                    {"https:///canary", "scheme and host"},
		"a port alone":               {"https://:443/canary", "scheme and host"},
		"opaque":                     {"https:canary.example", "scheme and host"},
		"a path":                     {"/canary", "scheme and host"},
		"broken escape":              {"https://h/canary%zz", "scheme and host"},
		"broken port":                {"https://h:canary", "scheme and host"},
		"plain http":                 {"http://canary.example", "must begin with https://"},
		"http, a name like loopback": {"http://localhost.canary.example", "must begin with https://"},
		"http, an address in a name": {"http://127.0.0.1.canary.example", "must begin with https://"},
		"http, any address":          {"http://0.0.0.0/canary", "must begin with https://"},
		"http, a private address":    {"http://192.168.0.1/canary", "must begin with https://"},
		"loopback as user":           {"http://localhost@canary.example", "must begin with https://"},
		"another scheme":             {"ftp://canary.example", "must begin with https://"},
		"user":                       {"https://canary@talq.example", "user name"},
		"user and password":          {"https://u:canary@talq.example", "user name"},
		"user, broken otherwise":     {"https://u:canary@talq.example:x", "scheme and host"},
		"query":                      {"https://talq.example/?canary=1", "query"},
		"empty query":                {"https://talq.example/canary?", "query"},
		"fragment":                   {"https://talq.example/#canary", "fragment"},
		"empty fragment":             {"https://talq.example/canary#", "fragment"},
		"blank before":               {" https://canary.example", "blanks"},
		"line break after":           {"https://canary.example\n", "blanks"},
		"control character":          {"https://canary.example/\x07", "control"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseBaseURL(test.url)
			if err == nil {
				t.Fatal("no error")
			}
			contains(t, err.Error(), test.want)
			lacks(t, err.Error(), "canary")
		})
	}
}

func TestCheckToken(t *testing.T) {
	for _, good := range []string{"talq_abc", "acme_0123", "x", "a-b_c.d~e+f/g=", "!~"} {
		if err := CheckToken(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for name, test := range map[string]struct{ token, want string }{
		"empty":                  {"", "empty"},
		"with Bearer":            {"Bearer talq_canary", "Bearer"},
		"with bearer":            {"bearer talq_canary", "Bearer"},
		"a blank before":         {" talq_canary", "blank"},
		"a line break after":     {"talq_canary\n", "line break"},
		"a tab inside":           {"talq_\tcanary", "blank"},
		"a blank beyond ASCII":   {"talq_\u00a0canary", "blank"},
		"white space alone":      {" ", "blank"},
		"an umlaut":              {"talq_cänary", "HTTP header"},
		"a control character":    {"talq_\x00canary", "HTTP header"},
		"DEL":                    {"talq_canary\x7f", "HTTP header"},
		"an invisible character": {"talq_canary\u200b", "HTTP header"},
		"a byte order mark":      {"\ufefftalq_canary", "HTTP header"},
	} {
		t.Run(name, func(t *testing.T) {
			err := CheckToken(test.token)
			if err == nil {
				t.Fatal("no error")
			}
			contains(t, err.Error(), test.want)
			lacks(t, err.Error(), "canary", "cänary")
			if config := testConfig(); true {
				config.Token = NewSecret(test.token)
				if _, err := New(config); err == nil || strings.Contains(err.Error(), "canary") {
					t.Errorf("New: %v", err)
				}
			}
		})
	}
}
