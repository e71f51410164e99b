package main

import (
	"context"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// clock runs only where somebody waits.
type clock struct{ now time.Time }

func (c *clock) wait(ctx context.Context, d time.Duration) error {
	c.now = c.now.Add(d)
	return ctx.Err()
}

// fake is a stand-in for the real API, with an agent and a free number of its own, a voice of
// each tier, and a clock that waits move.
// The program sees its public address only.
type fake struct {
	*fakeapi.Server
	clock  *clock
	config guard.Config
}

func startFake(t *testing.T, options ...fakeapi.Option) fake {
	t.Helper()
	c := &clock{time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)}
	server, err := fakeapi.Start(append(options, fakeapi.WithClock(func() time.Time { return c.now }))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	agent := server.AddAgent(fakeapi.AgentSeed{Name: "Front desk of Dr. Secret"})
	for _, training := range server.Trainings(agent) {
		server.RemoveTraining(agent, training.ID)
	}
	server.AddVoice(fakeapi.VoiceSeed{Tier: "beta"})
	number := server.AddPhoneNumber(fakeapi.NumberSeed{Number: firstNumber})
	return fake{server, c, guard.Config{BaseURL: server.BaseURL(), Token: guard.Secret(server.Token()), AgentID: agent, MayPublish: true, NumberID: number}}
}

func (f fake) client() *guard.Client {
	client := guard.NewClient(f.config)
	client.Now, client.Wait = func() time.Time { return f.clock.now }, f.clock.wait
	return client
}

// tried is a whole run on the fake, which must end well.
func (f fake) tried(t *testing.T) *trial {
	t.Helper()
	trial := newTrial(f.client(), "run1")
	if err := trial.tryAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	return trial
}

// verdicts are the ends of all rows by their sentence.
func verdicts(s *seen) map[string]line {
	by := map[string]line{}
	for _, l := range lines(assumptions(), s) {
		by[l.Row.Says] = l
	}
	return by
}
