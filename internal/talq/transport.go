package talq

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// MaxAnswer is the size in bytes past which an answer is refused, after
// decompression.
const MaxAnswer = 16 << 20

var errTooLarge = fmt.Errorf("the answer is larger than %d MiB", MaxAnswer>>20)

// trail is what one call leaves behind over all its attempts. It is used by one
// goroutine at a time.
type trail struct {
	request
	path      string // escaped
	priority  priority
	agent     string // its id; empty where the request names none
	startedAt time.Time
	attempts  int           // requests that were sent, or were to be
	limited   int           // those of them that got a 429, so that the server did nothing
	unsent    int           // those of them that never reached a server that is trusted
	waited    time.Duration // for the rate limit
	retries   int           // after failures, not after 429s
	notBefore time.Time     // the pause before a retry ends then
	asked     bool          // the server asked for that pause
}

// tries counts the requests that the server may have acted on.
func (t *trail) tries() int { return t.attempts - t.limited - t.unsent }

// onServersClock returns the time at which the call began, as the server's clock
// had it.
func (t *trail) onServersClock(header http.Header) time.Time {
	ours := time.Now()
	return serversNow(header, ours).Add(-ours.Sub(t.startedAt)) // how long ago is told by the monotonic clock
}

// transport sends requests: each attempt passes the gate, is bounded in time, and has its
// answer read to the end, so that a body that breaks off is tried again like any other
// failure. It follows no redirect (API.md, ruling 11).
type transport struct {
	config Config
	next   http.RoundTripper
	gate   *gate
}

func newTransport(config Config, g *gate) *transport {
	next := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // documented type of the standard library
	next.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: config.Authorities}
	next.MaxIdleConnsPerHost = 16 // Terraform runs ten operations at once by default
	return &transport{config: config, next: next, gate: g}
}

// do sends a request until it has an answer that trying again would not better, or the
// retries are used up. A 429 uses none of them: it is waited out at the gate, like the
// pause before a retry, so that there is one place where requests wait.
func (t *transport) do(req *http.Request, trail *trail) (*http.Response, []byte, error) {
	ctx := req.Context()
	for limited := 0; ; {
		turn, err := t.gate.pass(ctx, trail)
		if err != nil {
			return nil, nil, err
		}
		resp, body, err := t.attempt(req, trail)
		t.gate.answered(ctx, turn, resp, limited)
		switch {
		case err == nil && resp.StatusCode == http.StatusTooManyRequests:
			trail.limited++
			limited++
			continue
		case !isTransient(resp, err):
			// Also where the context has ended since: the server has acted on the request.
			return resp, body, err
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		case trail.once || trail.retries >= t.config.MaxRetries || trail.unrepeatable && trail.tries() > 0:
			return resp, body, err
		}
		limited = 0
		var wait time.Duration
		wait, trail.asked = retryWait(t.config.RetryWait, trail.retries, resp)
		trail.notBefore = time.Now().Add(wait)
		trail.retries++
	}
}

// attempt sends the request once and reads the whole answer.
func (t *transport) attempt(req *http.Request, trail *trail) (resp *http.Response, body []byte, err error) {
	ctx := req.Context()
	trail.attempts++
	started := time.Now()
	defer func() {
		fields := map[string]any{
			"method": trail.method, "path": trail.path, "attempt": trail.attempts,
			"duration_ms": time.Since(started).Milliseconds(),
		}
		if resp != nil {
			fields["status"] = resp.StatusCode
		} else {
			fields["failed"] = failure(err)
		}
		t.config.Log(ctx, slog.LevelDebug, "Talq API request", fields)
	}()

	bounded, cancel := context.WithTimeout(ctx, t.config.RequestTimeout)
	defer cancel()
	attempt := req.Clone(bounded)
	if req.GetBody != nil {
		if attempt.Body, err = req.GetBody(); err != nil {
			return nil, nil, err
		}
	}
	answered, err := t.next.RoundTrip(attempt)
	var notTLS tls.RecordHeaderError
	if errors.As(err, &notTLS) && string(notTLS.RecordHeader[:]) == "HTTP/" {
		err = http.ErrSchemeMismatch // as http.Client has it: it says what to change
	}
	if neverSent(err) {
		trail.unsent++
	}
	if err == nil {
		defer answered.Body.Close()
		if answered.StatusCode == http.StatusSwitchingProtocols {
			// Its body is the bare connection: it may never end, and the
			// context does not close it.
			return answered, nil, nil
		}
		if body, err = io.ReadAll(io.LimitReader(answered.Body, MaxAnswer+1)); err == nil {
			if len(body) > MaxAnswer {
				return nil, nil, errTooLarge
			}
			return answered, body, nil
		}
		err = fmt.Errorf("the answer broke off: %w", err)
	}
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("no whole answer within %s (request_timeout)", t.config.RequestTimeout)
	}
	return nil, nil, err
}

// neverSent reports whether an attempt failed before the request was written: there
// was no connection, or none to a server whose certificate is believed. net/http
// itself sends a POST or DELETE once only.
func neverSent(err error) bool {
	var noConnection *net.OpError
	return errors.As(err, &noConnection) && (noConnection.Op == "dial" || noConnection.Op == "proxyconnect") || has[*tls.CertificateVerificationError](err)
}

// failure names a failed attempt for the log. The error's own text could quote
// more than belongs there.
func failure(err error) string {
	switch {
	case errors.Is(err, errTooLarge):
		return "answer too large"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	default:
		return "no whole answer"
	}
}
