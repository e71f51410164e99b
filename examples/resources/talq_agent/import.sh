terraform import talq_agent.front_desk 550e8400-e29b-41d4-a716-446655440000
