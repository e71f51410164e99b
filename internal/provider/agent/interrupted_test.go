package agent_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// stopOnce stops the provider, as Terraform does when it is interrupted, as soon as
// something has happened.
func stopOnce(p *acctest.Protocol, happened func() bool) {
	go func() {
		for !happened() {
			runtime.Gosched()
		}
		_, err := p.Server.StopProvider(p.T.Context(), &tfprotov6.StopProviderRequest{})
		if err != nil {
			p.T.Error(err)
		}
	}()
}

// TestInterruptedCreate: the agent that was made is found, although nobody waits for the
// answer any more.
func TestInterruptedCreate(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpCreateAgent}, AfterProcessing: true, Delay: time.Hour})
	stopOnce(p, func() bool { return len(w.Agents()) == 1 })
	state, said := p.Create(acctest.NewAgent())
	said.Are(t, "warning: An agent was found again")
	p.Expect(state, acctest.Values{"id": "agent-2"})
}

// TestInterruptedBeforeTheVoice: the agent that was just made is deleted again even so.
func TestInterruptedBeforeTheVoice(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpUpdateVoice}, Status: 200, Body: "{}", Delay: time.Hour})
	stopOnce(p, func() bool { return len(w.Requests(fakeapi.Match{Op: fakeapi.OpUpdateVoice})) == 1 })
	state, said := p.Create(whole())
	said.Are(t, `error: Could not update the voice of agent "Front desk" (agent-2)`).Hold(t, "Terraform was interrupted", "was deleted again, so nothing is left of it")
	if !state.IsNull() || len(w.Agents()) > 0 {
		t.Errorf("state %s, %d agents", state, len(w.Agents()))
	}
}

// TestInterruptedBeforeTheCreate: nothing is sent any more.
func TestInterruptedBeforeTheCreate(t *testing.T) {
	t.Parallel()
	w, p := empty(t)
	plan := p.Plan(p.Action(nil), acctest.NewAgent())
	w.ForgetJournal()

	state, said := p.ApplyInterrupted(plan)

	said.Are(t, `error: Could not create the agent "Front desk"`)
	if !state.IsNull() {
		t.Errorf("state %s", state)
	}
	w.Made(t, acctest.Ops{})
}
