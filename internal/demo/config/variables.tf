variable "agent_id" {
  description = "The voice agent that the actions belong to."
  type        = string
}

variable "calendar_key" {
  description = "The key that the practice's calendar asks for."
  type        = string
  sensitive   = true
}
