package talq

import (
	"context"
	"sync"
)

const (
	// ownCallsFor is how many agents a client reads by their own calls before it looks
	// at the pages of all agents, which may show many that nobody asks for.
	ownCallsFor = 2
	// maxPages is how many pages of all agents are read; a larger account's are not.
	maxPages = 3
)

// overview reads many agents at once: GET /agents shows a hundred of them a page, each
// with its actions and its status. It is never used for an agent that this client has
// written to, since its pages may be older than the write.
type overview struct {
	agents *shared[map[string]*Agent] // under the key "" only

	mu      sync.Mutex
	asked   map[string]bool
	written map[string]bool
}

func newOverview() *overview {
	return &overview{agents: newShared[map[string]*Agent](), asked: map[string]bool{}, written: map[string]bool{}}
}

// find returns an agent as the pages show it, nil where its own call has to be made.
func (o *overview) find(ctx context.Context, c *Client, agentID string) (*Agent, error) {
	if !o.mayUse(agentID) {
		return nil, nil
	}
	agents, err := o.agents.get(ctx, "", func(ctx context.Context) (*map[string]*Agent, error) {
		agents := c.readPages(ctx)
		return &agents, ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	if !o.mayUse(agentID) { // written to meanwhile
		return nil, nil
	}
	return (*agents)[agentID], nil
}

// mayUse reports whether the pages may serve an agent.
func (o *overview) mayUse(agentID string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked[agentID] = true
	return len(o.asked) > ownCallsFor && !o.written[agentID]
}

func (o *overview) forget(agentID string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.written[agentID] = true
}

// readPages reads all agents where [maxPages] hold them. Of a larger account, and of
// pages that fail, it returns what it has: the agents' own calls show the rest.
func (c *Client) readPages(ctx context.Context) map[string]*Agent {
	agents := map[string]*Agent{}
	pages := agentsLike(AgentFilter{})
	pages.once = true // a page that fails must not hold up those whose own call would do
	for number := 1; ; number++ {
		p, err := onePage(ctx, c, pages, number, idOfAgent)
		if err != nil || p.pages > maxPages {
			return agents
		}
		for i := range p.items {
			if showsAll(&p.items[i]) {
				agents[p.items[i].ID] = &p.items[i]
			}
		}
		if p.last {
			return agents
		}
	}
}

// showsAll reports whether a listed agent has what a plan reads of it: its status and
// its actions, each with every documented member.
func showsAll(a *Agent) bool {
	return a.Status() != "" && a.IsReadyToPublish.Value != nil && actionKind.shows(a)
}
