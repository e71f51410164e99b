variable "agent_id" {
  type = string
}

# Needs Terraform 1.14.1 or newer. Publishes the agent now and does nothing else:
#
#   terraform apply -invoke=action.talq_agent_publish.now
action "talq_agent_publish" "now" {
  config {
    agent_id = var.agent_id
  }
}
