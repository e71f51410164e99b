package talq

import (
	"bytes"
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// APIError is an answer of the server's that is no success. All shapes that
// API.md lists under "Errors" become one of these, and so does an answer of a
// proxy in between. Its texts are printable and hold no secret of the request's.
type APIError struct {
	Method, Path string // the path is escaped
	Status       int    // HTTP status; 2xx where the body said "success": false
	Code         string // the API's own code, such as AGENT_NOT_FOUND; may be empty
	Message      string // never empty
	// FromAPI tells an answer of the API's own from one of a proxy in between: its
	// body was a JSON object with a text of its own under "message" or "error".
	// Without it Message is our description of a page, an empty answer and the like.
	FromAPI  bool
	Fields   []FieldError
	Attempts int // how many requests were sent
}

// FieldError is what the API says of one field of a request, named with dots:
// "inputs.0.name". The name is empty for a remark on no field.
type FieldError struct {
	Field    string
	Messages []string
}

func (e *APIError) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	for _, f := range e.Fields {
		b.WriteString("\n  - ")
		if f.Field != "" {
			b.WriteString(f.Field + ": ")
		}
		b.WriteString(strings.Join(f.Messages, " "))
	}
	fmt.Fprintf(&b, "\n(%s %s answered HTTP %d", e.Method, e.Path, e.Status)
	if e.Code != "" {
		b.WriteString(", code " + e.Code)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, ", after %d attempts", e.Attempts)
	}
	b.WriteString(")")
	return b.String()
}

// IsOtherEnvironment reports whether an error is the 404 that a token of
// another environment gets for every agent (API.md, ruling 8).
func IsOtherEnvironment(err error) bool {
	var e *APIError
	return errors.As(err, &e) && e.Status == http.StatusNotFound &&
		strings.Contains(strings.ToLower(e.Message), "in this environment")
}

// UnreachableError is a request that got no whole answer, or one past [MaxAnswer]. Whether the
// server acted on it is unknown.
type UnreachableError struct {
	Method, Host, Path string
	Attempts           int
	Err                error
	cause              string // what it says, without secrets; empty for its own text
}

func (e *UnreachableError) Error() string {
	times := "once"
	if e.Attempts != 1 {
		times = fmt.Sprintf("%d times", e.Attempts)
	}
	what := "no answer"
	if errors.Is(e.Err, errTooLarge) {
		what = "no usable answer"
	}
	return fmt.Sprintf("%s from %s: %s\n(%s %s, tried %s)", what, e.Host, cmp.Or(e.cause, printable(e.Err.Error())), e.Method, e.Path, times)
}

// IsUnknownAuthority reports whether an error is a server whose certificate was
// signed by an authority that is not known here.
func IsUnknownAuthority(err error) bool {
	return has[x509.UnknownAuthorityError](err) ||
		// The system's own verifiers word it as they like. An invalid one is expired, mostly.
		has[*tls.CertificateVerificationError](err) && !has[x509.HostnameError](err) && !has[x509.CertificateInvalidError](err)
}

// has reports whether an error is of a type, or is one that wraps such.
func has[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func (e *UnreachableError) Unwrap() error { return e.Err }

// WaitError is a request that was given up because the server asked for a
// longer wait than [MaxWait], or for [MaxTotalWait] in which it let nothing through.
type WaitError struct {
	Method, Path string
	Wait         time.Duration // the wait that the server asked for
	Waited       time.Duration // what this request had waited before, since another got through
}

func (e *WaitError) Error() string {
	return fmt.Sprintf("the rate limit is used up, or the server is not available: it asked to wait %s more, after %s of waiting. "+
		"The provider waits at most %s at once, and %s in which nothing gets through\n(%s %s)",
		e.Wait.Round(time.Second), e.Waited.Round(time.Second), MaxWait, MaxTotalWait, e.Method, e.Path)
}

// NotSentError is about a request that the server never acted on: it was not
// sent, or each attempt got a 429.
type NotSentError struct{ Err error }

func (e *NotSentError) Error() string { return e.Err.Error() }

func (e *NotSentError) Unwrap() error { return e.Err }

// OutcomeUnknownError is about a write that must not be repeated, and of which nobody
// knows whether the server did it: its answer got lost, was a server's error or cannot
// be used, or the caller's context ended before it came.
type OutcomeUnknownError struct {
	StartedAt time.Time // when the call began, on our clock
	Err       error     // what ended it
}

func (e *OutcomeUnknownError) Error() string { return e.Err.Error() }

func (e *OutcomeUnknownError) Unwrap() error { return e.Err }

// UnreadableError is a 2xx answer that does not hold what it should. The server
// has most likely acted on the request anyway, unless a proxy answered in
// its place.
type UnreadableError struct {
	Method, Path string
	Err          error
}

func (e *UnreadableError) Error() string {
	return fmt.Sprintf("the answer cannot be used: %s\n(%s %s)", printable(e.Err.Error()), e.Method, e.Path)
}

func (e *UnreadableError) Unwrap() error { return e.Err }

// errorBody has every key under which the pages put a part of an error. Under "error" there
// is a code, or an object with a code, a message and details.
type errorBody struct {
	Message Lenient[string]          `json:"message"`
	Error   Lenient[json.RawMessage] `json:"error"`
	Errors  Lenient[json.RawMessage] `json:"errors"`
	Details Lenient[json.RawMessage] `json:"details"`
	Code    Lenient[string]          `json:"code"`
}

// decodeError never fails: what cannot be read becomes a message that says so.
func decodeError(status int, header http.Header, body []byte, hidden secrets) *APIError {
	e := &APIError{Status: status}
	if status >= 300 && status <= 399 {
		// The target may hold whatever the server likes, so it is not shown.
		e.Message = "The server answered with a redirect, which is never followed: it could take the token elsewhere. Set base_url to the API's own address."
		return e
	}
	var parsed, within errorBody
	if json.Unmarshal(body, &parsed) == nil {
		of := parsed.Error.or(nil)
		var text string
		isText := json.Unmarshal(of, &text) == nil
		if !isText && json.Unmarshal(of, &within) != nil {
			within = errorBody{}
		}
		text = hidden.printable(text)
		e.Message = cmp.Or(hidden.printable(parsed.Message.or("")), hidden.printable(within.Message.or("")))
		e.Code = cmp.Or(hidden.printable(parsed.Code.or("")), hidden.printable(within.Code.or("")))
		if e.Message == "" && strings.ContainsRune(text, ' ') {
			e.Message = text // a sentence, not a code
		} else {
			e.Code = cmp.Or(e.Code, text)
		}
		if e.Fields = hidden.fieldErrors(parsed.Errors.or(nil)); len(e.Fields) == 0 {
			e.Fields = hidden.fieldErrors(within.Details.or(nil))
		}
		e.FromAPI = e.Message != "" || text != ""
	}
	if e.Message == "" {
		e.Message = fallbackMessage(status, header, body)
	}
	return e
}

// fieldErrors reads a map of lists, a map of texts, a list of texts or one
// text. Other parts are left out.
func (s secrets) fieldErrors(raw json.RawMessage) []FieldError {
	if texts := s.messages(raw); len(texts) > 0 {
		return []FieldError{{Messages: texts}}
	}
	var byField map[string]json.RawMessage
	if json.Unmarshal(raw, &byField) != nil {
		return nil
	}
	var found []FieldError
	for _, field := range slices.Sorted(maps.Keys(byField)) {
		texts := s.messages(byField[field])
		if len(texts) == 0 {
			continue
		}
		if len(found) == maxRemarks {
			return append(found, FieldError{Messages: []string{more}})
		}
		found = append(found, FieldError{Field: s.printable(field), Messages: texts})
	}
	return found
}

// maxRemarks bounds the fields of an error and the messages of each.
const maxRemarks = 50

// more stands for what is past [maxRemarks].
const more = "[…]"

// messages reads a text or a list that holds texts.
func (s secrets) messages(raw json.RawMessage) []string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		if one = s.printable(one); one != "" {
			return []string{one}
		}
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var texts []string
	for _, item := range list {
		var text string
		if json.Unmarshal(item, &text) != nil {
			continue
		}
		if text = s.printable(text); text == "" {
			continue
		}
		if len(texts) == maxRemarks {
			return append(texts, more)
		}
		texts = append(texts, text)
	}
	return texts
}

// fallbackMessage is for answers without a message. The body is not quoted: it
// is not ours, and it may be a whole page.
func fallbackMessage(status int, header http.Header, body []byte) string {
	name := http.StatusText(status)
	if name == "" {
		name = "Unknown status"
	}
	switch kind, _, _ := mime.ParseMediaType(header.Get("Content-Type")); {
	case len(bytes.TrimSpace(body)) == 0:
		return name + ": the answer was empty."
	case status >= 200 && status <= 299:
		return "The answer said that the request failed, but not why."
	case json.Valid(body):
		return name + ": the answer had no message."
	case strings.HasSuffix(kind, "json"):
		return name + ": the answer was cut short or is no JSON."
	case kind == "text/html":
		return name + ": the answer was a web page, so it came from a proxy in between, or base_url is not the API's address."
	default:
		return name + ": the answer was no JSON, so it may have come from a proxy in between."
	}
}

// IsGone reports whether an error of a delete or of an unpublish means that there
// is nothing left to do it to (API.md, ruling 8), and whether that may be this
// call's own doing: an earlier attempt whose answer got lost. Only the API's own
// 404 means it: one of a proxy says nothing of the action.
func IsGone(err error) (gone, perhapsOurs bool) {
	var e *APIError
	if !errors.As(err, &e) || e.Status != http.StatusNotFound || !e.FromAPI || IsOtherEnvironment(err) {
		return false, false
	}
	return true, e.Attempts > 1
}

// IsCertain reports whether an error of a write means that the server did not do
// it: it refused the one request that it got, or got none.
func IsCertain(err error) bool {
	if has[*NotSentError](err) {
		return true
	}
	var e *APIError
	return errors.As(err, &e) && e.Status >= 400 && e.Status < 500 && e.Attempts == 1
}
