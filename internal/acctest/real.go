package acctest

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// realRun is a run of the cases on a real API, on one agent that is given up for it.
type realRun struct {
	config guard.Config
	begin  sync.Once
	client *guard.Client
	door   *guard.Door
	end    func() error
	err    error
}

// theRealRun is nil where the cases run on the fake. [Main] sets it.
var theRealRun *realRun

func onRealAPI() bool { return theRealRun != nil }

// planRealRun reads from the environment whether the cases are to run on a real API: with
// TF_ACC and TALQ_TEST_AGENT_ID. Nothing is sent before a case begins.
func planRealRun(getenv func(string) string) (*realRun, error) {
	if getenv("TF_ACC") == "" || getenv(guard.AgentVariable) == "" {
		return nil, nil
	}
	config, err := guard.FromEnvironment(getenv)
	return &realRun{config: config}, err
}

// realClient returns a client for the agent. The first case begins the run.
func realClient(t *testing.T) *guard.Client {
	t.Helper()
	r := theRealRun
	r.begin.Do(func() { r.err = r.open() })
	if r.err != nil {
		t.Fatal(r.err)
	}
	return r.client
}

// open checks that the agent may be used, sweeps away what an earlier run left, and hands the
// token to the provider.
func (r *realRun) open() (err error) {
	if r.door, err = guard.OpenDoor(r.config.BaseURL); err != nil {
		return err
	}
	config := r.config
	config.BaseURL = r.door.BaseURL
	r.client = guard.NewClient(config)
	if r.end, err = r.client.Begin(context.Background()); err != nil {
		return err
	}
	return os.Setenv(session.EnvToken, string(config.Token))
}

// close sweeps in the end, if a case has begun.
func (r *realRun) close() error {
	if r == nil || r.end == nil {
		return nil
	}
	return errors.Join(r.end(), r.door.Close())
}
