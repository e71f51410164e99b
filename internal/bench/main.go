// Command bench measures what a run of Terraform costs with this provider: the time and
// the requests of a first apply, of plans and of a destroy, for a few and for many
// actions. It builds the provider, serves a fake Talq API that takes a while for each
// request, and drives the real Terraform or OpenTofu against it, in a temporary folder.
//
// Beside each plan without changes stand two others of the same run: the same plan with
// -refresh=false, and that of as many terraform_data resources, which are built into
// Terraform. They tell what of the time is Terraform's own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options say what is measured.
type options struct {
	actions, agents []int
	steps           []string
	latency         time.Duration
	// runs is how often the plans are repeated whose medians count, and repeat are
	// the numbers of actions on one agent for which they are.
	runs   int
	repeat []int
	// floorUpTo is the largest number of actions that is compared with terraform_data.
	// With more of these Terraform is slower than with a provider's resources.
	floorUpTo int
	// air are the sizes of the applies whose time off the air is measured, and parallelism
	// is what with.
	air         []size
	parallelism []int
	cli         string
	// progress gets a line for each command.
	progress io.Writer
}

// defaults are the whole table.
func defaults() options {
	return options{
		actions: []int{1, 200, 1000}, agents: []int{1}, steps: allSteps, latency: 20 * time.Millisecond,
		runs: 5, repeat: []int{200, 1000}, floorUpTo: 200,
		air: []size{{1, 20}, {10, 10}}, parallelism: []int{10, 1000}, progress: io.Discard,
	}
}

// start reads the flags, measures, and writes the tables.
func start(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o := defaults()
	o.progress = stderr
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Func("actions", "`numbers` of actions in all, with commas between them (default 1,200,1000)", numbers(&o.actions))
	flags.Func("agents", "`numbers` of agents that they are spread over (default 1)", numbers(&o.agents))
	flags.Func("only", "`steps` to measure, of "+strings.Join(allSteps, ","), words(&o.steps, allSteps))
	flags.DurationVar(&o.latency, "latency", o.latency, "how long the fake API takes for each request")
	flags.IntVar(&o.runs, "runs", o.runs, "how often the plans without changes of 200 and of 1,000 actions on one agent are repeated")
	flags.Func("air", "`sizes` of the applies whose time off the air is measured, agents x writes to each (default 1x20,10x10)", sizes(&o.air))
	flags.Func("parallelism", "`numbers` of operations at once with which that is done (default 10,1000)", numbers(&o.parallelism))
	flags.StringVar(&o.cli, "cli", "", "path of the CLI (default terraform or tofu on PATH)")
	out := flags.String("out", "", "Markdown `file` to write the tables into as well")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("there are no arguments, but got %q", flags.Args())
	}
	if o.runs < 1 {
		return errors.New("-runs must be at least 1")
	}
	found, err := run(ctx, o)
	if err != nil {
		return err
	}
	text := found.markdown()
	if *out != "" {
		if err := os.WriteFile(*out, []byte(text), 0o600); err != nil {
			return err
		}
	}
	_, err = io.WriteString(stdout, text)
	return err
}

// numbers reads numbers of at least 1.
func numbers(into *[]int) func(string) error {
	return func(text string) error {
		*into = nil
		for word := range strings.SplitSeq(text, ",") {
			n, err := strconv.Atoi(word)
			if err != nil || n < 1 {
				return fmt.Errorf("%q is not a whole number of at least 1", word)
			}
			*into = append(*into, n)
		}
		return nil
	}
}

// words reads words of a choice.
func words(into *[]string, choice []string) func(string) error {
	return func(text string) error {
		*into = strings.Split(text, ",")
		for _, word := range *into {
			if !slices.Contains(choice, word) {
				return fmt.Errorf("%q is none of %s", word, strings.Join(choice, ", "))
			}
		}
		return nil
	}
}
