package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// canaryPlainSecret is in the state, as canaryPlain does; the write-only values of
// canary_test.go are nowhere.
const canaryPlainSecret = "canary-of-a-plain-secret-70f3a1"

const canaryWebhooks = `
terraform {
  required_providers {
    talq = { source = "talqover/talq" }
  }
}

provider "talq" {
  max_retries = 0
}

variable "key" {
  type      = string
  ephemeral = true
}

variable "key_version" {
  type = number
}

# A variable, since Terraform shows the line of the configuration that an error is about.
variable "plain_secret" {
  type      = string
  sensitive = true
  default   = "` + canaryPlainSecret + `"
}

resource "talq_agent_webhook" "canary" {
  agent_id                  = "agent-1"
  name                      = "Canary"
  webhook_url               = "https://canary.example.com/sing"
  events                    = ["event_phone_call_ended"]
  custom_headers            = { X-Plain = "` + canaryPlain + `" }
  custom_headers_wo         = { Authorization = "Bearer ${var.key}" }
  custom_headers_wo_version = var.key_version
  webhook_secret_wo         = "signed-${var.key}"
  webhook_secret_wo_version = var.key_version
}

resource "talq_agent_webhook" "plain" {
  agent_id       = "agent-1"
  name           = "Plain"
  webhook_url    = "https://canary.example.com/plain"
  events         = ["event_phone_call_ended"]
  webhook_secret = var.plain_secret
}
`

// TestSecretsOfWebhooksStandNowhere walks through the life of two webhooks with the built
// provider under full logs, and searches all that is left behind.
func TestSecretsOfWebhooksStandNowhere(t *testing.T) {
	t.Parallel()
	r := newCanaryRun(t, canaryWebhooks)
	w, run, refuse := r.w, r.run, r.refuse

	run("validate", canaryWO, 1, 0, "validate")
	refuse(fakeapi.Match{Op: fakeapi.OpCreateWebhook, WebhookName: "Canary"}, 422, "webhook_secret", canaryPlain, "Bearer "+canaryWO, "signed-"+canaryWO)
	refuse(fakeapi.Match{Op: fakeapi.OpCreateWebhook, WebhookName: "Plain"}, 422, "webhook_secret", canaryPlainSecret)
	run("failed create", canaryWO, 1, 1, "apply", "-auto-approve").Says(canaryInError, "(sensitive)")
	w.ClearFaults()
	w.ForgetJournal()
	run("create", canaryWO, 1, 0, "apply", "-auto-approve")
	if sent := w.Requests(fakeapi.Match{Op: fakeapi.OpCreateWebhook}); !slices.ContainsFunc(sent, func(r fakeapi.Request) bool {
		return r.Body["webhook_secret"] == "signed-"+canaryWO && acctest.HeadersOn(r) == "Authorization: Bearer "+canaryWO+", X-Plain: "+canaryPlain
	}) {
		t.Fatalf("sent %v", sent)
	}
	run("plan", canaryWOLater, 2, 0, "plan", "-out=saved.tfplan")
	planJSON := run("show the plan", canaryWOLater, 2, 0, "show", "-json", "saved.tfplan")
	run("plan as JSON", canaryWOLater, 2, 0, "plan", "-json")
	refuse(fakeapi.Match{Op: fakeapi.OpUpdateWebhook}, 422, "webhook_secret", canaryPlain, canaryWOLater, "signed-"+canaryWOLater)
	run("failed update", canaryWOLater, 2, 1, "apply", "-auto-approve").Says(canaryInError, "(sensitive)")
	w.ClearFaults()
	refuse(fakeapi.Match{Op: fakeapi.OpUpdateWebhook}, 500, "webhook_secret", "signed-"+canaryWOLater, "Bearer "+canaryWOLater)
	run("update that the server fails", canaryWOLater, 2, 1, "apply", "-auto-approve", "-json").Says(canaryInError, "(sensitive)")
	w.ClearFaults()
	run("plan of a doubt", canaryWOLater, 2, 0, "plan").Says("The outcome of the last update is not known")
	run("update", canaryWOLater, 2, 0, "apply", "-auto-approve")
	if got := w.Webhooks(w.Agent); !slices.ContainsFunc(got, func(s fakeapi.Stored) bool { return s.Fields["webhook_secret"] == "signed-"+canaryWOLater }) {
		t.Fatalf("the API holds %v", got)
	}
	stateJSON := run("show the state", canaryWOLater, 2, 0, "show", "-json")
	refuse(fakeapi.Match{Op: fakeapi.OpListWebhooks}, 422, "webhook_secret", canaryToken)
	run("failed read", canaryWOLater, 2, 1, "plan").Says(canaryInError)
	w.ClearFaults()
	run("destroy", canaryWOLater, 2, 0, "destroy", "-auto-approve")
	r.found.takeFiles(t, "logs", r.logs)

	for name, canary := range map[string]string{"token": canaryToken, "write-only values": canaryWO, "rotated write-only values": canaryWOLater} {
		if places := r.found.with(canary); len(places) > 0 {
			t.Errorf("the %s stands in %s", name, strings.Join(places, ", "))
		}
	}
	for name, canary := range map[string]string{"header": canaryPlain, "secret": canaryPlainSecret} {
		places := r.found.with(canary)
		for _, place := range []string{"create/terraform.tfstate", "plan/saved.tfplan/tfplan", "show the plan/output", "show the state/output"} {
			if !slices.Contains(places, place) {
				t.Errorf("the plain %s is not in %s but in %s: the search cannot find", name, place, strings.Join(places, ", "))
			}
		}
		for _, place := range places {
			if strings.HasPrefix(place, "logs/") || strings.HasPrefix(place, "failed") || strings.HasPrefix(place, "plan as JSON/output") || strings.HasPrefix(place, "update that the server fails/output") {
				if !strings.Contains(place, ".tfstate") && !strings.Contains(place, ".tfplan") {
					t.Errorf("the plain %s stands in %s", name, place)
				}
			}
		}
	}
	expectMarked(t, planJSON.Stdout, "after_sensitive", "webhook_secret")
	expectMarked(t, stateJSON.Stdout, "sensitive_values", "webhook_secret")
}
