package talq

import "encoding/json"

// Opt is a JSON member that can be left out, null or have a value. Its zero
// value is left out; tag such members with omitzero.
type Opt[T any] struct {
	Present bool
	Value   *T // nil for null
}

// Some returns a member with a value.
func Some[T any](value T) Opt[T] { return Opt[T]{Present: true, Value: &value} }

// Null returns a member that is null.
func Null[T any]() Opt[T] { return Opt[T]{Present: true} }

// UnmarshalJSON is called only for members that are there.
func (o *Opt[T]) UnmarshalJSON(raw []byte) error {
	o.Present, o.Value = true, nil
	return json.Unmarshal(raw, &o.Value)
}

// MarshalJSON writes the value or null. Texts stay as they are, as in [encodeBody].
func (o Opt[T]) MarshalJSON() ([]byte, error) { return encodeBody(o.Value) }

// Lenient is a member whose JSON of another type than it should have counts as left
// out, and reading goes on (API.md, ruling 2). So one odd member of an agent does not
// hide its actions.
type Lenient[T any] struct {
	Present bool // null or a value; false where it was left out or of another type
	Value   *T   // nil for null
}

// UnmarshalJSON never fails.
func (l *Lenient[T]) UnmarshalJSON(raw []byte) error {
	*l = Lenient[T]{}
	var value *T
	if json.Unmarshal(raw, &value) == nil {
		l.Present, l.Value = true, value
	}
	return nil
}

// Opt returns the member as one that was left out, null or has a value.
func (l Lenient[T]) Opt() Opt[T] { return Opt[T](l) }

func (l Lenient[T]) or(fallback T) T {
	if l.Value == nil {
		return fallback
	}
	return *l.Value
}
