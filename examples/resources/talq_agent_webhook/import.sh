terraform import talq_agent_webhook.crm 0f7b3c1e-5d2a-4e8b-9c46-2a1d7e90b3f5/9fcafbf2-7593-44d6-8cd7-1b221beba62a
