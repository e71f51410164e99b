package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

// The colours of a terminal.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// signColors are those that Terraform uses.
var signColors = map[string]string{"+": green, "~": yellow, "-": red, "-/+": red}

// narrator writes the story. After a failed write it writes no more.
type narrator struct {
	out   io.Writer
	color bool
	err   error
}

// text writes a paragraph's line.
func (n *narrator) text(format string, args ...any) {
	n.write(fmt.Sprintf(format, args...))
}

// heading writes a line that stands out.
func (n *narrator) heading(text string) {
	n.write(n.paint(bold, text))
}

// step announces what is done next.
func (n *narrator) step(number int, title string) {
	n.write("")
	n.heading(fmt.Sprintf("%d. %s", number, title))
}

// done writes what was checked and found right.
func (n *narrator) done(format string, args ...any) {
	n.write("   " + n.paint(green, "✓") + " " + fmt.Sprintf(format, args...))
}

// beware writes what a person should know.
func (n *narrator) beware(format string, args ...any) {
	n.write("   " + n.paint(yellow, "!") + " " + fmt.Sprintf(format, args...))
}

// code writes lines as they stand in a file.
func (n *narrator) code(lines []string) {
	for _, line := range lines {
		n.write(strings.TrimRight("     "+n.paint(dim, line), " "))
	}
}

// plan writes a line for each resource that changes, and below it the attributes that do.
func (n *narrator) plan(changes []change) {
	var addresses, kinds int
	for _, c := range changes {
		if c.kind+c.name != "" { // with nothing behind it, an address needs no column
			addresses, kinds = max(addresses, len(c.address)), max(kinds, len(c.kind))
		}
	}
	for _, c := range changes {
		line := fmt.Sprintf("%-*s  %-*s  %s", addresses, c.address, kinds, c.kind, c.name)
		n.write("     " + n.paint(signColors[c.sign], c.sign) + " " + strings.TrimRight(line, " "))
		for _, a := range c.attributes {
			n.write(fmt.Sprintf("         %s: %s -> %s", a.path, n.paint(red, a.before), n.paint(green, a.after)))
		}
	}
}

func (n *narrator) paint(color, text string) string {
	if !n.color || color == "" || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

func (n *narrator) write(line string) {
	if n.err == nil {
		_, n.err = io.WriteString(n.out, line+"\n")
	}
}

// wantsColor says whether a file is a terminal whose user did not ask for plain text, or
// one that was asked for colours all the same, which is how the picture gets them.
func wantsColor(file *os.File) bool {
	if os.Getenv("NO_COLOR") != "" {
		return false
	}
	if isOn(os.Getenv("CLICOLOR_FORCE")) {
		return true
	}
	if os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
