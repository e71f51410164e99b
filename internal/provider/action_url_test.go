package provider

import (
	"fmt"
	"testing"
)

const urlIsNotSecret = "A URL is not secret"

func TestURLsWithCredentialsGiveAWarning(t *testing.T) {
	p := newProtocol(t)
	const host = "https://hooks.example.com/in"
	for address, warned := range map[string]bool{
		"https://ada:" + someSecret + "@hooks.example.com/": true,
		"https://" + someSecret + "@hooks.example.com/":     true,
		"https://:@hooks.example.com/":                      true,
		host:                                                false,
		host + "?api_key=" + someSecret:                     false,
		host + "?to=ada@example.com":                        false,
		host + "/@ada":                                      false,
	} {
		for _, attribute := range []string{"url", "authorization_url"} {
			t.Run(fmt.Sprintf("%s %q", attribute, address), func(t *testing.T) {
				got := p.validate(butWith(minimal("external"), given{attribute: address}))
				if !warned {
					got.None(t)
					return
				}
				got.Are(t, "warning at "+attribute+": "+urlIsNotSecret).
					Hold(t, attribute+" holds a user name or a password", "Put credentials into custom_headers_wo (or custom_headers)").Lack(t, someSecret)
			})
		}
	}
	for name, value := range map[string]any{"null": nil, "unknown": notKnown} {
		t.Run(name, func(t *testing.T) {
			p.validate(butWith(minimal("external"), given{"url": value, "authorization_url": value})).None(t)
		})
	}
	t.Run("an empty one is an error alone", func(t *testing.T) {
		p.validate(butWith(minimal("external"), given{"url": ""})).Are(t, "error at url: Wrong URL")
	})
	t.Run("a wrong one repeats nothing", func(t *testing.T) {
		p.validate(butWith(minimal("external"), given{"url": "ftp://ada:" + someSecret + "@h/"})).Lack(t, someSecret)
	})
}
