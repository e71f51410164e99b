variable "agent_id" {
  description = "The voice agent that the action belongs to."
  type        = string
}

# Runs after the call, when nobody is on the line any more.
resource "talq_action" "crm" {
  agent_id    = var.agent_id
  node_id     = "sync-to-crm"
  name        = "Sync the call to the CRM"
  description = "Files the call under the patient's record."
  type        = "external"

  url            = "https://crm.example.com/calls"
  execution_mode = "post_call"

  inputs = [
    {
      name        = "summary"
      required    = true
      description = "What the call was about, in two sentences."
    },
  ]
}
