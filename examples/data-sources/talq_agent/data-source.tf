# By its exact name, case included, or by its id.
data "talq_agent" "front_desk" {
  name = "Front desk"
}

output "takes_calls" {
  value = data.talq_agent.front_desk.current_status == "published"
}
