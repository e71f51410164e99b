// Command templates copies the documentation's templates and fills in what is
// made from Go, so that a page cannot say something else than the code does.
//
// It runs before tfplugindocs, which has no template data of our own.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/talqover/terraform-provider-talq/internal/provider/action"
)

// parts says what replaces which marker. A marker is a line of its own.
func parts() map[string]string {
	return map[string]string{
		"<!-- type-table -->": action.TypeTableMarkdown(),
	}
}

func main() {
	from := flag.String("from", "", "the folder of the templates")
	to := flag.String("to", "", "the folder to write; what is in it is deleted")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "templates:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	if from == "" || to == "" {
		return fmt.Errorf("-from and -to are needed: the folder of the templates and the folder to write")
	}
	return fill(from, to, parts())
}
