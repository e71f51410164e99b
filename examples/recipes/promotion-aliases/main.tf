# Staging and production in one root module and one state, with a provider
# alias for each. Whoever applies this holds both tokens, and one state lock
# covers both; a root module each, as in ../promotion, keeps them apart.
#
#   terraform apply -target=module.staging    # the actions and the publication
#   terraform apply                           # the promotion: the rest
#
# Without the first command both change at once.

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

# Ephemeral, so that no token stands in a saved plan. Give them as
# TF_VAR_staging_token and TF_VAR_production_token, to the apply of a saved plan too.
variable "staging_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "production_token" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "staging_agent_id" {
  type = string
}

variable "production_agent_id" {
  type = string
}

# There is no default provider block. A module that is given no alias then has
# no token, unless TALQ_TOKEN is set: so do not set it.
provider "talq" {
  alias = "staging"
  token = var.staging_token
}

provider "talq" {
  alias = "production"
  token = var.production_token
}

module "staging" {
  source      = "./actions"
  providers   = { talq = talq.staging }
  agent_id    = var.staging_agent_id
  backend_url = "https://staging.practice.example.com"
}

module "production" {
  source      = "./actions"
  providers   = { talq = talq.production }
  agent_id    = var.production_agent_id
  backend_url = "https://practice.example.com"
}
