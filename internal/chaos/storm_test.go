package chaos

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync/atomic"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// storm is all that happens in one run.
type storm struct {
	// reverted goes back to the base configuration at the end. An update in the storm may
	// have ended without a clear answer: the state then has the old values, which are the
	// ones that are wished for again, and the server perhaps the new ones.
	reverted bool
	// behaviour is how the API behaves where its pages leave that open; answers say it.
	behaviour fakeapi.Behaviour
	answers   []string
	// base is applied in fair weather, edited in the gusts.
	base, edited configuration
	gusts        []gust
}

// GoString is how rapid prints a storm that broke a promise.
func (s storm) GoString() string {
	var b strings.Builder
	fmt.Fprintf(&b, "back to the base at the end: %t\nthe API: %s\n", s.reverted, strings.Join(s.answers, "; "))
	fmt.Fprintf(&b, "# base configuration\n%s\n# edited configuration\n%s\n", s.base.hcl(), s.edited.hcl())
	for i, g := range s.gusts {
		fmt.Fprintf(&b, "gust %d: %+v\n", i+1, g)
	}
	return b.String()
}

// gust is one apply of the edited configuration in bad weather.
type gust struct {
	faults []fault
	settings
	// limit is how many requests the server allows in a window of a second; 0 is any number.
	limit int
	end   end
}

// end cuts a run short.
type end struct {
	// at is the number of the request at whose arrival it happens, counted among the writes
	// or, with reads, among the reads; 0 lets the run go to its end.
	at    int
	reads bool
	// kill takes the provider's process away. Else Terraform is interrupted, as by Ctrl-C.
	kill bool
}

// settings are what the provider block says: max_retries, and request_timeout in seconds.
type settings struct{ retries, timeout int }

var fair = settings{retries: 2, timeout: 30}

// tally counts what happened, to show that the weather was bad.
type tally map[string]int

// weather runs a storm: base, gusts, calm. It returns what was wrong, nil for nothing.
func (s storm) weather(ctx context.Context, open opener, seen tally) *failure {
	server, err := fakeapi.Start(fakeapi.WithBehaviour(s.behaviour))
	if err != nil {
		return &failure{"the fake does not start", []string{err.Error()}}
	}
	defer server.Close()
	s.furnish(server)
	d := open(server)
	if r := d.apply(s.base, fair); len(r.errors) > 0 {
		return &failure{"an apply in fair weather fails", r.errors}
	}
	seen["storms"]++
	for _, agent := range server.Agents() {
		server.SetRecentCalls(agent.ID, 700) // what a first message is kept for
	}
	for _, g := range s.gusts {
		before, err := d.state()
		if err != nil {
			return &failure{"the state is not whole", []string{err.Error()}}
		}
		made := births(server)
		r := g.blow(ctx, d, s.edited, seen)
		after, err := d.state()
		if err != nil {
			return &failure{"the state is not whole", []string{err.Error()}}
		}
		if broken := first(leaks(r, server.Token()), seconds(server), dropped(before, after, made, births(server))); broken != nil {
			return broken
		}
	}
	return s.calm(d, seen)
}

// furnish adds to the server what configurations refer to: agents that somebody else made,
// voices, and numbers for all that are to be made.
func (s storm) furnish(server *fakeapi.Server) {
	for n := range agents {
		server.AddAgent(fakeapi.AgentSeed{ID: agentID(n), Status: "published"})
		server.RemoveTraining(agentID(n), server.Trainings(agentID(n))[0].ID)
	}
	for _, language := range languages {
		for _, tier := range tiers {
			server.AddVoice(fakeapi.VoiceSeed{ID: tier + "-" + language, Language: language, Tier: tier})
		}
	}
	both := maps.Clone(s.base)
	maps.Copy(both, s.edited)
	for _, address := range both.of(typeAgent) {
		for _, number := range phoneNumbers {
			server.AddPhoneNumber(fakeapi.NumberSeed{ID: nameOf(address) + number, Number: "+12025550100"})
		}
	}
}

// blow applies a configuration while the gust blows, and waits until all has settled.
func (g gust) blow(ctx context.Context, d *driver, c configuration, seen tally) run {
	server := d.server
	for _, f := range g.faults {
		f.inject(server)
	}
	server.SetRateLimit(g.limit, time.Second)
	before := len(server.Requests(fakeapi.Match{}))
	var arrived atomic.Int64
	server.Before(func(r fakeapi.Request) {
		if (r.Method == "GET") == g.end.reads && arrived.Add(1) == int64(g.end.at) {
			if g.end.kill {
				d.killProvider()
			} else {
				d.Interrupt()
			}
		}
	})
	r := d.apply(c, g.settings)
	// What a killed provider has sent may still be on its way through the server.
	if err := server.Settle(ctx); err != nil {
		r.errors = append(r.errors, err.Error())
	}
	server.Before(nil)
	server.ClearFaults()
	server.SetRateLimit(0, 0)
	for _, request := range server.Requests(fakeapi.Match{})[before:] {
		seen["requests"]++
		if request.Status < 200 || request.Status > 299 {
			seen["requests that failed"]++
		}
	}
	if len(r.errors) > 0 {
		seen["applies that failed"]++
	}
	if g.end.at > 0 && arrived.Load() >= int64(g.end.at) {
		seen[map[bool]string{false: "applies interrupted", true: "applies with a kill"}[g.end.kill]]++
	}
	return r
}
