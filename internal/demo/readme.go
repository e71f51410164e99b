package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// The markers in README.md, with the demo's output between them.
const (
	readmeStart = "<!-- demo output -->"
	readmeEnd   = "<!-- /demo output -->"
)

// rewriteReadme runs the demo and writes what it printed into README.md.
func rewriteReadme(ctx context.Context, out, notes io.Writer) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	var printed bytes.Buffer
	if err := run(ctx, options{out: io.MultiWriter(out, &printed), notes: notes}); err != nil {
		return err
	}
	path := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(path) //nolint:gosec // the module's own README
	if errors.Is(err, os.ErrNotExist) {
		readme, err = []byte("# Terraform provider for Talq\n\n"+readmeStart+"\n"+readmeEnd+"\n"), nil
	}
	if err != nil {
		return err
	}
	written, err := withOutput(string(readme), inTermsOfTerraform(printed.String()))
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(written), 0o644) //nolint:gosec // a README is for everybody
}

// withOutput puts the output between the markers, in a block of its own.
func withOutput(readme, output string) (string, error) {
	before, rest, started := strings.Cut(readme, readmeStart)
	_, after, ended := strings.Cut(rest, readmeEnd)
	if !started || !ended {
		return "", fmt.Errorf("README.md lacks the lines %q and %q, in this order", readmeStart, readmeEnd)
	}
	return before + readmeStart + "\n```text\n" + strings.TrimSpace(output) + "\n```\n" + readmeEnd + after, nil
}

// inTermsOfTerraform is an output with the names of Terraform, whichever CLI ran, so that
// README.md says the same everywhere.
func inTermsOfTerraform(output string) string {
	return strings.NewReplacer("OpenTofu", "Terraform", ": tofu ", ": terraform ").Replace(output)
}

// moduleRoot is the nearest folder upwards that holds a go.mod.
func moduleRoot() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", errors.New("there is no go.mod here or above: run the demo inside the module")
		}
	}
}
