variable "agent_id" {
  description = "The voice agent that the action belongs to."
  type        = string
}

resource "talq_action" "hold" {
  agent_id      = var.agent_id
  node_id       = "look-up-schedule"
  name          = "Look up the schedule"
  description   = "Puts the caller on hold while the schedule is looked up."
  type          = "hold"
  hold_duration = 30
}
