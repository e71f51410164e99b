package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// The verbs of the operations that have advice of their own. What is listed
// belongs to no agent; an agent's actions are read.
const (
	verbPublish = "publish"
	VerbList    = "list"
)

// Operation is what the provider was doing when a call failed.
type Operation struct {
	Verb    string // "create", "read", …
	Subject string // `action "Schedule" (node id schedule) of agent agent-1`
	Again   string // why doing it again does no harm; empty for a read
	Kind    Kind   // of the subject; empty where it is an agent or a list
	// Stateless operations are about nothing that a state holds.
	Stateless bool
	// At finds the attribute that a field of the request came from; may be nil.
	At func(field string) (path.Path, bool)
	// NotFound is what a 404 of the API's own means; empty for what it means of the agent
	// that the subject belongs to.
	NotFound string
	// aftermath says what the failed write leaves behind; empty for what writes nothing
	// of an agent.
	aftermath string
}

// kind is what is lost with the agent: actions stand for all that it has.
func (op Operation) kind() Kind { return cmp.Or(op.Kind, Action) }

// writes reports whether the server may have changed something.
func (op Operation) writes() bool { return op.Again != "" }

// Ending returns the operation with what its error says last.
func (op Operation) Ending(text string) Operation {
	op.aftermath = text
	return op
}

// AddAPIError turns an error of the client's into diagnostics. It is the only place where that
// is done. What the API says of a field goes to the attribute that it came from, and the rest to
// the resource. The caller returns after it.
func AddAPIError(diags *diag.Diagnostics, op Operation, err error) {
	summary, closing := fmt.Sprintf("Could not %s the %s", op.Verb, op.Subject), ""
	if op.aftermath != "" {
		closing = "\n\n" + op.aftermath
	}
	var refused *talq.APIError
	if !errors.As(err, &refused) {
		diags.AddError(summary, sentence(err.Error())+"\n\n"+op.adviceWithoutAnswer(err)+closing)
		return
	}
	rest := *refused
	rest.Fields = nil
	for _, field := range refused.Fields {
		if op.At != nil && refused.Status == http.StatusUnprocessableEntity {
			if at, ok := op.At(field.Field); ok {
				diags.AddAttributeError(at, summary, fmt.Sprintf("The API refused the value of %s: %s\n\nChange it and apply again. (HTTP %d)%s",
					field.Field, strings.Join(field.Messages, " "), refused.Status, closing))
				continue
			}
		}
		rest.Fields = append(rest.Fields, field)
	}
	if len(refused.Fields) == 0 || len(rest.Fields) > 0 {
		diags.AddError(summary, sentence(rest.Error())+"\n\n"+op.adviceFor(refused, talq.IsCertain(err))+closing)
	}
}

// threeCauses explains a 404 where the state has nothing of the agent yet.
const threeCauses = "There are three likely causes.\n" +
	"  1. agent_id is wrong. Look it up in the dashboard.\n" +
	"  2. The token belongs to another environment, or is the wrong one: it gets this answer for every agent. Check " + EnvToken + " and base_url.\n" +
	"  3. The agent was deleted."

// adviceFor says what to do about an answer of the API's. It is certain where the
// server did not do what was asked.
func (op Operation) adviceFor(refused *talq.APIError, certain bool) string {
	switch status := refused.Status; {
	case status == http.StatusNotFound && !refused.FromAPI:
		return strings.TrimSpace("This answer does not come from the API itself, so nothing was removed from the state. " +
			"Check that base_url is the API's own address, and the proxy, then try again. " + op.Again)
	case status == http.StatusNotFound && op.NotFound != "":
		return op.NotFound
	case status == http.StatusNotFound && op.Stateless && op.writes():
		return threeCauses
	case status == http.StatusNotFound && op.Verb == VerbList:
		return "There is no such list at this address. Check base_url (or " + EnvBaseURL + ")."
	case status == http.StatusNotFound && op.Stateless:
		return "Either the id is wrong or the agent was deleted, or the token belongs to another environment: it gets this answer for every agent. Check the id, " + EnvToken + " and base_url."
	case status == http.StatusNotFound && op.Verb == "create":
		return threeCauses + "\nIf this was to replace " + op.kind().One() + " of another agent, that one is already deleted. Correct the cause and apply again, which creates it."
	case status == http.StatusNotFound:
		return "There are two likely causes.\n" +
			"  1. The token belongs to another environment, or is the wrong one: it gets this answer for every agent. Check " + EnvToken + " and base_url. Nothing was removed from the state.\n" +
			"  2. The agent was deleted, and its " + string(op.kind()) + "s with it. Then remove the resources from the state with `terraform state rm`, " +
			"or remove them from the configuration and apply with `-refresh=false`."
	case status == http.StatusUnprocessableEntity && op.Verb == verbPublish:
		return "Complete the agent in the dashboard as the message says, then try again. " + op.Again
	case status == http.StatusUnauthorized:
		return "The token is wrong, expired or revoked. " + WaysToGiveToken
	case status == http.StatusForbidden:
		return "The token is valid, but may not do this. Use one that may, or give it the right in the dashboard."
	case status == http.StatusConflict:
		return "The request conflicts with the present state of the agent, for instance that it is published. Look at it in the dashboard, then apply again."
	case status == http.StatusTooManyRequests:
		return "The rate limit is used up. Set requests_per_minute in the provider block if others share the token, and try again later."
	case status >= 500 && op.Verb == verbPublish:
		return "The server failed, and may have published the agent anyway. Apply again. " + op.Again
	case status >= 500 && op.writes():
		return "The server failed, and may have done it anyway. The state is as it was before: run the apply again. " + op.Again
	case status >= 500:
		return "The server failed. Nothing was changed, and nothing was removed from the state: try again later. max_retries says how often a request is repeated."
	case status >= 300 && status < 400:
		return "Check base_url (or " + EnvBaseURL + ")."
	case op.writes() && certain:
		return "Nothing was changed by this request. Correct what the message names and apply again."
	case op.writes():
		return "The server may have done it anyway. Correct what the message names and apply again. " + op.Again
	default:
		return "Nothing was changed, and nothing was removed from the state."
	}
}

// adviceWithoutAnswer says what to do where the server gave no usable answer.
func (op Operation) adviceWithoutAnswer(err error) string {
	var wait *talq.WaitError
	var unread *talq.UnreadableError
	switch {
	case talq.IsUnknownAuthority(err):
		return "Nothing was sent. If a private authority signs for this address, give its certificate: ca_cert_file in the provider block, or the environment variable " + EnvCACert + ", " +
			"names a PEM file. If you expect none, something between this machine and the API reads what is sent, such as an inspecting proxy: ask whoever runs the network."
	case errors.Is(err, context.Canceled):
		return "Terraform was interrupted. Plan again and apply that plan: an older saved plan may no longer fit."
	case errors.As(err, &wait):
		return "Wait until the limit opens again, make fewer requests at once with -parallelism, or set requests_per_minute in the provider block so that the limit is never reached."
	case errors.As(err, &unread) && (op.Verb == "delete" || op.Verb == "unpublish"):
		return "It is not known whether the server has done it: an answer like this usually comes from a proxy in between. Nothing was removed from the state. " +
			"Check that base_url is the API's own address, and the proxy, and run the apply again. " + op.Again
	case errors.As(err, &unread) && op.writes():
		return "The server has probably done it, but its answer could not be used. Run the apply again. " + op.Again
	case errors.As(err, &unread):
		return "Nothing was removed from the state. Check that base_url is the API's own address, and try again later."
	case op.writes() && talq.IsCertain(err):
		return "Nothing was sent. Check the network, the proxy and base_url, and run the apply again."
	case op.writes():
		return "Whether the server has done it is not known. Check the network, the proxy and base_url, and run the apply again. " + op.Again
	default:
		return "Nothing was removed from the state. Check the network, the proxy and base_url, and try again."
	}
}

// sentence makes the first letter of an error's text a capital one.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// SplitField splits "inputs.0.name". Laravel writes some as "inputs[0][name]".
func SplitField(field string) []string {
	field = strings.NewReplacer("[", ".", "]", "").Replace(field)
	return slices.DeleteFunc(strings.Split(field, "."), func(part string) bool { return part == "" })
}
