package acctest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/contract/guard"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// Talq is a case's agent as its owner sees it, behind Terraform's back. Names are those of
// actions, subjects those of trainings; what fails ends the test.
type Talq interface {
	// PutAction makes the action of the body's node_id, or writes over it. The body is
	// complete, as the API wants it for an upsert.
	PutAction(body map[string]any)
	// DeleteAction deletes the action of that name.
	DeleteAction(name string)
	// Action returns what can be seen of the action of that name, by the names of the upsert's
	// body and its id; nil where there is none. The fake shows everything.
	Action(name string) map[string]any
	// PutTraining makes the training of the body's node_id, or writes over it.
	PutTraining(body map[string]any)
	// DeleteTraining deletes the training of that subject.
	DeleteTraining(subject string)
	// PutWebhook writes the body's fields over the webhook of the body's name, and
	// DeleteWebhook deletes the webhook of that name.
	PutWebhook(body map[string]any)
	DeleteWebhook(name string)
	// Webhook returns what can be seen of the webhook of that name, nil where there is none.
	// The fake shows everything.
	Webhook(name string) map[string]any
	// Training is Action for the training of that subject.
	Training(subject string) map[string]any
	// Publish and Unpublish change whether the agent takes calls.
	Publish()
	Unpublish()
	// Status is the agent's current_status.
	Status() string
}

// fakeTalq uses the fake's dashboard.
type fakeTalq struct {
	t *testing.T
	w World
}

func (f fakeTalq) find(list []fakeapi.Stored, field string, value any) (fakeapi.Stored, bool) {
	for _, one := range list {
		if one.Fields[field] == value {
			return one, true
		}
	}
	return fakeapi.Stored{}, false
}

// PutAction implements [Talq].
func (f fakeTalq) PutAction(body map[string]any) {
	if there, ok := f.find(f.w.Actions(f.w.Agent), "node_id", body["node_id"]); ok {
		f.w.EditAction(f.w.Agent, there.ID, body)
		return
	}
	f.w.AddAction(f.w.Agent, body)
}

// DeleteAction implements [Talq].
func (f fakeTalq) DeleteAction(name string) {
	f.t.Helper()
	there, ok := f.find(f.w.Actions(f.w.Agent), "name", name)
	if !ok {
		f.t.Fatalf("no action is called %s", name)
	}
	f.w.RemoveAction(f.w.Agent, there.ID)
}

// Action implements [Talq].
func (f fakeTalq) Action(name string) map[string]any {
	return f.shown(f.w.Actions(f.w.Agent), "name", name)
}

// shown returns all fields of one of a list, and its id; nil where there is none.
func (f fakeTalq) shown(list []fakeapi.Stored, field, value string) map[string]any {
	there, ok := f.find(list, field, value)
	if !ok {
		return nil
	}
	there.Fields["id"] = there.ID
	return there.Fields
}

// PutTraining implements [Talq].
func (f fakeTalq) PutTraining(body map[string]any) {
	if there, ok := f.find(f.w.Trainings(f.w.Agent), "node_id", body["node_id"]); ok {
		f.w.EditTraining(f.w.Agent, there.ID, body)
		return
	}
	f.w.AddTraining(f.w.Agent, body)
}

// DeleteTraining implements [Talq].
func (f fakeTalq) DeleteTraining(subject string) {
	f.t.Helper()
	there, ok := f.find(f.w.Trainings(f.w.Agent), "subject", subject)
	if !ok {
		f.t.Fatalf("no training has the subject %s", subject)
	}
	f.w.RemoveTraining(f.w.Agent, there.ID)
}

// Training implements [Talq].
func (f fakeTalq) Training(subject string) map[string]any {
	return f.shown(f.w.Trainings(f.w.Agent), "subject", subject)
}

// Publish implements [Talq].
func (f fakeTalq) Publish() { f.w.SetPublished(f.w.Agent, true) }

// Unpublish implements [Talq].
func (f fakeTalq) Unpublish() { f.w.SetPublished(f.w.Agent, false) }

// Status implements [Talq].
func (f fakeTalq) Status() string { return f.w.AgentStatus(f.w.Agent) }

// realTalq makes plain HTTP calls.
type realTalq struct {
	t      *testing.T
	client *guard.Client
}

// do makes a call about the agent, and returns the data of its answer. A cleanup of the test
// may call it, when the test's context has ended.
func (r realTalq) do(method, path string, body any) any {
	r.t.Helper()
	answer, err := r.client.Do(context.WithoutCancel(r.t.Context()), guard.Request{Method: method, Path: r.client.AgentPath() + path, Body: body})
	if err != nil {
		r.t.Fatal(err)
	}
	if !answer.OK() {
		r.t.Fatalf("%s of the agent's %q answered %d", method, path, answer.Status)
	}
	return answer.Object()["data"]
}

func (r realTalq) agent() map[string]any {
	r.t.Helper()
	agent, ok := r.do(http.MethodGet, "", nil).(map[string]any)
	if !ok {
		r.t.Fatal("the answer about the agent holds none")
	}
	return agent
}

// find returns one of the agent's actions or trainings, nil where there is none.
func (r realTalq) find(kind, key, value string) map[string]any {
	r.t.Helper()
	list, ok := r.agent()[kind].([]any)
	if !ok {
		r.t.Fatalf("the answer about the agent holds no %s", kind)
	}
	for _, entry := range list {
		if one, _ := entry.(map[string]any); one[key] == value {
			return one
		}
	}
	return nil
}

func (r realTalq) remove(kind, key, value string) {
	r.t.Helper()
	there := r.find(kind, key, value)
	if there == nil {
		r.t.Fatalf("none of the %s has the %s %s", kind, key, value)
	}
	r.do(http.MethodDelete, "/"+kind+"/"+url.PathEscape(guard.ID(there)), nil)
}

// PutAction implements [Talq].
func (r realTalq) PutAction(body map[string]any) {
	r.t.Helper()
	r.do(http.MethodPost, "/actions", body)
}

// DeleteAction implements [Talq].
func (r realTalq) DeleteAction(name string) {
	r.t.Helper()
	r.remove("actions", "name", name)
}

// Action implements [Talq]. Of inputs it shows nothing: answers have them in a form of their own.
func (r realTalq) Action(name string) map[string]any {
	r.t.Helper()
	return r.find("actions", "name", name)
}

// PutTraining implements [Talq].
func (r realTalq) PutTraining(body map[string]any) {
	r.t.Helper()
	r.do(http.MethodPost, "/trainings", body)
}

// DeleteTraining implements [Talq].
func (r realTalq) DeleteTraining(subject string) {
	r.t.Helper()
	r.remove("trainings", "subject", subject)
}

// Training implements [Talq].
func (r realTalq) Training(subject string) map[string]any {
	r.t.Helper()
	return r.find("trainings", "subject", subject)
}

// Publish implements [Talq].
func (r realTalq) Publish() {
	r.t.Helper()
	r.do(http.MethodPost, "/publish", nil)
}

// Unpublish implements [Talq].
func (r realTalq) Unpublish() {
	r.t.Helper()
	r.do(http.MethodPost, "/unpublish", nil)
}

// Status implements [Talq].
func (r realTalq) Status() string {
	r.t.Helper()
	status, _ := r.agent()["current_status"].(string)
	return status
}

// sameJSON reports whether two values are the same once they are JSON.
func sameJSON(a, b any) bool {
	one, err := json.Marshal(a)
	other, otherErr := json.Marshal(b)
	return err == nil && otherErr == nil && bytes.Equal(one, other)
}
