package talq

import (
	"bytes"
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
	path      string
	priority  priority
	startedAt time.Time
	once      bool          // not sent again after a failure
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

type trailKey struct{}

// trailOf gives the trail that [Client.send] put into the context.
func trailOf(ctx context.Context) *trail {
	if t, ok := ctx.Value(trailKey{}).(*trail); ok {
		return t
	}
	return &trail{startedAt: time.Now(), priority: reads}
}

// onServersClock gives the time at which the call began, as the server's clock
// had it.
func (t *trail) onServersClock(header http.Header) time.Time {
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return t.startedAt
	}
	return now.Add(-time.Since(t.startedAt))
}

// transport makes one attempt: it passes the gate, bounds the attempt in time,
// reads the answer to its end, and waits out 429s. It stands below the retries,
// so that waiting for the limit uses none of them up, and a body that breaks
// off while it is read is retried like any other failure in transport.
type transport struct {
	next    http.RoundTripper
	gate    *gate
	timeout time.Duration
	log     LogFunc
}

func newTransport(config Config, g *gate) *transport {
	next := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // documented type of the standard library
	next.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: config.Authorities}
	next.MaxIdleConnsPerHost = 16 // Terraform runs ten operations at once by default
	return &transport{next: next, gate: g, timeout: config.RequestTimeout, log: config.Log}
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	trail := trailOf(req.Context())
	for limited := 0; ; limited++ {
		turn, err := t.gate.pass(req.Context(), trail)
		if err != nil {
			var wait *WaitError
			if errors.As(err, &wait) {
				wait.Method = req.Method
			}
			return nil, err
		}
		resp, err := t.attempt(req, trail)
		t.gate.answered(req.Context(), turn, resp, limited)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusTooManyRequests {
			return resp, nil
		}
		trail.limited++
		if req, err = again(req); err != nil {
			return nil, err
		}
	}
}

// attempt sends the request once and reads the whole answer.
func (t *transport) attempt(req *http.Request, trail *trail) (resp *http.Response, err error) {
	trail.attempts++
	started := time.Now()
	defer func() {
		fields := map[string]any{
			"method": req.Method, "path": trail.path, "attempt": trail.attempts,
			"duration_ms": time.Since(started).Milliseconds(),
		}
		if resp != nil {
			fields["status"] = resp.StatusCode
		} else {
			fields["failed"] = failure(err)
		}
		t.log(req.Context(), slog.LevelDebug, "Talq API request", fields)
	}()

	ctx, cancel := context.WithTimeout(req.Context(), t.timeout)
	defer cancel()
	answered, err := t.next.RoundTrip(req.WithContext(ctx))
	if neverSent(err) {
		trail.unsent++
	}
	if err == nil {
		answeredBody := answered.Body
		defer answeredBody.Close()
		if answered.StatusCode == http.StatusSwitchingProtocols {
			// Its body is the bare connection: it may never end, and the
			// context does not close it.
			answered.Body = http.NoBody
			return answered, nil
		}
		var body []byte
		if body, err = io.ReadAll(io.LimitReader(answeredBody, MaxAnswer+1)); err == nil {
			if len(body) > MaxAnswer {
				return nil, errTooLarge
			}
			answered.Body = io.NopCloser(bytes.NewReader(body))
			// http.Client parses Location before it asks whether to follow, and
			// makes one that it cannot parse an error that quotes it.
			answered.Header.Del("Location")
			return answered, nil
		}
		err = fmt.Errorf("the answer broke off: %w", err)
	}
	if req.Context().Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("no whole answer within %s (request_timeout)", t.timeout)
	}
	return nil, err
}

// neverSent reports whether an attempt failed before the request was written: there
// was no connection, or none to a server whose certificate is believed. net/http
// itself sends a POST or DELETE once only.
func neverSent(err error) bool {
	var noConnection *net.OpError
	var refused *tls.CertificateVerificationError
	return errors.As(err, &noConnection) && (noConnection.Op == "dial" || noConnection.Op == "proxyconnect") || errors.As(err, &refused)
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

// again makes the request ready to be sent once more.
func again(req *http.Request) (*http.Request, error) {
	next := req.Clone(req.Context())
	if req.Body == nil || req.Body == http.NoBody {
		return next, nil
	}
	if req.GetBody == nil {
		return nil, errors.New("the request's body cannot be sent again")
	}
	body, err := req.GetBody()
	if err != nil {
		return nil, err
	}
	next.Body = body
	return next, nil
}

// readAll gives the body that [transport.attempt] has put into memory.
func readAll(resp *http.Response) ([]byte, error) {
	return io.ReadAll(io.LimitReader(resp.Body, MaxAnswer))
}
