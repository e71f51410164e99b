variable "agent_id" {
  description = "The voice agent that the action belongs to."
  type        = string
}

variable "crm_token" {
  description = "The token that the CRM asks for. Give it as TF_VAR_crm_token."
  type        = string
  ephemeral   = true
}

resource "talq_action" "customer" {
  agent_id    = var.agent_id
  node_id     = "look-up-customer"
  name        = "Look up the customer"
  description = "Finds the caller in the CRM by the number that they call from."
  type        = "webhook"

  url                  = "https://crm.example.com/customers"
  authorization_scheme = "bearer"

  # These values are in the state, so none of them is secret.
  custom_headers = {
    Accept = "application/json"
  }

  # These are not in the state.
  custom_headers_wo = {
    Authorization = "Bearer ${var.crm_token}"
  }
  custom_headers_wo_version = 1 # 2 when the token is another one
}
