package provider_test

import (
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

const (
	tokenOfBlock = "talq_from_the_block"
	tokenOfTalq  = "talq_from_talq_token"
	tokenOfOther = "talq_from_talkover_token"
)

// theThreeWays are in each error about a missing or wrong token.
var theThreeWays = []string{"TALQ_TOKEN", "TALKOVER_TOKEN", "the attribute token of the provider block"}

// lastRequest makes one request with a configured provider and returns what came
// to the server.
func lastRequest(t *testing.T, w acctest.World, p *acctest.Protocol) fakeapi.Request {
	t.Helper()
	p.Refresh(p.Action(acctest.ButWith(acctest.Minimal("webhook"), acctest.Values{"agent_id": w.Agent, "id": "action-1"})))
	journal := w.Requests(fakeapi.Match{})
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
			w := acctest.NewWorld(t)
			p := acctest.NewProtocol(t)
			block := acctest.Values{"base_url": w.BaseURL(), "token": row.block}
			p.ValidateProvider(block).None(t)
			p.Configure(block).None(t)
			w.Made(t, acctest.Ops{})
			if got := lastRequest(t, w, p).Header.Get("Authorization"); got != "Bearer "+row.want {
				t.Errorf("Authorization is %q, want the token %q", got, row.want)
			}
		})
	}
}

func TestConfigureNoToken(t *testing.T) {
	const unusable = "error at token: No usable Talq token"
	t.Run("no source has one", func(t *testing.T) {
		acctest.NewProtocol(t).Configure(acctest.Values{}).Are(t, unusable).Hold(t, "The token is empty.").Hold(t, theThreeWays...)
	})
	t.Run("both variables are empty", func(t *testing.T) {
		t.Setenv(session.EnvToken, "")
		t.Setenv(session.EnvTokenOther, "")
		acctest.NewProtocol(t).Configure(acctest.Values{}).Are(t, unusable).Hold(t, theThreeWays...)
	})
	t.Run("an empty token in the block does not fall through", func(t *testing.T) {
		t.Setenv(session.EnvToken, tokenOfTalq)
		p := acctest.NewProtocol(t)
		p.ValidateProvider(acctest.Values{"token": ""}).Are(t, unusable).Hold(t, theThreeWays...)
		p.Configure(acctest.Values{"token": ""}).Are(t, unusable).Hold(t, theThreeWays...)
	})
	t.Run("a variable that is wrong does not fall through", func(t *testing.T) {
		t.Setenv(session.EnvToken, tokenOfTalq+"\n")
		t.Setenv(session.EnvTokenOther, tokenOfOther)
		acctest.NewProtocol(t).Configure(acctest.Values{}).Are(t, unusable).Hold(t, "a line break in it").Lack(t, tokenOfTalq)
	})
}

func TestConfigureWrongTokens(t *testing.T) {
	for name, row := range map[string]struct{ token, says string }{
		"a newline behind":      {acctest.SomeSecret + "\n", "a blank or a line break in it, perhaps at its end from a file"},
		"a blank before":        {" " + acctest.SomeSecret, "a blank or a line break in it"},
		"a blank inside":        {acctest.SomeSecret + " " + acctest.SomeSecret, "a blank or a line break in it"},
		"a leading Bearer":      {"Bearer " + acctest.SomeSecret, `begins with "Bearer ": give the token alone`},
		"a leading bearer":      {"bearer " + acctest.SomeSecret, `begins with "Bearer "`},
		"a NUL inside":          {acctest.SomeSecret + "\x00", "a character that an HTTP header cannot contain"},
		"an umlaut inside":      {acctest.SomeSecret + "ü", "a character that an HTTP header cannot contain"},
		"nothing but a newline": {"\n", "a blank or a line break"},
	} {
		t.Run(name, func(t *testing.T) {
			p := acctest.NewProtocol(t)
			for _, got := range []check.Said{p.ValidateProvider(acctest.Values{"token": row.token}), p.Configure(acctest.Values{"token": row.token})} {
				got.Are(t, "error at token: No usable Talq token").Hold(t, row.says).Hold(t, theThreeWays...).Lack(t, acctest.SomeSecret)
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
	"https://user:" + acctest.SomeSecret + "@a.test/": "must not contain a user name or password",
	"https://a.test/api?token=" + acctest.SomeSecret:  "must not have a query",
	"https://a.test/api?":                             "must not have a query",
	"https://a.test/api#" + acctest.SomeSecret:        "must not have a fragment",
	"https://a.test/api#":                             "must not have a fragment",
	"\thttps://a.test/api":                            "must not have blanks around it",
	"https://a.test/api\n":                            "must not have blanks around it",
	"https://a.test/a\tb":                             "control characters",

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
			p := acctest.NewProtocol(t)
			block := acctest.Values{"token": tokenOfBlock, "base_url": address}
			answers := []check.Said{p.ValidateProvider(block), p.Configure(block)}
			if address != "" { // an empty variable counts as not set
				t.Setenv(session.EnvBaseURL, strings.ReplaceAll(address, "\x00", ""))
				answers = append(answers, p.Configure(acctest.Values{"token": tokenOfBlock}))
			}
			for _, got := range answers {
				if says == "" {
					got.None(t)
				} else {
					got.Are(t, wrong).Hold(t, says).Lack(t, acctest.SomeSecret)
				}
			}
		})
	}
}

func TestConfigureSourcesOfTheAddress(t *testing.T) {
	t.Run("the variable is used where the block has none", func(t *testing.T) {
		w := acctest.NewWorld(t)
		t.Setenv(session.EnvBaseURL, w.BaseURL()+"/")
		p := acctest.NewProtocol(t)
		p.Configure(acctest.Values{"token": w.Token()}).None(t)
		if got := lastRequest(t, w, p).Path; got != "/api/v1/agents/"+w.Agent+"/actions" {
			t.Errorf("the path is %q", got)
		}
	})
	t.Run("the block comes first", func(t *testing.T) {
		w := acctest.NewWorld(t)
		t.Setenv(session.EnvBaseURL, "not an address")
		p := acctest.NewProtocol(t)
		p.Configure(acctest.Values{"token": w.Token(), "base_url": w.BaseURL()}).None(t)
		lastRequest(t, w, p)
	})
	t.Run("the error says where a wrong one can come from", func(t *testing.T) {
		t.Setenv(session.EnvBaseURL, "http://example.com")
		acctest.NewProtocol(t).Configure(acctest.Values{"token": tokenOfBlock}).Are(t, "error at base_url: Wrong address of the Talq API").
			Hold(t, "the attribute base_url", session.EnvBaseURL)
	})
	t.Run("an empty variable counts as not set", func(t *testing.T) {
		t.Setenv(session.EnvBaseURL, "")
		acctest.NewProtocol(t).Configure(acctest.Values{"token": tokenOfBlock}).None(t)
	})
}

func TestConfigureUnknownAttributes(t *testing.T) {
	for _, attribute := range []string{"token", "base_url", "requests_per_minute", "max_retries", "request_timeout", "ca_cert_file"} {
		t.Run(attribute, func(t *testing.T) {
			w := acctest.NewWorld(t)
			t.Setenv(session.EnvToken, w.Token())
			t.Setenv(session.EnvBaseURL, w.BaseURL())
			p := acctest.NewProtocol(t)
			block := acctest.Values{attribute: acctest.Unknown}
			p.ValidateProvider(block).None(t)
			p.Configure(block).Are(t, "error at "+attribute+": Provider attribute not known yet").
				Hold(t, "The value of "+attribute, "Give it as a variable or through the environment, or apply what it depends on first, with -target.")
			w.Made(t, acctest.Ops{})
		})
	}
	t.Run("all at once", func(t *testing.T) {
		acctest.NewProtocol(t).Configure(acctest.Values{"token": acctest.Unknown, "base_url": acctest.Unknown, "requests_per_minute": acctest.Unknown, "max_retries": acctest.Unknown, "request_timeout": acctest.Unknown}).
			Are(t, "error at token: Provider attribute not known yet", "error at base_url: Provider attribute not known yet",
				"error at requests_per_minute: Provider attribute not known yet", "error at max_retries: Provider attribute not known yet",
				"error at request_timeout: Provider attribute not known yet")
	})
}

func TestConfigureBoundsOfTheNumbers(t *testing.T) {
	p := acctest.NewProtocol(t)
	for attribute, bad := range map[string][]int{"requests_per_minute": {0, -1}, "max_retries": {-1, 21}, "request_timeout": {0, -1, 3601}} {
		for _, n := range bad {
			p.ValidateProvider(acctest.Values{attribute: n}).Are(t, "error at "+attribute+": "+acctest.WrongSummary)
		}
	}
	for _, attribute := range []string{"requests_per_minute", "max_retries", "request_timeout"} {
		p.ValidateProvider(acctest.Values{attribute: 1.5}).Are(t, "error at "+attribute+": Wrong whole number").Hold(t, "and is 1.5.")
	}
	for attribute, good := range map[string][]int{"requests_per_minute": {1, 100_000}, "max_retries": {0, 20}, "request_timeout": {1, 3600}} {
		for _, n := range good {
			p.ValidateProvider(acctest.Values{attribute: n}).None(t)
			p.Configure(acctest.Values{"token": tokenOfBlock, attribute: n}).None(t)
		}
	}
}

func TestConfigureMaxRetriesReachTheClient(t *testing.T) {
	for name, row := range map[string]struct {
		retries any
		want    int
	}{"none": {0, 1}, "two": {2, 3}, "the default of five": {nil, 6}} {
		t.Run(name, func(t *testing.T) {
			w := acctest.NewWorld(t)
			w.Inject(fakeapi.Fault{Status: 503})
			p := acctest.NewProtocol(t)
			p.Configure(acctest.Values{"base_url": w.BaseURL(), "token": w.Token(), "max_retries": row.retries}).None(t)
			lastRequest(t, w, p)
			if n := len(w.Requests(fakeapi.Match{})); n != row.want {
				t.Errorf("%d requests, want %d", n, row.want)
			}
		})
	}
}

func TestConfigureUserAgent(t *testing.T) {
	w := acctest.NewWorld(t)
	got := lastRequest(t, w, w.Protocol(t)).Header.Get("User-Agent")
	if want := "terraform-provider-talq/test (Terraform/" + acctest.ProtocolVersion + ")"; got != want {
		t.Errorf("User-Agent is %q, want %q", got, want)
	}
}
