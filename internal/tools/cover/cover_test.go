package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// profile is what two test binaries write: each lists every block.
const profile = `mode: atomic
github.com/talqover/terraform-provider-talq/internal/talq/a.go:1.1,2.2 3 1
github.com/talqover/terraform-provider-talq/internal/talq/a.go:3.1,4.2 1 0
github.com/talqover/terraform-provider-talq/internal/provider/b.go:1.1,2.2 2 0
github.com/talqover/terraform-provider-talq/internal/talq/a.go:1.1,2.2 3 0
github.com/talqover/terraform-provider-talq/internal/talq/a.go:3.1,4.2 1 0
github.com/talqover/terraform-provider-talq/internal/provider/b.go:1.1,2.2 2 7
`

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "cover.out")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestEveryBlockCountsOnce(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out, write(t, profile), 75, []string{"internal/talq", "internal/provider"}); err != nil {
		t.Error(err)
	}
	want := "internal/talq 75.0% of statements\ninternal/provider 100.0% of statements\n"
	if out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
}

func TestBelowTheMinimumFails(t *testing.T) {
	for name, packages := range map[string][]string{
		"too little":         {"internal/provider", "internal/talq"},
		"not in the profile": {"internal/provider", "internal/gone"},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(&out, write(t, profile), 85, packages)
			if err == nil || !strings.Contains(err.Error(), "1 of 2 packages below 85%") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestNotAProfile(t *testing.T) {
	for _, text := range []string{"hello\n", "a.go:1.1,2.2 x 1\n"} {
		if err := run(&bytes.Buffer{}, write(t, text), 0, nil); err == nil {
			t.Errorf("%q was read without an error", text)
		}
	}
}
