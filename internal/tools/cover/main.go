// Command cover prints the statement coverage of packages from a coverage
// profile, and fails if one of them is below a minimum.
//
// `go test -cover` prints a number per test binary, and `go tool cover -func`
// one per function; neither says how much of a package all tests together run.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

// module is left out of what is printed.
const module = "github.com/talqover/terraform-provider-talq/"

func main() {
	profile := flag.String("profile", "", "the file that go test -coverprofile wrote")
	minimum := flag.Float64("min", 0, "the least percentage of statements for each package")
	flag.Parse()
	if err := run(os.Stdout, *profile, *minimum, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "cover:", err)
		os.Exit(1)
	}
}

// run prints a line for each package, and names all that are below the minimum.
func run(out io.Writer, profile string, minimum float64, packages []string) error {
	file, err := os.Open(profile)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // Only read: nothing is lost.
	totals, err := readProfile(file)
	if err != nil {
		return fmt.Errorf("%s: %w", profile, err)
	}
	short := 0
	for _, name := range packages {
		total := totals[module+name]
		fmt.Fprintf(out, "%s %.1f%% of statements\n", name, total.percent())
		if total.percent() < minimum {
			short++
		}
	}
	if short > 0 {
		return fmt.Errorf("%d of %d packages below %g%%", short, len(packages), minimum)
	}
	return nil
}
