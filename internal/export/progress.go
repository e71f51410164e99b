package export

import (
	"fmt"
	"io"
	"os"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// terminalOf returns a writer that is a terminal, which shows how far the export is. Elsewhere,
// as in the log of a pipeline, nothing does.
func terminalOf(to io.Writer) io.Writer {
	if file, ok := to.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return file
		}
	}
	return io.Discard
}

const clearLine = "\r\x1b[K"

// progress is the line that says which agent it is at.
func progress(at, all int, id string) string {
	return fmt.Sprintf(clearLine+"Reading agent %d of %d: %s", at, all, tfvalue.Escaped(id))
}
