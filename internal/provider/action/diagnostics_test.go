package action

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// explained returns what addAPIError makes of an error, readable like the rest.
func explained(op session.Operation, err error) check.Said {
	var diags diag.Diagnostics
	if op.Again != "" {
		session.New(nil, session.HiddenWarn).AddWriteError(&diags, op, "agent-1", err)
	} else {
		session.AddAPIError(&diags, op, err)
	}
	return saidBy(diags)
}

// saidBy returns what diagnostics say.
func saidBy(diags diag.Diagnostics) check.Said {
	var found check.Said
	for _, d := range diags {
		r := check.Remark{Severity: strings.ToLower(d.Severity().String()), Summary: d.Summary(), Detail: d.Detail()}
		if onPath, ok := d.(diag.DiagnosticWithPath); ok {
			r.At = onPath.Path().String()
		}
		found = append(found, r)
	}
	return found
}

const couldNotCreate = `Could not create the action "N" (n) of agent agent-1`

func creating() session.Operation { return changing("create") }

// changing is a write on an action, by its verb.
func changing(verb string) session.Operation {
	m := someAction("webhook")
	m.Inputs, m.CustomHeaders = inputList(oneInput("a", "string", false, nil, nil)), headerMap(map[string]string{"X-A": "1"})
	return m.item().Operation(verb)
}

func reading() session.Operation {
	m := someAction("webhook")
	return session.Operation{Verb: "read", Subject: m.subject()}
}

func TestDiagnosticsSayWhatToDo(t *testing.T) {
	refused := func(status int, message string) error {
		return &talq.APIError{Method: "POST", Path: "/api/v1/agents/agent-1/actions", Status: status, Message: message, FromAPI: true, Attempts: 1}
	}
	gone := []string{"two likely causes", "another environment", session.EnvToken, "base_url", "The agent was deleted", "`terraform state rm`", "`-refresh=false`", "Nothing was removed from the state"}
	byProxy := &talq.APIError{Method: "DELETE", Path: "/x", Status: 404, Message: "Not Found: the answer was a web page.", Attempts: 1}
	for _, row := range []struct {
		name    string
		op      session.Operation
		err     error
		message string // of the error itself
		advice  []string
	}{
		{"404 on create", creating(), refused(404, "Agent not found"), "Agent not found",
			[]string{"three likely causes", "1. agent_id is wrong", "another environment", session.EnvToken, "base_url", "The agent was deleted", "is already deleted"}},
		{"404 on update", changing("update"), refused(404, "Agent not found"), "Agent not found", gone},
		{"404 on delete", changing("delete"), refused(404, "Agent not found in this environment."), "in this environment", gone},
		{"404 on read", reading(), refused(404, "Agent not found in this environment."), "in this environment", []string{"another environment", "The agent was deleted"}},
		{"404 of a proxy on delete", changing("delete"), byProxy, "a web page",
			[]string{"does not come from the API", "nothing was removed from the state", "base_url", "the proxy", "Deleting it again does no harm"}},
		{"404 of a proxy on create", creating(), byProxy, "a web page", []string{"does not come from the API", "base_url", "the proxy", "no second copy"}},
		{"404 of a proxy on read", reading(), byProxy, "a web page", []string{"does not come from the API", "nothing was removed from the state", "base_url", "the proxy"}},
		{"401", creating(), refused(401, "Unauthenticated."), "Unauthenticated.", append([]string{"wrong, expired or revoked"}, theThreeWays...)},
		{"403", creating(), refused(403, "You are not authorized to create actions for this agent."), "You are not authorized", []string{"valid, but may not do this", "Use one that may"}},
		{"409", creating(), refused(409, "Conflict."), "Conflict.", []string{"conflicts with the present state", "then apply again"}},
		{"429", creating(), refused(429, "Too many requests."), "Too many requests.", []string{"Set requests_per_minute", "try again later"}},
		{"500 on a write", creating(), refused(500, "Internal server error."), "Internal server error.", []string{"may have done it anyway", "run the apply again", "no second copy"}},
		{"503 on a read", reading(), refused(503, "Service Unavailable"), "Service Unavailable", []string{"Nothing was changed", "nothing was removed from the state", "max_retries"}},
		{"a redirect", reading(), refused(302, "The server answered with a redirect"), "a redirect", []string{"Check base_url", session.EnvBaseURL}},
		{"400 on a write", creating(), refused(400, "The request body is not valid JSON."), "not valid JSON", []string{"Nothing was changed by this", "apply again"}},
		{"400 on a read", reading(), refused(400, "Bad request."), "Bad request.", []string{"Nothing was changed, and nothing was removed from the state"}},
		{"success false under a 200", creating(), refused(200, "No."), "No.", []string{"Correct what the message names and apply again"}},
		{"wrapped", creating(), fmt.Errorf("while writing: %w", refused(403, "Forbidden.")), "Forbidden.", []string{"may not do this"}},
		{"interrupted", creating(), fmt.Errorf("POST /x: %w", context.Canceled), "context canceled", []string{"interrupted", "Plan again and apply that plan"}},
		{"a wait that is too long", creating(), &talq.WaitError{Method: "POST", Path: "/x", Wait: time.Hour}, "asked to wait 1h0m0s", []string{"-parallelism", "set requests_per_minute"}},
		{"an unreadable answer to a write", creating(), &talq.UnreadableError{Method: "POST", Path: "/x", Err: errors.New("it is empty")}, "it is empty",
			[]string{"The server has probably done it", "Run the apply again", "no second copy"}},
		{"an unreadable answer to a delete", changing("delete"), &talq.UnreadableError{Method: "DELETE", Path: "/x", Err: errors.New("it is no JSON")}, "it is no JSON",
			[]string{"It is not known whether the server has done it", "Nothing was removed from the state", "base_url", "the proxy", "Deleting it again does no harm"}},
		{"an unreadable answer to a read", reading(), &talq.UnreadableError{Method: "GET", Path: "/x", Err: errors.New("it is no JSON")}, "it is no JSON",
			[]string{"Nothing was removed from the state", "Check that base_url"}},
		{"no answer to a write", creating(), &talq.UnreachableError{Method: "POST", Host: "a.example", Path: "/x", Attempts: 6, Err: errors.New("connection refused")},
			"No answer from a.example: connection refused", []string{"is not known", "Check the network, the proxy and base_url", "no second copy"}},
		{"no answer to a read", reading(), &talq.UnreachableError{Method: "GET", Host: "a.example", Path: "/x", Attempts: 1, Err: errors.New("EOF")}, "No answer from a.example: EOF",
			[]string{"Nothing was removed from the state", "Check the network"}},
		{"any other error", reading(), errors.New("the unexpected"), "The unexpected", []string{"Nothing was removed from the state"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			head := "error: Could not " + row.op.Verb + ` the action "N" (n) of agent agent-1`
			explained(row.op, row.err).Are(t, head).Hold(t, row.message).Hold(t, row.advice...)
		})
	}
}

// TestDiagnosticsClaimNoMoreThanIsKnown: that nothing was changed is known only
// where the server refused the one request that it got.
func TestDiagnosticsClaimNoMoreThanIsKnown(t *testing.T) {
	const nothing, perhaps, draft = "Nothing was changed by this", "The server may have done it anyway", "It is not known whether this run has put agent"
	explain := func(err error) check.Said {
		var diags diag.Diagnostics
		m := someAction("webhook")
		session.New(nil, session.HiddenWarn).AddWriteError(&diags, m.item().Operation("create"), "agent-1", err)
		return saidBy(diags)
	}
	for _, row := range []struct {
		name     string
		refused  talq.APIError
		says     []string
		saysNone []string
	}{
		{"refused at once", talq.APIError{Status: 422, Attempts: 1}, []string{nothing}, []string{perhaps, draft}},
		{"refused after a lost answer", talq.APIError{Status: 422, Attempts: 2}, []string{perhaps, draft, "no second copy"}, []string{nothing}},
		{"success false under a 200", talq.APIError{Status: 200, Attempts: 1}, []string{perhaps, draft, "no second copy"}, []string{nothing}},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.refused.Message = "No."
			explain(&row.refused).Hold(t, row.says...).Lack(t, row.saysNone...)
			explain(fmt.Errorf("while writing: %w", &row.refused)).Hold(t, row.says...).Lack(t, row.saysNone...)
		})
	}
}

func TestDiagnosticsFieldErrors(t *testing.T) {
	for _, row := range []struct {
		name   string
		status int
		fields []talq.FieldError
		heads  []string
		says   []string
	}{
		{"a field of ours", 422, []talq.FieldError{{Field: "name", Messages: []string{"The name is taken.", "It is too long."}}},
			[]string{"error at name: " + couldNotCreate}, []string{"The API refused the value of name: The name is taken. It is too long.", "Change it and apply again. (HTTP 422)"}},
		{"nested fields", 422, []talq.FieldError{{Field: "inputs.0.name", Messages: []string{"A."}}, {Field: "custom_headers.0.value", Messages: []string{"B."}}, {Field: "integration.id", Messages: []string{"C."}}},
			[]string{"error at inputs[0].name: " + couldNotCreate, `error at custom_headers["X-A"]: ` + couldNotCreate, "error at integration.id: " + couldNotCreate}, []string{"A.", "B.", "C."}},
		{"a field that we do not know", 422, []talq.FieldError{{Field: "quota", Messages: []string{"Used up."}}},
			[]string{"error: " + couldNotCreate}, []string{"Given data was invalid.", "quota: Used up.", "apply again"}},
		{"one of each", 422, []talq.FieldError{{Field: "name", Messages: []string{"Taken."}}, {Field: "quota", Messages: []string{"Used up."}}},
			[]string{"error at name: " + couldNotCreate, "error: " + couldNotCreate}, []string{"Taken.", "quota: Used up."}},
		{"a list without names", 422, []talq.FieldError{{Messages: []string{"First.", "Second."}}},
			[]string{"error: " + couldNotCreate}, []string{"First. Second."}},
		{"no fields at all", 422, nil, []string{"error: " + couldNotCreate}, []string{"Given data was invalid."}},
		{"fields of another status", 409, []talq.FieldError{{Field: "name", Messages: []string{"Taken."}}},
			[]string{"error: " + couldNotCreate}, []string{"name: Taken.", "conflicts"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := &talq.APIError{Method: "POST", Path: "/x", Status: row.status, Message: "given data was invalid.", Fields: row.fields, Attempts: 1}
			explained(creating(), err).Are(t, row.heads...).Hold(t, row.says...)
		})
	}
	t.Run("what was placed is not said twice", func(t *testing.T) {
		err := &talq.APIError{Status: 422, Message: "Invalid.", Fields: []talq.FieldError{{Field: "name", Messages: []string{"Taken."}}, {Field: "quota", Messages: []string{"Used up."}}}}
		if n := strings.Count(explained(creating(), err).String(), "Taken."); n != 1 {
			t.Errorf("it is said %d times", n)
		}
	})
	t.Run("without attributes all of it is general", func(t *testing.T) {
		op := creating()
		op.At = nil
		err := &talq.APIError{Status: 422, Message: "Invalid.", Fields: []talq.FieldError{{Field: "name", Messages: []string{"Taken."}}}}
		explained(op, err).Are(t, "error: "+couldNotCreate).Hold(t, "name: Taken.")
	})
}
