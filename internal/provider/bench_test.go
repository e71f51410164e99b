//go:build unix

package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// What the benchmarks measure: the calls that Terraform makes, from the packed
// request to the packed answer, without gRPC. One operation of a benchmark is one
// call for each of its actions, ten at once as Terraform does. The fake API is a
// process of its own, so that cpu-us/resource, the time of all threads of this
// process, holds nothing of it, and neither do the allocations. ns/op holds the
// waiting for it.

// benchSizes are numbers of actions on one agent.
var benchSizes = []int{1, 200, 1000}

func BenchmarkSchema(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := acctest.NewServer().GetProviderSchema(b.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart takes the built provider from the start of its process to the
// line by which it tells Terraform where it listens.
func BenchmarkStart(b *testing.B) {
	binary := buildForBench(b, "../..")
	for b.Loop() {
		command := exec.CommandContext(b.Context(), binary)
		command.Env = providerEnvironment()
		if line := startForBench(b, command, 1)[0]; !strings.HasPrefix(line, "1|6|") {
			b.Fatalf("the provider says %q", line)
		}
		_ = command.Process.Kill()
		_ = command.Wait() // it was killed
	}
}

// BenchmarkUpgrade is what Terraform calls for each resource of a state, of
// whatever version it is.
func BenchmarkUpgrade(b *testing.B) {
	p := acctest.NewProtocol(b)
	state, err := json.Marshal(acctest.Plain(b, p.Action(benchAction("agent-1", 1))))
	if err != nil {
		b.Fatal(err)
	}
	request := &tfprotov6.UpgradeResourceStateRequest{TypeName: "talq_action", RawState: &tfprotov6.RawState{JSON: state}}
	measure(b, 1, nil, func(ctx context.Context, _ int) ([]*tfprotov6.Diagnostic, error) {
		resp, err := p.Server.UpgradeResourceState(ctx, request)
		return resp.Diagnostics, err
	})
}

func BenchmarkValidate(b *testing.B) {
	p := acctest.NewProtocol(b)
	request := &tfprotov6.ValidateResourceConfigRequest{TypeName: "talq_action", Config: acctest.Pack(b, p.Action(benchAction("agent-1", 1)))}
	measure(b, 1, nil, func(ctx context.Context, _ int) ([]*tfprotov6.Diagnostic, error) {
		resp, err := p.Server.ValidateResourceConfig(ctx, request)
		return resp.Diagnostics, err
	})
}

func BenchmarkPlan(b *testing.B) {
	b.Run("create", func(b *testing.B) {
		p := acctest.NewProtocol(b)
		measurePlan(b, p, nil, planRequest(p, p.Action(nil), benchAction("agent-1", 1)))
	})
	b.Run("update", func(b *testing.B) {
		run := newBenchRun(b, 1)
		measurePlan(b, run.Protocol, run.beginRun, planRequest(run.Protocol, run.states[0], changedBenchAction(run.agent, 0)))
	})
	for _, n := range benchSizes {
		b.Run(fmt.Sprintf("none/%d", n), func(b *testing.B) {
			run := newBenchRun(b, n)
			requests := make([]*tfprotov6.PlanResourceChangeRequest, n)
			for i := range requests {
				requests[i] = planRequest(run.Protocol, run.states[i], benchAction(run.agent, i))
			}
			measurePlan(b, run.Protocol, run.beginRun, requests...)
		})
	}
}

func measurePlan(b *testing.B, p *acctest.Protocol, before func(), requests ...*tfprotov6.PlanResourceChangeRequest) {
	b.Helper()
	measure(b, len(requests), before, func(ctx context.Context, i int) ([]*tfprotov6.Diagnostic, error) {
		resp, err := p.Server.PlanResourceChange(ctx, requests[i])
		return resp.Diagnostics, err
	})
}

// BenchmarkRead is a refresh: each operation is a run of its own, which has
// listed nothing yet.
func BenchmarkRead(b *testing.B) {
	for _, n := range benchSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			run := newBenchRun(b, n)
			run.beginRun()
			requests := run.readRequests()
			measure(b, n, run.beginRun, func(ctx context.Context, i int) ([]*tfprotov6.Diagnostic, error) {
				resp, err := run.Server.ReadResource(ctx, requests[i])
				return resp.Diagnostics, err
			})
		})
	}
}

func BenchmarkApply(b *testing.B) {
	b.Run("create", func(b *testing.B) {
		run := newBenchRun(b, 0)
		var request *tfprotov6.ApplyResourceChangeRequest
		number := 0
		another := func() { // or the API would update what the last operation made
			number++
			request = applyRequest(run.Protocol, run.Action(nil), benchAction(run.agent, number))
		}
		measure(b, 1, another, func(ctx context.Context, _ int) ([]*tfprotov6.Diagnostic, error) {
			resp, err := run.Server.ApplyResourceChange(ctx, request)
			return resp.Diagnostics, err
		})
	})
	b.Run("update", func(b *testing.B) {
		run := newBenchRun(b, 1)
		run.beginRun()
		request := applyRequest(run.Protocol, run.states[0], changedBenchAction(run.agent, 0))
		measure(b, 1, nil, func(ctx context.Context, _ int) ([]*tfprotov6.Diagnostic, error) {
			resp, err := run.Server.ApplyResourceChange(ctx, request)
			return resp.Diagnostics, err
		})
	})
}
