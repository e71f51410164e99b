# All agents that the token reaches, with what a configuration of them is made from
list "talq_agent" "all" {
  provider         = talq
  include_resource = true
  limit            = 1000
}

# The inbound agents that take no calls at the moment
list "talq_agent" "off_the_air" {
  provider = talq

  config {
    status    = "draft"
    direction = "inbound"
  }
}
