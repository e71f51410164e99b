package fakeapi

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// basePath is the path of the API's base URL (API.md, first section).
const basePath = "/api/v1"

// Server is one running fake. All its methods are safe for concurrent use.
type Server struct {
	address string
	now     func() time.Time
	http    *http.Server
	stop    context.CancelFunc
	served  chan struct{}
	close   sync.Once

	// mu guards everything below. No request waits for anything while it holds mu.
	mu        sync.Mutex
	behaviour Behaviour
	world     world
	limit     limiter
	journal   []*Request
	arrived   int
	faults    []*liveFault
	holds     []*hold
	before    func(Request)
}

// Option changes how [Start] sets a server up.
type Option func(*Server)

// WithAddress sets the host:port to listen on; without it, a free port of 127.0.0.1.
func WithAddress(addr string) Option {
	return func(s *Server) { s.address = addr }
}

// WithBehaviour starts the server with b; see [Server.SetBehaviour].
func WithBehaviour(b Behaviour) Option {
	return func(s *Server) { s.behaviour = b }
}

// WithClock makes now the server's clock: for timestamps, the Date header, the windows of
// the rate limit and the journal. Delays of faults run on the real clock. now must be safe
// for concurrent use.
func WithClock(now func() time.Time) Option {
	return func(s *Server) { s.now = now }
}

// Start serves a new fake with one environment and no agents, on a loopback port unless
// [WithAddress] says otherwise. There are the voice templates of the vendor's samples, and in
// the environment the phone numbers of theirs. [Server.Close] stops it.
func Start(options ...Option) (*Server, error) {
	s := &Server{
		address: "127.0.0.1:0",
		now:     time.Now,
		world:   newWorld(),
		served:  make(chan struct{}),
	}
	for _, option := range options {
		option(s)
	}
	s.world.addSampleNumbers(s.AddEnvironment())

	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", s.address)
	if err != nil {
		stop()
		return nil, fmt.Errorf("serving the fake API: %w", err)
	}
	s.address = listener.Addr().String()
	s.http = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: time.Minute,
		// Whatever a request waits for ends with its context, and so with the server.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	go func() {
		defer close(s.served)
		if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			panic(fmt.Sprintf("fakeapi: the server stopped by itself: %v", err))
		}
	}()
	return s, nil
}

// Close stops the server at once: open connections are closed, and whatever waits in a
// delay or a hold ends. Further calls do nothing. State and journal remain readable.
func (s *Server) Close() {
	s.close.Do(func() {
		s.stop()
		_ = s.http.Close() // Closing the listener is all that can fail, and it is closed either way.
		<-s.served
	})
}

// BaseURL is the URL to configure a client with, http://127.0.0.1:PORT/api/v1.
func (s *Server) BaseURL() string {
	return "http://" + s.address + basePath
}

// Token is the token of the first environment, talq_fake_environment_1.
func (s *Server) Token() string {
	return environmentToken(1)
}

// AddEnvironment adds an environment and returns its token. An agent of one environment
// answers 404 "Agent not found in this environment." to the token of another.
func (s *Server) AddEnvironment() (token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.addEnvironment()
}

// SetBehaviour changes how the server answers from now on. Use it between requests, not
// while some are under way, where an answer's form matters.
func (s *Server) SetBehaviour(b Behaviour) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behaviour = b
}

// SetRateLimit allows n requests per token in a fixed window; n = 0, the default, allows
// any number. A window opens with the first request after the last one ended. API.md:
// 100 or 1,000 a minute. Calling it starts a new window for every token.
func (s *Server) SetRateLimit(n int, window time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit = limiter{limit: n, length: window}
}
