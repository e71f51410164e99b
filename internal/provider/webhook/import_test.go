package webhook_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// seeded is an agent with a webhook that was made in the dashboard.
func seeded(t *testing.T, behaviour fakeapi.Behaviour) (acctest.World, *acctest.Protocol) {
	t.Helper()
	w := acctest.NewWorld(t, fakeapi.WithBehaviour(behaviour))
	fields := acctest.TakenEventWebhook()
	fields["timeout"], fields["http_method"], fields["webhook_secret"] = 60, "PUT", "theirs"
	fields["payload_templates"] = map[string]any{"event_phone_call_ended": map[string]any{"n": 1}}
	w.AddWebhook(w.Agent, fields)
	return w, w.Protocol(t).Of("talq_agent_webhook")
}

func TestImport(t *testing.T) {
	for _, row := range []struct {
		name       string
		behaviour  fakeapi.Behaviour
		byIdentity bool
		method     any
		warned     string
	}{
		{"by two parts", fakeapi.Behaviour{}, false, nil, "`authorization_scheme`, `custom_headers`, `http_method`, `payload_templates`, `webhook_secret`"},
		{"by an identity", fakeapi.Behaviour{}, true, nil, "`authorization_scheme`, `custom_headers`, `http_method`, `payload_templates`, `webhook_secret`"},
		{"from answers that show more", fakeapi.Behaviour{Undocumented: fakeapi.UndocumentedEchoed}, false, "PUT", "`authorization_scheme`, `custom_headers`, `webhook_secret`"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, p := seeded(t, row.behaviour)
			state, said := p.ImportByID("agent-1/webhook-1")
			if row.byIdentity {
				state, said = p.ImportByIdentity(acctest.Values{"agent_id": "agent-1", "id": "webhook-1"})
			}
			said.Are(t, "warning: Some attributes cannot be imported").Hold(t, row.warned)
			p.Expect(state, acctest.Values{"agent_id": "agent-1", "id": "webhook-1", "name": "CRM", "webhook_url": "https://example.com/hook", "timeout": int64(60), "max_retries": int64(3),
				"enabled": true, "http_method": row.method, "authorization_scheme": nil, "custom_headers": nil, "webhook_secret": nil, "status": "active", "revision": nil})
			for _, r := range w.Requests(fakeapi.Match{}) {
				if r.Op != fakeapi.OpListWebhooks {
					t.Errorf("%s was asked for", r.Op)
				}
			}
			config := acctest.ButWith(acctest.MinimalEventWebhook(), acctest.Values{"timeout": 60, "http_method": row.method})
			if row.method != nil {
				config["payload_templates"] = acctest.Values{"event_phone_call_ended": `{ "n": 1 }`}
			}
			if plan := p.Plan(state, config); !plan.State.Equal(state) {
				t.Error("the plan after it is not empty")
			}
		})
	}
}

func TestImportOfWhatThereIsNot(t *testing.T) {
	_, p := seeded(t, fakeapi.Behaviour{})
	for _, row := range []struct{ id, head, says string }{
		{"agent-1", "Wrong import id", "Write AGENT_ID/WEBHOOK_ID."},
		{"agent-1/", "Wrong import id", "its webhook's id is wrong"},
		{"agent-1/webhook-1/more", "Wrong import id", "it has more than two parts"},
		{"agent-1/webhook-9", "No such webhook to import", `has 1 webhooks, and none with the id "webhook-9". Import ids are AGENT_ID/WEBHOOK_ID.`},
		{"agent-9/webhook-1", "Could not read the webhook webhook-1 of agent agent-9", "Agent not found"},
	} {
		_, said := p.ImportByID(row.id)
		said.Are(t, "error: "+row.head).Hold(t, row.says)
	}
	_, said := p.ImportByIdentity(acctest.Values{"agent_id": "agent-1", "id": ""})
	said.Are(t, "error: Wrong import identity").Hold(t, "with the API's id of the webhook")
}

func TestList(t *testing.T) {
	w, _ := seeded(t, fakeapi.Behaviour{})
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Other"})
	w.AddWebhook(other, map[string]any{"name": "Off\x1b[A", "webhook_url": "https://example.com/2", "events": []any{"event_action"}, "enabled": false})
	const crm, off = "Support / CRM (active)", "Other / Off␛[A (disabled)"
	for _, row := range []struct {
		name   string
		config acctest.Values
		limit  int64
		want   []string
		made   acctest.Ops
	}{
		{"of one agent", acctest.Values{"agent_id": "agent-1"}, 100, []string{crm}, acctest.Ops{fakeapi.OpGetAgent: 1, fakeapi.OpListWebhooks: 1}},
		{"of all agents", acctest.Values{}, 100, []string{crm, off}, acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpListWebhooks: 2}},
		{"no more than asked for", acctest.Values{}, 1, []string{crm}, acctest.Ops{fakeapi.OpListAgents: 1, fakeapi.OpListWebhooks: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w.ForgetJournal()
			results, said := w.Protocol(t).Of("talq_agent_webhook").List(row.config, row.limit, true)
			said.None(t)
			names := []string{}
			for _, one := range results {
				names = append(names, one.Name)
				if one.Identity["id"] == nil || one.Identity["id"] != one.Resource["id"] || one.Resource["webhook_secret"] != nil || one.Resource["events"] == nil {
					t.Errorf("%+v", one)
				}
			}
			if fmt.Sprintf("%q", names) != fmt.Sprintf("%q", row.want) {
				t.Errorf("found %q, want %q", names, row.want)
			}
			w.Made(t, row.made)
		})
	}
	p := w.Protocol(t).Of("talq_agent_webhook")
	for name, row := range map[string]struct {
		config acctest.Values
		heads  []string
	}{
		"nothing set":          {acctest.Values{}, nil},
		"an unknown agent_id":  {acctest.Values{"agent_id": acctest.Unknown}, nil},
		"an empty agent_id":    {acctest.Values{"agent_id": ""}, []string{"error at agent_id: Wrong id"}},
		"an agent_id of a dot": {acctest.Values{"agent_id": "."}, []string{"error at agent_id: Wrong id"}},
	} {
		t.Run(name, func(t *testing.T) { p.ValidateList(row.config).Are(t, row.heads...) })
	}
}

// TestListThatFailsForOneAgent goes on with the next, and says which one failed.
func TestListThatFailsForOneAgent(t *testing.T) {
	w, p := seeded(t, fakeapi.Behaviour{})
	other := w.AddAgent(fakeapi.AgentSeed{Name: "Other"})
	w.AddWebhook(other, acctest.TakenEventWebhook())
	w.Inject(fakeapi.Fault{Match: fakeapi.Match{Op: fakeapi.OpListWebhooks, AgentID: "agent-1"}, Status: 403, Body: `{"success":false,"message":"No."}`})
	results, said := p.List(acctest.Values{}, 100, false)
	said.Are(t, "error: Could not read the webhooks of agent agent-1")
	if len(results) != 1 || results[0].Name != "Other / CRM (active)" {
		t.Errorf("%+v", results)
	}
	_, said = p.List(acctest.Values{"agent_id": "agent-9"}, 100, false)
	said.Are(t, "error: Could not read the agent agent-9")
}
