package main

import "strings"

// playOn prints how to go on from here by hand. It is the one part of the output that
// varies from run to run.
func (s *story) playOn() {
	command := s.cli.name
	if !s.cli.onPath {
		command = quoteForShell(s.cli.path)
	}
	s.say.text("")
	s.say.heading("Play on")
	s.say.text("The code is applied and the agent is live. The stand-in for Talq goes on until you press Ctrl-C here.")
	s.say.text("In another terminal, go to the configuration:")
	s.say.text("")
	var lines []string
	for _, v := range ownVariables(s.work, s.talq) {
		lines = append(lines, "export "+v.name+"="+quoteForShell(v.value))
	}
	s.say.code(append(lines, "cd "+quoteForShell(s.work.practice)))
	s.say.text("")
	s.say.text("Edit main.tf there and see what that does; no init is needed:")
	s.say.text("")
	s.say.code([]string{command + " plan", command + " apply"})
	s.say.text("")
	s.say.text("Look at what Talq holds, or play the colleague who deletes an action in the dashboard:")
	s.say.text("")
	s.say.code(s.requests())
	s.say.text("")
}

// requests are commands that go to the stand-in directly.
func (s *story) requests() []string {
	actions := `"$TALQ_BASE_URL/agents/` + s.talq.agent + `/actions`
	lines := []string{`curl -H "Authorization: Bearer $TALQ_TOKEN" ` + actions + `"`}
	if action, err := s.talq.find(editedNode); err == nil {
		lines = append(lines, `curl -H "Authorization: Bearer $TALQ_TOKEN" -X DELETE `+actions+"/"+action.ID+`"`)
	}
	return lines
}

// quoteForShell makes one word of a value in any shell that Unix has.
func quoteForShell(value string) string {
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
