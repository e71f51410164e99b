package talq

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// encodeBody writes a request's body. Texts stay as they are: "<" is not escaped.
func encodeBody(body any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// upsert creates or updates one of a kind, which the body names by its node id.
func upsert[T any](ctx context.Context, c *Client, k kind[T], agentID string, body any, secrets []Secret) (T, answer, error) {
	defer c.changing(agentID)()
	return one[T](ctx, c, request{
		method: http.MethodPost, segments: []string{"agents", agentID, k.segment}, body: body, secrets: secrets,
	})
}

// createOnce makes a create for which the API has no key that would make it safe to
// repeat. It is not sent again once the server may have acted on it. An error is an
// [*OutcomeUnknownError] where the server may have made something; check refuses an
// answer that does not say what.
func createOnce[T any](ctx context.Context, c *Client, r request, check func(T) error) (T, error) {
	var zero T
	startedAt := time.Now()
	r.unrepeatable = true
	made, err := oneChecked(ctx, c, r, check)
	switch {
	case err == nil:
		return made, nil
	case IsCertain(err):
		return zero, err
	}
	return zero, &OutcomeUnknownError{StartedAt: startedAt, Err: err}
}

// Upsert is what the answer to an upsert tells of the call.
type Upsert struct {
	// Attempts counts the requests that were sent; more than one means that an
	// earlier one may have made the item.
	Attempts int
	// StartedAt is when the call began, on the server's clock, to the second.
	StartedAt            time.Time
	createdAt, updatedAt Opt[string] // of the item
}

// Overwrote reports whether the upsert hit an item that was there before the call: its times
// differ, and it is not this call's own after a lost answer (DESIGN.md, "Create"). Without
// readable times it reports false.
func (u Upsert) Overwrote() bool {
	created, okCreated := parseTime(u.createdAt)
	_, okUpdated := parseTime(u.updatedAt)
	return okCreated && okUpdated && !SameInstant(*u.createdAt.Value, *u.updatedAt.Value) &&
		(u.Attempts <= 1 || isOlder(created, u.StartedAt))
}

// Fresh reports whether the item was made just now, going by its times. It is strict where
// Overwrote is not: times of differing precision are not equal.
func (u Upsert) Fresh() bool {
	created, okCreated := parseTime(u.createdAt)
	updated, okUpdated := parseTime(u.updatedAt)
	return okCreated && okUpdated && created.Equal(updated)
}

// createdSince returns the items that were not created before a time of the server's clock.
// It is exact to about a second: one that was created in the second before counts as well.
// Items without a readable created_at are left out, since nobody knows.
func createdSince[T any](items []T, createdAt func(T) Lenient[string], since time.Time) []T {
	var found []T
	for _, item := range items {
		if created, ok := parseTime(createdAt(item).Opt()); ok && !isOlder(created, since) {
			found = append(found, item)
		}
	}
	return found
}

// isOlder compares whole seconds: Date has no parts of them, and created_at may have none.
func isOlder(created, startedAt time.Time) bool {
	return created.Truncate(time.Second).Before(startedAt.Truncate(time.Second))
}

// remove deletes an agent, or what the segments name below it. Any 2xx is success, with
// or without a body (API.md, ruling 3), except two: an object that says otherwise is
// believed, and a body that is no JSON object is an [*UnreadableError]. A proxy's page
// says nothing of what was to go, and repeating a delete does no harm.
func (c *Client) remove(ctx context.Context, agentID string, below ...string) error {
	r := request{method: http.MethodDelete, segments: append([]string{"agents", agentID}, below...)}
	defer c.changing(agentID)()
	a, err := c.send(ctx, r)
	if err != nil || len(bytes.TrimSpace(a.body)) == 0 {
		return err
	}
	var said *struct {
		Success Lenient[bool] `json:"success"`
	}
	switch err := json.Unmarshal(a.body, &said); {
	case err != nil:
		return unreadable(r, a, describeJSON(a.body, err))
	case said == nil:
		return unreadable(r, a, errors.New("it is null"))
	case !said.Success.or(true):
		return c.apiError(r, a.path, a.attempts, a.status, nil, a.body)
	}
	return nil
}

// unlessOurs leaves out the error of a delete that found nothing since an earlier attempt
// of the same call had done it.
func unlessOurs(err error) error {
	if _, ours := IsGone(err); ours {
		return nil
	}
	return err
}
