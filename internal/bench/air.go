package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// airRow is an apply that writes to some agents, and for how long these take no calls
// meanwhile.
type airRow struct {
	size
	limited     bool
	parallelism int
	time        time.Duration // from the first request to the last
	draft       time.Duration // of all agents together
}

// size is a number of agents, and of writes to each of them.
type size struct{ agents, writes int }

// sizes reads numbers such as 40x15.
func sizes(into *[]size) func(string) error {
	return func(text string) error {
		*into = nil
		for word := range strings.SplitSeq(text, ",") {
			var both []int
			if err := numbers(&both)(strings.Replace(word, "x", ",", 1)); err != nil || len(both) != 2 {
				return fmt.Errorf("%q is not a number of agents and of writes to each; write it as 40x15", word)
			}
			*into = append(*into, size{both[0], both[1]})
		}
		return nil
	}
}

// measureAir makes each apply without a limit, and with one.
func measureAir(ctx context.Context, o options, work *workspace, found *result) error {
	for _, size := range o.air {
		for _, limited := range []bool{false, true} {
			for _, parallelism := range o.parallelism {
				r := airRow{size: size, limited: limited, parallelism: parallelism}
				if err := r.measure(ctx, o, work); err != nil {
					return fmt.Errorf("%d writes to each of %d agents: %w", size.writes, size.agents, err)
				}
				found.air = append(found.air, r)
			}
		}
	}
	return nil
}

// measure makes the first apply of actions of agents that take calls.
func (r *airRow) measure(ctx context.Context, o options, work *workspace) error {
	clock := fakeapi.NewPacedClock()
	var settings []fakeapi.Option
	if r.limited {
		settings = append(settings, fakeapi.WithClock(clock.Now))
	}
	server, err := fakeapi.Start(settings...)
	if err != nil {
		return err
	}
	defer server.Close()
	server.Inject(fakeapi.Fault{Delay: o.latency})
	if r.limited {
		clock.Limit(server, airLimit, max(time.Second, 10*o.latency))
	}
	ids := []string{}
	for range r.agents {
		ids = append(ids, server.AddAgent(fakeapi.AgentSeed{Status: "published"}))
	}
	f, err := work.folder(actionsConfiguration(r.agents*r.writes, ids), "TALQ_BASE_URL="+server.BaseURL(), "TALQ_TOKEN="+server.Token())
	if err != nil {
		return err
	}
	if _, _, err := f.run(ctx, 0, "apply", "-input=false", "-no-color", "-auto-approve", "-parallelism="+strconv.Itoa(r.parallelism)); err != nil {
		return err
	}
	journal := server.Requests(fakeapi.Match{})
	r.time = r.between(journal[0], journal[len(journal)-1])
	r.draft = inDraft(journal, r.between)
	fmt.Fprintf(o.progress, "%5d writes to each of %d agents: -parallelism=%d, limited %t: %s, %s in draft\n",
		r.writes, r.agents, r.parallelism, r.limited, r.time, r.draft)
	return nil
}

// airLimit is how many requests the fake takes in a window where it has a limit.
const airLimit = 100

// between is the time from one request to the answer to another. Where there is a limit
// it is what windows of a minute would make of it, whatever the machine.
func (r *airRow) between(first, last fakeapi.Request) time.Duration {
	if r.limited {
		return time.Duration(last.Window-first.Window) * time.Minute
	}
	return last.AnsweredAt.Sub(first.ArrivedAt)
}

// inDraft adds up, over all agents, the time from the first write to the publish that
// comes after it.
func inDraft(journal []fakeapi.Request, between func(first, last fakeapi.Request) time.Duration) (all time.Duration) {
	since := map[string]fakeapi.Request{}
	for _, request := range journal {
		first, draft := since[request.AgentID]
		switch {
		case !request.Accepted:
		case request.Op == fakeapi.OpPublish && draft:
			all += between(first, request)
			delete(since, request.AgentID)
		case request.Op != fakeapi.OpPublish && !draft:
			since[request.AgentID] = request
		}
	}
	return all
}
