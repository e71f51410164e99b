package chaos

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// fault is one thing that goes wrong in a gust. It strikes the requests about one action or
// agent, whatever their order, so that a storm does much the same when it is repeated.
type fault struct {
	what        string // a key of [trouble]
	on          fakeapi.Match
	skip, times int
}

// inject makes the fake do it.
func (f fault) inject(server *fakeapi.Server) {
	made := trouble[f.what]
	made.Match, made.Skip, made.Times = f.on, f.skip, f.times
	server.Inject(made)
}

// targets are the writes that the edited configuration needs, in groups: those that are
// struck more often are there more often. Of an agent of its own nobody knows the id yet, so
// writes of that kind to any agent are struck.
func (s storm) targets() [][]fakeapi.Match {
	var upserts, deletes, publishes, creates, updates []fakeapi.Match
	nodes := map[string]bool{}
	for _, r := range s.edited.resources() {
		agent, node := r.attributes.text("agent_id"), r.attributes.text("node_id")
		nodes[node] = true
		before, known := s.base[r.address]
		switch {
		case r.kind == typePublication:
			publishes = append(publishes, fakeapi.Match{Op: fakeapi.OpPublish, AgentID: agent})
		case reflect.DeepEqual(before, r.attributes):
		case r.kind == typeAgent && known:
			for _, op := range agentWrites {
				updates = append(updates, fakeapi.Match{Op: op})
			}
		case r.kind == typeAgent:
			creates = append(creates, fakeapi.Match{Op: fakeapi.OpCreateAgent, Label: r.attributes.text("label")}, fakeapi.Match{Op: fakeapi.OpUpdateVoice})
		default:
			upserts = append(upserts, fakeapi.Match{Op: upsertOf[r.kind], AgentID: agent, NodeID: node})
		}
	}
	for _, r := range s.base.resources() {
		agent, node := r.attributes.text("agent_id"), r.attributes.text("node_id")
		switch {
		case r.kind == typeAgent && s.edited[r.address] == nil:
			updates = append(updates, fakeapi.Match{Op: fakeapi.OpDeleteAgent}, fakeapi.Match{Op: fakeapi.OpUnpublish})
		case node != "" && !nodes[node]:
			deletes = append(deletes, fakeapi.Match{Op: deleteOf[r.kind], AgentID: agent, NodeID: node})
		}
	}
	groups := [][]fakeapi.Match{upserts, upserts, upserts, deletes, deletes, publishes, creates, creates, creates, creates, updates, updates}
	return slices.DeleteFunc(groups, func(group []fakeapi.Match) bool { return len(group) == 0 })
}

// The writes of each kind of resource.
var (
	upsertOf    = map[string]fakeapi.Op{typeAction: fakeapi.OpUpsertAction, typeTraining: fakeapi.OpUpsertTraining}
	deleteOf    = map[string]fakeapi.Op{typeAction: fakeapi.OpDeleteAction, typeTraining: fakeapi.OpDeleteTraining}
	agentWrites = []fakeapi.Op{fakeapi.OpUpdateKnowledge, fakeapi.OpUpdateVoice, fakeapi.OpUpdateCalling, fakeapi.OpUpdateAdvanced}
)

// htmlPage is what a proxy in between may say.
const htmlPage = "<html><head><title>Bad gateway</title></head><body>nginx</body></html>"

// trouble is what can go wrong, by what it is called. With "afterwards" the server has done
// what was asked for.
var trouble = map[string]fakeapi.Fault{
	"500":                       {Status: http.StatusInternalServerError, Body: `{"success":false,"message":"Internal server error."}`},
	"500 afterwards":            {Status: http.StatusInternalServerError, Body: `{"success":false,"message":"Internal server error."}`, AfterProcessing: true},
	"502 with HTML":             {Status: http.StatusBadGateway, Body: htmlPage},
	"502 with HTML afterwards":  {Status: http.StatusBadGateway, Body: htmlPage, AfterProcessing: true},
	"503":                       {Status: http.StatusServiceUnavailable},
	"503 afterwards":            {Status: http.StatusServiceUnavailable, AfterProcessing: true},
	"200 with HTML":             {Status: http.StatusOK, Body: htmlPage},
	"200 with HTML afterwards":  {Status: http.StatusOK, Body: htmlPage, AfterProcessing: true},
	"429":                       {Status: http.StatusTooManyRequests, Body: `{"success":false,"message":"Too many requests. Please try again later."}`},
	"429 with Retry-After 0":    {Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}},
	"dropped":                   {Drop: true},
	"dropped afterwards":        {Drop: true, AfterProcessing: true},
	"cut off in the middle":     {Cut: true},
	"JSON cut short":            {Rewrite: func(body []byte) []byte { return body[:len(body)/2] }},
	"an empty body":             {Rewrite: func([]byte) []byte { return nil }},
	"slow":                      {Delay: 30 * time.Millisecond},
	"slow afterwards":           {Delay: 30 * time.Millisecond, AfterProcessing: true},
	"later than the timeout":    {Delay: 1300 * time.Millisecond},
	"too late, but it was done": {Delay: 1300 * time.Millisecond, AfterProcessing: true},
}

// What may strike a read and a write. What costs a second or more is drawn on its own: see
// [dice.gust].
var (
	readTrouble  = troubles(func(f fakeapi.Fault) bool { return !takesLong(f) && !f.AfterProcessing })
	writeTrouble = troubles(func(f fakeapi.Fault) bool { return !takesLong(f) })
	longTrouble  = troubles(takesLong)
)

func takesLong(f fakeapi.Fault) bool {
	return f.Delay > time.Second || f.Status == http.StatusTooManyRequests
}

// troubles are the names of some of the trouble, always in the same order.
func troubles(some func(fakeapi.Fault) bool) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(trouble)), func(name string) bool { return !some(trouble[name]) })
}
