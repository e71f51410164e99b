package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/contract/recording"
)

// line is one row with its end.
type line struct {
	Number  string // such as 3.2
	Row     Row
	Verdict Verdict
	Came    string
}

// lines judges all rows, and adds what no run can try.
func lines(assumptions []Assumption, s *seen) []line {
	var all []line
	for _, a := range assumptions {
		for i, row := range a.Rows {
			v, came := s.judge(row)
			all = append(all, line{fmt.Sprintf("%d.%d", a.Number, i+1), row, v, came})
		}
		for i, untried := range a.Untried {
			what, why, _ := strings.Cut(untried, ": ")
			all = append(all, line{fmt.Sprintf("%d.%d", a.Number, len(a.Rows)+i+1), Row{Says: what + "."}, Untried, why})
		}
	}
	return all
}

// verdict is the last cell of a row.
func (l line) verdict() string {
	if l.Verdict == Fails && l.Row.Either {
		return string(Fails) + "; the provider is built for this as well"
	}
	return string(l.Verdict)
}

// table is the result in Markdown.
func table(all []line) string {
	counts := map[Verdict]int{}
	var b strings.Builder
	b.WriteString("| | Assumption | Sent | Came back | |\n| --- | --- | --- | --- | --- |\n")
	cell := strings.NewReplacer("|", "\\|", "\n", " ", "\r", " ")
	for _, l := range all {
		counts[l.Verdict]++
		sent := "all requests"
		if len(l.Row.Steps) > 0 {
			sent = strings.Join(l.Row.Steps, ", ")
		} else if l.Row.Judge == nil {
			sent = "nothing"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", l.Number, cell.Replace(l.Row.Says), sent, cell.Replace(l.Came), l.verdict())
	}
	fmt.Fprintf(&b, "\n%d hold, %d do not hold, %d could not be tried.\n", counts[Holds], counts[Fails], counts[Untried])
	return b.String()
}

// requests says what each step sends.
func requests(mayPublish bool) string {
	var b strings.Builder
	for _, sc := range scenarios() {
		for _, s := range sc.allowed(mayPublish, func(step) {}).steps {
			fmt.Fprintf(&b, "%s: %s %s", s.key, s.method, s.path)
			if s.body != nil {
				content, _ := json.Marshal(s.body) // It is made of texts and numbers.
				fmt.Fprintf(&b, " %s", content)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// write puts the table into contract.md in folder, and each recording beside it.
func write(folder, table string, mayPublish bool, recordings []recording.Recording) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	text := "# What holds of our assumptions\n\n" + table + "\n## What was sent\n\nThe node ids had a text behind them that differs from run to run.\n\n```text\n" + requests(mayPublish) + "```\n"
	if err := os.WriteFile(filepath.Join(folder, "contract.md"), []byte(text), 0o600); err != nil {
		return err
	}
	for _, r := range recordings {
		content, err := r.Write()
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, strings.ReplaceAll(r.Scenario, " ", "-")+".json"), content, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
