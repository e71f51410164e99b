package provider

import (
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

const (
	tokenOfBlock = "talq_from_the_block"
	tokenOfTalq  = "talq_from_talq_token"
	tokenOfOther = "talq_from_talkover_token"
)

// theThreeWays stand in each error about a missing or wrong token.
var theThreeWays = []string{"TALQ_TOKEN", "TALKOVER_TOKEN", "the attribute token of the provider block"}

// lastRequest makes one request with a configured provider and gives what came
// to the server.
func lastRequest(t *testing.T, w world, p *protocol) fakeapi.Request {
	t.Helper()
	p.refresh(p.action(butWith(minimal("webhook"), given{"agent_id": w.agent, "id": "action-1"})))
	journal := w.Journal()
	if len(journal) == 0 {
		t.Fatal("no request came")
	}
	return journal[len(journal)-1]
}

func TestConfigureSourcesOfTheToken(t *testing.T) {
	for name, row := range map[string]struct {
		block       any
		talq, other string
		want        string
	}{
		"the block comes first":                            {tokenOfBlock, tokenOfTalq, tokenOfOther, tokenOfBlock},
		"null falls through to TALQ_TOKEN":                 {nil, tokenOfTalq, tokenOfOther, tokenOfTalq},
		"then comes TALKOVER_TOKEN":                        {nil, "", tokenOfOther, tokenOfOther},
		"an empty variable does not hide the block":        {tokenOfBlock, "", "", tokenOfBlock},
		"a bad variable that is not asked does not matter": {tokenOfBlock, "two words", "two words", tokenOfBlock},
		"a prefix of a white label is fine":                {"acme-123", "", "", "acme-123"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(session.EnvToken, row.talq)
			t.Setenv(session.EnvTokenOther, row.other)
			w := newWorld(t)
			p := newProtocol(t)
			block := given{"base_url": w.BaseURL(), "token": row.block}
			p.validateProvider(block).None(t)
			p.configure(block).None(t)
			if n := len(w.Journal()); n != 0 {
				t.Errorf("Configure made %d requests", n)
			}
			if got := lastRequest(t, w, p).Header.Get("Authorization"); got != "Bearer "+row.want {
				t.Errorf("Authorization is %q, want the token %q", got, row.want)
			}
		})
	}
}

func TestConfigureNoToken(t *testing.T) {
	const unusable = "error at token: No usable Talq token"
	t.Run("no source has one", func(t *testing.T) {
		newProtocol(t).configure(given{}).Are(t, unusable).Hold(t, "The token is empty.").Hold(t, theThreeWays...)
	})
	t.Run("both variables are empty", func(t *testing.T) {
		t.Setenv(session.EnvToken, "")
		t.Setenv(session.EnvTokenOther, "")
		newProtocol(t).configure(given{}).Are(t, unusable).Hold(t, theThreeWays...)
	})
	t.Run("an empty token in the block does not fall through", func(t *testing.T) {
		t.Setenv(session.EnvToken, tokenOfTalq)
		p := newProtocol(t)
		p.validateProvider(given{"token": ""}).Are(t, unusable).Hold(t, theThreeWays...)
		p.configure(given{"token": ""}).Are(t, unusable).Hold(t, theThreeWays...)
	})
	t.Run("a variable that is wrong does not fall through", func(t *testing.T) {
		t.Setenv(session.EnvToken, tokenOfTalq+"\n")
		t.Setenv(session.EnvTokenOther, tokenOfOther)
		newProtocol(t).configure(given{}).Are(t, unusable).Hold(t, "a line break in it").Lack(t, tokenOfTalq)
	})
}

func TestConfigureWrongTokens(t *testing.T) {
	for name, row := range map[string]struct{ token, says string }{
		"a newline behind":      {someSecret + "\n", "a blank or a line break in it, perhaps at its end from a file"},
		"a blank before":        {" " + someSecret, "a blank or a line break in it"},
		"a blank inside":        {someSecret + " " + someSecret, "a blank or a line break in it"},
		"a leading Bearer":      {"Bearer " + someSecret, `begins with "Bearer ": give the token alone`},
		"a leading bearer":      {"bearer " + someSecret, `begins with "Bearer "`},
		"a NUL inside":          {someSecret + "\x00", "a character that cannot stand in an HTTP header"},
		"an umlaut inside":      {someSecret + "ü", "a character that cannot stand in an HTTP header"},
		"nothing but a newline": {"\n", "a blank or a line break"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProtocol(t)
			for _, got := range []check.Said{p.validateProvider(given{"token": row.token}), p.configure(given{"token": row.token})} {
				got.Are(t, "error at token: No usable Talq token").Hold(t, row.says).Hold(t, theThreeWays...).Lack(t, someSecret)
			}
		})
	}
}

// addresses are base URLs, and what is said of them; "" for good ones.
var addresses = map[string]string{
	"http://example.com/api":       "must begin with https://",
	"http://127.0.0.1.example.com": "must begin with https://",
	"http://localhost.example.com": "must begin with https://",
	"ftp://example.com":            "must begin with https://",
	"example.com":                  "must be a whole URL",
	"https://":                     "must be a whole URL",
	"https:///api":                 "must be a whole URL",
	"":                             "must be a whole URL",
	"https://user:" + someSecret + "@a.test/": "must not hold a user name or password",
	"https://a.test/api?token=" + someSecret:  "must not have a query",
	"https://a.test/api?":                     "must not have a query",
	"https://a.test/api#" + someSecret:        "must not have a fragment",
	"https://a.test/api#":                     "must not have a fragment",
	"\thttps://a.test/api":                    "must not have blanks around it",
	"https://a.test/api\n":                    "must not have blanks around it",
	"https://a.test/a\tb":                     "control characters",

	"https://a.test/api/v1":    "",
	"https://a.test/api/v1/":   "",
	"https://a.test":           "",
	"https://a.test:8443/":     "",
	"http://127.0.0.1:8080":    "",
	"http://127.1.2.3/":        "",
	"http://localhost:80/api":  "",
	"http://LocalHost/":        "",
	"http://[::1]:8080/api/v1": "",
}

func TestConfigureAddresses(t *testing.T) {
	const wrong = "error at base_url: Wrong address of the Talq API"
	for address, says := range addresses {
		t.Run(strings.ReplaceAll(address, "/", "⁄"), func(t *testing.T) {
			p := newProtocol(t)
			block := given{"token": tokenOfBlock, "base_url": address}
			answers := []check.Said{p.validateProvider(block), p.configure(block)}
			if address != "" { // an empty variable counts as not set
				t.Setenv(session.EnvBaseURL, strings.ReplaceAll(address, "\x00", ""))
				answers = append(answers, p.configure(given{"token": tokenOfBlock}))
			}
			for _, got := range answers {
				if says == "" {
					got.None(t)
				} else {
					got.Are(t, wrong).Hold(t, says).Lack(t, someSecret)
				}
			}
		})
	}
}

func TestConfigureSourcesOfTheAddress(t *testing.T) {
	t.Run("the variable is used where the block has none", func(t *testing.T) {
		w := newWorld(t)
		t.Setenv(session.EnvBaseURL, w.BaseURL()+"/")
		p := newProtocol(t)
		p.configure(given{"token": w.Token()}).None(t)
		if got := lastRequest(t, w, p).Path; got != "/api/v1/agents/"+w.agent+"/actions" {
			t.Errorf("the path is %q", got)
		}
	})
	t.Run("the block comes first", func(t *testing.T) {
		w := newWorld(t)
		t.Setenv(session.EnvBaseURL, "not an address")
		p := newProtocol(t)
		p.configure(given{"token": w.Token(), "base_url": w.BaseURL()}).None(t)
		lastRequest(t, w, p)
	})
	t.Run("the error says where a wrong one can come from", func(t *testing.T) {
		t.Setenv(session.EnvBaseURL, "http://example.com")
		newProtocol(t).configure(given{"token": tokenOfBlock}).Are(t, "error at base_url: Wrong address of the Talq API").
			Hold(t, "the attribute base_url", session.EnvBaseURL)
	})
	t.Run("an empty variable counts as not set", func(t *testing.T) {
		t.Setenv(session.EnvBaseURL, "")
		newProtocol(t).configure(given{"token": tokenOfBlock}).None(t)
	})
}

func TestConfigureUnknownAttributes(t *testing.T) {
	for _, attribute := range []string{"token", "base_url", "requests_per_minute", "max_retries", "request_timeout", "ca_cert_file"} {
		t.Run(attribute, func(t *testing.T) {
			w := newWorld(t)
			t.Setenv(session.EnvToken, w.Token())
			t.Setenv(session.EnvBaseURL, w.BaseURL())
			p := newProtocol(t)
			block := given{attribute: notKnown}
			p.validateProvider(block).None(t)
			p.configure(block).Are(t, "error at "+attribute+": Provider attribute not known yet").
				Hold(t, "The value of "+attribute, "Give it as a variable or through the environment, or apply what it depends on first, with -target.")
			if n := len(w.Journal()); n != 0 {
				t.Errorf("%d requests were made", n)
			}
		})
	}
	t.Run("all at once", func(t *testing.T) {
		newProtocol(t).configure(given{"token": notKnown, "base_url": notKnown, "requests_per_minute": notKnown, "max_retries": notKnown, "request_timeout": notKnown}).
			Are(t, "error at token: Provider attribute not known yet", "error at base_url: Provider attribute not known yet",
				"error at requests_per_minute: Provider attribute not known yet", "error at max_retries: Provider attribute not known yet",
				"error at request_timeout: Provider attribute not known yet")
	})
}

func TestConfigureBoundsOfTheNumbers(t *testing.T) {
	p := newProtocol(t)
	for attribute, bad := range map[string][]int{"requests_per_minute": {0, -1}, "max_retries": {-1, 21}, "request_timeout": {0, -1, 3601}} {
		for _, n := range bad {
			p.validateProvider(given{attribute: n}).Are(t, "error at "+attribute+": "+wrongSummary)
		}
	}
	for attribute, good := range map[string][]int{"requests_per_minute": {1, 100_000}, "max_retries": {0, 20}, "request_timeout": {1, 3600}} {
		for _, n := range good {
			p.validateProvider(given{attribute: n}).None(t)
			p.configure(given{"token": tokenOfBlock, attribute: n}).None(t)
		}
	}
}

func TestConfigureMaxRetriesReachTheClient(t *testing.T) {
	for name, row := range map[string]struct {
		retries any
		want    int
	}{"none": {0, 1}, "two": {2, 3}, "the default of five": {nil, 6}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.Inject(fakeapi.Fault{Status: 503})
			p := newProtocol(t)
			p.configure(given{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": row.retries}).None(t)
			lastRequest(t, w, p)
			if n := len(w.Journal()); n != row.want {
				t.Errorf("%d requests, want %d", n, row.want)
			}
		})
	}
}

func TestConfigureUserAgent(t *testing.T) {
	w := newWorld(t)
	got := lastRequest(t, w, w.protocol(t)).Header.Get("User-Agent")
	if want := "terraform-provider-talq/test (Terraform/" + protocolVersion + ")"; got != want {
		t.Errorf("User-Agent is %q, want %q", got, want)
	}
}
