# Many agents: one module block for each, in one state.
#
# Not a for_each over agents, neither on the resources nor on the module block:
# Terraform orders whole blocks, so every publication would wait for every
# action of every agent, and one action that fails would keep them all off the
# air. With a block each, an agent is published as soon as its own actions are
# written.

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "agent_ids" {
  type = object({
    front_desk = string
    emergency  = string
    billing    = string
  })
}

locals {
  # What all agents can do. A map that is shared costs nothing: it orders nothing.
  common = {
    look-up = {
      name          = "Look it up"
      description   = "When you need a moment to look something up."
      type          = "hold"
      hold_duration = 30
    }
  }
}

module "front_desk" {
  source   = "./agent"
  agent_id = var.agent_ids.front_desk

  actions = merge(local.common, {
    transfer-to-reception = {
      name        = "Transfer to reception"
      description = "When the caller asks for a person."
      type        = "transfer"
      transfer_to = "+12025550123"
    }
  })
}

module "emergency" {
  source   = "./agent"
  agent_id = var.agent_ids.emergency

  actions = merge(local.common, {
    transfer-to-doctor = {
      name        = "Transfer to the doctor on call"
      description = "At once, when the caller is in danger."
      type        = "transfer"
      transfer_to = "+12025550124"
    }
  })
}

module "billing" {
  source   = "./agent"
  agent_id = var.agent_ids.billing

  actions = merge(local.common, {
    find-invoice = {
      name        = "Find an invoice"
      description = "When the caller asks about an invoice."
      type        = "webhook"
      url         = "https://practice.example.com/invoices"
    }
  })
}
