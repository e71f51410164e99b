package main

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The storms that every run of the tests goes through: ones in which much goes wrong.
const (
	seedInProcess = 47  // writes that fail before and after they are processed, and an interruption
	seedCLI       = 365 // answers that are cut short, and a kill while the fourth write is under way
	seedReverted  = 408 // five updates whose answers are cut short, which are then taken back
)

func TestStormInProcess(t *testing.T) {
	t.Parallel()
	endure(t, inProcessCampaign(1), seedInProcess)
}

func TestStormThroughTheCLI(t *testing.T) {
	t.Parallel()
	needCLI(t)
	endure(t, cliCampaign(1), seedCLI)
}

func TestARevertedEditInProcess(t *testing.T) {
	t.Parallel()
	endure(t, inProcessCampaign(1), seedReverted)
}

func TestARevertedEditThroughTheCLI(t *testing.T) {
	t.Parallel()
	needCLI(t)
	endure(t, cliCampaign(1), seedReverted)
}

// endure runs one storm, and wants it to have been one.
func endure(t *testing.T, c campaign, seed uint64) {
	t.Helper()
	open, tidy, err := c.setUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tidy(); err != nil {
			t.Error(err)
		}
	})
	s := newStorm(seed, c.kills)
	found, seen, err := s.weather(t.Context(), open)
	if err != nil {
		t.Fatal(err)
	}
	if found != nil {
		t.Fatal(c.describe(t.Context(), s, open, found))
	}
	t.Log(seen)
	bad := seen.struck > 0
	switch {
	case s.kind == kindReverted:
		bad = true // what counts is that an apply has failed
	case c.kills:
		bad = seen.killed > 0
	}
	if seen.failedRuns == 0 || !bad {
		t.Errorf("storm %d is none: %s. Choose another seed.", seed, seen)
	}
}

// needCLI skips a test where the campaign cannot drive the CLI.
func needCLI(t *testing.T) {
	t.Helper()
	if err := canKill(); err != nil {
		t.Skip(err)
	}
	if _, err := exec.LookPath("terraform"); err != nil {
		if _, err := exec.LookPath("tofu"); err != nil {
			t.Skip("no terraform or tofu on PATH")
		}
	}
	// The provider is built by a command, so `go test` would not know else that a cached
	// result is stale.
	for _, root := range []string{"../../go.mod", "../../main.go", "../provider", "../talq"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			file, err := os.Open(path)
			if err != nil {
				return err
			}
			return file.Close()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// broken is a driver whose provider does something wrong, on top of one that does not.
type broken struct {
	*inProcess
	// before changes what is applied, afterFirst what the state holds after the first apply.
	before     func(configuration) configuration
	afterFirst func(*inProcess)
}

func (d *broken) apply(ctx context.Context, c configuration, settings settings) run {
	if d.before != nil {
		c = d.before(c)
	}
	r := d.inProcess.apply(ctx, c, settings)
	if d.afterFirst != nil {
		d.afterFirst(d.inProcess)
		d.afterFirst = nil
	}
	return r
}

// threeActions is a storm that changes one action's headers, takes one out and leaves one.
func threeActions() storm {
	action := func(node string, headers map[string]any) attributes {
		return attributes{
			"agent_id": agentID(0), "node_id": node, "name": "Name", "description": "Text", "type": "webhook",
			"url": "https://api.example.com", "custom_headers": headers, "speak_on_send": "One moment.",
		}
	}
	return storm{
		kind: kindSame,
		base: configuration{
			actions: map[string]attributes{
				"a": action("node-a", map[string]any{"X-Key": headerValue(1)}), "b": action("node-b", nil), "c": action("node-c", nil),
			},
			publications: map[string]bool{agentID(0): true},
		},
		edits: []edit{
			{what: "change a", name: "a", to: action("node-a", map[string]any{"X-Key": headerValue(2)})},
			{what: "take out b", name: "b"},
		},
		gusts: []gust{{timeout: 30, faults: []fault{{what: "dropped", op: fakeapi.OpUpsertAction, times: 1}}}},
	}
}

func TestABrokenProviderIsFound(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		broken broken
		what   string
	}{
		"one that never sends a hidden attribute": {
			broken: broken{before: func(c configuration) configuration {
				c = c.clone()
				for name, a := range c.actions {
					c.actions[name] = lacking(a, "custom_headers")
				}
				return c
			}},
			what: "the server differs from the configuration",
		},
		"one that loses actions from the state": {
			broken: broken{afterFirst: func(d *inProcess) {
				d.mu.Lock()
				defer d.mu.Unlock()
				for address, r := range d.resources {
					if r.kind == typeAction {
						delete(d.resources, address)
					}
				}
			}},
			what: "the server has not the actions that are configured",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			open := func(ctx context.Context, server *fakeapi.Server) (driver, error) {
				d, err := openInProcess(ctx, server)
				b := test.broken
				b.inProcess = d.(*inProcess)
				return &b, err
			}
			s := threeActions()
			found, _, err := s.weather(t.Context(), open)
			if err != nil {
				t.Fatal(err)
			}
			if found == nil || found.what != test.what {
				t.Fatalf("found %v, want that %s", found, test.what)
			}
			small, last, tries := s.shrink(t.Context(), open, found, shrinking{tries: 60, time: time.Hour}) // the tries bound it: how fast the machine is decides nothing
			if last.what != test.what || len(small.names()) > 1 || len(small.gusts) > 0 {
				t.Errorf("%d actions and %d gusts are left after %d tries: %v\n%s", len(small.names()), len(small.gusts), tries, last, small)
			}
		})
	}
}
