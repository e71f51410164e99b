package action_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

const urlIsNotSecret = "A URL is not secret"

func TestURLsWithCredentialsGiveAWarning(t *testing.T) {
	p := acctest.NewProtocol(t)
	const host = "https://hooks.example.com/in"
	for address, warned := range map[string]bool{
		"https://ada:" + acctest.SomeSecret + "@hooks.example.com/": true,
		"https://" + acctest.SomeSecret + "@hooks.example.com/":     true,
		"https://:@hooks.example.com/":                              true,
		host:                                                        false,
		host + "?api_key=" + acctest.SomeSecret:                     false,
		host + "?to=ada@example.com":                                false,
		host + "/@ada":                                              false,
	} {
		for _, attribute := range []string{"url", "authorization_url"} {
			t.Run(fmt.Sprintf("%s %q", attribute, address), func(t *testing.T) {
				got := p.Validate(acctest.ButWith(acctest.Minimal("external"), acctest.Values{attribute: address}))
				if !warned {
					got.None(t)
					return
				}
				got.Are(t, "warning at "+attribute+": "+urlIsNotSecret).
					Hold(t, attribute+" holds a user name or a password", "Put credentials into custom_headers_wo (or custom_headers)").Lack(t, acctest.SomeSecret)
			})
		}
	}
	for name, value := range map[string]any{"null": nil, "unknown": acctest.Unknown} {
		t.Run(name, func(t *testing.T) {
			p.Validate(acctest.ButWith(acctest.Minimal("external"), acctest.Values{"url": value, "authorization_url": value})).None(t)
		})
	}
	t.Run("an empty one is an error alone", func(t *testing.T) {
		p.Validate(acctest.ButWith(acctest.Minimal("external"), acctest.Values{"url": ""})).Are(t, "error at url: Wrong URL")
	})
	t.Run("a wrong one repeats nothing", func(t *testing.T) {
		p.Validate(acctest.ButWith(acctest.Minimal("external"), acctest.Values{"url": "ftp://ada:" + acctest.SomeSecret + "@h/"})).Lack(t, acctest.SomeSecret)
	})
}
