package chaos

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// destroying is the name of the node that destroys a resource.
func destroying(address string) string { return address + " (destroy)" }

// applyAll carries changes out, in Terraform's order: a resource is destroyed after those
// that refer to it, and before it is made again; one that refers to others is written after
// they are written, and after those that it used to refer to are destroyed.
func (w *walk) applyAll(changes []*change) {
	var nodes []node
	for _, ch := range changes {
		var gone []string // what it used to refer to
		if ch.refreshed != nil {
			for _, address := range ch.refreshed.after {
				gone = append(gone, destroying(address))
			}
		}
		if ch.action == destroy || ch.action == replace {
			nodes = append(nodes, node{name: destroying(ch.address), after: dependents(ch.address, changes), run: func() error { return w.destroy(ch) }})
		}
		if ch.action == create || ch.action == update || ch.action == replace {
			after := slices.Concat([]string{destroying(ch.address)}, ch.refers, gone)
			nodes = append(nodes, node{name: ch.address, after: after, run: func() error { return w.write(ch) }})
		}
	}
	w.note(walkGraph(nodes)...)
}

// dependents are the nodes that destroy what refers to an address.
func dependents(address string, changes []*change) []string {
	var names []string
	for _, c := range changes {
		if c.refreshed != nil && slices.Contains(c.refreshed.after, address) {
			names = append(names, destroying(c.address))
		}
	}
	return names
}

// destroy carries the first half of a replacement out, or a destruction.
func (w *walk) destroy(c *change) error {
	if w.isInterrupted() {
		return errInterrupted
	}
	half := *c
	half.action = destroy
	half.after = tftypes.NewValue(c.before.Type(), nil)
	return w.apply(&half, half.after)
}

// write carries a creation or an update out. Terraform plans once more first, now that the
// values are known that others have got.
func (w *walk) write(c *change) error {
	if w.isInterrupted() {
		return errInterrupted
	}
	again := &change{declared: c.declared, refreshed: w.resource(c.address)}
	valueOf := func(address string) tftypes.Value {
		if r := w.resource(address); r != nil {
			return r.value
		}
		return build(w.typeOf(typeOf(address)), map[string]any{})
	}
	if err := w.planChange(again, valueOf); err != nil {
		return err
	}
	if names := departures(c.after, again.after); len(names) > 0 {
		return fmt.Errorf("%s: provider produced inconsistent final plan for %s", c.address, strings.Join(names, ", "))
	}
	if again.action == noOp {
		return nil
	}
	if again.action == replace {
		return fmt.Errorf("%s: provider wants to replace what it planned to %s", c.address, c.action)
	}
	return w.apply(again, w.written(c.declared, valueOf))
}

// apply makes the call and keeps what it answers, as Terraform does:
// NodeAbstractResourceInstance.apply and maybeTainted.
func (w *walk) apply(c *change, config tftypes.Value) error {
	known := w.resource(c.address)
	answer := must(w.server.ApplyResourceChange(w.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: c.kind, PriorState: pack(c.before), Config: pack(config), PlannedState: pack(c.after), PlannedPrivate: c.private,
	}))
	problem := w.heard(c.address, answer.Diagnostics)
	after := unpack(c.before.Type(), answer.NewState)
	if problem == nil {
		problem = c.promise(after)
	}
	switch {
	case problem != nil && after.IsNull():
		// What was there is kept; if it is gone, the next refresh will tell.
	case after.IsNull():
		w.keep(c.address, nil)
	default:
		next := resource{kind: c.kind, value: after, private: answer.Private, after: c.refers}
		if problem != nil {
			next.tainted = known == nil && c.action == create || known != nil && known.tainted
			if c.action == destroy && known != nil {
				next.after = known.after
			}
		}
		w.keep(c.address, &next)
	}
	return problem
}

// promise says where an answer without an error does not keep what was planned.
func (c *change) promise(after tftypes.Value) error {
	if !after.IsFullyKnown() {
		return fmt.Errorf("%s: provider returned unknown values after apply", c.address)
	}
	if names := departures(c.after, after); len(names) > 0 {
		return fmt.Errorf("%s: provider produced inconsistent result after apply for %s", c.address, strings.Join(names, ", "))
	}
	return nil
}
