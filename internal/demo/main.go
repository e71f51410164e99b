// Command demo shows the provider at work, from the first plan to a repaired drift. It
// builds the provider, serves a fake Talq API on this machine and drives the real
// Terraform or OpenTofu against it, in a temporary folder. It checks each step, and says
// in a line what it saw.
//
// With KEEP=1 in the environment it stops before it destroys anything, prints how to play
// on, and cleans up when it is interrupted. With -update-page it also writes what it
// printed into its page.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func main() {
	updatePage := flag.Bool("update-page", false, "write the output into its page, between its markers")
	flag.Parse()
	// SIGPIPE is among them so that `make demo | head` cleans up as well.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	var printed bytes.Buffer
	s := &story{out: os.Stdout, color: wantsColor(), keep: isOn("KEEP")}
	if *updatePage {
		s = &story{out: io.MultiWriter(os.Stdout, &printed)}
	}
	err := s.run(ctx)
	if err == nil && *updatePage {
		err = rewritePage(printed.String())
	}
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "\n%v\n", err)
		os.Exit(1)
	}
}

// run tells the whole story. It returns nil only if each step did what it says.
func (s *story) run(ctx context.Context) (err error) {
	if s.work, err = newWorkspace(); err != nil {
		return err
	}
	// The last step cleans up as well; this is for all other ends.
	defer func() { err = errors.Join(err, s.work.remove()) }()
	if s.talq, err = fakeapi.Start(); err != nil {
		return err
	}
	defer s.talq.Close()
	s.talq.AddPhoneNumber(fakeapi.NumberSeed{Number: "+12025550100"})
	if s.cli, err = findCLI(ctx, s.work, s.variables()); err != nil {
		return interruptedOr(ctx, err)
	}

	s.heading("A voice agent as code")
	s.text("A dental practice wants a voice agent at its front desk. Its prompt, what it knows, what it can do")
	s.text("on a call, and that it takes calls at all, is kept as code for %s, not clicked together.", s.cli.product)
	s.text("All of this happens on this machine: a stand-in plays Talq, so no account is needed.")
	if err := s.tell(ctx, s.lifecycle()...); err != nil {
		return err
	}
	if s.keep {
		s.playOn()
		<-ctx.Done()
		// What was asked for is done, so the interruption is no failure.
		ctx = context.WithoutCancel(ctx)
	} else if err := s.tell(ctx, step{"Take it all away: " + s.cli.name + " destroy", s.destroy}); err != nil {
		return err
	}
	if err := s.tell(ctx, step{"Clean up", s.cleanUp}); err != nil {
		return err
	}
	s.text("")
	if s.keep {
		s.heading("Done.")
	} else {
		s.heading("Done. Each step was checked against the plan and against what the stand-in received.")
	}
	return nil
}

// step is one thing that the demo shows. It returns nil only if it did what it says.
type step struct {
	title string
	do    func(ctx context.Context) error
}

// tell announces and does one step after the other, until one fails.
func (s *story) tell(ctx context.Context, steps ...step) error {
	for _, next := range steps {
		s.told++
		s.text("")
		s.heading(fmt.Sprintf("%d. %s", s.told, next.title))
		if err := next.do(ctx); err != nil {
			return interruptedOr(ctx, &failure{s.told, next.title, err})
		}
	}
	return nil
}

// failure is a step that did not do what it says.
type failure struct {
	number int
	title  string
	cause  error
}

func (f *failure) Error() string {
	return fmt.Sprintf("The demo failed at step %d: %s\n%v", f.number, f.title, f.cause)
}

// interruptedOr returns err, unless it came about because ctx ended. Then it must not be
// asked for its text: that of a command which did not start has none, and panics.
func interruptedOr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.New("the demo was interrupted, and has cleaned up")
	}
	return err
}

// page shows the output, as seen from the repository.
const page = "internal/demo/README.md"

// rewritePage writes an output of the demo into its page.
func rewritePage(output string) error {
	before, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	written, err := withOutput(string(before), output)
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(written), 0o644) //nolint:gosec // a page is for everybody
}

// withOutput puts the output between the markers of a page, in a block of its own. It
// names Terraform, whichever CLI ran, so that the page is the same everywhere.
func withOutput(page, output string) (string, error) {
	const start, end = "<!-- demo output -->", "<!-- /demo output -->"
	before, rest, started := strings.Cut(page, start)
	_, after, ended := strings.Cut(rest, end)
	if !started || !ended {
		return "", fmt.Errorf("the page lacks the lines %q and %q, in this order", start, end)
	}
	output = strings.NewReplacer("OpenTofu", "Terraform", ": tofu ", ": terraform ").Replace(output)
	return before + start + "\n```text\n" + strings.TrimSpace(output) + "\n```\n" + end + after, nil
}

// isOn reads a switch of the environment: empty and 0 are off.
func isOn(name string) bool {
	value := os.Getenv(name)
	return value != "" && value != "0"
}

// wantsColor says whether the output is a terminal whose user did not ask for plain text,
// or is told to use colours, which is how the picture gets them.
func wantsColor() bool {
	if os.Getenv("NO_COLOR") != "" {
		return false
	}
	if isOn("CLICOLOR_FORCE") {
		return true
	}
	info, err := os.Stdout.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
