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
	NotReady  bool // it was seen not to be ready to be published
	writing   int  // writes on what it has, and publishes, that are under way
}

// liveAgents holds what a run knows of each agent.
type liveAgents struct {
	mu   sync.Mutex
	live map[string]Liveness
}

// change changes what is known of the agent, and returns what was known before.
func (r *liveAgents) change(agentID string, change func(l *Liveness)) (before Liveness) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.live == nil {
		r.live = map[string]Liveness{}
	}
	before = r.live[agentID]
	after := before
	change(&after)
	r.live[agentID] = after
	return before
}

// ForgetAgent drops what the run's writes have made of the agent. What is under way
// still is.
func (r *liveAgents) ForgetAgent(agentID string) {
	r.change(agentID, func(l *Liveness) { *l = Liveness{NotReady: l.NotReady, writing: l.writing} })
}

// NoteDraft notes a write on something of the agent, such as an action, or an unpublish. It
// reports whether this run had published the agent before.
func (r *liveAgents) NoteDraft(agentID string) (publishedBefore bool) {
	return r.change(agentID, func(l *Liveness) { l.Drafted = true }).Published
}

// NotePerhapsDraft notes a write whose outcome is not known.
func (r *liveAgents) NotePerhapsDraft(agentID string) {
	r.change(agentID, func(l *Liveness) { l.Perhaps = true })
}

// notePublished notes that this run has published the agent.
func (r *liveAgents) notePublished(agentID string) {
	r.change(agentID, func(l *Liveness) { l.Published, l.Drafted, l.Perhaps = true, false, false })
}

// NoteReadiness notes what a read said of the agent; nil for nothing.
func (r *liveAgents) NoteReadiness(agentID string, ready *bool) {
	r.change(agentID, func(l *Liveness) { l.NotReady = ready != nil && !*ready })
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
