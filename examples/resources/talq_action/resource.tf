variable "agent_id" {
  description = "The voice agent that the action belongs to."
  type        = string
}

variable "calendar_key" {
  description = "The key that the calendar asks for."
  type        = string
  sensitive   = true
}

resource "talq_action" "schedule" {
  agent_id    = var.agent_id
  node_id     = "schedule-appointment"
  name        = "Schedule an appointment"
  description = "Books an appointment, once the caller has agreed to a day and a time."
  type        = "webhook"

  url                  = "https://calendar.example.com/appointments"
  authorization_scheme = "api_key"
  custom_headers = {
    "X-Api-Key" = var.calendar_key
  }

  speak_on_send    = "One moment, I am booking that for you."
  speak_on_receive = "Done. We look forward to seeing you."

  inputs = [
    {
      name        = "patient_name"
      required    = true
      description = "The patient's first and last name."
    },
    {
      name        = "starts_at"
      required    = true
      description = "The agreed day and time."
    },
    {
      name        = "new_patient"
      type        = "boolean"
      description = "Whether this is the first visit."
    },
    # A fixed value: the agent does not ask for it.
    {
      name  = "minutes"
      type  = "integer"
      value = 30
    },
    {
      name  = "calendar"
      type  = "object"
      value = jsonencode({ room = "B", reminders = ["sms", "email"] })
    },
  ]
}
