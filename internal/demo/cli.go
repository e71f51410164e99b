package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"
)

// oldest is the first version of either CLI that knows write-only attributes.
var oldest = version.Must(version.NewVersion("1.11.0"))

// cli runs the configuration.
type cli struct {
	*tfexec.Terraform
	// name is what the story calls the command, product what it is called, and command
	// what a person types.
	name, product, command string
	// planFile is where a plan is saved for the apply.
	planFile string
}

// variable is one of the environment.
type variable struct{ name, value string }

// findCLI returns the first CLI on PATH that is new enough, else it installs Terraform.
func findCLI(ctx context.Context, work *workspace, variables []variable) (*cli, error) {
	for _, c := range []cli{{name: "terraform", product: "Terraform"}, {name: "tofu", product: "OpenTofu"}} {
		path, err := exec.LookPath(c.name)
		if err != nil {
			continue
		}
		found, err := newCLI(c, path, work, variables)
		if err != nil {
			return nil, err
		}
		is, _, err := found.Version(ctx, true)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil && is.LessThan(oldest) {
			err = fmt.Errorf("it is %s, and the provider needs %s or newer", is, oldest)
		}
		if err == nil {
			return found, nil
		}
		fmt.Fprintf(os.Stderr, "note: %s on PATH is passed over: %v.\n", c.name, err)
	}
	fmt.Fprintln(os.Stderr, "note: No terraform or tofu on PATH will do, so Terraform is downloaded into the demo's temporary folder.")
	constraint, err := version.NewConstraint(">= " + oldest.String() + ", < 2.0.0")
	if err != nil {
		return nil, err
	}
	latest := &releases.LatestVersion{Product: product.Terraform, Constraints: constraint, InstallDir: work.cliFolder}
	path, err := latest.Install(ctx)
	if err != nil {
		return nil, fmt.Errorf("the download of Terraform failed: %w\nInstall Terraform or OpenTofu, %s or newer, put it on PATH, and run the demo again", err, oldest)
	}
	return newCLI(cli{name: "terraform", product: "Terraform", command: quoteForShell(path)}, path, work, variables)
}

// newCLI completes a cli with the command at path.
func newCLI(c cli, path string, work *workspace, variables []variable) (*cli, error) {
	tf, err := tfexec.NewTerraform(work.practice, path)
	if err != nil {
		return nil, err
	}
	c.Terraform, c.planFile = tf, work.planFile
	if c.command == "" {
		c.command = c.name
	}
	return &c, tf.SetEnv(environment(variables))
}

// environment adds variables to this process's environment, from which it takes what would
// let the user's own set-up, or a real account, leak into the demo.
func environment(variables []variable) map[string]string {
	env := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		prefix, _, _ := strings.Cut(strings.ToUpper(name), "_")
		switch prefix {
		case "", "TF", "TOFU", "TALQ", "TALKOVER":
		default:
			env[name] = value
		}
	}
	// No question to HashiCorp whether there is a newer version.
	env["CHECKPOINT_DISABLE"] = "1"
	for _, v := range variables {
		env[v.name] = v.value
	}
	return env
}

// validate checks the configuration.
func (c *cli) validate(ctx context.Context) error {
	result, err := c.Validate(ctx)
	if err != nil {
		return err
	}
	var problems []error
	for _, d := range result.Diagnostics {
		if d.Severity == tfjson.DiagnosticSeverityError {
			problems = append(problems, errors.New(d.Summary+": "+d.Detail))
		}
	}
	return errors.Join(problems...)
}

// plan makes and saves a plan, and returns it.
func (c *cli) plan(ctx context.Context, destroy bool) (*tfjson.Plan, error) {
	if _, err := c.Plan(ctx, tfexec.Out(c.planFile), tfexec.Destroy(destroy)); err != nil {
		return nil, err
	}
	return c.ShowPlanFile(ctx, c.planFile, tfexec.JSONNumber(true))
}

// apply carries out the plan that was made last: what was shown, and nothing else.
func (c *cli) apply(ctx context.Context) error {
	return c.Apply(ctx, tfexec.DirOrPlan(c.planFile))
}
