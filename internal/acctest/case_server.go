package acctest

import (
	"context"
	"fmt"
	"maps"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// onServer is a state check of what the API holds.
type onServer struct {
	c       *Case
	address string
	members map[string]any
}

// ExpectOnServer expects that the API holds these members, which are JSON, of the action, the
// training or the webhook at an address. The real API does not show all of them; there only those that it shows
// are compared.
func (c *Case) ExpectOnServer(address, members string) statecheck.StateCheck {
	c.t.Helper()
	return onServer{c, address, JSONObject(c.t, "{"+members+"}")}
}

// shown returns what the API shows of an action, a training or a webhook with these attributes.
func (c *Case) shown(resourceType string, attribute func(name string) string) map[string]any {
	switch resourceType {
	case "talq_training":
		return c.Training(attribute("subject"))
	case "talq_agent_webhook":
		return c.Webhook(attribute("name"))
	}
	return c.Action(attribute("name"))
}

// CheckState implements [statecheck.StateCheck].
func (o onServer) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	state := stateOf(req.State, o.address)
	if state == nil {
		resp.Error = fmt.Errorf("the state has no %s", o.address)
		return
	}
	found := o.c.shown(state.Type, func(name string) string { return fmt.Sprint(state.AttributeValues[name]) })
	if found == nil || found["id"] != state.AttributeValues["id"] {
		resp.Error = fmt.Errorf("the API has nothing with the name and the id of %s, but %v", o.address, found["id"])
		return
	}
	for _, name := range slices.Sorted(maps.Keys(o.members)) {
		got, shown := found[name]
		if !shown && o.c.fake == nil {
			continue
		}
		if want := o.members[name]; !sameJSON(got, want) {
			resp.Error = fmt.Errorf("the API has %v as %s of %s, want %v", got, name, o.address, want)
			return
		}
	}
}

// gone is a state check that the API has no action of a name, or no training of a subject.
type gone struct {
	c            *Case
	resourceType string
	name         string
}

// ExpectGone expects that the case's agent has no action of that name.
func (c *Case) ExpectGone(name string) statecheck.StateCheck { return gone{c, "talq_action", name} }

// ExpectTrainingGone expects that the case's agent has no training of that subject.
func (c *Case) ExpectTrainingGone(subject string) statecheck.StateCheck {
	return gone{c, "talq_training", subject}
}

// CheckState implements [statecheck.StateCheck].
func (g gone) CheckState(_ context.Context, _ statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	if g.c.shown(g.resourceType, func(string) string { return g.name }) != nil {
		resp.Error = fmt.Errorf("the API still has the %s %q", g.resourceType, g.name)
	}
}

func stateOf(state *tfjson.State, address string) *tfjson.StateResource {
	if state.Values == nil || state.Values.RootModule == nil {
		return nil
	}
	for _, r := range state.Values.RootModule.Resources {
		if r.Address == address {
			return r
		}
	}
	return nil
}
