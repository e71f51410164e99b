// Command talq-fake serves the fake Talq API on a loopback port until it is interrupted.
// It prints what a client needs, one NAME=value a line. There are the voice templates and the
// phone numbers of the vendor's samples, and the number +12025550100, so that an agent can be
// made and published at once.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "talq-fake:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("talq-fake", flag.ContinueOnError)
	flags.SetOutput(stderr)
	address := flags.String("address", "127.0.0.1:0", "loopback `host:port` to listen on; port 0 takes a free one")
	agents := flags.Int("agents", 1, "`number` of agents to start with")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := checkLoopback(*address); err != nil {
		return err
	}
	server, err := fakeapi.Start(fakeapi.WithAddress(*address))
	if err != nil {
		return err
	}
	defer server.Close()

	server.AddPhoneNumber(fakeapi.NumberSeed{Number: "+12025550100", Fields: map[string]any{
		"formatted_number": "(202) 555-0100", "international_number": "+1 202 555 0100",
	}})
	lines := fmt.Sprintf("TALQ_BASE_URL=%s\nTALQ_TOKEN=%s\n", server.BaseURL(), server.Token())
	for range *agents {
		lines += fmt.Sprintf("AGENT_ID=%s\n", server.AddAgent(fakeapi.AgentSeed{}))
	}
	if _, err := io.WriteString(stdout, lines); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// checkLoopback refuses an address that others could reach: the fake's tokens are no secret.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-address: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-address: %q is not a loopback host; use 127.0.0.1, [::1] or localhost", host)
	}
	return nil
}
