package provider

import (
	"fmt"
	"strings"
	"testing"
)

// guideSecrets is the template of the guide about secrets; see [guide].
const guideSecrets = "../../templates/guides/secrets.md.tmpl"

// TestGuideSecretsOutputs repeats what the guide about secrets shows.
func TestGuideSecretsOutputs(t *testing.T) {
	t.Parallel()
	needShell(t)
	if have := cliVersion(t); !strings.HasPrefix(have, "Terraform v1.11.") {
		t.Skipf("the guide shows the output of Terraform 1.11, and this is %s", have)
	}
	w := newWorld(t)
	ws := newWorkspace(t, w.provider())
	ws.write("main.tf", guideSnippetOf(t, guideSecrets, "main"))
	ws.write("terraform.tfvars", fmt.Sprintf("agent_id = %q\n", w.agent))
	token := func(value string) { ws.env = []string{"TF_VAR_crm_token=" + value} }
	token("the-first-token")
	ws.apply()
	shown := map[string]string{
		"state":      ws.shown("terraform state show talq_action.customer"),
		"state-file": ws.shown("grep -A 4 '\"custom_headers\":' terraform.tfstate"),
	}

	t.Log("rotation")
	token("the-second-token")
	ws.planEmpty()
	ws.replace("main.tf", "custom_headers_wo_version = 1", "custom_headers_wo_version = 2")
	shown["rotate-plan"] = ws.shown("terraform plan -out=rotate.tfplan")
	shown["plan-variables"] = ws.shown(`terraform show -json rotate.tfplan | grep -o '"variables":{[^}]*}}'`)
	w.ForgetJournal()
	shown["rotate-apply"] = ws.shown("terraform apply rotate.tfplan")
	w.expectOnAgent(t, w.agent, 1, []int{0}, 1)
	if got := headersOn(w.writes()[0]); got != "Accept: application/json, Authorization: Bearer the-second-token" {
		t.Errorf("sent %s", got)
	}
	shown["rotate-again"] = ws.shown("terraform plan")

	t.Log("the mistakes that the guide names")
	ws.env = nil
	ws.replace("main.tf", "  ephemeral   = true\n", "  ephemeral   = true\n  default     = null\n")
	ws.replace("main.tf", `custom_headers_wo         = { Authorization = "Bearer ${var.crm_token}" }`, `custom_headers_wo         = var.crm_token == null ? null : { Authorization = "Bearer ${var.crm_token}" }`)
	ws.replace("main.tf", "custom_headers_wo_version = 2", "custom_headers_wo_version = 3")
	shown["no-value"] = ws.shown("terraform plan")
	ws.replace("main.tf", "https://crm.example.com/customers", "https://ada:abc@crm.example.com/customers")
	shown["url"] = ws.shown("terraform validate")
	for name, text := range shown {
		for _, leak := range []string{"the-first-token", "the-second-token"} {
			if strings.Contains(text, leak) {
				t.Errorf("the output %q shows a write-only value", name)
			}
		}
	}
	compareGuide(t, guideSecrets, shown, func(string) bool { return true })
}
