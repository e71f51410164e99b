package guard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"

	"golang.org/x/time/rate"
)

// Through a [Door] go at most doorBurst requests at once and then one a second. So even where
// three runs follow each other within a minute, they stay below 100 requests.
const (
	doorEvery = time.Second
	doorBurst = 10
)

// Door passes requests on to a Talq API at a pace below its rate limit. Tests need one for
// all: each start of the CLI makes a provider of its own, which knows nothing of the
// requests of the one before.
type Door struct {
	// BaseURL is the API's base URL through the door, on a loopback port.
	BaseURL string
	server  *http.Server
}

// OpenDoor serves a door to the API at baseURL until it is closed. It changes nothing in
// requests and answers, and keeps no token.
func OpenDoor(baseURL string) (*Door, error) {
	target, err := url.Parse(baseURL)
	if err != nil {
		return nil, fmt.Errorf("%s is no usable address", BaseURLVariable)
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a port for the tests' requests: %w", err)
	}
	pace := rate.NewLimiter(rate.Every(doorEvery), doorBurst)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host, r.Out.Host = target.Scheme, target.Host, ""
	}}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if pace.Wait(r.Context()) == nil {
			proxy.ServeHTTP(w, r)
		}
	})}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(fmt.Sprintf("guard: the door closed by itself: %v", err))
		}
	}()
	here := *target
	here.Scheme, here.Host = "http", listener.Addr().String()
	return &Door{BaseURL: here.String(), server: server}, nil
}

// Close ends the door at once.
func (d *Door) Close() error { return d.server.Close() }
