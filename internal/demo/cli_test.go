package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

// The download itself needs a network that the checks do without. What is tested here is
// when it is tried, and what is said about it.
func TestChoose(t *testing.T) {
	t.Parallel()
	const download = "note: No terraform or tofu on PATH will do, so Terraform is downloaded into the demo's temporary folder."
	tests := map[string]struct {
		onPath     map[string]string // the version of each command; "?" does not tell it
		lookError  error
		installErr error
		want       string
		notes      []string
		err        []string
	}{
		"terraform first": {
			onPath: map[string]string{"terraform": "1.11.0", "tofu": "1.12.6"},
			want:   "terraform Terraform /path/terraform true",
		},
		"tofu where there is no terraform": {
			onPath: map[string]string{"tofu": "1.11.0"},
			want:   "tofu OpenTofu /path/tofu true",
		},
		"tofu where terraform is too old": {
			onPath: map[string]string{"terraform": "1.10.5", "tofu": "1.12.6"},
			want:   "tofu OpenTofu /path/tofu true",
			notes:  []string{"note: terraform on PATH is Terraform 1.10.5, which is too old: the provider needs 1.11.0 or newer."},
		},
		"a pre-release of a newer one": {
			onPath: map[string]string{"terraform": "1.16.0-rc2"},
			want:   "terraform Terraform /path/terraform true",
		},
		"none": {
			want:  "terraform Terraform /installed/terraform false",
			notes: []string{download},
		},
		"both too old": {
			onPath: map[string]string{"terraform": "1.5.7", "tofu": "1.11.0-rc1"},
			want:   "terraform Terraform /installed/terraform false",
			notes: []string{
				"note: terraform on PATH is Terraform 1.5.7, which is too old: the provider needs 1.11.0 or newer.",
				"note: tofu on PATH is OpenTofu 1.11.0-rc1, which is too old: the provider needs 1.11.0 or newer.",
				download,
			},
		},
		"one that does not run": {
			onPath: map[string]string{"terraform": "?", "tofu": "1.11.2"},
			want:   "tofu OpenTofu /path/tofu true",
			notes:  []string{"note: terraform on PATH is passed over, since it does not tell its version: exec format error."},
		},
		"one that may not be run": {
			lookError: exec.ErrDot,
			want:      "terraform Terraform /installed/terraform false",
			notes:     []string{"note: terraform on PATH is passed over: " + exec.ErrDot.Error() + ".", "note: tofu on PATH is passed over: " + exec.ErrDot.Error() + ".", download},
		},
		"no network either": {
			installErr: errors.New("no such host"),
			notes:      []string{download},
			err:        []string{"the download of Terraform failed: no such host", "Install Terraform or OpenTofu, 1.11.0 or newer, put it on PATH, and run the demo again"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var notes bytes.Buffer
			c := chooser{
				notes: &notes,
				lookPath: func(name string) (string, error) {
					if test.lookError != nil {
						return "", test.lookError
					}
					if test.onPath[name] == "" {
						return "", &exec.Error{Name: name, Err: exec.ErrNotFound}
					}
					return "/path/" + name, nil
				},
				versionOf: func(_ context.Context, path string) (*version.Version, error) {
					text := test.onPath[strings.TrimPrefix(path, "/path/")]
					if text == "?" {
						return nil, errors.New("exec format error")
					}
					return version.NewVersion(text)
				},
				install: func(context.Context) (string, error) { return "/installed/terraform", test.installErr },
			}
			got, err := c.choose(t.Context())
			if lines := strings.Join(append(test.notes, ""), "\n"); notes.String() != lines {
				t.Errorf("notes:\n%swant:\n%s", notes.String(), lines)
			}
			if text := fmt.Sprint(err); (err == nil) != (test.err == nil) || text != strings.Join(test.err, "\n") && err != nil {
				t.Fatalf("error %v, want %q", err, test.err)
			}
			if chosen := fmt.Sprint(got.name, " ", got.product, " ", got.path, " ", got.onPath); err == nil && chosen != test.want {
				t.Errorf("chose %s, want %s", chosen, test.want)
			}
		})
	}
}

func TestChooseEndsWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := chooser{
		notes:    &bytes.Buffer{},
		lookPath: func(name string) (string, error) { return name, nil },
		versionOf: func(context.Context, string) (*version.Version, error) {
			cancel()
			return nil, errors.New("killed")
		},
		install: func(context.Context) (string, error) { t.Error("installs after the end"); return "", nil },
	}
	if _, err := c.choose(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestCleanEnvKeepsTheUsersSetUpOut(t *testing.T) {
	for _, name := range []string{"TF_CLI_CONFIG_FILE", "TF_VAR_agent_id", "TF_LOG", "TF_CLI_ARGS_plan", "TALQ_TOKEN", "TALKOVER_TOKEN", "TALQ_BASE_URL"} {
		t.Setenv(name, "leaks")
	}
	t.Setenv("DEMO_TEST_STAYS", "a=b")
	env := cleanEnv()
	for name, value := range env {
		if value == "leaks" {
			t.Errorf("%s leaks", name)
		}
	}
	if env["DEMO_TEST_STAYS"] != "a=b" || env["CHECKPOINT_DISABLE"] != "1" {
		t.Errorf("environment %v", env)
	}
}
