// Command chaos is the fault campaign: it applies random configurations with the provider
// while a fake Talq API fails in every way, and holds the provider to what it promises.
//
// A storm is drawn from a seed: a configuration, edits of it, and gusts of faults that blow
// while the edited configuration is applied. When it is over, one apply must reach the
// configuration, on the server and in the state, hidden attributes included, with no action
// twice and none lost and all agents published; and the plan after it must be empty.
//
// With every third seed the edits are taken back after the storm: the last apply is of the
// configuration before them, and must write again what an update whose outcome nobody knows
// may have changed.
//
// Storms run with the provider in process, over Terraform's protocol, and with -cli through
// the real CLI, where the provider's process is killed in the middle of applies as well.
//
// Everything random comes from the seed, so that a seed gives the same storm again. But ten
// operations run at once, and which of them a fault strikes differs from run to run: a
// failure that hangs on that may need a few runs to show again.
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
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := start(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(os.Stderr, "\n%v\n", err)
		os.Exit(1)
	}
}

// start reads the flags and runs the campaign.
func start(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("chaos", flag.ContinueOnError)
	flags.SetOutput(stderr)
	seed := flags.Uint64("seed", 0, "seed of the first storm; those after it count on; 0 takes one from the clock")
	storms := flags.Int("storms", 20, "number of storms with the provider in process")
	cli := flags.Int("cli", 0, "number of storms through the CLI, with kills; Linux only")
	verbose := flags.Bool("v", false, "say what each storm was like")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("the campaign takes no arguments, but got %q", flags.Args())
	}
	if *seed == 0 {
		*seed = uint64(time.Now().UnixMilli())
	}
	fmt.Fprintf(stdout, "seed %d\n", *seed)
	failed := 0
	for _, c := range []campaign{inProcessCampaign(*storms), cliCampaign(*cli)} {
		n, err := c.run(ctx, *seed, *verbose, stdout)
		if err != nil {
			return err
		}
		failed += n
	}
	if failed > 0 {
		return fmt.Errorf("%d storms broke a promise", failed)
	}
	return nil
}
