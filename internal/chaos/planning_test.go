package chaos

import (
	"errors"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// action is what a plan does with a resource.
type action string

const (
	noOp    action = "no change"
	create  action = "create"
	update  action = "update"
	replace action = "replace"
	destroy action = "destroy"
)

// change is what a plan says of one resource; one without attributes is not configured.
type change struct {
	declared
	action action
	// refreshed is the resource as the plan's refresh has seen it; nil when there is none.
	refreshed *resource
	// before and after are the values, after as planned.
	before, after tftypes.Value
	private       []byte
}

var errInterrupted = errors.New("interrupted")

// planAll refreshes and plans all that is configured or in the state.
func (w *walk) planAll(c configuration) []*change {
	resources, left := c.resources(), w.all()
	for _, d := range resources {
		delete(left, d.address)
	}
	for address, r := range left {
		resources = append(resources, declared{address: address, kind: r.kind})
	}
	// A node writes its own change only, and reads those of nodes that are over.
	changes := map[string]*change{}
	var nodes []node
	for _, d := range resources {
		made := &change{declared: d}
		changes[d.address] = made
		nodes = append(nodes, node{name: d.address, after: d.refers, run: func() error {
			if w.isInterrupted() {
				return errInterrupted
			}
			if err := w.refresh(made); err != nil {
				return err
			}
			return w.planChange(made, func(address string) tftypes.Value { return changes[address].after })
		}})
	}
	w.note(walkGraph(nodes)...)
	return slices.Collect(maps.Values(changes))
}

// refresh reads a resource that is in the state, and drops one that is gone.
func (w *walk) refresh(c *change) error {
	known := w.resource(c.address)
	if known == nil {
		return nil
	}
	answer := must(w.server.ReadResource(w.ctx, &tfprotov6.ReadResourceRequest{TypeName: c.kind, CurrentState: pack(known.value), Private: known.private}))
	if err := w.heard(c.address, answer.Diagnostics); err != nil {
		return err
	}
	known.value, known.private = unpack(w.typeOf(c.kind), answer.NewState), answer.Private
	if !known.value.IsNull() {
		c.refreshed = known
	}
	return nil
}

// written is the configuration of a resource as a value, null for none. The given function
// returns the value that a resource has which it refers to, or will have.
func (w *walk) written(d declared, valueOf func(address string) tftypes.Value) tftypes.Value {
	if d.attributes == nil {
		return tftypes.NewValue(w.typeOf(d.kind), nil)
	}
	a := maps.Clone(d.attributes)
	if agent, ok := a["agent_id"].(reference); ok {
		a["agent_id"] = members(valueOf(string(agent)))["id"]
	}
	if d.kind == typePublication {
		triggers := map[string]any{}
		for _, address := range d.refers {
			triggers[nameOf(address)] = members(valueOf(address))["revision"]
		}
		a["triggers"] = triggers
	}
	return build(w.typeOf(d.kind), map[string]any(a))
}

// planChange plans one resource: NodeAbstractResourceInstance.plan and planDestroy.
func (w *walk) planChange(c *change, valueOf func(string) tftypes.Value) (err error) {
	nothing := tftypes.NewValue(w.typeOf(c.kind), nil)
	c.before, c.after, c.action = nothing, nothing, noOp
	prior, private := nothing, []byte(nil)
	if c.refreshed != nil {
		c.before = c.refreshed.value
		if !c.refreshed.tainted { // as if there was nothing; it is replaced in the end
			prior, private = c.before, c.refreshed.private
		}
	}
	config := w.written(c.declared, valueOf)
	if config.IsNull() {
		if c.refreshed != nil {
			c.action = destroy
			_, err = w.planned(c, c.before, nothing, c.refreshed.private)
		}
		return err
	}
	validated := must(w.server.ValidateResourceConfig(w.ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: c.kind, Config: pack(config)}))
	if err := w.heard(c.address, validated.Diagnostics); err != nil {
		return err
	}
	replaces, err := w.planned(c, prior, config, private)
	switch {
	case err != nil:
	case c.before.IsNull():
		c.action = create
	case prior.IsNull():
		c.action = replace // it was tainted
	case replaces:
		c.action = replace
		_, err = w.planned(c, nothing, config, c.private)
	case !c.after.Equal(prior):
		c.action = update
	}
	return err
}

// planned makes one call of PlanResourceChange, and says whether it asks for a replacement.
func (w *walk) planned(c *change, prior, config tftypes.Value, private []byte) (replaces bool, err error) {
	proposal := proposed(w.schemas[c.kind].Block.Attributes, prior, config)
	answer := must(w.server.PlanResourceChange(w.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.kind, PriorState: pack(prior), Config: pack(config), ProposedNewState: pack(proposal), PriorPrivate: private,
	}))
	if err := w.heard(c.address, answer.Diagnostics); err != nil {
		return false, err
	}
	c.after, c.private = unpack(config.Type(), answer.PlannedState), answer.PlannedPrivate
	for _, at := range answer.RequiresReplace {
		name := string(at.Steps()[0].(tftypes.AttributeName))
		replaces = replaces || !prior.IsNull() && !members(prior)[name].Equal(members(c.after)[name])
	}
	return replaces, nil
}
