package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// terraform is what the story asks of the CLI. Tests have one that tells tales.
type terraform interface {
	// Validate checks the configuration.
	Validate(ctx context.Context) error
	// Plan makes and saves a plan, and gives it as Terraform's JSON has it.
	Plan(ctx context.Context, destroy bool) (*tfjson.Plan, error)
	// Apply carries out the plan that was made last: what was shown, and nothing else.
	Apply(ctx context.Context) error
	// Resources are the addresses in the state.
	Resources(ctx context.Context) ([]string, error)
	// Output is what was printed since it was last asked.
	Output() string
}

// commandLine is the real CLI.
type commandLine struct {
	exec    *tfexec.Terraform
	command string
	plan    string
	printed transcript
}

func newCommandLine(chosen cli, work *workspace, env map[string]string) (*commandLine, error) {
	exec, err := tfexec.NewTerraform(work.practice, chosen.path)
	if err != nil {
		return nil, err
	}
	if err := exec.SetEnv(env); err != nil {
		return nil, err
	}
	c := &commandLine{exec: exec, command: chosen.name, plan: work.plan}
	exec.SetStdout(&c.printed)
	exec.SetStderr(&c.printed)
	return c, nil
}

// Validate implements [terraform].
func (c *commandLine) Validate(ctx context.Context) error {
	var result *tfjson.ValidateOutput
	err := c.quietly(func() (err error) {
		result, err = c.exec.Validate(ctx)
		return err
	})
	if err != nil {
		return c.failed("validate", err)
	}
	for _, d := range result.Diagnostics {
		if d.Severity == tfjson.DiagnosticSeverityError {
			return &mismatch{expected: fmt.Sprintf("`%s validate` to find no error", c.command), seen: d.Summary + ": " + d.Detail}
		}
	}
	return nil
}

// Plan implements [terraform].
func (c *commandLine) Plan(ctx context.Context, destroy bool) (*tfjson.Plan, error) {
	if _, err := c.exec.Plan(ctx, tfexec.Out(c.plan), tfexec.Destroy(destroy)); err != nil {
		return nil, c.failed("plan", err)
	}
	var plan *tfjson.Plan
	err := c.quietly(func() (err error) {
		plan, err = c.exec.ShowPlanFile(ctx, c.plan, tfexec.JSONNumber(true))
		return err
	})
	if err != nil {
		return nil, c.failed("show", err)
	}
	return plan, nil
}

// Apply implements [terraform].
func (c *commandLine) Apply(ctx context.Context) error {
	if err := c.exec.Apply(ctx, tfexec.DirOrPlan(c.plan)); err != nil {
		return c.failed("apply", err)
	}
	return nil
}

// Resources implements [terraform].
func (c *commandLine) Resources(ctx context.Context) ([]string, error) {
	var state *tfjson.State
	err := c.quietly(func() (err error) {
		state, err = c.exec.Show(ctx)
		return err
	})
	if err != nil {
		return nil, c.failed("show", err)
	}
	addresses := []string{}
	if state.Values == nil || state.Values.RootModule == nil {
		return addresses, nil
	}
	for _, resource := range state.Values.RootModule.Resources {
		addresses = append(addresses, resource.Address)
	}
	return addresses, nil
}

// Output implements [terraform].
func (c *commandLine) Output() string {
	return c.printed.take()
}

// quietly keeps the JSON of a command out of what was printed: it is long, and holds the
// values of sensitive attributes.
func (c *commandLine) quietly(command func() error) error {
	c.exec.SetStdout(io.Discard)
	defer c.exec.SetStdout(&c.printed)
	return command()
}

func (c *commandLine) failed(subcommand string, err error) error {
	// A command that was interrupted before it started has an error without a
	// text, which must not be asked for one.
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return &mismatch{expected: fmt.Sprintf("`%s %s` to succeed", c.command, subcommand), seen: firstLine(err)}
}

// transcript collects what a command prints to stdout and stderr at the same time.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements [io.Writer].
func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

// take gives the text and starts a new one.
func (t *transcript) take() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := t.text.String()
	t.text.Reset()
	return text
}
