package guides_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

// guideSecrets is the template of the guide about secrets; see [guide].
const guideSecrets = "../../templates/guides/secrets.md.tmpl"

// TestGuideSecretsOutputs repeats what the guide about secrets shows.
func TestGuideSecretsOutputs(t *testing.T) {
	t.Parallel()
	needShell(t)
	if have := acctest.CLIVersion(t); !strings.HasPrefix(have, "Terraform v1.11.") {
		t.Skipf("the guide shows the output of Terraform 1.11, and this is %s", have)
	}
	w := acctest.NewWorld(t)
	ws := acctest.NewWorkspace(t, w.ProviderBlock())
	ws.Write("main.tf", guideSnippetOf(t, guideSecrets, "main"))
	ws.Write("terraform.tfvars", fmt.Sprintf("agent_id = %q\n", w.Agent))
	token := func(value string) { ws.Env = []string{"TF_VAR_crm_token=" + value} }
	token("the-first-token")
	ws.Apply()
	outputs := map[string]string{
		"state":      shown(ws, "terraform state show talq_action.customer"),
		"state-file": shown(ws, "grep -A 4 '\"custom_headers\":' terraform.tfstate"),
	}

	t.Log("rotation")
	token("the-second-token")
	ws.PlanEmpty()
	ws.Replace("main.tf", "custom_headers_wo_version = 1", "custom_headers_wo_version = 2")
	outputs["rotate-plan"] = shown(ws, "terraform plan -out=rotate.tfplan")
	outputs["plan-variables"] = shown(ws, `terraform show -json rotate.tfplan | grep -o '"variables":{[^}]*}}'`)
	w.ForgetJournal()
	outputs["rotate-apply"] = shown(ws, "terraform apply rotate.tfplan")
	w.ExpectOnAgent(t, w.Agent, 1, []int{0}, 1)
	if got := acctest.HeadersOn(w.Writes()[0]); got != "Accept: application/json, Authorization: Bearer the-second-token" {
		t.Errorf("sent %s", got)
	}
	outputs["rotate-again"] = shown(ws, "terraform plan")

	t.Log("the mistakes that the guide names")
	ws.Env = nil
	ws.Replace("main.tf", "  ephemeral   = true\n", "  ephemeral   = true\n  default     = null\n")
	ws.Replace("main.tf", `custom_headers_wo         = { Authorization = "Bearer ${var.crm_token}" }`, `custom_headers_wo         = var.crm_token == null ? null : { Authorization = "Bearer ${var.crm_token}" }`)
	ws.Replace("main.tf", "custom_headers_wo_version = 2", "custom_headers_wo_version = 3")
	outputs["no-value"] = shown(ws, "terraform plan")
	ws.Replace("main.tf", "https://crm.example.com/customers", "https://ada:abc@crm.example.com/customers")
	outputs["url"] = shown(ws, "terraform validate")
	for name, text := range outputs {
		for _, leak := range []string{"the-first-token", "the-second-token"} {
			if strings.Contains(text, leak) {
				t.Errorf("the output %q shows a write-only value", name)
			}
		}
	}
	compareGuide(t, guideSecrets, outputs, func(string) bool { return true })
}
