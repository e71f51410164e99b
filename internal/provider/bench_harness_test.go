//go:build unix

package provider_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/sync/errgroup"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// atOnce is how many calls Terraform makes at once by default.
const atOnce = 10

// measure times a call for each of n resources, and reports the CPU time per
// resource. Before runs untimed, ahead of each operation.
func measure(b *testing.B, n int, before func(), call func(ctx context.Context, i int) ([]*tfprotov6.Diagnostic, error)) {
	b.Helper()
	b.ReportAllocs()
	var spent time.Duration
	operations := 0
	for b.Loop() {
		if before != nil {
			b.StopTimer()
			before()
			b.StartTimer()
		}
		started := cpuTime(b)
		var calls errgroup.Group
		calls.SetLimit(atOnce)
		for i := range n {
			calls.Go(func() error {
				diagnostics, err := call(b.Context(), i)
				if len(diagnostics) > 0 {
					return fmt.Errorf("%s: %s", diagnostics[0].Summary, diagnostics[0].Detail)
				}
				return err
			})
		}
		if err := calls.Wait(); err != nil {
			b.Fatal(err)
		}
		spent += cpuTime(b) - started
		operations++
	}
	b.ReportMetric(float64(spent.Microseconds())/float64(operations*n), "cpu-us/resource")
}

// cpuTime is what all threads of this process have used so far.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// benchRun is a provider that is configured for a fake, and what it has made there.
type benchRun struct {
	*acctest.Protocol
	agent  string
	states []tftypes.Value
	block  acctest.Values
}

// newBenchRun starts a fake in a process of its own, and makes n actions of one
// agent there.
func newBenchRun(b *testing.B, n int) *benchRun {
	b.Helper()
	command := exec.CommandContext(b.Context(), buildForBench(b, "../fakeapi/cmd/talq-fake"))
	lines := startForBench(b, command, 3)
	b.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait() // it was killed
	})
	facts := map[string]string{}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		facts[name] = value
	}
	run := &benchRun{Protocol: acctest.NewProtocol(b), agent: facts["AGENT_ID"], block: acctest.Values{"base_url": facts[session.EnvBaseURL], "token": facts[session.EnvToken]}}
	run.beginRun()
	for i := range n {
		state, problems := run.Create(benchAction(run.agent, i))
		problems.None(b)
		run.states = append(run.states, state)
	}
	return run
}

// beginRun begins another run, as Terraform does for each walk.
func (r *benchRun) beginRun() { r.Configure(r.block).None(r.T) }

// readRequests are what Terraform asks for to refresh the states, with what an earlier read
// has answered.
func (r *benchRun) readRequests() []*tfprotov6.ReadResourceRequest {
	requests := make([]*tfprotov6.ReadResourceRequest, len(r.states))
	for i, state := range r.states {
		answer, err := r.Server.ReadResource(r.T.Context(), &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: acctest.Pack(r.T, state)})
		r.Check(err)
		requests[i] = &tfprotov6.ReadResourceRequest{TypeName: "talq_action", CurrentState: answer.NewState, Private: answer.Private, CurrentIdentity: answer.NewIdentity}
	}
	return requests
}

// planRequest is what [acctest.Protocol.Plan] asks for.
func planRequest(p *acctest.Protocol, prior tftypes.Value, config acctest.Values) *tfprotov6.PlanResourceChangeRequest {
	p.T.Helper()
	wanted := p.Action(config)
	request := &tfprotov6.PlanResourceChangeRequest{TypeName: "talq_action", PriorState: acctest.Pack(p.T, prior), Config: acctest.Pack(p.T, wanted)}
	// Terraform packs maps by the order of their keys, tftypes by chance.
	if proposed := p.Proposed(prior, wanted); proposed.Equal(prior) {
		request.ProposedNewState = request.PriorState
	} else {
		request.ProposedNewState = acctest.Pack(p.T, proposed)
	}
	return request
}

// applyRequest is what [acctest.Protocol.Apply] asks for, after a plan.
func applyRequest(p *acctest.Protocol, prior tftypes.Value, config acctest.Values) *tfprotov6.ApplyResourceChangeRequest {
	p.T.Helper()
	plan := p.Plan(prior, config)
	return &tfprotov6.ApplyResourceChangeRequest{
		TypeName: "talq_action", PriorState: acctest.Pack(p.T, plan.Prior), Config: acctest.Pack(p.T, plan.Config),
		PlannedState: acctest.Pack(p.T, plan.State), PlannedPrivate: plan.Private,
	}
}

// benchAction is a webhook with all that one can have.
func benchAction(agentID string, number int) acctest.Values {
	return acctest.Values{
		"agent_id": agentID, "node_id": fmt.Sprintf("appointment-%d", number), "name": fmt.Sprintf("Appointment %d", number),
		"description": "Books an appointment, once the caller has agreed to a day and a time. Ask for the day first.",
		"type":        "webhook", "url": fmt.Sprintf("https://calendar.example.com/appointments/%d", number),
		"authorization_url": "https://calendar.example.com/token", "authorization_scheme": "api_key",
		"custom_headers": acctest.Values{"X-Api-Key": "key-of-the-calendar", "X-Practice": "bright-smile"},
		"speak_on_send":  "One moment, I am booking that for you.", "speak_on_receive": "Done. We look forward to seeing you.",
		"execution_mode": "during_call", "current_status": "active",
		"inputs": []any{
			acctest.Values{"name": "patient", "type": "string", "required": true, "description": "The patient's first and last name."},
			acctest.Values{"name": "starts_at", "type": "string", "required": true, "description": "The agreed day and time."},
			acctest.Values{"name": "new_patient", "type": "boolean", "required": false, "description": "Whether this is the first visit."},
			acctest.Values{"name": "minutes", "type": "integer", "required": false, "value": "30"},
			acctest.Values{"name": "rooms", "type": "array", "required": false, "value": `["blue","green"]`},
		},
	}
}

// changedBenchAction is one that somebody has edited.
func changedBenchAction(agentID string, number int) acctest.Values {
	changed := benchAction(agentID, number)
	changed["description"] = "Books an appointment for a patient."
	return changed
}

// buildForBench builds the command in a folder and returns its path.
func buildForBench(b *testing.B, folder string) string {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "built")
	if output, err := exec.CommandContext(b.Context(), "go", "build", "-buildvcs=false", "-o", binary, folder).CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, output)
	}
	return binary
}

// providerEnvironment lets a provider start as a plugin: the version of the protocol, and the
// cookie of terraform-plugin-go.
func providerEnvironment() []string {
	return append(os.Environ(), "PLUGIN_PROTOCOL_VERSIONS=6", "TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")
}

// startForBench starts a command and returns the first lines that it prints.
func startForBench(b *testing.B, command *exec.Cmd, count int) []string {
	b.Helper()
	stdout, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	var lines []string
	for scanner := bufio.NewScanner(stdout); len(lines) < count && scanner.Scan(); {
		lines = append(lines, scanner.Text())
	}
	if len(lines) < count {
		b.Fatalf("%s printed only %q", command.Path, lines)
	}
	return lines
}
