# Turns the actions of an agent into `import` blocks, with the CLI alone, on every
# Terraform and OpenTofu from 1.11 on. It stands in a folder of its own below your
# root module, and can be deleted afterwards: it only reads, and what it has read
# goes nowhere but into the text of the blocks.
#
#   terraform -chdir=adopt init
#   terraform -chdir=adopt apply -var=agent_id=…
#   terraform -chdir=adopt output -raw imports > imports.tf

terraform {
  required_version = ">= 1.11"

  required_providers {
    talq = {
      source = "talqover/talq"
    }
  }
}

variable "agent_id" {
  type = string
}

variable "node_ids" {
  description = "The node ids that you know, by action id: those of actions that code has made through the API. The API shows none, and the others are imported without."
  type        = map(string)
  default     = {}
}

data "talq_actions" "all" {
  agent_id = var.agent_id
}

locals {
  # What is left of a name in a word of letters, digits and dashes: its type, if
  # the name has none of them.
  words = { for action in data.talq_actions.all.actions : action.id => coalesce(
    trim(replace(lower(coalesce(action.name, "-")), "/[^a-z0-9]+/", "-"), "-"), action.type, "action")
  }

  # Names need not differ, so those that are alike are numbered.
  alike = { for id, word in local.words : word => id... }
  keys  = { for id, word in local.words : id => length(local.alike[word]) == 1 ? word : "${word}-${index(local.alike[word], id) + 1}" }

  adopted = [for action in data.talq_actions.all.actions : {
    # The name of a resource begins with a letter.
    address = "talq_action.${replace(replace(local.keys[action.id], "/^([0-9])/", "action_$1"), "-", "_")}"
    action  = action
    known   = contains(keys(var.node_ids), action.id)
    id      = join("/", compact([var.agent_id, action.id, lookup(var.node_ids, action.id, "")]))
  }]
}

# jsonencode writes a text on one line and in quotes; what begins a template in
# Terraform's language is doubled.
output "imports" {
  description = "An import block for each action, with its node id where you gave it."
  value = join("\n", [for a in local.adopted : <<-EOT
    # ${jsonencode(coalesce(a.action.name, "no name"))}. ${a.known ? "Its node id was given." : "Its node id is not known: its first change needs one."}
    import {
      to = ${a.address}
      id = ${replace(jsonencode(a.id), "/([$%])\\{/", "$1$1{")}
    }
    EOT
  ])

  precondition {
    condition     = length(distinct(local.adopted[*].address)) == length(local.adopted)
    error_message = "Two actions would get the same address: ${join(", ", sort(local.adopted[*].address))}. Rename one of them in the dashboard."
  }
}

output "publication" {
  description = "The publication that follows all of them."
  value = join("\n", concat(
    ["resource \"talq_agent_publication\" \"this\" {", "  agent_id = ${replace(jsonencode(var.agent_id), "/([$%])\\{/", "$1$1{")}", "", "  triggers = {"],
    [for a in local.adopted : format("    %-${max(0, [for b in local.adopted : length(b.address) - length("talq_action.")]...)}s = %s.revision", trimprefix(a.address, "talq_action."), a.address)],
    ["  }", "}", ""],
  ))
}
