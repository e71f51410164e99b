curl -H "Authorization: Bearer $TALQ_TOKEN" https://app.talkover.ai/api/v1/agents/AGENT_ID/actions
