package agent

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/upsert"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// written returns the state after a write that was answered with an agent, or with a part of
// one. What was planned stays as planned, or Terraform would taint the agent; where the API
// stored something else, a warning says so and the next plan shows it.
func (m agentModel) written(a talq.Agent, diags *diag.Diagnostics) agentModel {
	seen := m.stateFromServer(a)
	var others []trait
	for _, t := range seen.differing(&m) {
		if t.name != "voice" || !seen.Voice.IsNull() { // a create shows none yet
			others = append(others, t)
		}
	}
	upsert.Item{Kind: session.Agent, Subject: m.subject()}.WarnStoredElse(namesOf(others), diags)
	m.ID = seen.ID
	m.CurrentStatus, m.IsReadyToPublish, m.UpdatedAt = seen.CurrentStatus, seen.IsReadyToPublish, seen.UpdatedAt
	if m.CreatedAt.IsUnknown() {
		m.CreatedAt = seen.CreatedAt
	}
	return m
}

// withAllBut returns a state that has what a plan has, except the parts that a call has to
// bring about.
func (m agentModel) withAllBut(todo []part, plan *agentModel) agentModel {
	m.take(fixed, plan)
	for _, p := range parts {
		if !slices.Contains(todo, p) {
			m.take(p, plan)
		}
	}
	return m
}

// take makes a part what another model has. What no call changes comes with
// deletion_protection.
func (m *agentModel) take(p part, from *agentModel) {
	for _, t := range traits {
		if t.part == p {
			t.take(m, from)
		}
	}
	if p == fixed {
		m.DeletionProtection = from.DeletionProtection
	}
}
