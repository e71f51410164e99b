// Command demo shows the provider at work, from the first plan to a repaired drift. It
// builds the provider, serves a fake Talq API on this machine and drives the real
// Terraform or OpenTofu against it, in a temporary folder. It checks each step, and says
// in a line what it saw.
//
// With KEEP=1 in the environment it stops before it destroys anything, prints how to play
// on, and cleans up when it is interrupted. With -update-readme it also writes what it
// printed into README.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// SIGPIPE is among them so that `make demo | head` cleans up as well.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	err := start(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(os.Stderr, "\n%v\n", err)
		os.Exit(1)
	}
}

// start reads the flags and the environment, and runs the demo.
func start(ctx context.Context, args []string, stdout *os.File, stderr io.Writer) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	updateReadme := flags.Bool("update-readme", false, "write the output into README.md, between its markers")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("the demo takes no arguments, but got %q", flags.Args())
	}
	if *updateReadme {
		return rewriteReadme(ctx, stdout, stderr)
	}
	return run(ctx, options{
		out:   stdout,
		notes: stderr,
		color: wantsColor(stdout),
		keep:  isOn(os.Getenv("KEEP")),
	})
}

// isOn reads a switch of the environment: empty and 0 are off.
func isOn(value string) bool {
	return value != "" && value != "0"
}
