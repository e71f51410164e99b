package upsert

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Hidden is an attribute that no documented answer holds. M is the model that has it, and R
// the request that it goes into.
type Hidden[M, R any] struct {
	Name string
	// IsSet reports whether a plan or a state sets it.
	IsSet func(m *M) bool
	// Send puts a plan's value into a request, and Clear what takes it away (API.md, ruling 5).
	Send  func(r *R, m *M)
	Clear func(r *R)
	// IsSent reports whether a request holds it.
	IsSent func(r *R) bool
}

// Hide makes a hidden attribute of the member of a request that it goes into, of its value in a
// model, if it is set, and of what takes it away.
func Hide[M, R, T any](name string, member func(*R) *talq.Opt[T], value func(*M) (value T, set bool), neutral talq.Opt[T]) Hidden[M, R] {
	return Hidden[M, R]{
		Name:   name,
		IsSet:  func(m *M) bool { _, set := value(m); return set },
		Send:   func(r *R, m *M) { sent, _ := value(m); *member(r) = talq.Some(sent) },
		Clear:  func(r *R) { *member(r) = neutral },
		IsSent: func(r *R) bool { return member(r).Present },
	}
}

// HideText is Hide for a text.
func HideText[M, R any](name string, member func(*R) *talq.Opt[string], attribute func(*M) types.String, neutral talq.Opt[string]) Hidden[M, R] {
	value := func(m *M) (string, bool) { return attribute(m).ValueString(), !attribute(m).IsNull() }
	return Hide(name, member, value, neutral)
}

// NewDoubt is about an update that was sent.
func NewDoubt[M, R any](hidden []Hidden[M, R], sent R) *Doubt {
	d := &Doubt{Sent: []string{}}
	for _, h := range hidden {
		if h.IsSent(&sent) {
			d.Sent = append(d.Sent, h.Name)
		}
	}
	return d
}
