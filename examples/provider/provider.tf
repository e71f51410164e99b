terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source  = "talqover/talq"
      version = "~> 0.1.0"
    }
  }
}

# The token comes from the environment variable TALQ_TOKEN.
provider "talq" {}
