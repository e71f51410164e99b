data "talq_action_integrations" "scheduling" {
  category = "scheduling"
}

locals {
  # By the name that the dashboard shows, the identifier that an action names.
  integrations = { for i in data.talq_action_integrations.scheduling.integrations : i.display_name => i.identifier }
}

resource "talq_action" "schedule" {
  agent_id    = "0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5"
  node_id     = "schedule-appointment"
  name        = "Schedule an appointment"
  description = "When the caller wants an appointment, and you know when and for whom."
  type        = "webhook"
  integration = { id = local.integrations["Calendar"] }
}
