# No server and no token: Terraform makes up what the API would answer.

mock_provider "talq" {
  # What is computed is a random text unless it is given here.
  mock_resource "talq_agent_publication" {
    defaults = { current_status = "published" }
  }
}

variables {
  agent_id  = "agent-1"
  desks     = { reception = "+12025550123", billing = "+12025550145" }
  crm_token = "not-a-token"
}

run "one_action_for_each_desk" {
  command = plan

  assert {
    condition     = tomap({ for name, desk in talq_action.desk : name => desk.transfer_to }) == tomap(var.desks)
    error_message = "Each desk needs an action that transfers to its number."
  }

  assert {
    condition     = talq_action.desk["billing"].name == "Transfer to Billing"
    error_message = "The agent should know the desk by its name."
  }
}

run "live_with_all_actions" {
  assert {
    condition     = toset(keys(talq_agent_publication.this.triggers)) == toset(keys(output.action_ids))
    error_message = "The publication must wait for every action."
  }

  assert {
    condition     = talq_agent_publication.this.current_status == "published"
    error_message = "The agent must be live."
  }
}

run "no_desk_is_refused" {
  command = plan

  variables {
    desks = {}
  }

  expect_failures = [var.desks]
}
