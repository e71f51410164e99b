// Command contract tries on a real Talq API what the provider takes for true, on one agent
// that is given up for it, and on drafts that it makes and deletes. It prints a table, and writes the table and what came back into
// a folder, without secrets and without the account's texts.
//
// It speaks plain HTTP and imports neither the provider's client nor the fake, so that it
// cannot share their mistakes.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit code: 2 where nothing was changed since something is missing or the
// agent is refused, 1 where the run broke off. A row that does not hold is no failure.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("contract", flag.ContinueOnError)
	flags.SetOutput(stderr)
	dry := flags.Bool("n", false, "print the requests, and send none")
	out := flags.String("out", "build/contract", "the `folder` to write")
	page := flags.String("update-page", "", "write the list of assumptions into this `file`, and do nothing else")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	config, missing := guard.FromEnvironment(getenv)
	var err error
	switch {
	case *page != "":
		err = updatePage(*page)
	case *dry:
		fmt.Fprint(stdout, dryRun(config.MayPublish))
	case missing != nil:
		err = missing
		fmt.Fprintln(stderr, "contract:", err)
		return 2
	default:
		err = try(ctx, guard.NewClient(config), *out, stdout)
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, guard.ErrRefused):
		fmt.Fprintln(stderr, "contract:", err)
		return 2
	default:
		fmt.Fprintln(stderr, "contract:", err)
		return 1
	}
}

func try(ctx context.Context, client *guard.Client, out string, stdout io.Writer) error {
	t := newTrial(client, strconv.FormatInt(time.Now().Unix(), 36))
	failed := t.tryAll(ctx)
	if errors.Is(failed, guard.ErrRefused) {
		return failed
	}
	text := table(lines(assumptions(), t.seen))
	fmt.Fprint(stdout, text)
	if err := write(out, text, client.MayPublish, t.recordings); err != nil {
		return errors.Join(failed, err)
	}
	fmt.Fprintf(stdout, "\n%d requests were answered. This table is in %s/contract.md, what came back in the files beside it. Please look through them, and attach them to an issue.\nLook whether the agent is a draft now: then it takes no calls until it is published.\n", len(t.all), out)
	return failed
}

// dryRun lists the requests of a run in their order.
func dryRun(mayPublish bool) string {
	sweep := "for each action named " + guard.Prefix + "*: DELETE " + theActions + "/{action_id}\n" +
		"for each training named " + guard.Prefix + "*: DELETE " + theAgent + "/trainings/{training_id}\n" +
		"for each webhook named " + guard.Prefix + "*: DELETE " + theAgent + "/webhooks/{webhook_id}\n"
	sweep = "for each other agent whose name and label are " + guard.AgentPrefix + "*: POST /agents/{made}/unpublish if it is published, DELETE /agents/{made}\n" + sweep
	read := "GET " + theAgent + "\nGET /agents?per_page=100\nGET " + theActions + "\nGET " + theAgent + "/webhooks\n"
	flow := "GET " + theFlow + "\n"
	text := "What has {" + recording.NumberName + "} in it is left out without " + guard.NumberVariable + ".\ncheck and sweep: " + read + flow + sweep + requests(mayPublish)
	sweep = "sweep: " + read + sweep
	if mayPublish {
		return text + "if the agent was a draft: GET " + theAgent + ", and if it is published: POST " + theAgent + "/unpublish\n" + sweep
	}
	return text + sweep + "What publishes is left out: it needs " + guard.MayPublishVariable + "=1.\n"
}

// The markers in the page between which the list stands.
const (
	listBegins = "<!-- assumptions, made by make docs -->\n"
	listEnds   = "<!-- /assumptions -->\n"
)

func updatePage(file string) error {
	content, err := os.ReadFile(file) //nolint:gosec // make names the file.
	if err != nil {
		return err
	}
	before, rest, began := strings.Cut(string(content), listBegins)
	_, after, ended := strings.Cut(rest, listEnds)
	if !began || !ended {
		return fmt.Errorf("%s lacks the markers of the list", file)
	}
	return os.WriteFile(file, []byte(before+listBegins+markdown(assumptions())+listEnds+after), 0o644) //nolint:gosec // It is a page for all.
}
