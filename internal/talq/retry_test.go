package talq

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestStatusesThatAreRetried(t *testing.T) {
	for _, status := range []int{500, 502, 503, 504, 599} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			play, count := script(answering(status, `{"message":"broken"}`))
			_, err := list(over(t, play))
			var e *APIError
			if !errors.As(err, &e) {
				t.Fatalf("error %T %v", err, err)
			}
			if *count != 3 || e.Attempts != 3 || e.Status != status {
				t.Errorf("%d requests, %d attempts, status %d", *count, e.Attempts, e.Status)
			}
			contains(t, err.Error(), "broken", "after 3 attempts")
		})
	}
}

func TestStatusesThatAreNotRetried(t *testing.T) {
	for _, status := range []int{301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 408, 409, 418, 422, 501} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			play, count := script(answering(status, `{"message":"no"}`, "Location", "https://elsewhere.example/"))
			_, err := list(over(t, play))
			var e *APIError
			if !errors.As(err, &e) || e.Status != status || e.Attempts != 1 || *count != 1 {
				t.Fatalf("%d requests, error %v", *count, err)
			}
			lacks(t, err.Error(), "attempts", "elsewhere.example")
		})
	}
}

func TestRecoversAfterRetries(t *testing.T) {
	for name, failure := range map[string]func() (*http.Response, error){
		"server error":    answering(503, ""),
		"connection lost": failing(io.ErrUnexpectedEOF),
	} {
		t.Run(name, func(t *testing.T) {
			play, count := script(failure, failure, answering(200, oneAction))
			got, err := over(t, play).UpsertAction(context.Background(), "g", minimalAction())
			if err != nil || got.ID != "a1" || got.Attempts != 3 || *count != 3 {
				t.Errorf("%+v after %d requests: %v", got, *count, err)
			}
		})
	}
}

func TestMaxRetries(t *testing.T) {
	for _, retries := range []int{0, 1, 5} {
		t.Run(strconv.Itoa(retries), func(t *testing.T) {
			play, count := script(failing(errors.New("connection refused")))
			_, err := list(over(t, play, func(c *Config) { c.MaxRetries = retries }))
			var e *UnreachableError
			if !errors.As(err, &e) || e.Attempts != retries+1 || *count != retries+1 {
				t.Errorf("%d requests, error %v", *count, err)
			}
		})
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the redirect was followed")
	}))
	defer other.Close()
	for name, location := range map[string]string{
		"absolute": other.URL + "/secret-place", "relative": "/elsewhere", "none": "",
		"no URL": "http://[secret-place", "no URL either": "secret-place:%zz",
	} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			t.Run(name+" "+strconv.Itoa(status), func(t *testing.T) {
				var count atomic.Int32
				c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
					count.Add(1)
					if location != "" {
						w.Header()["Location"] = []string{location}
					}
					w.WriteHeader(status)
				})
				_, err := c.UpsertAction(context.Background(), "g", minimalAction())
				var e *APIError
				if !errors.As(err, &e) || e.Status != status {
					t.Fatalf("error %T: %v", err, err)
				}
				contains(t, err.Error(), "redirect", "base_url")
				lacks(t, err.Error(), "secret-place", "\x1b")
				if count.Load() != 1 {
					t.Errorf("%d requests", count.Load())
				}
			})
		}
	}
}

func TestBodyIsSentAgainWhole(t *testing.T) {
	for name, test := range map[string]struct{ first, retries int }{
		"after a 503": {503, 2},
		"after a 429": {429, 0}, // no retry that would hide a body that was not sent
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var bodies []string
				// In memory, since net/http would itself rewind a body that was read.
				c := over(t, func(r *http.Request) (*http.Response, error) {
					body, err := io.ReadAll(r.Body)
					bodies = append(bodies, string(body))
					if len(bodies) < 3 {
						return answering(test.first, "", "Retry-After", "0")()
					}
					resp, _ := answering(200, oneAction)()
					return resp, err
				}, func(c *Config) { c.MaxRetries = test.retries })
				a := minimalAction()
				a.Description = strings.Repeat("long ", 50_000)
				if _, err := c.UpsertAction(context.Background(), "g", a); err != nil {
					t.Fatal(err)
				}
				want, _ := encodeBody(a.body())
				for i, body := range bodies {
					if body != string(want) {
						t.Errorf("body %d has %d bytes of %d", i+1, len(body), len(want))
					}
				}
				if len(bodies) != 3 {
					t.Errorf("%d requests", len(bodies))
				}
			})
		})
	}
}

func TestRetryPauses(t *testing.T) {
	for name, test := range map[string]struct {
		headers        []string
		atLeast, atMax time.Duration
	}{
		"doubling":               {nil, 1500 * time.Millisecond, 3 * time.Second}, // up to 1 s and 2 s, never less than half
		"as the server asks":     {[]string{"Retry-After", "20"}, 40 * time.Second, 44*time.Second + time.Millisecond},
		"asks for too much":      {[]string{"Retry-After", "9999999"}, 0, 0}, // a WaitError at once
		"asks for less":          {[]string{"Retry-After", "0"}, 1500 * time.Millisecond, 3 * time.Second},
		"asks for nothing clear": {[]string{"Retry-After", "soon"}, 1500 * time.Millisecond, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				play, _ := script(answering(503, "", test.headers...))
				c := over(t, play, func(c *Config) { c.RetryWait = time.Second })
				started := time.Now()
				if _, err := list(c); err == nil {
					t.Fatal("no error")
				}
				if took := time.Since(started); took < test.atLeast || took > test.atMax+time.Millisecond {
					t.Errorf("paused %s, want %s to %s", took, test.atLeast, test.atMax)
				}
			})
		})
	}
}

func TestRetryPauseHoldsNobodyElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := over(t, func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodDelete {
				return answering(503, "", "Retry-After", "60")()
			}
			return answering(200, emptyList)()
		})
		go func() { _ = c.DeleteAction(t.Context(), "g", "a") }()
		synctest.Wait()
		started := time.Now()
		if _, err := list(c); err != nil || time.Since(started) != 0 {
			t.Errorf("after %s: %v", time.Since(started), err)
		}
		time.Sleep(time.Hour) // let the other one end
	})
}

func TestContextEndsEveryWaitAtOnce(t *testing.T) {
	limited := answering(429, "", "Retry-After", "100")
	for name, test := range map[string]struct {
		play   func() (*http.Response, error)
		change func(*Config)
		calls  int // made before the one that is to wait
	}{
		"pause before a retry": {answering(503, "", "Retry-After", "100"), func(*Config) {}, 0},
		"gate after a 429":     {limited, func(*Config) {}, 0},
		"gate shut by others":  {answering(200, emptyList, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "100"), func(*Config) {}, 1},
		"cap of our own":       {answering(200, emptyList), func(c *Config) { c.RequestsPerMinute = 1 }, 1},
	} {
		for _, deadline := range []bool{false, true} {
			t.Run(name+map[bool]string{false: " cancelled", true: " past its deadline"}[deadline], func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					c := over(t, func(*http.Request) (*http.Response, error) { return test.play() }, test.change)
					for range test.calls {
						if _, err := list(c); err != nil {
							t.Fatal(err)
						}
					}
					ctx, cancel := context.WithCancel(t.Context())
					want := context.Canceled
					if deadline {
						cancel()
						want = context.DeadlineExceeded
						ctx, cancel = context.WithTimeout(t.Context(), 3*time.Second)
					} else {
						time.AfterFunc(3*time.Second, cancel)
					}
					defer cancel()
					started := time.Now()
					_, err := c.ListActions(ctx, "g")
					if !errors.Is(err, want) {
						t.Errorf("error %T %v", err, err)
					}
					if took := time.Since(started); took != 3*time.Second {
						t.Errorf("ended after %s", took)
					}
				})
			})
		}
	}
}

func TestContextEndedBeforeTheCall(t *testing.T) {
	c := over(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return answering(200, emptyList)()
	})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.ListActions(ctx, "g"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestContextEndsDuringAnAttempt(t *testing.T) {
	reached := make(chan struct{})
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		close(reached)
		<-r.Context().Done()
	})
	reason := errors.New("the operator pressed a key")
	ctx, cancel := context.WithCancelCause(context.Background())
	go func() {
		<-reached
		cancel(reason)
	}()
	_, err := c.UpsertAction(ctx, "g", minimalAction())
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is no context.Canceled", err)
	}
	if !errors.Is(err, reason) {
		t.Errorf("%v does not hold the reason", err)
	}
	contains(t, err.Error(), "POST /api/v1/agents/g/actions")
}

// The server has acted; to lose its answer would lose the action from the state.
func TestAnswerThatCameBeforeTheContextEndedIsKept(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	c := over(t, func(*http.Request) (*http.Response, error) {
		resp, err := answering(201, oneAction)()
		resp.Body = &endOfBody{Reader: resp.Body, then: cancel}
		return resp, err
	})
	got, err := c.UpsertAction(ctx, "g", minimalAction())
	if err != nil || got.ID != "a1" {
		t.Errorf("%+v, error %v", got, err)
	}
}

// endOfBody calls a function once its reader has been read to the end.
type endOfBody struct {
	io.Reader
	then func()
}

func (e *endOfBody) Read(p []byte) (int, error) {
	n, err := e.Reader.Read(p)
	if err == io.EOF {
		e.then()
	}
	return n, err
}

func (e *endOfBody) Close() error { return nil }
