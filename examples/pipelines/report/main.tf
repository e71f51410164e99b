# Turns the JSON of a plan into Markdown; ../drift.sh runs it. No provider and no
# state of yours is involved: it reads two files and has two outputs.

terraform {
  required_version = ">= 1.11"
}

variable "folder" {
  description = "Where stream.jsonl and plan.json lie: the stream of terraform plan -json, and terraform show -json of its plan."
  type        = string
}

variable "code" {
  description = "The exit code of terraform plan -detailed-exitcode."
  type        = number
}

variable "ignore" {
  description = "What is reported and yet counts as no drift: hidden, checks, or both."
  type        = string
}

variable "title" {
  description = "The heading."
  type        = string
}

locals {
  # How the provider's warning begins where something has changed that no attribute
  # shows. A saved plan holds no warnings: only the stream of plan -json does.
  hidden_summary = "Something that cannot be read has changed"

  # Warnings that the report has in another form, from the plan itself.
  told = ["Check block assertion failed", "Check block assertion known after apply", "An action is gone"]

  stream   = [for line in split("\n", file("${var.folder}/stream.jsonl")) : jsondecode(line) if can(jsondecode(line).type)]
  said     = [for event in local.stream : event.diagnostic if event.type == "diagnostic"]
  errors   = [for d in local.said : d if d.severity == "error"]
  hidden   = [for d in local.said : d if startswith(d.summary, local.hidden_summary)]
  warnings = [for d in local.said : d if d.severity == "warning" && !contains(local.told, d.summary) && !startswith(d.summary, local.hidden_summary)]

  plan      = jsondecode(file("${var.folder}/plan.json"))
  resources = [for r in try(local.plan.resource_changes, []) : r if !can(r.deposed)]
  changes   = [for r in local.resources : r if !contains(["no-op", "read"], r.change.actions[0]) || can(r.change.importing.id)]
  outputs   = [for name, change in try(local.plan.output_changes, {}) : name if change.actions[0] != "no-op"]
  failed    = [for check in try(local.plan.checks, []) : check if contains(["fail", "error"], check.status)]
  open      = [for check in try(local.plan.checks, []) : check if check.status == "unknown"]

  # What the refresh found changed, by address: that was done outside Terraform.
  drifted = { for r in try(local.plan.resource_drift, []) : r.address => r.change if !can(r.deposed) }

  # The agent of each resource of talq, by address; "" where only an apply tells.
  agent_of = { for r in local.resources : r.address => try(r.change.before.agent_id, r.change.after.agent_id, r.change.before.id, "") if startswith(r.type, "talq_") }
  ours     = [for r in local.changes : r if can(local.agent_of[r.address])]
  others   = [for r in local.changes : r if !can(local.agent_of[r.address])]
  agents = sort(distinct(concat(
    [for r in local.ours : local.agent_of[r.address]],
    [for d in local.hidden : try(local.agent_of[d.address], "")],
  )))

  # Addresses of publications whose agent is a draft.
  drafts = [for r in local.ours : r.address if r.type == "talq_agent_publication" && try(r.change.before.current_status == "draft" && r.change.after.current_status == "published", false)]

  # Set by the server or by the provider, so never what somebody has changed.
  computed = ["id", "label", "created_at", "updated_at", "revision", "triggers"]

  # By address, the attributes whose value changes. The marks beside the values are
  # true, or objects and lists with a true in them.
  edits = { for r in local.ours : r.address => [
    for name in sort(distinct(concat(try(keys(r.change.before), []), try(keys(r.change.after), []), try(keys(r.change.after_unknown), [])))) : {
      name      = name
      old       = jsonencode(try(r.change.before[name], null))
      new       = jsonencode(try(r.change.after[name], null))
      unknown   = can(regex("true", jsonencode(try(r.change.after_unknown[name], false))))
      outside   = try(jsonencode(local.drifted[r.address].before[name]) != jsonencode(local.drifted[r.address].after[name]), false)
      sensitive = can(regex("true", jsonencode([for marks in [r.change.before_sensitive, r.change.after_sensitive] : try(marks[name], marks == true)])))
    } if !contains(local.computed, name) && (jsonencode(try(r.change.before[name], null)) != jsonencode(try(r.change.after[name], null)) || can(regex("true", jsonencode(try(r.change.after_unknown[name], false)))))
  ] }

  counted = length(local.changes) + length(local.outputs) + (strcontains(var.ignore, "hidden") ? 0 : length(local.hidden)) + (strcontains(var.ignore, "checks") ? 0 : length(local.failed))
  verdict = var.code == 1 ? 1 : var.code == 2 || local.counted > 0 ? 2 : 0
}

output "result" {
  description = "What drift.sh ends with, on a line of its own, and then the report in Markdown."
  value       = "${local.verdict}\n${local.report}"
}
