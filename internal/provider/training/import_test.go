package training_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// seeded is an agent with a training that was made in the dashboard, and its id.
func seeded(t *testing.T, behaviour fakeapi.Behaviour) (acctest.World, *acctest.Protocol, string) {
	t.Helper()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	id := w.AddTraining(w.Agent, map[string]any{"node_id": "theirs", "subject": "Prices", "instructions": "Theirs", "current_status": "inactive"})
	return w, w.Protocol(t).Of("talq_training"), id
}

func TestImport(t *testing.T) {
	for _, row := range []struct {
		name      string
		behaviour fakeapi.Behaviour
		how       func(p *acctest.Protocol, id string) acctest.Values
		node      any
	}{
		{"by two parts", fakeapi.Behaviour{}, byID("agent-1/%s"), nil},
		{"by three parts", fakeapi.Behaviour{}, byID("agent-1/%s/mine"), "mine"},
		{"by three parts, with slashes in the node id", fakeapi.Behaviour{}, byID("agent-1/%s/a/b"), "a/b"},
		{"by an identity", fakeapi.Behaviour{}, func(p *acctest.Protocol, id string) acctest.Values {
			state, said := p.ImportByIdentity(acctest.Values{"agent_id": "agent-1", "id": id})
			said.None(p.T)
			values, _ := acctest.Plain(p.T, state).(acctest.Values)
			return values
		}, nil},
		{"from an answer that shows the node id", fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed}, byID("agent-1/%s"), "theirs"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, p, id := seeded(t, row.behaviour)
			state := row.how(p, id)
			wanted := acctest.Values{"agent_id": "agent-1", "id": id, "node_id": row.node, "subject": "Prices", "instructions": "Theirs", "current_status": "inactive", "revision": nil}
			for attribute, want := range wanted {
				if state[attribute] != want {
					t.Errorf("%s is %v, want %v", attribute, state[attribute], want)
				}
			}
			w.Made(t, acctest.Ops{fakeapi.OpGetAgent: 1})
		})
	}
}

func byID(form string) func(*acctest.Protocol, string) acctest.Values {
	return func(p *acctest.Protocol, id string) acctest.Values {
		state, said := p.ImportByID(fmt.Sprintf(form, id))
		said.None(p.T)
		values, _ := acctest.Plain(p.T, state).(acctest.Values)
		return values
	}
}

func TestImportOfWhatThereIsNot(t *testing.T) {
	_, p, id := seeded(t, fakeapi.Behaviour{})
	for _, row := range []struct{ id, head, says string }{
		{"agent-1", "Wrong import id", "AGENT_ID/TRAINING_ID, or AGENT_ID/TRAINING_ID/NODE_ID with the node id that the training was created with"},
		{"agent-1/", "Wrong import id", "its training's id is wrong"},
		{"agent-1/theirs", "No such training to import", `has 2 trainings, and none with the id "theirs"`},
		{"agent-9/" + id, "Could not read the training " + id + " of agent agent-9", "Agent not found"},
	} {
		_, said := p.ImportByID(row.id)
		said.Are(t, "error: "+row.head).Hold(t, row.says)
	}
	_, said := p.ImportByIdentity(acctest.Values{"agent_id": "..", "id": id})
	said.Are(t, "error: Wrong import identity").Hold(t, "with the API's id of the training")
}

func TestList(t *testing.T) {
	w, p, _ := seeded(t, fakeapi.Behaviour{})
	w.ForgetJournal()
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Other"})
	w.AddTraining(other, map[string]any{"node_id": "n", "subject": "Opening\x1b[Ahours", "instructions": "From 8 to 5."})
	const sample = "Support / Product Knowledge"
	for _, row := range []struct {
		name   string
		config acctest.Values
		limit  int64
		want   []string
		made   acctest.Ops
	}{
		{"of one agent", acctest.Values{"agent_id": "agent-1"}, 100, []string{sample, "Support / Prices"}, acctest.Ops{fakeapi.OpGetAgent: 1}},
		{"active ones", acctest.Values{"agent_id": "agent-1", "current_status": "active"}, 100, []string{sample}, acctest.Ops{fakeapi.OpGetAgent: 1}},
		{"inactive ones", acctest.Values{"agent_id": "agent-1", "current_status": "inactive"}, 100, []string{"Support / Prices"}, acctest.Ops{fakeapi.OpGetAgent: 1}},
		{"of all agents", acctest.Values{}, 100, []string{sample, "Support / Prices", "Other / Product Knowledge", "Other / Opening␛[Ahours"}, acctest.Ops{fakeapi.OpListAgents: 1}},
		{"no more than asked for", acctest.Values{}, 3, []string{sample, "Support / Prices", "Other / Product Knowledge"}, acctest.Ops{fakeapi.OpListAgents: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			results, said := w.Protocol(t).Of("talq_training").List(row.config, row.limit, true)
			said.None(t)
			names := []string{}
			for _, one := range results {
				names = append(names, one.Name)
				if one.Identity["id"] == nil || one.Identity["id"] != one.Resource["id"] || one.Resource["node_id"] != nil || one.Resource["instructions"] == nil {
					t.Errorf("%+v", one)
				}
			}
			if fmt.Sprintf("%q", names) != fmt.Sprintf("%q", row.want) {
				t.Errorf("found %q, want %q", names, row.want)
			}
			w.Made(t, row.made)
		})
	}
	for name, row := range map[string]struct {
		config acctest.Values
		heads  []string
	}{
		"nothing set":                {acctest.Values{}, nil},
		"all unknown":                {acctest.Values{"agent_id": acctest.Unknown, "current_status": acctest.Unknown}, nil},
		"an empty agent_id":          {acctest.Values{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		"an empty current_status":    {acctest.Values{"current_status": ""}, []string{"error at current_status: " + noWord}},
		"a status that there is not": {acctest.Values{"current_status": "draft"}, []string{"error at current_status: " + noWord}},
	} {
		t.Run(name, func(t *testing.T) { p.ValidateList(row.config).Are(t, row.heads...) })
	}
}

// TestListOfAgentsWithoutTheirTrainings: the list of agents may leave parts out.
func TestListOfAgentsWithoutTheirTrainings(t *testing.T) {
	for name, part := range map[string]string{"none at all": `"trainings":`, "without their subject": `"subject":`} {
		t.Run(name, func(t *testing.T) {
			w, p, _ := seeded(t, fakeapi.Behaviour{})
			w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListAgents}, Rewrite: func(b []byte) []byte {
				return bytes.ReplaceAll(b, []byte(part), []byte(`"other":`))
			}})
			results, said := p.List(acctest.Values{}, 100, false)
			said.Are(t, "warning: Trainings that are not listed").Hold(t, `agent_id = "agent-1"`)
			if len(results) != 0 {
				t.Errorf("%v", results)
			}
		})
	}
}
