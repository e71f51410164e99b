# Terraform or OpenTofu 1.12 or newer
import {
  to = talq_training.prices
  identity = {
    agent_id = "0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5"
    id       = "5c0e2f8a-9b14-4d67-a3e5-1f2b6c7d8e90"
  }
}
