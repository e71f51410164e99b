terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source  = "talqover/talq"
      version = "~> 0.1.0"
    }
  }
}

variable "talq_token" {
  description = "The API token of the environment."
  type        = string
  sensitive   = true
  ephemeral   = true # so that a saved plan does not hold it
}

provider "talq" {
  token    = var.talq_token
  base_url = "https://voice.example.com/api/v1"

  # Others use this token too: leave them half of 100 requests a minute.
  requests_per_minute = 50
}
