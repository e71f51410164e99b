# How main.tf's findings read. Names and values come from whoever edits the
# dashboard, so they stand in code, where Markdown and mentions mean nothing.

locals {
  # Values as their JSON, on one line, cut where they are long.
  values = { for json in distinct(flatten([for edits in local.edits : [for e in edits : [e.old, e.new] if !e.sensitive]])) : json => "`${
    replace(replace(replace(replace(length(json) > 200 ? "${substr(json, 0, 200)}…" : json, "`", "'"), "\\u003c", "<"), "\\u003e", ">"), "\\u0026", "&")
  }`" }
  addresses = { for address in distinct(concat(local.resources[*].address, [for d in local.said : try(d.address, "")], local.agents)) : address => "`${replace(address, "`", "'")}`" }

  edit_lines = { for address, edits in local.edits : address => [
    for e in edits : "  - `${e.name}`: ${e.sensitive ? "sensitive, so not shown" : "${local.values[e.old]} → ${e.unknown ? "known after the apply" : local.values[e.new]}"} (${e.outside ? "changed outside Terraform" : "not applied yet"})"
  ] }

  what = {
    "update"        = "differs. An apply makes it what the code says."
    "create"        = "is not there. An apply makes it."
    "delete"        = "is no longer in the code. An apply deletes it."
    "delete,create" = "is replaced by an apply: deleted, and made again with a new id."
    "create,delete" = "is replaced by an apply: made again with a new id, and the old one deleted."
    "forget"        = "is forgotten by an apply, and stays as it is."
    "no-op"         = "is imported by an apply."
  }
  what_publication = merge(local.what, {
    "update" = "publishes the agent after the other changes."
    "create" = "publishes the agent, and keeps it published from then on."
  })

  change_lines = { for r in local.changes : r.address => (
    contains(local.drafts, r.address) ? "- **The agent is a draft: it takes no calls.** An apply publishes it (${local.addresses[r.address]})." :
    try(local.drifted[r.address].actions[0], "") == "delete" && r.change.actions[0] == "create" ? "- ${local.addresses[r.address]} was deleted outside Terraform. An apply makes it again." :
    "- ${local.addresses[r.address]} ${lookup(r.type == "talq_agent_publication" ? local.what_publication : local.what, join(",", r.change.actions), "changes.")}"
  ) }

  # Texts of several lines, as code.
  blocks = { for text in distinct(concat(
    [for d in concat(local.errors, local.warnings) : "${d.summary}\n\n${try(coalesce(d.detail), "")}"],
    [for d in local.hidden : try(coalesce(d.detail), "")],
    flatten([for check in local.failed : [for i in try(check.instances, []) : [for p in try(i.problems, []) : p.message]]]),
  )) : text => "  ~~~text\n  ${indent(2, replace(trimspace(text), "~~~", "---"))}\n  ~~~" }

  agent_lines = { for agent in local.agents : agent => concat(
    ["", agent == "" ? "### An agent that only the apply will tell" : "### Agent ${local.addresses[agent]}", ""],
    [for r in local.ours : local.change_lines[r.address] if local.agent_of[r.address] == agent && contains(local.drafts, r.address)],
    flatten([for r in local.ours : concat(
      [local.change_lines[r.address]],
      r.change.actions[0] == "create" && length(r.change.actions) == 1 || r.change.actions[0] == "delete" && length(r.change.actions) == 1 ? [] : local.edit_lines[r.address],
    ) if local.agent_of[r.address] == agent && !contains(local.drafts, r.address)]),
    flatten([for d in local.hidden : [
      "- ${local.addresses[try(d.address, "")]}: something that cannot be read has changed.", local.blocks[try(coalesce(d.detail), "")],
    ] if try(local.agent_of[d.address], "") == agent]),
  ) }

  advice = concat(
    length(local.drafts) > 0 ? ["- A draft agent takes no calls until it is published. The dashboard does that at once; an apply does it after its other changes."] : [],
    length(local.ours) > length(local.drafts) ? ["- Apply to put back what was changed outside Terraform. To keep a change, write it into the code first."] : [],
    length(local.hidden) > 0 ? ["- What has changed that cannot be read, only the dashboard shows. An apply, or `terraform apply -refresh-only`, ends the warning once you have looked."] : [],
    length(local.errors) > 0 ? ["- The plan did not get to its end, so there may be more than this."] : [],
  )

  headline = (
    var.code == 1 ? "the plan failed" :
    local.verdict == 0 && length(local.hidden) + length(local.failed) == 0 ? "nothing differs" :
    local.verdict == 0 ? "nothing that counts" :
    local.counted == 1 ? "1 finding" : "${local.counted} findings"
  )

  report = "${trimspace(join("\n", concat(
    ["## ${var.title}: ${local.headline}"],
    length(local.errors) > 0 ? ["", "### Errors", ""] : [],
    flatten([for d in local.errors : [try("- ${local.addresses[d.address]}", "- The whole plan"), local.blocks["${d.summary}\n\n${try(coalesce(d.detail), "")}"]]]),
    flatten([for agent in local.agents : local.agent_lines[agent]]),
    length(local.others) + length(local.outputs) > 0 ? ["", "### Elsewhere in this configuration", ""] : [],
    [for r in local.others : local.change_lines[r.address]],
    [for name in local.outputs : "- The output `${name}` changes."],
    length(local.failed) > 0 ? ["", "### Failed checks", ""] : [],
    flatten([for check in local.failed : concat(
      ["- `${replace(check.address.to_display, "`", "'")}`"],
      flatten([for i in try(check.instances, []) : [for p in try(i.problems, []) : local.blocks[p.message]]]),
    )]),
    length(local.open) > 0 ? ["", "### Checks that only an apply can answer", ""] : [],
    [for check in local.open : "- `${replace(check.address.to_display, "`", "'")}`"],
    length(local.warnings) > 0 ? ["", "### Warnings", ""] : [],
    flatten([for d in local.warnings : [try("- ${local.addresses[d.address]}", "- The whole plan"), local.blocks["${d.summary}\n\n${try(coalesce(d.detail), "")}"]]]),
    length(local.advice) > 0 ? ["", "### What to do", ""] : [],
    local.advice,
  )))}\n"
}
