package guides_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestGuideSecretsOutputs repeats what the guide about secrets shows.
func TestGuideSecretsOutputs(t *testing.T) {
	t.Parallel()
	needWordsOfTerraform(t)
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", guideSnippet(t, "main"))
	ws.Write("terraform.tfvars", fmt.Sprintf("agent_id = %q\n", w.Agent))
	token := func(value string) { ws.Env = []string{"TF_VAR_crm_token=" + value} }
	token("the-first-token")
	ws.Apply()
	outputs := map[string]string{"state-file": shown(ws, "grep -A 4 '\"custom_headers\":' terraform.tfstate")}

	t.Log("rotation")
	token("the-second-token")
	ws.PlanEmpty()
	ws.Replace("main.tf", "custom_headers_wo_version = 1", "custom_headers_wo_version = 2")
	ws.Terraform("plan", "-out=rotate.tfplan").Exits(0).Says("custom_headers_wo_version = 1 -> 2", "0 to add, 2 to change, 0 to destroy").SaysNot("the-first-token", "the-second-token")
	ws.Terraform("show", "-json", "rotate.tfplan").Exits(0).Says(`"variables":{"agent_id":{"value":"` + w.Agent + `"}}`)
	w.ForgetJournal()
	ws.Terraform("apply", "rotate.tfplan").Exits(0).SaysNot("the-first-token", "the-second-token")
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1})
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "Accept: application/json, Authorization: Bearer the-second-token" {
		t.Errorf("sent %s", got)
	}
	ws.PlanEmpty()

	t.Log("the mistakes that the guide names")
	ws.Env = nil
	ws.Replace("main.tf", "  ephemeral   = true\n", "  ephemeral   = true\n  default     = null\n")
	ws.Replace("main.tf", `custom_headers_wo         = { Authorization = "Bearer ${var.crm_token}" }`, `custom_headers_wo         = var.crm_token == null ? null : { Authorization = "Bearer ${var.crm_token}" }`)
	ws.Replace("main.tf", "custom_headers_wo_version = 2", "custom_headers_wo_version = 3")
	ws.PlanFails().Says("Version without write-only headers")
	ws.Replace("main.tf", "https://crm.example.com/customers", "https://ada:abc@crm.example.com/customers")
	ws.Terraform("validate").Exits(0).Says("A URL is not secret")
	for name, text := range outputs {
		for _, leak := range []string{"the-first-token", "the-second-token"} {
			if strings.Contains(text, leak) {
				t.Errorf("the output %q shows a write-only value", name)
			}
		}
	}
	compareGuides(t, outputs)
}
