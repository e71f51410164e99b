package guard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	// perMinute is how many requests are sent in any minute. The smallest plan allows 100.
	perMinute = 90
	// tries is how often one request is sent where it is answered 429.
	tries = 4
	// maxBody bounds what is read of an answer, in bytes.
	maxBody = 16 << 20
)

// Request is one call. Path is escaped, begins with a slash and may have a query.
type Request struct {
	Method, Path string
	// Body is sent as JSON where it is not nil.
	Body any
	// Token replaces the configured one where it is not nil; empty sends none.
	Token *string
}

// Answer is what came back.
type Answer struct {
	Status int
	Header http.Header
	// Body is the decoded JSON, with [json.Number] for numbers; nil where it is none.
	Body any
	// Size is that of the body in bytes.
	Size int
	// At is when it arrived.
	At time.Time
}

// OK says whether the status is a 2xx.
func (a Answer) OK() bool { return a.Status/100 == 2 }

// Object is the body, nil where it is no JSON object.
func (a Answer) Object() map[string]any {
	object, _ := a.Body.(map[string]any)
	return object
}

// Client makes calls one after another; it is not safe for concurrent use.
type Client struct {
	Config
	// Observe is called with every answer, those included that are tried again. It may be nil.
	Observe func(Request, Answer)
	// Now and Wait are the clock.
	Now  func() time.Time
	Wait func(context.Context, time.Duration) error

	http *http.Client
	sent []time.Time // the latest requests, at most perMinute
}

// NewClient returns a client that follows no redirects, since one would take the token
// elsewhere, and waits thirty seconds for an answer.
func NewClient(c Config) *Client {
	return &Client{Config: c, Now: time.Now, Wait: sleep, http: &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Do makes a call, and makes it again after a wait where it is answered 429. An answer of
// any status is no error. Errors hold neither bodies nor the token. Where ctx ends, a request
// that is under way still gets its answer, so that nobody has to guess what became of it.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	for try := 1; ; try++ {
		if err := errors.Join(c.pace(ctx), ctx.Err()); err != nil {
			return Answer{}, err
		}
		a, err := c.send(context.WithoutCancel(ctx), r)
		if err != nil {
			return a, err
		}
		if c.Observe != nil {
			c.Observe(r, a)
		}
		if a.Status != http.StatusTooManyRequests || try == tries {
			return a, nil
		}
		if err := c.Wait(ctx, a.untilNextTry()); err != nil {
			return a, err
		}
	}
}

// pace waits until fewer than perMinute requests were sent in the last minute.
func (c *Client) pace(ctx context.Context) error {
	if len(c.sent) == perMinute {
		if left := time.Minute - c.Now().Sub(c.sent[0]); left > 0 {
			if err := c.Wait(ctx, left); err != nil {
				return err
			}
		}
		c.sent = c.sent[1:]
	}
	c.sent = append(c.sent, c.Now())
	return nil
}

func (c *Client) send(ctx context.Context, r Request) (Answer, error) {
	var body io.Reader
	if r.Body != nil {
		content, err := json.Marshal(r.Body)
		if err != nil {
			return Answer{}, err
		}
		body = bytes.NewReader(content)
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, c.BaseURL+r.Path, body)
	if err != nil {
		return Answer{}, fmt.Errorf("%s is no usable address", BaseURLVariable)
	}
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	token := string(c.Token)
	if r.Token != nil {
		token = *r.Token
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		if inner := new(url.Error); errors.As(err, &inner) {
			err = inner.Err // The outer one repeats the address.
		}
		return Answer{}, fmt.Errorf("%s: %w", r.Method, err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxBody))
	if err != nil {
		return Answer{}, fmt.Errorf("%s: the answer broke off: %w", r.Method, err)
	}
	a := Answer{Status: response.StatusCode, Header: response.Header, Size: len(raw), At: c.Now()}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&a.Body) != nil || decoder.More() {
		a.Body = nil
	}
	return a, nil
}

// Reset is the instant that X-RateLimit-Reset names: an epoch above 1,000,000,000, else a
// number of seconds.
func (a Answer) Reset() (time.Time, bool) {
	n, err := strconv.ParseInt(a.Header.Get("X-RateLimit-Reset"), 10, 64)
	switch {
	case err != nil || n < 0 || n > 1<<40:
		return time.Time{}, false
	case n > 1_000_000_000:
		return time.Unix(n, 0), true
	}
	return a.At.Add(time.Duration(n) * time.Second), true
}

// untilNextTry is the wait after a 429: between one second and two minutes.
func (a Answer) untilNextTry() time.Duration {
	wait := time.Minute
	after := a.Header.Get("Retry-After")
	if seconds, err := strconv.ParseInt(after, 10, 32); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(after); err == nil {
		wait = date.Sub(a.At)
	} else if reset, ok := a.Reset(); ok {
		wait = reset.Sub(a.At)
	}
	return min(max(wait, time.Second), 2*time.Minute)
}
