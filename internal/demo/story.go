package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"

	tfjson "github.com/hashicorp/terraform-json"
)

// story is the demo under way.
type story struct {
	// out gets nothing that varies from run to run, but under keep.
	out   io.Writer
	color bool
	// keep stops before the destroy and waits for an interruption.
	keep bool

	work  *workspace
	talq  *fakeapi.Server
	agent string // its id, once it is made
	cli   *cli

	// told counts the steps.
	told int
	// made is the plan that made the actions: what the code says of them.
	made *tfjson.Plan
}

// The colours of a terminal.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// text writes a line.
func (s *story) text(format string, args ...any) {
	fmt.Fprintf(s.out, format+"\n", args...)
}

// heading writes a line that stands out.
func (s *story) heading(text string) {
	s.text("%s", s.paint(bold, text))
}

// done writes what was checked and found right.
func (s *story) done(format string, args ...any) {
	s.text("   %s %s", s.paint(green, "✓"), fmt.Sprintf(format, args...))
}

// code writes lines as they stand in a file.
func (s *story) code(lines ...string) {
	for _, line := range lines {
		if line == "" {
			s.text("")
			continue
		}
		s.text("     %s", s.paint(dim, line))
	}
}

func (s *story) paint(color, text string) string {
	if !s.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// playOn prints how to go on from here by hand. It is the one part of the output that
// varies from run to run.
func (s *story) playOn() {
	s.text("")
	s.heading("Play on")
	s.text("The code is applied and the agent is live. The stand-in for Talq goes on until you press Ctrl-C here.")
	s.text("In another terminal, go to the configuration:")
	s.text("")
	for _, v := range s.variables() {
		s.code("export " + v.name + "=" + quoteForShell(v.value))
	}
	s.code("cd " + quoteForShell(s.work.practice))
	s.text("")
	s.text("Edit main.tf there and see what that does; no init is needed:")
	s.text("")
	s.code(s.cli.command+" plan", s.cli.command+" apply")
	s.text("")
	s.text("Look at what Talq holds, or play the colleague who deletes an action in the dashboard:")
	s.text("")
	curl, actions := `curl -H "Authorization: Bearer $TALQ_TOKEN" `, `"$TALQ_BASE_URL/agents/`+s.agent+`/actions`
	s.code(curl + actions + `"`)
	s.code(curl + "-X DELETE " + actions + "/" + s.action(aNodeID).ID + `"`)
	s.text("")
}

// quoteForShell makes one word of a value in any shell that Unix has.
func quoteForShell(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
