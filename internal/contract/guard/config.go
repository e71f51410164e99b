// Package guard lets a program try things on one agent of a real account and do no harm:
// it refuses an agent that somebody uses, keeps below the rate limit, and sweeps away what
// it made. It speaks plain HTTP and imports nothing of the provider, so that tests and
// internal/contract can both use it.
package guard

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Prefix begins the name, the subject and the node id of everything that is made.
const Prefix = "tfacc-"

// AgentPrefix begins both name and label of every agent that is made. It is no name that a
// person gives to an agent for tests.
const AgentPrefix = Prefix + "made-by-a-run-"

// The environment variables that [FromEnvironment] reads.
const (
	TokenVariable        = "TALQ_TOKEN"
	AgentVariable        = "TALQ_TEST_AGENT_ID"
	BaseURLVariable      = "TALQ_BASE_URL"
	MayBeChangedVariable = "TALQ_TEST_AGENT_MAY_BE_CHANGED"
	MayPublishVariable   = "TALQ_TEST_MAY_PUBLISH"
	NumberVariable       = "TALQ_TEST_PHONE_NUMBER_ID"
)

const defaultBaseURL = "https://app.talkover.ai/api/v1"

// Secret is a text that no format prints.
type Secret string

// Format writes "(secret)" for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("(secret)")) }

// Config says which agent may be used, and how far.
type Config struct {
	BaseURL string // without a slash at the end
	Token   Secret
	AgentID string
	// MayBeChanged allows an agent that is published, or has a flow, or actions or trainings of
	// others. Its flow may be overwritten.
	MayBeChanged bool
	// MayPublish allows to publish the agent, and agents that are made.
	MayPublish bool
	// NumberID is a phone number that no agent has and that agents which are made may get; ""
	// is none.
	NumberID string
}

// FromEnvironment reads a Config. Its error is one sentence that says what to set, and
// holds no value of a variable.
func FromEnvironment(getenv func(string) string) (Config, error) {
	c := Config{
		BaseURL:      strings.TrimRight(getenv(BaseURLVariable), "/"),
		Token:        Secret(getenv(TokenVariable)),
		AgentID:      getenv(AgentVariable),
		MayBeChanged: getenv(MayBeChangedVariable) == "1",
		MayPublish:   getenv(MayPublishVariable) == "1",
		NumberID:     getenv(NumberVariable),
	}
	if c.BaseURL == "" {
		c.BaseURL = defaultBaseURL
	}
	if c.Token == "" || c.AgentID == "" {
		return c, errors.New("set " + TokenVariable + " to an API token and " + AgentVariable +
			" to the id of an agent that may be used for tests: nothing was sent")
	}
	if strings.ContainsAny(string(c.Token)+c.AgentID+c.NumberID, " \t\r\n") {
		return c, errors.New("take the white space out of " + TokenVariable + ", " + AgentVariable + " and " + NumberVariable + ": nothing was sent")
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return c, errors.New("set " + BaseURLVariable +
			" to an https address without user and query, or leave it out; http is for this machine only: nothing was sent")
	}
	return c, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
