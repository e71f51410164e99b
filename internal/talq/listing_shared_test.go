package talq

import (
	"bytes"
	"context"
	"net/http"
	"sync"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func replace(body []byte, from, to string) []byte {
	return bytes.ReplaceAll(body, []byte(from), []byte(to))
}

func TestManyReadersMakeOneRead(t *testing.T) {
	a := newAccount(t, 1, fakeapi.Behaviour{})
	for range 4 {
		a.AddAction(agentID(0), map[string]any{"name": "More", "description": "More", "type": "hold", "hold_duration": 1})
	}
	a.SetPublished(agentID(0), true)
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() { a.read(t, 0) })
	}
	all.Wait()
	a.made(t, 0, 1, 0)
}

func TestAWriteIsNeverFollowedByAStaleReading(t *testing.T) {
	upsert := fakeapi.Match{Op: fakeapi.OpUpsertAction}
	for name, fault := range map[string]*fakeapi.Fault{
		"that succeeded":              nil,
		"that was refused":            {Match: upsert, Status: http.StatusForbidden, Body: `{"message":"No."}`},
		"whose answer got lost":       {Match: upsert, AfterProcessing: true, Drop: true},
		"whose answer was cut off":    {Match: upsert, AfterProcessing: true, Cut: true},
		"that ended in a bad gateway": {Match: upsert, AfterProcessing: true, Status: http.StatusBadGateway},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, 1, fakeapi.Behaviour{})
			a.readAction(t, 0)
			if fault != nil {
				a.Inject(*fault)
			}
			a.ForgetJournal()
			_, err := a.client.UpsertAction(context.Background(), agentID(0), minimalActionFor(a))
			if (err == nil) != (fault == nil) {
				t.Errorf("the write ended with %v", err)
			}
			a.ForgetJournal()
			listing, err := a.client.ListActions(context.Background(), agentID(0), a.ids[0])
			if err != nil || len(listing.Actions) != len(a.Actions(agentID(0))) {
				t.Errorf("%d actions were read, the server has %d: %v", len(listing.Actions), len(a.Actions(agentID(0))), err)
			}
			a.made(t, 0, 1, 0)
		})
	}
}

// A reading that began while a write was under way may show either side of it.
func TestAReadingFromDuringAWriteIsNotKept(t *testing.T) {
	a := newAccount(t, 1, fakeapi.Behaviour{})
	upsert, read := fakeapi.Match{Op: fakeapi.OpUpsertAction}, fakeapi.Match{Op: fakeapi.OpGetAgent}
	a.Hold(upsert, read) // the write is carried out after the read was answered
	arrived := make(chan struct{})
	a.Before(func(r fakeapi.Request) {
		if r.Op == fakeapi.OpUpsertAction {
			close(arrived)
		}
	})
	var write sync.WaitGroup
	write.Go(func() {
		if _, err := a.client.UpsertAction(context.Background(), agentID(0), minimalActionFor(a)); err != nil {
			t.Error(err)
		}
	})
	<-arrived
	during, err := a.client.ListActions(context.Background(), agentID(0), a.ids[0])
	if err != nil || len(during.Actions) != 1 {
		t.Errorf("%v, %v", during, err)
	}
	write.Wait()
	after, err := a.client.ListActions(context.Background(), agentID(0), a.ids[0])
	if err != nil || len(after.Actions) != 2 {
		t.Errorf("%v, %v", after, err)
	}
}

func TestAFailedReadIsNotKept(t *testing.T) {
	a := newAccount(t, 1, fakeapi.Behaviour{})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Times: 1, Body: "<html></html>"})
	if _, err := a.client.ListActions(context.Background(), agentID(0), a.ids[0]); err == nil {
		t.Error("a web page is an agent")
	}
	a.readAction(t, 0)
	a.made(t, 0, 2, 0)
}

// That an action is gone is believed of two readings in a row. All who miss one
// share them.
func TestManyMissingActionsCostOneListing(t *testing.T) {
	a := newAccount(t, 1, fakeapi.Behaviour{})
	var all sync.WaitGroup
	for _, id := range []string{"gone-1", "gone-2", "gone-3", a.ids[0], a.ids[0], "gone-4"} {
		all.Go(func() {
			listing, err := a.client.ListActions(context.Background(), agentID(0), id)
			if err != nil || (listing.Action(id) == nil) != (id != a.ids[0]) {
				t.Errorf("%s: %v, %v", id, listing, err)
			}
		})
	}
	all.Wait()
	a.made(t, 1, 1, 0)
}

func TestAnActionThatTheAgentPassesOverIsThere(t *testing.T) {
	a := newAccount(t, 1, fakeapi.Behaviour{})
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpGetAgent}, Times: 1, Rewrite: func(b []byte) []byte { return replace(b, a.ids[0], "another-id") }})
	a.readAction(t, 0)
	a.made(t, 1, 1, 0)
}

func TestAgentIsReadOnceUntilItChanges(t *testing.T) {
	a := newAccount(t, 1, fakeapi.Behaviour{})
	for range 3 {
		if agent, err := a.client.GetAgent(t.Context(), agentID(0)); err != nil || agent.Status() != AgentPublished {
			t.Errorf("%+v, %v", agent, err)
		}
		a.read(t, 0)
	}
	a.made(t, 0, 1, 0)
	if _, err := a.client.Unpublish(t.Context(), agentID(0)); err != nil {
		t.Fatal(err)
	}
	a.ForgetJournal()
	if status, err := a.client.AgentStatus(t.Context(), agentID(0)); err != nil || status.CurrentStatus != AgentDraft {
		t.Errorf("%+v, %v", status, err)
	}
	a.made(t, 0, 1, 0)
}

func TestTheDataSourceNeedsAllPartsOfAnAgent(t *testing.T) {
	a := newAccount(t, 4, fakeapi.Behaviour{ListedAgentsLack: []string{"voice"}})
	for i := range 4 {
		a.read(t, i)
	}
	a.ForgetJournal()
	if agent, err := a.client.GetAgent(t.Context(), agentID(3)); err != nil || agent.Voice.Value == nil {
		t.Errorf("%+v, %v", agent, err)
	}
	a.made(t, 0, 1, 0)
}
