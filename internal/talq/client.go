// Package talq is the Talq (Talkover) API in Go: requests, answers, errors,
// retries and limits. It knows nothing of Terraform.
//
// A [Client] is safe for concurrent use. Its settings never change after [New].
package talq

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Defaults of [Config].
const (
	// DefaultBaseURL is the vendor's own host (API.md). White-label customers have theirs.
	DefaultBaseURL = "https://app.talkover.ai/api/v1"
	// DefaultMaxRetries is how often a request that failed in transport or with a 5xx is sent again.
	DefaultMaxRetries = 5
	// DefaultRequestTimeout bounds one attempt, waiting for the limit not counted.
	DefaultRequestTimeout = 30 * time.Second
)

// LogFunc receives one line for each attempt and each wait for the rate limit:
// at the level warn where all requests wait, else at debug; and one at the level info
// for each publish after writes. The fields hold method, path, status, duration, attempt,
// wait and an agent's id: never a body, a header or a token.
type LogFunc func(ctx context.Context, level slog.Level, message string, fields map[string]any)

// Config is what a [Client] is made of.
type Config struct {
	// BaseURL is checked by [ParseBaseURL]; empty means [DefaultBaseURL].
	BaseURL string
	// Token is checked by [CheckToken].
	Token Secret
	// UserAgent is sent with every request.
	UserAgent string
	// MaxRetries counts retries after the first attempt, for transport errors
	// and 5xx. Zero means none. Waiting out a 429 does not count.
	MaxRetries int
	// RequestTimeout bounds one attempt; zero means [DefaultRequestTimeout].
	RequestTimeout time.Duration
	// RequestsPerMinute is a cap of the caller's own; zero means none.
	RequestsPerMinute int
	// RetryWait is the longest pause before the first retry; it doubles with
	// each further one. Zero means one second.
	RetryWait time.Duration
	// Authorities sign the server's certificate; see [ReadAuthorities]. Nil means
	// the system's.
	Authorities *x509.CertPool
	// Log may be nil.
	Log LogFunc
}

// Client calls the API. Make it with [New], one for each run: it keeps what it has
// read of an agent until it writes to that agent.
type Client struct {
	base *url.URL
	http *transport

	maxListing int // bytes; the constant, but in a test of the bound

	actions   *shared[inventory[Action]]
	trainings *shared[inventory[Training]]
	webhooks  *shared[WebhookListing]
	flows     *shared[Flow]
	agents    *shared[Agent]
	overview  *overview
}

// New checks the configuration and makes a client. It makes no request.
func New(config Config) (*Client, error) {
	if config.BaseURL == "" {
		config.BaseURL = DefaultBaseURL
	}
	base, err := ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := CheckToken(config.Token.Reveal()); err != nil {
		return nil, err
	}
	if config.MaxRetries < 0 {
		return nil, errors.New("the number of retries must not be negative")
	}
	if config.RequestTimeout <= 0 {
		config.RequestTimeout = DefaultRequestTimeout
	}
	if config.RetryWait <= 0 {
		config.RetryWait = time.Second
	}
	if config.Log == nil {
		config.Log = func(context.Context, slog.Level, string, map[string]any) {}
	}
	return &Client{
		base: base,
		http: newTransport(config, newGate(config.RequestsPerMinute, config.Log)),

		maxListing: maxListing,
		actions:    newShared[inventory[Action]](),
		trainings:  newShared[inventory[Training]](),
		webhooks:   newShared[WebhookListing](),
		flows:      newShared[Flow](),
		agents:     newShared[Agent](),
		overview:   newOverview(),
	}, nil
}

// changing is called before each write to an agent, and what it returns after it,
// however it ended: neither what was read before nor what was read meanwhile is
// what the agent is now.
func (c *Client) changing(agentID string) (changed func()) {
	forget := func() {
		c.overview.forget(agentID)
		c.agents.forget(agentID)
		c.webhooks.forget(agentID)
		c.flows.forget(agentID)
		c.actions.forget(agentID) // last, with the next, since an inventory may come from the other two
		c.trainings.forget(agentID)
	}
	forget()
	return forget
}

// request is one call of the API before it is sent.
type request struct {
	method   string
	segments []string // unescaped path below the base URL
	query    url.Values
	body     any      // becomes JSON; nil for none
	secrets  []Secret // what the body holds and no error may repeat
	once     bool     // not sent again after a failure: something else does instead
	// listMember is the member of the answer's data that holds the list; empty where
	// the data is the list itself.
	listMember string
	// unrepeatable keeps it from being sent again once the server may have acted on it:
	// it would do it twice.
	unrepeatable bool
}

// priority is the request's place at the gate.
func (r request) priority() priority {
	switch last := r.segments[len(r.segments)-1]; {
	case r.method == http.MethodGet, last == verbValidate:
		return reads
	case last == verbPublish:
		return publishes
	}
	return writes
}

// agent is the id of the agent that the request is about; empty where it names none.
func (r request) agent() string {
	if len(r.segments) < 2 || r.segments[0] != "agents" {
		return ""
	}
	return r.segments[1]
}

// answer is a 2xx answer, read to its end.
type answer struct {
	path     string // escaped
	status   int
	body     []byte
	attempts int
	// startedAt is when the call began, on the server's clock: the answer's
	// Date less the time that passed. Where there is no Date it is ours.
	startedAt time.Time
	ahead     time.Duration // of the server's clock, compared with ours; zero where there is no Date
}

// send makes the request, with retries, and returns its 2xx answer or an error:
// an [*APIError] where the server answered, an [*UnreachableError] where it did
// not, a [*WaitError] where the limit's wait is too long, or the context's own.
// It is inside a [*NotSentError] where the server has done nothing for certain.
func (c *Client) send(ctx context.Context, r request) (answer, error) {
	trail := &trail{request: r, priority: r.priority(), agent: r.agent(), startedAt: time.Now()}
	a, err := c.sendOn(ctx, r, trail)
	if err != nil && trail.tries() == 0 {
		err = &NotSentError{Err: err}
	}
	return a, err
}

func (c *Client) sendOn(ctx context.Context, r request, trail *trail) (answer, error) {
	target, err := c.resolve(r)
	if err != nil {
		return answer{}, err
	}
	trail.path = target.EscapedPath()
	var body []byte
	if r.body != nil {
		if body, err = encodeBody(r.body); err != nil {
			return answer{}, err
		}
	}
	req, err := c.newRequest(ctx, r.method, target, body)
	if err != nil {
		return answer{}, fmt.Errorf("%s %s: %w", r.method, trail.path, err)
	}
	resp, content, err := c.http.do(req, trail) //nolint:bodyclose // it has read the body and closed it
	if err != nil {
		return answer{}, c.transportError(ctx, r, trail, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return answer{}, c.apiError(r, trail.path, trail.tries(), resp.StatusCode, resp.Header, content)
	}
	startedAt := trail.onServersClock(resp.Header)
	return answer{
		path: trail.path, status: resp.StatusCode, body: content,
		attempts: trail.tries(), startedAt: startedAt, ahead: startedAt.Sub(trail.startedAt),
	}, nil
}

// newRequest makes the HTTP request, whose body can be read again for each attempt.
func (c *Client) newRequest(ctx context.Context, method string, target *url.URL, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Authorization", "Bearer "+c.http.config.Token.Reveal())
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.http.config.UserAgent)
	return req, nil
}

// apiError makes an answer an error that names the request and holds none of
// its secrets.
func (c *Client) apiError(r request, path string, attempts, status int, header http.Header, body []byte) error {
	e := decodeError(status, header, body, c.secrets(r))
	e.Method, e.Path, e.Attempts = r.method, path, attempts
	return e
}

// secrets are the texts that no error about the request may repeat.
func (c *Client) secrets(r request) secrets {
	return newSecrets(slices.Concat(r.secrets, []Secret{c.http.config.Token})...)
}

// transportError says what ended a request that got no answer.
func (c *Client) transportError(ctx context.Context, r request, t *trail, err error) error {
	if ctx.Err() != nil {
		if cause := context.Cause(ctx); !errors.Is(cause, ctx.Err()) {
			return fmt.Errorf("%s %s: %w: %w", r.method, t.path, ctx.Err(), cause)
		}
		return fmt.Errorf("%s %s: %w", r.method, t.path, context.Cause(ctx))
	}
	var wait *WaitError
	if errors.As(err, &wait) {
		return wait
	}
	return &UnreachableError{
		Method: r.method, Host: c.base.Host, Path: t.path, Attempts: t.attempts - t.limited, Err: err,
		cause: c.secrets(r).printable(err.Error()), // net/http quotes answers that it cannot read
	}
}

// resolve puts the escaped segments behind the base URL. Segments that a server
// or a proxy would read as a step up in the path are refused.
func (c *Client) resolve(r request) (*url.URL, error) {
	var b strings.Builder
	b.WriteString(strings.TrimRight(c.base.EscapedPath(), "/"))
	for _, segment := range r.segments {
		if segment == "" || segment == "." || segment == ".." {
			return nil, fmt.Errorf("%q cannot be a part of a path", segment)
		}
		b.WriteByte('/')
		b.WriteString(url.PathEscape(segment))
	}
	target := *c.base
	raw := b.String()
	path, err := url.PathUnescape(raw)
	if err != nil {
		return nil, fmt.Errorf("the path %q: %w", raw, err)
	}
	target.Path, target.RawPath = path, raw
	target.RawQuery = r.query.Encode()
	return &target, nil
}
