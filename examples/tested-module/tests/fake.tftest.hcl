# Against the fake Talq on this machine, which answers as the API does.

variables {
  desks = { reception = "+12025550123", billing = "+12025550145" }
}

run "create" {
  module {
    source = "./tests/fake"
  }
}

run "the_agent_is_live" {
  module {
    source = "./tests/look"
  }

  assert {
    condition     = output.status == "published"
    error_message = "The agent takes no calls."
  }

  assert {
    condition     = output.names == toset(["Look up the caller", "Transfer to Billing", "Transfer to Reception"])
    error_message = "Talq has other actions: ${join(", ", output.names)}."
  }
}

run "change_a_number" {
  module {
    source = "./tests/fake"
  }

  variables {
    desks  = { reception = "+12025550199", billing = "+12025550145" }
    before = run.create.action_ids # OpenTofu knows no run in an assert
  }

  assert {
    condition     = output.action_ids == var.before
    error_message = "A new number must change the action, and not replace it."
  }
}

run "the_agent_is_live_again" {
  module {
    source = "./tests/look"
  }

  assert {
    condition     = output.status == "published"
    error_message = "The change made the agent a draft, and nothing published it."
  }
}
