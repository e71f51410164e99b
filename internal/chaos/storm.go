package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// kind says what the configuration is when the storm is over.
type kind string

const (
	// kindSame applies the configuration that was applied in the storm once more.
	kindSame kind = "the same configuration again"
	// kindReverted goes back to the base configuration. An update in the storm may have
	// ended without a clear answer: the state then has the old values, which are the ones
	// that are wished for again, and the server perhaps the new ones.
	//
	// Its edits are updates, and actions that are taken out. Of a creation whose outcome
	// nobody knows Terraform keeps nothing, so nothing could take it back; and a provider
	// that is killed cannot remember anything, so nothing is killed.
	kindReverted kind = "back to the base configuration"
)

// storm is all that happens in one run. It is data: it can be printed, made smaller and run
// again.
type storm struct {
	seed uint64
	kind kind
	// answers are how the API behaves where its pages leave that open, in words; see
	// [fakeapi.Open].
	answers []answer
	// base is applied in fair weather. The edits make of it what the gusts hit.
	base  configuration
	edits []edit
	gusts []gust
}

// answer is one answer of [fakeapi.Open].
type answer struct{ point, answer string }

// behaviour is how the fake answers in this storm.
func (s storm) behaviour() fakeapi.Behaviour {
	var b fakeapi.Behaviour
	for _, point := range fakeapi.Open() {
		for _, a := range point.Answers {
			if slices.Contains(s.answers, answer{point.Name, a.Name}) {
				a.Set(&b)
			}
		}
	}
	return b
}

// edit is one change of a configuration: of an action, or of an agent's publication.
type edit struct {
	what string
	// name is that of the action's resource; to are its new arguments, nil to take it out.
	name string
	to   attributes
	// agentID is set where the edit adds or removes the agent's publication instead.
	agentID string
	publish bool
}

// edited is the configuration with all edits made.
func (s storm) edited() configuration {
	c := s.base.clone()
	for _, e := range s.edits {
		switch {
		case e.agentID != "" && e.publish:
			c.publications[e.agentID] = true
		case e.agentID != "":
			delete(c.publications, e.agentID)
		case e.to == nil:
			delete(c.actions, e.name)
		default:
			c.actions[e.name] = e.to
		}
	}
	return c
}

// last is the configuration that the calm apply must reach.
func (s storm) last() configuration {
	if s.kind == kindReverted {
		return s.base
	}
	return s.edited()
}

// gust is one apply of the edited configuration in bad weather.
type gust struct {
	faults []fault
	// retries is the provider's max_retries, timeout its request_timeout in seconds.
	retries, timeout int
	// limit is how many requests the server allows in a window of a second; 0 is any number.
	limit int
	// end cuts the run short; nil lets it go to its end.
	end *end
}

// end is how a run is cut short.
type end struct {
	how how
	// at is the number of the request at whose arrival it happens, from 1, counted among
	// the writes or, with reads, among the reads.
	at    int
	reads bool
}

// how a run ends before its time.
type how string

const (
	// interrupt is what Ctrl-C does: Terraform stops the provider's calls and starts no more.
	interrupt how = "Terraform is interrupted"
	// kill takes the provider's process away. Only the CLI has one.
	kill how = "the provider is killed"
)

// String says what the storm is, for a person to read.
func (s storm) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  afterwards: %s\n", s.kind)
	for _, a := range s.answers {
		fmt.Fprintf(&b, "  the API: %s: %s\n", a.point, a.answer)
	}
	b.WriteString("  base configuration:\n")
	for _, resource := range s.base.resources() {
		b.WriteString(indented(resource.hcl(true)))
	}
	for i, e := range s.edits {
		fmt.Fprintf(&b, "  edit %d: %s\n", i+1, e.what)
		if e.to != nil {
			b.WriteString(indented(declared{address: actionAddress(e.name), kind: typeAction, attributes: e.to}.hcl(true)))
		}
	}
	for i, g := range s.gusts {
		fmt.Fprintf(&b, "  gust %d, an apply with max_retries = %d, request_timeout = %d:\n", i+1, g.retries, g.timeout)
		if g.limit > 0 {
			fmt.Fprintf(&b, "    %d requests a second are allowed\n", g.limit)
		}
		for _, f := range g.faults {
			fmt.Fprintf(&b, "    %s\n", f)
		}
		if g.end != nil {
			fmt.Fprintf(&b, "    %s\n", g.end)
		}
	}
	return b.String()
}

func (e *end) String() string {
	of := "write"
	if e.reads {
		of = "read"
	}
	return fmt.Sprintf("%s when %s %d arrives", e.how, of, e.at)
}

func indented(block string) string {
	return "    " + strings.ReplaceAll(strings.TrimSuffix(block, "\n"), "\n", "\n    ") + "\n"
}
