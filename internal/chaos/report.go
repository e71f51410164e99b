package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// campaign is a number of storms with one driver.
type campaign struct {
	name   string
	storms int
	// kills says that the provider's process may be killed.
	kills bool
	// setUp is called once, if there is a storm at all; tidy ends what it began.
	setUp func(ctx context.Context) (open opener, tidy func() error, err error)
	bound shrinking
	// replay is the command that runs one storm again, without its seed.
	replay string
}

func inProcessCampaign(storms int) campaign {
	return campaign{
		name: "in process", storms: storms, bound: shrinking{tries: 300, time: time.Minute},
		setUp: func(context.Context) (opener, func() error, error) {
			return openInProcess, func() error { return nil }, nil
		},
		replay: "make chaos SEED=%d",
	}
}

func cliCampaign(storms int) campaign {
	return campaign{
		name: "through the CLI", storms: storms, kills: true, bound: shrinking{tries: 40, time: 3 * time.Minute},
		setUp:  openCLI,
		replay: "make chaos SEED=%d STORMS=0 CLI_STORMS=1",
	}
}

// run runs the storms with the seeds from first on, and says how many have failed.
func (c campaign) run(ctx context.Context, first uint64, verbose bool, out io.Writer) (failed int, err error) {
	if c.storms == 0 {
		return 0, nil
	}
	open, tidy, err := c.setUp(ctx)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, tidy()) }()

	started := time.Now()
	var all tally
	for n := range c.storms {
		s := newStorm(first+uint64(n), c.kills)
		found, seen, err := s.weather(ctx, open)
		if err != nil {
			return failed, fmt.Errorf("storm %d %s: %w", s.seed, c.name, err)
		}
		all.add(seen)
		if verbose {
			fmt.Fprintf(out, "storm %d %s: %d actions, %d edits, %d gusts, %s; %s\n", s.seed, c.name, len(s.names()), len(s.edits), len(s.gusts), s.kind, seen)
		}
		if found != nil {
			failed++
			fmt.Fprintln(out, c.describe(ctx, s, open, found))
		}
	}
	fmt.Fprintf(out, "%d storms %s in %.1f s, %d broke a promise; %s\n", c.storms, c.name, time.Since(started).Seconds(), failed, all)
	return failed, nil
}

// describe says what a storm has broken, and the smallest one found that breaks it too.
func (c campaign) describe(ctx context.Context, s storm, open opener, found *failure) string {
	small, last, tries := s.shrink(ctx, open, found, c.bound)
	return fmt.Sprintf("\nstorm %d %s: %v\n  again: %s\n\nthe smallest storm found in %d tries: %v\n%s",
		s.seed, c.name, found, fmt.Sprintf(c.replay, s.seed), tries, last, small)
}
