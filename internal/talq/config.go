package talq

import (
	"errors"
	"net"
	"net/url"
	"strings"
	"unicode"
)

// ParseBaseURL checks a base URL: https, or http on a loopback host; a host; no
// user info, query or fragment. A trailing slash is fine. Its errors complete
// the sentence "the base URL …" and do not repeat it, since it may hold user info.
func ParseBaseURL(raw string) (*url.URL, error) {
	if strings.TrimSpace(raw) != raw || strings.ContainsFunc(raw, unicode.IsControl) {
		return nil, errors.New("must not have blanks around it or control characters in it")
	}
	parsed, err := url.Parse(raw)
	if err != nil || parsed.Host == "" || parsed.Hostname() == "" || parsed.Opaque != "" {
		return nil, errors.New("must be a whole URL with scheme and host, such as " + DefaultBaseURL)
	}
	switch parsed.Scheme {
	case "https":
	case "http":
		if !isLoopback(parsed.Hostname()) {
			return nil, errors.New("must begin with https://: over plain http the token could be read on the way (http is allowed for loopback hosts only)")
		}
	default:
		return nil, errors.New("must begin with https://")
	}
	switch {
	case parsed.User != nil:
		return nil, errors.New("must not contain a user name or password: the token is the only credential")
	case parsed.RawQuery != "" || parsed.ForceQuery:
		return nil, errors.New("must not have a query (the part after ?)")
	case parsed.Fragment != "" || strings.Contains(raw, "#"):
		return nil, errors.New("must not have a fragment (the part after #)")
	}
	return parsed, nil
}

// isLoopback reports whether a host name or address stays on this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// CheckToken refuses tokens that can only be mistakes. The prefix is not
// checked: white-label customers have their own. Its errors complete the
// sentence "the token …" and never repeat it.
func CheckToken(token string) error {
	switch {
	case token == "":
		return errors.New("is empty")
	case len(token) >= 7 && strings.EqualFold(token[:7], "bearer "):
		return errors.New(`begins with "Bearer ": give the token alone, the provider adds that word`)
	case strings.ContainsFunc(token, unicode.IsSpace):
		return errors.New("has a blank or a line break in it, perhaps at its end from a file")
	case strings.ContainsFunc(token, func(r rune) bool { return r < 0x21 || r > 0x7e }):
		return errors.New("has a character that an HTTP header cannot contain")
	}
	return nil
}
