package session

import (
	"slices"
	"sync"
)

// Liveness is what a run knows of whether an agent takes calls.
type Liveness struct {
	Published bool // this run has published it
	Drafted   bool // this run has put it into draft, by a write or an unpublish, and nothing has published it since
	Perhaps   bool // a write or an unpublish of this run ended without a clear answer, and may have done so
	notReady  bool // it was seen not to be ready to be published
	writing   int  // writes on what it has, and publishes, that are under way
}

// liveAgents holds what a run knows of each agent.
type liveAgents struct {
	mu   sync.Mutex
	live map[string]Liveness
}

func newLiveAgents() *liveAgents { return &liveAgents{live: map[string]Liveness{}} }

// forgetAgent drops what the run's writes have made of the agent. What is under way
// still is.
func (r *liveAgents) forgetAgent(agentID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.live[agentID] = Liveness{notReady: r.live[agentID].notReady, writing: r.live[agentID].writing}
}

// NoteDraft notes a write on something of the agent, such as an action, or an unpublish. It
// reports whether this run had published the agent before.
func (r *liveAgents) NoteDraft(agentID string) (publishedBefore bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.Drafted = true
	r.live[agentID] = l
	return l.Published
}

// NotePerhapsDraft notes a write whose outcome is not known.
func (r *liveAgents) NotePerhapsDraft(agentID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.Perhaps = true
	r.live[agentID] = l
}

// notePublished notes that this run has published the agent.
func (r *liveAgents) notePublished(agentID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l := r.live[agentID]
	l.Published, l.Drafted, l.Perhaps = true, false, false
	r.live[agentID] = l
}

// NoteReadiness notes what a read said of the agent; nil for nothing.
func (r *liveAgents) NoteReadiness(agentID string, ready *bool) {
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
		if id != agentID && (l.Drafted || l.writing > 0) {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	return others
}

// Liveness returns what the run knows of the agent now.
func (r *liveAgents) Liveness(agentID string) Liveness {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[agentID]
}

// SeenNotReady reports whether the agent was seen not to be ready.
func (r *liveAgents) SeenNotReady(agentID string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.live[agentID].notReady
}
