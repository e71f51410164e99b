package talq

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// account is a fake Talq with agents agent-1, agent-2, … that have one action each.
type account struct {
	*fakeapi.Server
	client *Client
	ids    []string // of the actions, by agent
}

func newAccount(t *testing.T, agents int, behaviour fakeapi.Behaviour) *account {
	t.Helper()
	server, err := fakeapi.Start(fakeapi.WithBehaviour(behaviour))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	config := testConfig()
	config.BaseURL, config.Token, config.MaxRetries = server.BaseURL(), NewSecret(server.Token()), 0
	a := &account{Server: server, client: newClient(t, config)}
	for range agents {
		id := server.AddAgent(fakeapi.AgentSeed{})
		a.ids = append(a.ids, server.AddAction(id, map[string]any{"name": "Hold", "description": "Holds", "type": "hold", "hold_duration": 30}))
		server.SetPublished(id, true)
	}
	return a
}

func agentID(i int) string { return fmt.Sprintf("agent-%d", i+1) }

// read reads the action and the status of an agent, as a plan does.
func (a *account) read(t *testing.T, i int) {
	t.Helper()
	a.readAction(t, i)
	if status, err := a.client.AgentStatus(context.Background(), agentID(i)); err != nil || status.CurrentStatus != AgentPublished || !*status.IsReadyToPublish {
		t.Errorf("%s: %+v, %v", agentID(i), status, err)
	}
}

func (a *account) readAction(t *testing.T, i int) {
	t.Helper()
	listing, err := a.client.ListActions(context.Background(), agentID(i), a.ids[i])
	if err != nil || listing.Action(a.ids[i]) == nil || *listing.Action(a.ids[i]).Name.Value != "Hold" {
		t.Errorf("%s: %v, %v", agentID(i), listing, err)
	}
}

// made expects the numbers of listings, agents read and pages since the last time.
func (a *account) made(t *testing.T, listings, agents, pages int) {
	t.Helper()
	gotListings, gotAgents, gotPages := len(a.Requests(fakeapi.Match{Op: fakeapi.OpListActions})), len(a.Requests(fakeapi.Match{Op: fakeapi.OpGetAgent})), len(a.Requests(fakeapi.Match{Op: fakeapi.OpListAgents}))
	if gotListings != listings || gotAgents != agents || gotPages != pages || len(a.Requests(fakeapi.Match{})) != listings+agents+pages {
		t.Errorf("%d listings, %d agents and %d pages were read, want %d, %d and %d", gotListings, gotAgents, gotPages, listings, agents, pages)
	}
	a.ForgetJournal()
}

func TestAnAgentIsOneRead(t *testing.T) {
	a := newAccount(t, 5, fakeapi.Behaviour{})
	for range 3 {
		a.read(t, 0)
	}
	a.made(t, 0, 1, 0)
	a.read(t, 1)
	a.made(t, 0, 1, 0)
}

func TestManyAgentsShareAPage(t *testing.T) {
	a := newAccount(t, 40, fakeapi.Behaviour{})
	for i := range 40 {
		a.read(t, i)
	}
	a.made(t, 0, 2, 1)
}

func TestManyAgentsAtOnceShareAPage(t *testing.T) {
	a := newAccount(t, 40, fakeapi.Behaviour{})
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() { a.read(t, i) })
	}
	all.Wait()
	if n := len(a.Requests(fakeapi.Match{})); n > 5 || len(a.Requests(fakeapi.Match{Op: fakeapi.OpListAgents})) != 1 {
		t.Errorf("%d requests, %d pages", n, len(a.Requests(fakeapi.Match{Op: fakeapi.OpListAgents})))
	}
}

func TestPagesServeSmallAccountsOnly(t *testing.T) {
	for name, row := range map[string]struct {
		of, agents   int // of the account, and those that are read
		reads        func(i int) int
		behaviour    fakeapi.Behaviour
		calls, pages int
	}{
		"three pages hold all":                {250, 250, func(i int) int { return i }, fakeapi.Behaviour{}, 2, 3},
		"three agents of four pages":          {301, 3, func(i int) int { return i * 100 }, fakeapi.Behaviour{}, 3, 1},
		"ten agents of a large account":       {1000, 10, func(i int) int { return i*100 + 99 }, fakeapi.Behaviour{}, 10, 1},
		"pages without actions":               {40, 40, func(i int) int { return i }, fakeapi.Behaviour{ListedAgentsLack: []string{"actions"}}, 40, 1},
		"pages without a status":              {40, 40, func(i int) int { return i }, fakeapi.Behaviour{ListedAgentsLack: []string{"current_status"}}, 40, 1},
		"pages that do not say what is ready": {40, 40, func(i int) int { return i }, fakeapi.Behaviour{ListedAgentsLack: []string{"is_ready_to_publish"}}, 40, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t, row.of, row.behaviour)
			for i := range row.agents {
				a.read(t, row.reads(i))
			}
			a.made(t, 0, row.calls, row.pages)
		})
	}
}

// What an agent's own answer leaves out of its actions, their listing shows.
func TestAnAgentThatLacksAPartOfItsActionsIsListed(t *testing.T) {
	for name, fault := range map[string]fakeapi.Fault{
		"no actions":               {Rewrite: func(b []byte) []byte { return replace(b, `"actions":`, `"things":`) }},
		"an action without a name": {Rewrite: func(b []byte) []byte { return replace(b, `"name":"Hold"`, `"title":"Hold"`) }},
		"actions of another type":  {Rewrite: func(b []byte) []byte { return replace(b, `"actions":[`, `"actions":[7,`) }},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, 1, fakeapi.Behaviour{})
			fault.Match = fakeapi.Match{Op: fakeapi.OpGetAgent}
			a.Inject(fault)
			a.read(t, 0)
			a.made(t, 1, 1, 0)
		})
	}
}

// A page only spares others' calls, so nobody waits for a second try.
func TestAPageThatFailsIsNotTriedAgain(t *testing.T) {
	a := newAccount(t, 4, fakeapi.Behaviour{})
	config := testConfig()
	config.BaseURL, config.Token, config.MaxRetries = a.BaseURL(), NewSecret(a.Token()), 3
	a.client = newClient(t, config)
	a.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Status: http.StatusBadGateway, Body: "<html></html>"})
	for i := range 4 {
		a.readAction(t, i)
	}
	if n := len(a.Requests(fakeapi.Match{Op: fakeapi.OpListAgents})); n != 1 {
		t.Errorf("%d requests for a page, want 1", n)
	}
}

func TestWhatAPageCannotShowIsReadFromTheAgent(t *testing.T) {
	for name, fault := range map[string]fakeapi.Fault{
		"an error":                 {Status: http.StatusInternalServerError, Body: "{}"},
		"a refusal":                {Status: http.StatusForbidden, Body: `{"message":"No."}`},
		"a web page":               {Body: "<html></html>"},
		"an empty list":            {Body: `{"success":true,"data":[],"meta":{"current_page":1,"last_page":1,"total":0}}`},
		"another page":             {Body: `{"success":true,"data":[],"meta":{"current_page":3,"last_page":9}}`},
		"an action without a name": {Rewrite: func(b []byte) []byte { return replace(b, `"name":"Hold"`, `"title":"Hold"`) }},
		"actions of another type":  {Rewrite: func(b []byte) []byte { return replace(b, `"actions":[`, `"actions":[7,`) }},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, 4, fakeapi.Behaviour{})
			fault.Match = fakeapi.Match{Op: fakeapi.OpListAgents}
			a.Inject(fault)
			for i := range 4 {
				a.read(t, i)
			}
			a.made(t, 0, 4, 1)
		})
	}
}

func TestAnActionThatAPageLacksIsLookedUp(t *testing.T) {
	for name, gone := range map[string]bool{"there anyway": false, "gone": true} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, 4, fakeapi.Behaviour{})
			for i := range 3 {
				a.readAction(t, i)
			}
			a.made(t, 0, 2, 1)
			if gone {
				a.RemoveAction(agentID(3), a.ids[3])
			}
			expected := a.ids[3]
			if !gone {
				expected = a.AddAction(agentID(3), map[string]any{"name": "New", "description": "New", "type": "hold", "hold_duration": 1})
			}
			agents, err := a.client.overview.agents.get(t.Context(), "", nil)
			if err != nil {
				t.Fatal(err)
			}
			(*agents)[agentID(3)].Actions.Value = &[]Action{}
			listing, err := a.client.ListActions(t.Context(), agentID(3), expected)
			if err != nil || (listing.Action(expected) == nil) != gone {
				t.Errorf("%v, %v", listing, err)
			}
			a.made(t, 1, 0, 0) // the page and the listing agree, or the listing is right
		})
	}
}

func TestAnAgentThatWasWrittenToIsReadByItself(t *testing.T) {
	for name, write := range map[string]func(*account) error{
		"upsert": func(a *account) error {
			_, err := a.client.UpsertAction(context.Background(), agentID(3), minimalActionFor(a))
			return err
		},
		"delete":    func(a *account) error { return a.client.DeleteAction(context.Background(), agentID(3), "action-99") },
		"publish":   func(a *account) error { _, err := a.client.Publish(context.Background(), agentID(3)); return err },
		"unpublish": func(a *account) error { _, err := a.client.Unpublish(context.Background(), agentID(3)); return err },
	} {
		t.Run(name, func(t *testing.T) {
			a := newAccount(t, 4, fakeapi.Behaviour{})
			for i := range 3 {
				a.read(t, i)
			}
			if err := write(a); err != nil && !isNotFound(err) {
				t.Fatal(err)
			}
			a.ForgetJournal()
			a.readAction(t, 3)
			if _, err := a.client.AgentStatus(t.Context(), agentID(3)); err != nil {
				t.Error(err)
			}
			a.made(t, 0, 1, 0)
		})
	}
}

func minimalActionFor(*account) ActionRequest {
	r := minimalAction()
	r.URL = Some("https://example.com")
	return r
}
