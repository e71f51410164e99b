# Terraform or OpenTofu 1.12 or newer
import {
  to = talq_action.schedule
  identity = {
    agent_id = "0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5"
    id       = "b81d94f0-63c7-4a52-8e1f-7c05d2e6a914"
  }
}
