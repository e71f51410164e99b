# Terraform or OpenTofu 1.12 or newer
import {
  to = talq_agent_flow.this
  identity = {
    agent_id = "550e8400-e29b-41d4-a716-446655440000"
  }
}
