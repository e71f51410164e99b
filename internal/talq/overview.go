package talq

import (
	"context"
	"strconv"
	"sync"
)

// ownCallsFor is of how many agents a client reads by their own calls before it
// turns to the pages of all agents, which may show many that nobody asks for.
const ownCallsFor = 2

// overview reads many agents at once: GET /agents shows a hundred of them a page,
// each with its actions and its status. What it keeps to:
//
//  1. It is never used for an agent that this client has written to: its pages may
//     be older than the write.
//  2. Each page after the first is paid for by a call that an earlier one has
//     saved, so that a large account costs a run on a few agents nothing. A page
//     that saved none is paid for by one call that reads an agent's actions and
//     its status.
//  3. What a page does not show, or an error, is no answer: the agent's own call is.
type overview struct {
	pages *shared[pageOf[Agent]]

	mu      sync.Mutex
	asked   map[string]bool // agents that were asked for
	written map[string]bool
	agents  map[string]*Agent // as the pages showed them
	read    int               // pages
	saved   int               // calls
	paying  string            // the agent whose actions and status were one call, to pay for a page
	closed  bool              // there is no further page, or it cannot be read
}

func newOverview() *overview {
	return &overview{
		pages: newShared[pageOf[Agent]](), asked: map[string]bool{}, written: map[string]bool{}, agents: map[string]*Agent{},
	}
}

// find gives an agent as a page shows it, nil where its own call has to be made:
// because it is among the first, or no page shows it with what is needed.
func (o *overview) find(ctx context.Context, c *Client, agentID string, enough func(*Agent) bool) (*Agent, error) {
	pages := agentPages()
	pages.once = true // a page that fails must not hold up those whose own call would do
	for {
		agent, next := o.look(agentID, enough)
		if next == 0 {
			return agent, nil
		}
		p, err := o.pages.get(ctx, strconv.Itoa(next), func(ctx context.Context) (*pageOf[Agent], error) {
			p, err := onePage(ctx, c, pages, next, idOfAgent)
			return &p, err
		})
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		o.take(next, p, err)
	}
}

// look gives the agent if it is there and shows enough. Else it names the page to
// read next, zero for none.
func (o *overview) look(agentID string, enough func(*Agent) bool) (agent *Agent, next int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked[agentID] = true
	if o.written[agentID] {
		return nil, 0
	}
	if listed := o.agents[agentID]; listed != nil {
		if !enough(listed) {
			return nil, 0
		}
		o.saved++
		return listed, 0
	}
	if o.closed || len(o.asked) <= ownCallsFor || (o.read > 0 && o.saved <= o.read) {
		return nil, 0
	}
	return nil, o.read + 1
}

// take takes over what a page showed. Of those who waited for it the first counts.
func (o *overview) take(number int, p *pageOf[Agent], err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if number != o.read+1 {
		return
	}
	o.read = number
	if err != nil {
		o.closed = true
		return
	}
	o.closed = p.last || len(p.items) == 0
	for i := range p.items {
		o.agents[p.items[i].ID] = &p.items[i]
	}
}

// pay reports whether the agent's actions are to be read with its status, to pay
// for a page that has not saved a call.
func (o *overview) pay(agentID string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.read <= o.saved || o.paying != "" {
		return false
	}
	o.paying = agentID
	return true
}

// paid notes that the agent's status was asked for.
func (o *overview) paid(agentID string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.paying == agentID {
		o.paying = ""
		o.saved++
	}
}

// forget keeps an agent out from now on.
func (o *overview) forget(agentID string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.written[agentID] = true
	delete(o.agents, agentID)
}
