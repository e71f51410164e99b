package provider

import (
	"fmt"
	"testing"
)

const urlIsNotSecret = "A URL is not secret"

func TestURLsWithCredentialsGiveAWarning(t *testing.T) {
	p := newProtocol(t)
	const host = "https://hooks.example.com/in"
	for address, names := range map[string]string{ // what the warning names; "" for no warning
		"https://ada:" + someSecret + "@hooks.example.com/": "a user name or a password before the host",
		"https://" + someSecret + "@hooks.example.com/":     "a user name or a password before the host",
		"https://:@hooks.example.com/":                      "a user name or a password before the host",
		host + "?key=" + someSecret:                         `"key"`,
		host + "?a=1&token=" + someSecret:                   `"token"`,
		host + "?TOKEN=" + someSecret:                       `"TOKEN"`,
		host + "?secret=" + someSecret:                      `"secret"`,
		host + "?api_key=" + someSecret:                     `"api_key"`,
		host + "?api-key=" + someSecret:                     `"api-key"`,
		host + "?apikey=" + someSecret:                      `"apikey"`,
		host + "?apiKey=" + someSecret:                      `"apiKey"`,
		host + "?access_token=" + someSecret:                `"access_token"`,
		host + "?accessToken=" + someSecret:                 `"accessToken"`,
		host + "?client_secret=" + someSecret:               `"client_secret"`,
		host + "?password=" + someSecret:                    `"password"`,
		host + "?sig=" + someSecret:                         `"sig"`,
		host + "?X-Amz-Signature=" + someSecret:             `"X-Amz-Signature"`,
		host + "?signature=" + someSecret + "&token=x":      `"signature", "token"`,
		host + "?auth=" + someSecret:                        `"auth"`,
		host + "?auth%5Btoken%5D=" + someSecret:             `"auth[token]"`,
		host + "?t%6Fken=" + someSecret:                     `"token"`,
		host + "?%1b%5b2J+key=" + someSecret:                `"\x1b[2J key"`,

		host:                           "",
		host + "?":                     "",
		host + "?key":                  "",
		host + "?token=":               "",
		host + "?keyboard=qwerty":      "",
		host + "?monkey=1&author=ada":  "",
		host + "?tokenized=1":          "",
		host + "?design=1&assignee=ab": "",
		host + "#token=1":              "",
		host + "/token/key":            "",
		host + "?q=token":              "",
	} {
		for _, attribute := range []string{"url", "authorization_url"} {
			t.Run(fmt.Sprintf("%s %q", attribute, address), func(t *testing.T) {
				got := p.validate(butWith(minimal("external"), given{attribute: address}))
				if names == "" {
					got.None(t)
					return
				}
				got.Are(t, "warning at "+attribute+": "+urlIsNotSecret).
					Hold(t, attribute+" seems to hold credentials", names, "Put credentials into custom_headers_wo (or custom_headers)").Lack(t, someSecret, "\x1b")
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
