package publication

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

func TestRunKnowsWhatAnUnpublishDid(t *testing.T) {
	for _, row := range []struct {
		name  string
		fault fakeapi.Fault
		want  session.Liveness
	}{
		{"done, without a fault", fakeapi.Fault{Skip: 1}, session.Liveness{Drafted: true}},
		{"no answer", fakeapi.Fault{Drop: true}, session.Liveness{Perhaps: true}},
		{"answered with another status", fakeapi.Fault{Body: `{"success":true,"data":{"current_status":"published"}}`}, session.Liveness{Perhaps: true}},
		{"refused", fakeapi.Fault{Status: http.StatusForbidden, Body: `{"success":false,"message":"No."}`}, session.Liveness{}},
		{"the agent is gone", fakeapi.Fault{Status: http.StatusNotFound, Body: `{"success":false,"message":"Agent not found"}`}, session.Liveness{}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, err := fakeapi.Start()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(w.Close)
			agent := w.AddAgent(fakeapi.AgentSeed{Name: "Support", Status: "published"})
			row.fault.Match = fakeapi.Match{Op: fakeapi.OpUnpublish}
			w.Inject(row.fault)
			client, err := talq.New(talq.Config{BaseURL: w.BaseURL(), Token: talq.NewSecret(w.Token())})
			if err != nil {
				t.Fatal(err)
			}
			r := &publicationResource{}
			r.Session = session.New(client, session.HiddenWarn)
			var diags diag.Diagnostics

			r.unpublish(t.Context(), &publicationModel{AgentID: types.StringValue(agent)}, &diags)

			if got := r.Run.Liveness(agent); got != row.want || len(w.Requests(fakeapi.Match{Op: fakeapi.OpUnpublish})) != 1 {
				t.Errorf("known is %+v after %d requests, want %+v after one: %v", got, len(w.Requests(fakeapi.Match{Op: fakeapi.OpUnpublish})), row.want, diags)
			}
		})
	}
}
