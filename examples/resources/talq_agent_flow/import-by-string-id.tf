# The import id is the agent's id.
import {
  to = talq_agent_flow.this
  id = "550e8400-e29b-41d4-a716-446655440000"
}
