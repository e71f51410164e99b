package export

import (
	"fmt"
	"io"
	"os"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// progress is a line on a terminal that says how far the export is. Elsewhere, as in the log
// of a pipeline, it says nothing.
type progress struct {
	to      io.Writer // nil where there is no terminal
	at, all int
}

func newProgress(to io.Writer, all int) *progress {
	file, ok := to.(*os.File)
	if !ok {
		return &progress{}
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return &progress{}
	}
	return &progress{to: to, all: all}
}

const clearLine = "\r\x1b[K"

// next says which agent it is at.
func (p *progress) next(id string) {
	p.at++
	if p.to != nil {
		fmt.Fprintf(p.to, clearLine+"Reading agent %d of %d: %s", p.at, p.all, tfvalue.Escaped(id))
	}
}

// end takes the line away.
func (p *progress) end() {
	if p.to != nil {
		fmt.Fprint(p.to, clearLine)
	}
}
