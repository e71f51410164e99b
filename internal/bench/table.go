package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// markdown returns the tables.
func (r result) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Benchmarks\n\nMeasured by `make bench` on %s. The fake API takes %s for each request, and has no rate limit where none is named. "+
		"Actions are the number in all, spread over the agents, and each agent has its publication.\n", r.machine, r.latency)
	b.WriteString("\n## Time and requests\n\nCPU is the time of the CLI and its provider together, then the provider's alone; memory is the provider's peak. Times of more than one run are medians.\n\n" +
		"| actions | agents | command | time | CPU | provider | runs | GET actions | GET agent | GET agents | POST action | publish | DELETE | memory |\n" +
		"| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, row := range r.rows {
		fmt.Fprintf(&b, "| %d | %d | %s | %s | %s | %s | %d |", row.actions, row.agents, row.what,
			seconds(row.time), seconds(row.cpu), seconds(row.provider.cpu), row.runs)
		for _, count := range row.requests {
			fmt.Fprintf(&b, " %d |", count)
		}
		fmt.Fprintf(&b, " %s |\n", megabytes(row.provider.memory))
	}
	b.WriteString(r.comparison() + r.offTheAir())
	return b.String()
}

// comparison returns the table of plans without changes.
func (r result) comparison() string {
	if len(r.ratios) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n## Plans without changes\n\n`-refresh=false` is the same plan without a look at the API, `terraform_data` that of as many resources that are built into Terraform.\n\n" +
		"| actions | agents | plan | `-refresh=false` | ratio | `terraform_data` | ratio |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, c := range r.ratios {
		fmt.Fprintf(&b, "| %d | %d | %s | %s | %s | %s | %s |\n", c.actions, c.agents, seconds(c.plan),
			seconds(c.noRefresh), quotient(c.plan, c.noRefresh), seconds(c.floor), quotient(c.plan, c.floor))
	}
	return b.String()
}

// offTheAir returns the table of applies that take agents off the air.
func (r result) offTheAir() string {
	if len(r.air) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n## Time off the air\n\nFirst applies of actions of agents that take calls. The time in draft is that of all agents together, each from its first write to its publish, "+
		"and the share is what of the apply an agent is off on average. Where there is a limit it is %d requests a minute, and times count its windows.\n\n"+
		"| agents | writes to each | limit | parallelism | time | in draft | share |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n", airLimit)
	for _, row := range r.air {
		limit, took, draft := nothing, seconds(row.time), seconds(row.draft)
		if row.limited {
			limit, took, draft = strconv.Itoa(airLimit), minutes(row.time), minutes(row.draft)
		}
		fmt.Fprintf(&b, "| %d | %d | %s | %d | %s | %s | %s |\n", row.agents, row.writes, limit, row.parallelism, took, draft,
			quotient(row.draft, row.time*time.Duration(row.agents)))
	}
	return b.String()
}

// nothing stands where there is no number.
const nothing = "–"

func seconds(d time.Duration) string {
	if d == 0 {
		return nothing
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func minutes(d time.Duration) string { return fmt.Sprintf("%.0f min", d.Minutes()) }

func quotient(a, b time.Duration) string {
	if b == 0 {
		return nothing
	}
	return fmt.Sprintf("%.2f", float64(a)/float64(b))
}

func megabytes(bytes int64) string {
	if bytes == 0 {
		return nothing
	}
	return strconv.FormatInt((bytes+500_000)/1_000_000, 10) + " MB"
}
