package provider

import (
	"slices"
	"sync"
)

// liveness is what a run knows of whether an agent takes calls.
type liveness struct {
	published bool // this run has published it
	drafted   bool // this run has put it into draft, by a write or an unpublish, and nothing has published it since
	perhaps   bool // a write or an unpublish of this run ended without a clear answer, and may have done so
	notReady  bool // it was seen not to be ready to be published
	writing   int  // writes on its actions, and publishes, that are under way
}

// liveAgents holds what a run knows of each agent.
type liveAgents struct {
	mu   sync.Mutex
	live map[string]liveness
}

func newLiveAgents() *liveAgents { return &liveAgents{live: map[string]liveness{}} }

// forgetAgent drops what the run's writes have made of the agent. What is under way
// still is.
func (r *liveAgents) forgetAgent(agentID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.live[agentID] = liveness{notReady: r.live[agentID].notReady, writing: r.live[agentID].writing}
}

// noteDraft notes a write on one of the agent's actions, or an unpublish. It reports whether this
// run had published the agent before.
func (r *liveAgents) noteDraft(agentID string) (publishedBefore bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.drafted = true
	r.live[agentID] = l
	return l.published
}

// notePerhapsDraft notes a write whose outcome is not known.
func (r *liveAgents) notePerhapsDraft(agentID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.perhaps = true
	r.live[agentID] = l
}

// notePublished notes that this run has published the agent.
func (r *liveAgents) notePublished(agentID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.published, l.drafted, l.perhaps = true, false, false
	r.live[agentID] = l
}

// noteReadiness notes what a read said of the agent; nil for nothing.
func (r *liveAgents) noteReadiness(agentID string, ready *bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.notReady = ready != nil && !*ready
	r.live[agentID] = l
}

// noteWriting counts the writes on the agent that are under way.
func (r *liveAgents) noteWriting(agentID string, change int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.writing += change
	r.live[agentID] = l
}

// otherDrafts names the other agents that this run's writes have left drafts, or
// are about to.
func (r *liveAgents) otherDrafts(agentID string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var others []string
	for id, l := range r.live {
		if id != agentID && (l.drafted || l.writing > 0) {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	return others
}

// liveness returns what the run knows of the agent now.
func (r *liveAgents) liveness(agentID string) liveness {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[agentID]
}

// seenNotReady reports whether the agent was seen not to be ready.
func (r *liveAgents) seenNotReady(agentID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[agentID].notReady
}
