data "talq_agent_flow_versions" "this" {
  agent_id = "550e8400-e29b-41d4-a716-446655440000"
}

output "current" {
  value = one([for v in data.talq_agent_flow_versions.this.versions : v.version if v.is_current == true])
}
