variable "calendar_key" {
  description = "The key that the practice's calendar asks for."
  type        = string
  sensitive   = true
}
