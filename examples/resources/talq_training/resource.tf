variable "agent_id" {
  description = "The voice agent that is taught."
  type        = string
}

resource "talq_training" "prices" {
  agent_id     = var.agent_id
  node_id      = "prices"
  subject      = "Prices"
  instructions = <<-EOT
    A cleaning costs 90 dollars, a check-up 45, both together 120.
    Say that the dentist gives the price of everything else after the first visit.
    Never promise what an insurance pays.
  EOT
}

# Written now, and used once it is active.
resource "talq_training" "holidays" {
  agent_id       = var.agent_id
  node_id        = "holidays"
  subject        = "Holidays"
  instructions   = "The practice is closed from December 24 to January 2. Offer the emergency number, 911."
  current_status = "inactive"
}

resource "talq_agent_publication" "this" {
  agent_id = var.agent_id
  triggers = {
    prices   = talq_training.prices.revision
    holidays = talq_training.holidays.revision
  }
}
