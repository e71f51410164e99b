package talq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// envelope is what the API wraps around every answer.
type envelope struct {
	Success *bool           `json:"success"`
	Data    json.RawMessage `json:"data"`
	Meta    pageMeta        `json:"meta"`
}

// open takes the envelope off a 2xx answer. A body that says "success": false
// is an error like any other.
func (c *Client) open(r request, a answer) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(a.body, &e); err != nil {
		return envelope{}, unreadable(r, a, describeJSON(a.body, err))
	}
	if e.Success != nil && !*e.Success {
		return envelope{}, c.apiError(r, a.path, a.attempts, a.status, nil, a.body)
	}
	return e, nil
}

// describeJSON says what is wrong with a body without quoting it.
func describeJSON(body []byte, err error) error {
	var typed *json.UnmarshalTypeError
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		return errors.New("it is empty")
	case errors.As(err, &typed):
		where := typed.Field
		if where == "" {
			where = "the answer"
		}
		return fmt.Errorf("%s is of the JSON type %q, which was not expected there", where, typed.Value)
	case !json.Valid(body):
		return errors.New("it is no JSON, or was cut short")
	default:
		return err // one of our own decoders': it quotes nothing
	}
}

var errUnusableID = errors.New("an id has a control character or a byte that is no text in it")

// checkID refuses an id of the server's that cannot be used as it is. Terraform prints ids
// without escaping them, and a byte that is no UTF-8 is lost in decoding: with another id than
// the server's a delete would find nothing.
func checkID(whose, id string) error {
	if id == "" {
		return errors.New(whose + " has no id")
	}
	if strings.ContainsFunc(id, func(r rune) bool { return r == unicode.ReplacementChar || (isBlank(r) && r != ' ') }) {
		return errUnusableID
	}
	return nil
}

func unreadable(r request, a answer, err error) error {
	return &UnreadableError{Method: r.method, Path: a.path, Err: err}
}

// call makes a call whose answer holds data.
func (c *Client) call(ctx context.Context, r request) (envelope, answer, error) {
	a, err := c.send(ctx, r)
	if err != nil {
		return envelope{}, a, err
	}
	e, err := c.open(r, a)
	if err == nil && e.Data == nil {
		err = unreadable(r, a, errors.New("it has no data"))
	}
	return e, a, err
}

// one makes a call whose answer holds one object, and decodes that.
func one[T any](ctx context.Context, c *Client, r request) (T, answer, error) {
	var zero T
	e, a, err := c.call(ctx, r)
	if err != nil {
		return zero, a, err
	}
	var value *T
	if err := json.Unmarshal(e.Data, &value); err != nil {
		return zero, a, unreadable(r, a, describeJSON(e.Data, err))
	}
	if value == nil {
		return zero, a, unreadable(r, a, errors.New("its data is null"))
	}
	return *value, a, nil
}

// oneChecked is one for an object that check may refuse.
func oneChecked[T any](ctx context.Context, c *Client, r request, check func(T) error) (T, error) {
	value, a, err := one[T](ctx, c, r)
	if err == nil {
		if broken := check(value); broken != nil {
			err = unreadable(r, a, broken)
		}
	}
	return value, err
}
