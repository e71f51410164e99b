# The trainings of one agent, with what a configuration of them is made from
list "talq_training" "front_desk" {
  provider         = talq
  include_resource = true

  config {
    agent_id = "0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5"
  }
}

# Every training that is switched off, on all agents that the token reaches
list "talq_training" "off" {
  provider = talq
  limit    = 1000

  config {
    current_status = "inactive"
  }
}
