package fakeapi

import (
	"fmt"
	"slices"
	"time"
)

// world is what the server holds. Whatever is inside a fields map is never changed in
// place: a write puts a new value there, so that answers may be encoded outside the lock.
type world struct {
	environments int
	agents       []*agent
	voices       []map[string]any
	numbers      []*number
	events       map[string]any // what each event is about that a webhook may be sent
	usedIDs      map[string]bool
	counted      map[string]int // by the prefix of the id
}

// agent is one agent. fields has the names of the body of POST /agents, "voice" as
// GET /agents/{id} shows it with "ambient_volume" in it, "is_sandbox", and
// "enable_initial_message_cache".
type agent struct {
	id, token        string
	fields           map[string]any
	status           string
	ready            *bool // nil says that it is ready when it is complete
	reasons          []string
	created, updated time.Time
	actions          items
	trainings        items
	webhooks         items
	flow             flow
	activeCalls      int
	recentCalls      int
}

// The two values of an agent's current_status (API.md, Endpoints).
const (
	statusDraft     = "draft"
	statusPublished = "published"
)

func newWorld() world {
	return world{
		voices:  slices.Clone(sampleVoices),
		events:  sampleEvents(),
		usedIDs: map[string]bool{},
		counted: map[string]int{},
	}
}

func environmentToken(number int) string {
	return fmt.Sprintf("talq_fake_environment_%d", number)
}

func (w *world) addEnvironment() (token string) {
	w.environments++
	return environmentToken(w.environments)
}

func (w *world) knowsToken(token string) bool {
	for number := range w.environments {
		if token == environmentToken(number+1) {
			return true
		}
	}
	return false
}

// agent finds an agent of any environment; nil when there is none.
func (w *world) agent(id string) *agent {
	for _, a := range w.agents {
		if a.id == id {
			return a
		}
	}
	return nil
}

// newID counts on to the next id with the prefix that nothing ever had.
func (w *world) newID(prefix string) string {
	for {
		w.counted[prefix]++
		if id := fmt.Sprintf("%s-%d", prefix, w.counted[prefix]); !w.usedIDs[id] {
			w.usedIDs[id] = true
			return id
		}
	}
}

// nodeID is the node id of the action or training that a delete is about, empty when there
// is none.
func (w *world) nodeID(entry *Request) string {
	a := w.agent(entry.AgentID)
	if a == nil {
		return ""
	}
	for _, one := range []*item{a.actions.byID(entry.ActionID), a.trainings.byID(entry.TrainingID)} {
		if one != nil {
			return one.nodeID()
		}
	}
	return ""
}

func (w *world) add(i *items, one *item) {
	w.usedIDs[one.id] = true
	i.list = append(i.list, one)
}

func (w *world) addAgent(a *agent) {
	w.usedIDs[a.id] = true
	w.agents = append(w.agents, a)
}

// removeAgent deletes an agent with all that belongs to it.
func (w *world) removeAgent(id string) {
	w.agents = slices.DeleteFunc(w.agents, func(a *agent) bool { return a.id == id })
}

// setStatus makes the agent draft or published at now.
func (a *agent) setStatus(status string, now time.Time, b Behaviour) {
	a.status = status
	a.updated = b.later(now, a.updated)
	if status == statusPublished && b.PublishTouchesActions {
		for _, act := range a.actions.list {
			act.updated = b.later(now, act.updated)
		}
	}
}
