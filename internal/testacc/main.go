// Command testacc runs the cases of terraform-plugin-testing on a real Talq API, on one agent
// that is given up for it, and sweeps away what they made: before, afterwards, and also where
// it is interrupted. Arguments are passed on to `go test`.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr, goTest)
	stop()
	os.Exit(code)
}

// run returns the exit code: 2 where nothing was changed since something is missing or the
// agent is refused, 1 where a case or the sweep failed. With the argument -sweep it only sweeps.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer, test func(context.Context, []string) error) int {
	config, err := guard.FromEnvironment(getenv)
	if err != nil {
		fmt.Fprintln(stderr, "testacc:", err)
		return 2
	}
	if err = try(ctx, args, config, stdout, test); err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "testacc:", err)
	if errors.Is(err, guard.ErrRefused) {
		return 2
	}
	return 1
}

func try(ctx context.Context, args []string, config guard.Config, stdout io.Writer, test func(context.Context, []string) error) error {
	end, err := guard.NewClient(config).Begin(ctx)
	if err != nil {
		return err
	}
	if slices.Equal(args, []string{"-sweep"}) {
		fmt.Fprintf(stdout, "Nothing called %s* is left on the agent.\n", guard.Prefix)
		return nil
	}
	if !config.MayPublish {
		fmt.Fprintf(stdout, "Cases that publish the agent are skipped: they need %s=1.\n", guard.MayPublishVariable)
	}
	return errors.Join(test(ctx, args), end())
}

// goTest runs the cases: package after package, since all use the same agent.
func goTest(ctx context.Context, args []string) error {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test", "-p", "1", "-count", "1", "-timeout", "2h", "-v", "-run", "^TestAcc", "./internal/provider/..."}, args...)...) //nolint:gosec // The arguments are the caller's own.
	cmd.Env = append(os.Environ(), "TF_ACC=1")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = time.Minute
	return cmd.Run()
}
