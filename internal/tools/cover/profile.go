package main

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// statements counts the statements of a package, and those that some test ran.
type statements struct {
	all, run int
}

// percent is 0 for a package without statements: one that is named but not in
// the profile must not pass for a covered one.
func (s statements) percent() float64 {
	if s.all == 0 {
		return 0
	}
	return 100 * float64(s.run) / float64(s.all)
}

// block is one line of a profile.
type block struct {
	statements int
	ran        bool
}

// readProfile adds up a profile by package. With -coverpkg each test binary
// writes all blocks, so the same block stands in the profile several times; it
// counts once, and as run if any binary ran it.
func readProfile(from io.Reader) (map[string]statements, error) {
	blocks := map[string]block{}
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "mode: ") {
			continue
		}
		place, parsed, err := parseLine(line)
		if err != nil {
			return nil, err
		}
		parsed.ran = parsed.ran || blocks[place].ran
		blocks[place] = parsed
	}
	totals := map[string]statements{}
	for place, b := range blocks {
		file, _, _ := strings.Cut(place, ":")
		total := totals[path.Dir(file)]
		total.all += b.statements
		if b.ran {
			total.run += b.statements
		}
		totals[path.Dir(file)] = total
	}
	return totals, lines.Err()
}

// parseLine reads `file.go:12.3,14.5 2 1`: the place, its statements, and how
// often they ran.
func parseLine(line string) (string, block, error) {
	fields := strings.Fields(line)
	if len(fields) != 3 || !strings.Contains(fields[0], ".go:") {
		return "", block{}, fmt.Errorf("not a line of a coverage profile: %q", line)
	}
	number, err := strconv.Atoi(fields[1])
	if err != nil {
		return "", block{}, fmt.Errorf("statements in %q: %w", line, err)
	}
	return fields[0], block{statements: number, ran: fields[2] != "0"}, nil
}
