package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// driver runs configurations against the fake, and remembers the state in between.
type driver interface {
	// apply does what `terraform apply -auto-approve` does. It gives the errors that a
	// person would see; none means that all went well.
	apply(ctx context.Context, c configuration, settings settings) run
	// plan does what `terraform plan` does, and gives a line for each change.
	plan(ctx context.Context, c configuration, settings settings) (changes []string, run run)
	// state gives what Terraform knows of each resource, by its address.
	state(ctx context.Context) (map[string]attributes, error)
	// interrupt is Ctrl-C. Like kill it may be called at any time, and does nothing when
	// no run is under way.
	interrupt()
	// kill takes the provider's processes away, and says how many there were.
	kill() int
	// close ends the driver. It removes what it has left on disk.
	close() error
}

// settings are what the provider block says, the address and the token apart.
type settings struct {
	retries, timeout int
}

// fair are the settings in fair weather.
var fair = settings{retries: 2, timeout: 30}

// run is how a run of Terraform ended.
type run struct {
	errors []string
	// output is all that a person could have seen of it.
	output string
}

func (r *run) fail(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

// failure is what a storm has shown to be wrong.
type failure struct {
	// what says which promise was broken, in the same words for the same promise.
	what    string
	details []string
}

func (f *failure) Error() string {
	return f.what + ":\n    " + strings.Join(f.details, "\n    ")
}

// opener makes a driver for a server.
type opener func(ctx context.Context, server *fakeapi.Server) (driver, error)

// tally counts what happened, so that a report shows that the weather was bad.
type tally struct {
	// struck counts the requests that got an error or no answer; wrong bodies are not seen.
	requests, struck, failedRuns, cutShort, killed int
}

func (t tally) String() string {
	return fmt.Sprintf("%d requests, %d of them failed, %d applies failed, %d were cut short, %d of them by a kill",
		t.requests, t.struck, t.failedRuns, t.cutShort, t.killed)
}

func (t *tally) add(other tally) {
	t.requests += other.requests
	t.struck += other.struck
	t.failedRuns += other.failedRuns
	t.cutShort += other.cutShort
	t.killed += other.killed
}

// weather runs a storm: base, gusts, calm. It gives what was wrong, nil for nothing. An
// error is a failure of the campaign itself.
func (s storm) weather(ctx context.Context, open opener) (found *failure, seen tally, err error) {
	server, err := fakeapi.Start(fakeapi.WithBehaviour(s.behaviour()))
	if err != nil {
		return nil, seen, err
	}
	defer server.Close()
	for n := range agents {
		server.AddAgent(fakeapi.AgentSeed{ID: agentID(n), Status: "published"})
	}
	d, err := open(ctx, server)
	if err != nil {
		return nil, seen, err
	}
	defer func() {
		if problem := d.close(); err == nil {
			err = problem
		}
	}()

	if r := d.apply(ctx, s.base, fair); len(r.errors) > 0 {
		return &failure{"an apply in fair weather fails", r.errors}, seen, nil
	}
	for _, g := range s.gusts {
		r, err := g.blow(ctx, server, d, s.edited(), &seen)
		if err != nil {
			return nil, seen, err
		}
		if leaked := leaks(r, server.Token()); leaked != nil {
			return leaked, seen, nil
		}
	}
	found, err = s.calm(ctx, server, d)
	seen.requests = len(server.Journal())
	return found, seen, err
}

// blow applies a configuration while the gust blows, and waits until all has settled.
func (g gust) blow(ctx context.Context, server *fakeapi.Server, d driver, c configuration, seen *tally) (run, error) {
	for _, f := range g.faults {
		f.inject(server)
	}
	if g.limit > 0 {
		server.SetRateLimit(g.limit, time.Second)
	}
	before := len(server.Journal())
	var over, killed atomic.Int64
	if g.end != nil {
		server.Before(g.end.hook(d, &over, &killed))
	}
	r := d.apply(ctx, c, settings{g.retries, g.timeout})
	// What a killed provider has sent may still be on its way through the server.
	if err := server.Settle(ctx); err != nil {
		return r, err
	}
	server.Before(nil)
	server.ClearFaults()
	server.SetRateLimit(0, 0)
	for _, request := range server.Journal()[before:] {
		if request.Status != 200 && request.Status != 201 && request.Status != 204 {
			seen.struck++
		}
	}
	if len(r.errors) > 0 {
		seen.failedRuns++
	}
	seen.cutShort += int(over.Load())
	seen.killed += int(min(1, killed.Load()))
	return r, nil
}

// hook cuts a run short when the request that the end names arrives.
func (e *end) hook(d driver, over, killed *atomic.Int64) func(fakeapi.Request) {
	var arrived atomic.Int64
	return func(r fakeapi.Request) {
		if (r.Method == "GET") != e.reads || arrived.Add(1) != int64(e.at) {
			return
		}
		over.Add(1)
		if e.how == kill {
			killed.Add(int64(d.kill()))
		} else {
			d.interrupt()
		}
	}
}
