terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
    vault = {
      source  = "hashicorp/vault"
      version = ">= 5.0"
    }
  }
}

variable "agent_id" {
  description = "The voice agent that the action belongs to."
  type        = string
}

ephemeral "vault_kv_secret_v2" "crm" {
  mount = "secret"
  name  = "crm"
}

resource "talq_action" "customer" {
  agent_id    = var.agent_id
  node_id     = "look-up-customer"
  name        = "Look up the customer"
  description = "Finds the caller in the CRM by the number that they call from."
  type        = "webhook"

  url                  = "https://crm.example.com/customers"
  authorization_scheme = "bearer"

  custom_headers_wo = {
    Authorization = "Bearer ${ephemeral.vault_kv_secret_v2.crm.data["token"]}"
  }
  custom_headers_wo_version = 1
}
