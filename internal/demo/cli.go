package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/terraform-exec/tfexec"
)

// oldest is the first version of either CLI that knows write-only attributes.
var oldest = version.Must(version.NewVersion("1.11.0"))

// cli is a command that runs configurations.
type cli struct {
	// name is what a person types, product what it is called.
	name, product string
	path          string
	onPath        bool
}

// onPathChoices are looked for in this order.
var onPathChoices = []cli{
	{name: "terraform", product: "Terraform"},
	{name: "tofu", product: "OpenTofu"},
}

// chooser finds a CLI. Tests replace its functions.
type chooser struct {
	lookPath  func(name string) (string, error)
	versionOf func(ctx context.Context, path string) (*version.Version, error)
	install   func(ctx context.Context) (path string, err error)
	notes     io.Writer
}

// newChooser is a chooser on this machine. It installs into folder where it has to.
func newChooser(folder string, notes io.Writer) chooser {
	return chooser{
		lookPath:  exec.LookPath,
		versionOf: func(ctx context.Context, path string) (*version.Version, error) { return versionOf(ctx, folder, path) },
		install:   func(ctx context.Context) (string, error) { return installTerraform(ctx, folder) },
		notes:     notes,
	}
}

// choose takes the first CLI on PATH that is new enough, else it installs Terraform. What
// it passes over, it names.
func (c chooser) choose(ctx context.Context) (cli, error) {
	for _, choice := range onPathChoices {
		path, err := c.lookPath(choice.name)
		if errors.Is(err, exec.ErrNotFound) {
			continue
		}
		if err != nil {
			c.note("%s on PATH is passed over: %v.", choice.name, err)
			continue
		}
		found, err := c.versionOf(ctx, path)
		if ctx.Err() != nil {
			return cli{}, ctx.Err()
		}
		if err != nil {
			c.note("%s on PATH is passed over, since it does not tell its version: %v.", choice.name, err)
			continue
		}
		if found.LessThan(oldest) {
			c.note("%s on PATH is %s %s, which is too old: the provider needs %s or newer.", choice.name, choice.product, found, oldest)
			continue
		}
		choice.path, choice.onPath = path, true
		return choice, nil
	}
	c.note("No terraform or tofu on PATH will do, so Terraform is downloaded into the demo's temporary folder.")
	path, err := c.install(ctx)
	if err != nil {
		return cli{}, fmt.Errorf("the download of Terraform failed: %w\nInstall Terraform or OpenTofu, %s or newer, put it on PATH, and run the demo again", err, oldest)
	}
	return cli{name: "terraform", product: "Terraform", path: path}, nil
}

func (c chooser) note(format string, args ...any) {
	fmt.Fprintf(c.notes, "note: "+format+"\n", args...)
}

// versionOf asks a CLI for its version, in a folder without any configuration.
func versionOf(ctx context.Context, folder, path string) (*version.Version, error) {
	tf, err := tfexec.NewTerraform(folder, path)
	if err != nil {
		return nil, err
	}
	if err := tf.SetEnv(cleanEnv()); err != nil {
		return nil, err
	}
	found, _, err := tf.Version(ctx, true)
	if err != nil {
		return nil, errors.New(firstLine(err))
	}
	return found, nil
}

// installTerraform downloads the newest Terraform 1.x into folder, and checks its signature.
func installTerraform(ctx context.Context, folder string) (string, error) {
	constraint, err := version.NewConstraint(">= " + oldest.String() + ", < 2.0.0")
	if err != nil {
		return "", err
	}
	latest := &releases.LatestVersion{Product: product.Terraform, Constraints: constraint, InstallDir: folder}
	return latest.Install(ctx)
}
