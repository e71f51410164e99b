package talq

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// raw starts a server that answers each connection's first request with bytes
// and closes the connection unless it is to be held.
func raw(t *testing.T, hold bool, answer func(n int32) string) (*Client, *atomic.Int32) {
	t.Helper()
	var count atomic.Int32
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		if hold {
			t.Cleanup(func() { _ = conn.Close() })
		} else {
			defer conn.Close()
		}
		_, _ = io.WriteString(conn, answer(count.Add(1)))
	}, func(c *Config) { c.RequestTimeout = 20 * time.Second })
	return c, &count
}

func TestBrokenAnswersAreRetried(t *testing.T) {
	for name, broken := range map[string]string{
		"nothing at all":                  "",
		"cut in the status line":          "HTTP/1.1 20",
		"cut in the headers":              "HTTP/1.1 200 OK\r\nContent-Ty",
		"shorter than its Content-Length": "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"success\":true,",
		"cut in a chunk":                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"succ",
		"no last chunk":                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
		"broken chunk size":               "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
		"broken gzip":                     "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nConnection: close\r\n\r\n{} \n",
	} {
		t.Run(name+", then whole", func(t *testing.T) {
			c, count := raw(t, false, func(n int32) string {
				if n == 1 {
					return broken
				}
				return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", len(oneAction), oneAction)
			})
			got, err := c.UpsertAction(context.Background(), "g", minimalAction())
			if err != nil || got.ID != "a1" || got.Attempts != 2 || count.Load() != 2 {
				t.Errorf("%+v after %d requests: %v", got, count.Load(), err)
			}
		})
		t.Run(name+", always", func(t *testing.T) {
			c, count := raw(t, false, func(int32) string { return broken })
			_, err := c.UpsertAction(context.Background(), "g", minimalAction())
			var e *UnreachableError
			if !errors.As(err, &e) || e.Attempts != 3 || count.Load() != 3 {
				t.Fatalf("%d requests, error %T %v", count.Load(), err, err)
			}
			contains(t, err.Error(), "tried 3 times", "127.0.0.1", "POST /api/v1/agents/g/actions")
		})
	}
}

// TestWhatWasNeverSentIsCertain: without a connection, or with one to a server that is
// not believed, nothing can have been done.
func TestWhatWasNeverSentIsCertain(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	unknown := httptest.NewUnstartedServer(nil)
	unknown.Config.ErrorLog = log.New(io.Discard, "", 0)
	unknown.StartTLS()
	t.Cleanup(unknown.Close)
	for name, row := range map[string]struct {
		address, says string
	}{
		"connection refused":  {"http://" + closed.Addr().String(), "tried 3 times"},
		"no such host":        {"https://talq.invalid", "tried 3 times"},
		"unknown certificate": {unknown.URL, "tried once"},
	} {
		t.Run(name, func(t *testing.T) {
			config := testConfig()
			config.BaseURL = row.address
			_, err := newClient(t, config).UpsertAction(context.Background(), "g", minimalAction())
			if !IsCertain(err) {
				t.Errorf("%T %v counts as perhaps done", err, err)
			}
			contains(t, err.Error(), row.says)
		})
	}
}

func TestSwitchingProtocolsDoesNotHang(t *testing.T) {
	c, _ := raw(t, true, func(int32) string {
		return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
	})
	_, err := list(c)
	var e *APIError
	if !errors.As(err, &e) || e.Status != 101 {
		t.Errorf("error %T %v", err, err)
	}
}

func TestAttemptTimeoutIsRetriedAndNamed(t *testing.T) {
	for name, play := range map[string]roundTripper{
		"no answer": func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		},
		"half an answer": func(r *http.Request) (*http.Response, error) {
			resp, err := answering(200, "")()
			resp.Body = io.NopCloser(io.MultiReader(strings.NewReader("{"), waiting{r.Context()}))
			return resp, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := over(t, play, func(c *Config) { c.RequestTimeout = 7 * time.Second })
				started := time.Now()
				_, err := list(c)
				var e *UnreachableError
				if !errors.As(err, &e) || e.Attempts != 3 {
					t.Fatalf("error %T %v", err, err)
				}
				contains(t, err.Error(), "7s", "request_timeout", "tried 3 times")
				if took := time.Since(started); took < 21*time.Second || took > 22*time.Second {
					t.Errorf("took %s", took)
				}
				if errors.Is(err, context.DeadlineExceeded) {
					t.Error("looks as if the caller's context had ended")
				}
			})
		})
	}
}

// waiting is a body of which nothing comes before the context ends.
type waiting struct{ ctx context.Context }

func (w waiting) Read([]byte) (int, error) {
	<-w.ctx.Done()
	return 0, w.ctx.Err()
}

func TestTimeoutBoundsAnAttemptNotTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		play, count := script(answering(429, "", "Retry-After", "90"), answering(200, emptyList))
		if _, err := list(over(t, play, func(c *Config) { c.RequestTimeout = time.Second })); err != nil || *count != 2 {
			t.Errorf("%d requests: %v", *count, err)
		}
	})
}

func TestTLSErrorsAreNotRetried(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { respond(w, 200, emptyList) })
	quiet := log.New(io.Discard, "", 0)
	for name, start := range map[string]func(*httptest.Server){
		"unknown authority": func(s *httptest.Server) { s.StartTLS() },
		"old TLS version": func(s *httptest.Server) {
			s.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
			s.StartTLS()
		},
		"wants a certificate of ours": func(s *httptest.Server) {
			s.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}
			s.StartTLS()
		},
		"no TLS at all": func(s *httptest.Server) {
			s.Start()
			s.URL = "https" + strings.TrimPrefix(s.URL, "http")
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewUnstartedServer(ok)
			server.Config.ErrorLog = quiet
			start(server)
			defer server.Close()
			config := testConfig()
			config.BaseURL = server.URL
			c := newClient(t, config)
			if name == "wants a certificate of ours" {
				c.http.next.(*http.Transport).TLSClientConfig.InsecureSkipVerify = true
			}
			_, err := list(c)
			var e *UnreachableError
			if !errors.As(err, &e) || e.Attempts != 1 {
				t.Errorf("error %T %v", err, err)
			}
			if name == "no TLS at all" && !errors.Is(err, http.ErrSchemeMismatch) {
				t.Errorf("does not say that the server speaks plain HTTP: %v", err)
			}
		})
	}
}

func TestSpeaksNoTLSBelow12(t *testing.T) {
	next := newTransport(testConfig(), newGate(0, nil)).next.(*http.Transport)
	if next.TLSClientConfig.MinVersion != tls.VersionTLS12 || next.TLSClientConfig.InsecureSkipVerify {
		t.Errorf("%+v", next.TLSClientConfig)
	}
}

func TestWrongHostName(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	config := testConfig()
	config.BaseURL = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	c := newClient(t, config)
	next := c.http.next.(*http.Transport)
	next.TLSClientConfig.RootCAs = server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	next.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	_, err := list(c)
	var e *UnreachableError
	if !errors.As(err, &e) || e.Attempts != 1 {
		t.Errorf("error %T %v", err, err)
	}
}

func TestAnswerBound(t *testing.T) {
	padded := func(size int) string { return emptyList + strings.Repeat(" ", size-len(emptyList)) }
	t.Run("16 MiB pass", func(t *testing.T) {
		play, _ := script(answering(200, padded(MaxAnswer)))
		if _, err := list(over(t, play, patient)); err != nil {
			t.Error(err)
		}
	})
	tooLarge := func(t *testing.T, c *Client, count func() int) {
		t.Helper()
		_, err := list(c)
		if !errors.Is(err, errTooLarge) {
			t.Errorf("error %T %v", err, err)
			return
		}
		contains(t, err.Error(), "larger than 16 MiB", "GET /api/v1/agents/agent/actions")
		lacks(t, err.Error(), "no answer")
		if count() != 1 {
			t.Errorf("%d requests", count())
		}
	}
	for _, status := range []int{200, 500} {
		t.Run(fmt.Sprintf("one byte more, status %d", status), func(t *testing.T) {
			play, count := script(answering(status, padded(MaxAnswer+1)))
			tooLarge(t, over(t, play, patient), func() int { return *count })
		})
	}
	t.Run("gzip bomb", func(t *testing.T) {
		var packed bytes.Buffer
		writer := gzip.NewWriter(&packed)
		_, _ = io.WriteString(writer, padded(1<<20))
		_ = writer.Close()
		bomb := bytes.Repeat(packed.Bytes(), 4*MaxAnswer>>20) // gzip streams in a row are one
		var count atomic.Int32
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			count.Add(1)
			if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				t.Error("gzip was not asked for")
			}
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		}, patient)
		tooLarge(t, c, func() int { return int(count.Load()) })
	})
	t.Run("a stream without an end", func(t *testing.T) {
		var count atomic.Int32
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			count.Add(1)
			out := bufio.NewWriterSize(w, 1<<20)
			for {
				if _, err := out.WriteString(strings.Repeat("[", 1<<16)); err != nil {
					return
				}
			}
		}, patient)
		tooLarge(t, c, func() int { return int(count.Load()) })
	})
}
