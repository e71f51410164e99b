package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

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

// change is what a plan says of one resource.
type change struct {
	declared
	action action
	// refreshed is the resource as the plan's refresh has seen it; nil when there is none.
	refreshed *resource
	// before and after are the values, after as planned.
	before, after tftypes.Value
	private       []byte
}

// String names the attributes that change.
func (c *change) String() string {
	return fmt.Sprintf("%s: %s %s", c.address, c.action, strings.Join(departures(c.after, c.before), ", "))
}

var errInterrupted = errors.New("interrupted")

// planAll refreshes and plans all that is configured or in the state.
func (w *walk) planAll(c configuration) []*change {
	var (
		mu      sync.Mutex
		changes = map[string]*change{}
		nodes   []node
		known   = w.all()
	)
	planned := func(address string) *change {
		mu.Lock()
		defer mu.Unlock()
		return changes[address]
	}
	add := func(d declared, plan func(*change) error) {
		nodes = append(nodes, node{name: d.address, after: d.triggers, run: func() error {
			if w.isInterrupted() {
				return errInterrupted
			}
			made := &change{declared: d}
			err := plan(made)
			mu.Lock()
			defer mu.Unlock()
			changes[d.address] = made
			return err
		}})
	}
	resources := c.resources()
	for _, d := range resources {
		delete(known, d.address)
		add(d, func(c *change) error {
			if err := w.refresh(c); err != nil {
				return err
			}
			return w.planChange(c, func(address string) tftypes.Value { return planned(address).after })
		})
	}
	for address, r := range known { // nothing configures these any more
		add(declared{address: address, kind: r.kind}, func(c *change) error {
			if err := w.refresh(c); err != nil {
				return err
			}
			return w.planDestroy(c)
		})
	}
	w.note(walkGraph(nodes))

	var all []*change
	for _, c := range changes {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *change) int { return strings.Compare(a.address, b.address) })
	return all
}

// refresh reads a resource that is in the state. One that is gone is no longer.
func (w *walk) refresh(c *change) error {
	known, ok := w.resource(c.address)
	if !ok {
		return nil
	}
	prior, err := w.stored(c.address, known)
	if err != nil {
		return err
	}
	answer, err := w.server.ReadResource(w.ctx, &tfprotov6.ReadResourceRequest{TypeName: c.kind, CurrentState: pack(prior), Private: known.private})
	if err != nil {
		return err
	}
	if err := w.heard(c.address, answer.Diagnostics); err != nil {
		return err
	}
	seen, err := unpack(prior.Type(), answer.NewState)
	if err != nil || seen.IsNull() {
		return err
	}
	known.json, known.private = encodeState(plainObject(seen)), answer.Private
	c.refreshed = &known
	return nil
}

// stored gives the value of a resource in the state, through UpgradeResourceState as
// Terraform does at each reading of a state.
func (w *walk) stored(address string, r resource) (tftypes.Value, error) {
	kind := w.schemaOf(r.kind).ValueType()
	answer, err := w.server.UpgradeResourceState(w.ctx, &tfprotov6.UpgradeResourceStateRequest{
		TypeName: r.kind, Version: r.version, RawState: &tfprotov6.RawState{JSON: r.json},
	})
	if err != nil {
		return tftypes.Value{}, err
	}
	if err := w.heard(address, answer.Diagnostics); err != nil {
		return tftypes.Value{}, err
	}
	return unpack(kind, answer.UpgradedState)
}

// written is the configuration of a resource as a value. The given function gives the
// value that a trigger's action has, or will have.
func (w *walk) written(d declared, valueOf func(address string) tftypes.Value) tftypes.Value {
	a := attributes{}
	for name, value := range d.attributes {
		a[name] = value
	}
	if d.kind == typePublication {
		triggers := map[string]any{}
		for _, address := range d.triggers {
			triggers[strings.TrimPrefix(address, typeAction+".")] = plain(members(valueOf(address))["revision"])
		}
		a["triggers"] = triggers
	}
	return build(w.schemaOf(d.kind).ValueType(), a)
}

// planChange plans what is configured: NodeAbstractResourceInstance.plan.
func (w *walk) planChange(c *change, valueOf func(string) tftypes.Value) error {
	kind := w.schemaOf(c.kind).ValueType()
	nothing := tftypes.NewValue(kind, nil)
	c.before = nothing
	prior, priorPrivate := nothing, []byte(nil)
	if c.refreshed != nil {
		before, err := w.stored(c.address, *c.refreshed)
		if err != nil {
			return err
		}
		c.before = before
		if !c.refreshed.tainted { // as if there was nothing; it is replaced in the end
			prior, priorPrivate = before, c.refreshed.private
		}
	}
	config := w.written(c.declared, valueOf)
	validated, err := w.server.ValidateResourceConfig(w.ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: c.kind, Config: pack(config)})
	if err != nil {
		return err
	}
	if err := w.heard(c.address, validated.Diagnostics); err != nil {
		return err
	}
	replaces, err := w.planned(c, prior, config, priorPrivate)
	if err != nil {
		return err
	}
	switch {
	case prior.IsNull() && c.before.IsNull():
		c.action = create
	case prior.IsNull():
		c.action = replace // it was tainted
	case replaces:
		c.action = replace
		_, err = w.planned(c, nothing, config, c.private)
	case c.after.Equal(prior):
		c.action = noOp
	default:
		c.action = update
	}
	return err
}

// planned makes one call of PlanResourceChange, and says whether it asks for a replacement.
func (w *walk) planned(c *change, prior, config tftypes.Value, private []byte) (replaces bool, err error) {
	proposal := proposed(w.schemaOf(c.kind).Block.Attributes, prior, config)
	answer, err := w.server.PlanResourceChange(w.ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: c.kind, PriorState: pack(prior), Config: pack(config), ProposedNewState: pack(proposal), PriorPrivate: private,
	})
	if err != nil {
		return false, err
	}
	if err := w.heard(c.address, answer.Diagnostics); err != nil {
		return false, err
	}
	if c.after, err = unpack(config.Type(), answer.PlannedState); err != nil {
		return false, err
	}
	c.private = answer.PlannedPrivate
	if prior.IsNull() {
		return false, nil
	}
	for _, at := range answer.RequiresReplace {
		before, _, errBefore := tftypes.WalkAttributePath(prior, at)
		after, _, errAfter := tftypes.WalkAttributePath(c.after, at)
		if errBefore != nil || errAfter != nil {
			return false, fmt.Errorf("%s: the provider replaces it for %s, which it has not", c.address, at)
		}
		was, okBefore := before.(tftypes.Value)
		is, okAfter := after.(tftypes.Value)
		replaces = replaces || !okBefore || !okAfter || !was.Equal(is)
	}
	return replaces, nil
}

// planDestroy plans that a resource goes: NodeAbstractResourceInstance.planDestroy.
func (w *walk) planDestroy(c *change) error {
	nothing := tftypes.NewValue(w.schemaOf(c.kind).ValueType(), nil)
	c.before, c.after, c.action = nothing, nothing, noOp
	if c.refreshed == nil {
		return nil
	}
	before, err := w.stored(c.address, *c.refreshed)
	if err != nil {
		return err
	}
	c.before, c.action = before, destroy
	_, err = w.planned(c, before, nothing, c.refreshed.private)
	return err
}
