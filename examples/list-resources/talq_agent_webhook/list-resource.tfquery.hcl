# The webhooks of one agent, with what a configuration of them is made from
list "talq_agent_webhook" "front_desk" {
  provider         = talq
  include_resource = true

  config {
    agent_id = "0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5"
  }
}

# Every webhook of all agents that the token reaches
list "talq_agent_webhook" "all" {
  provider = talq
  limit    = 1000
}
