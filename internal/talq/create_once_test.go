package talq

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// creates are the creates for which the API has no key.
var creates = map[string]func(context.Context, *Client) error{
	"agent": func(ctx context.Context, c *Client) error { _, err := create(ctx, c); return err },
	"webhook": func(ctx context.Context, c *Client) error {
		_, err := c.CreateWebhook(ctx, "g", minimalWebhook())
		return err
	},
}

// A second create makes a second agent, or a second webhook. So one whose answer tells
// nothing is not sent again, and its error says so.
func TestACreateIsNotRepeatedInDoubt(t *testing.T) {
	for name, answer := range map[string]func() (*http.Response, error){
		"connection lost":       failing(io.ErrUnexpectedEOF),
		"answer cut off":        answering(201, `{"success":true,"data":{"id":"a`),
		"500":                   answering(500, `{"success":false,"message":"Internal server error."}`),
		"501":                   answering(501, ``),
		"502 of a proxy":        answering(502, "<html></html>", "Content-Type", "text/html"),
		"503 with a time":       answering(503, ``, "Retry-After", "1"),
		"504":                   answering(504, ``),
		"redirect":              answering(302, ``, "Location", "/login"),
		"web page":              answering(200, "<html></html>"),
		"empty answer":          answering(201, ""),
		"no data":               answering(201, `{"success":true}`),
		"no id":                 answering(201, `{"data":{"name":"N"}}`),
		"success false":         answering(200, `{"success":false,"message":"no"}`),
		"a list for the object": answering(201, emptyList),
	} {
		for noun, create := range creates {
			t.Run(noun+", "+name, func(t *testing.T) {
				play, count := script(answer, answering(201, oneAction))
				before := time.Now()
				err := create(t.Context(), over(t, play))
				var unknown *OutcomeUnknownError
				if !outcomeUnknown(err) || !errors.As(err, &unknown) || IsCertain(err) {
					t.Fatalf("error %T %v", err, err)
				}
				if *count != 1 {
					t.Errorf("%d requests", *count)
				}
				if unknown.StartedAt.Before(before) || time.Since(unknown.StartedAt) < 0 {
					t.Errorf("started at %s", unknown.StartedAt)
				}
				if err.Error() != unknown.Err.Error() || err.Error() == "" {
					t.Errorf("the error says %q", err)
				}
			})
		}
	}
}

// notConnected is what net/http reports where there was no connection to send on.
func notConnected() error { return &net.OpError{Op: "dial", Err: errors.New("connection refused")} }

func TestACreateIsSentAgainWhereNothingCanHaveBeenDone(t *testing.T) {
	limited := answering(429, `{"message":"Too many requests."}`, "Retry-After", "0")
	made := answering(201, oneAction)
	for noun, create := range creates {
		for name, test := range map[string]struct {
			answers  []func() (*http.Response, error)
			requests int
			unknown  bool
		}{
			"429":                           {[]func() (*http.Response, error){limited, made}, 2, false},
			"no connection":                 {[]func() (*http.Response, error){failing(notConnected()), made}, 2, false},
			"no connection, then a 429":     {[]func() (*http.Response, error){failing(notConnected()), limited, made}, 3, false},
			"429, then a lost answer":       {[]func() (*http.Response, error){limited, failing(io.ErrUnexpectedEOF), made}, 2, true},
			"no connection, then a bad one": {[]func() (*http.Response, error){failing(notConnected()), answering(502, ""), made}, 2, true},
		} {
			t.Run(noun+", "+name, func(t *testing.T) {
				play, count := script(test.answers...)
				err := create(t.Context(), over(t, play))
				if outcomeUnknown(err) != test.unknown || (err != nil) != test.unknown || *count != test.requests {
					t.Errorf("%d requests, error %T %v", *count, err, err)
				}
			})
		}
		t.Run(noun+", never a connection", func(t *testing.T) {
			play, count := script(failing(notConnected()))
			err := create(t.Context(), over(t, play))
			var unsent *NotSentError
			if !errors.As(err, &unsent) || outcomeUnknown(err) || *count != 3 {
				t.Errorf("%d requests, error %T %v", *count, err, err)
			}
		})
		t.Run(noun+", refused after a 429", func(t *testing.T) {
			play, _ := script(limited, answering(422, `{"message":"No."}`))
			if err := create(t.Context(), over(t, play)); !IsCertain(err) || outcomeUnknown(err) {
				t.Errorf("error %T %v", err, err)
			}
		})
	}
}

func TestACreateThatIsCancelled(t *testing.T) {
	for noun, create := range creates {
		t.Run(noun+", before it is sent", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			c := over(t, func(*http.Request) (*http.Response, error) {
				t.Error("a request was sent")
				return answering(201, oneAction)()
			})
			if err := create(ctx, c); !errors.Is(err, context.Canceled) || outcomeUnknown(err) {
				t.Errorf("error %T %v", err, err)
			}
		})
		t.Run(noun+", while it is under way", func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			c := over(t, func(r *http.Request) (*http.Response, error) {
				cancel()
				return nil, r.Context().Err()
			})
			if err := create(ctx, c); !errors.Is(err, context.Canceled) || !outcomeUnknown(err) {
				t.Errorf("error %T %v", err, err)
			}
		})
	}
}

// The standard library sends some requests again by itself, where a connection that was
// open already breaks. It must not do so with a create.
func TestTheLibraryDoesNotRepeatACreate(t *testing.T) {
	for noun, create := range creates {
		t.Run(noun, func(t *testing.T) {
			var sent atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					respond(w, 200, oneAction)
					return
				}
				sent.Add(1)
				_, _ = io.Copy(io.Discard, r.Body)
				panic(http.ErrAbortHandler) // closes the connection without an answer
			}))
			defer server.Close()
			config := testConfig()
			config.BaseURL = server.URL
			c := newClient(t, config)
			if _, err := c.GetAgent(t.Context(), "g"); err != nil { // leaves an open connection
				t.Fatal(err)
			}
			err := create(t.Context(), c)
			if !outcomeUnknown(err) || sent.Load() != 1 {
				t.Errorf("%d creates, error %T %v", sent.Load(), err, err)
			}
		})
	}
}
