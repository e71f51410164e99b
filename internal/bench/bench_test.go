package main

import (
	"io"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// TestTheTable measures tiny lives with the real CLI.
func TestTheTable(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Skip("no terraform on PATH")
	}
	o := defaults()
	o.actions, o.agents, o.runs, o.repeat, o.latency, o.floorUpTo = []int{1, 3}, []int{1}, 2, []int{3}, time.Millisecond, 1
	o.air, o.parallelism = []size{{2, 1}}, []int{10}
	found, err := run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}

	rows := map[string]row{}
	for _, r := range found.rows {
		if r.time <= 0 || r.cpu <= 0 {
			t.Errorf("%s took %s and the CPU %s", r.what, r.time, r.cpu)
		}
		if r.actions == 3 {
			rows[r.what] = r
		}
	}
	for what, want := range map[string]map[fakeapi.Op]int{
		"first apply":                {fakeapi.OpUpsertAction: 3, fakeapi.OpPublish: 1},
		"no-op plan, -refresh=false": {},
		"one change: apply":          {fakeapi.OpUpsertAction: 1, fakeapi.OpPublish: 1},
		"destroy":                    {fakeapi.OpDeleteAction: 3},
	} {
		for i, op := range calls {
			if op == fakeapi.OpListActions || op == fakeapi.OpGetAgent || op == fakeapi.OpListAgents {
				continue // how often the provider looks is what the table is to tell
			}
			if got := rows[what].requests[i]; got != want[op] {
				t.Errorf("%s made %d requests of the kind %q, want %d", what, got, op, want[op])
			}
		}
	}
	if got := rows["no-op plan, -refresh=false"].requests; got != (requests{}) {
		t.Errorf("a plan without refresh made requests: %v", got)
	}
	reads := 0
	for _, n := range rows["no-op plan"].requests {
		reads += n
	}
	if reads != 1 {
		t.Errorf("a plan of one agent made %d requests, want 1", reads)
	}
	if got := rows["first apply"]; runtime.GOOS == "linux" &&
		(got.provider.memory < 10_000_000 || got.provider.cpu <= 0 || got.provider.cpu >= got.cpu) {
		t.Errorf("of %s CPU time the provider has used %s, and %d bytes of memory", got.cpu, got.provider.cpu, got.provider.memory)
	}

	text := found.markdown()
	for _, want := range []string{"| 1 | 1 | no-op plan of terraform_data | ", "| 3 | 1 | drift: plan | ", "| 3 | 1 | one change: plan | ", "| 2 | 1 | – | 10 | ", "| 2 | 1 | 100 | 10 | 0 min | 0 min | "} {
		if !strings.Contains(text, "\n"+want) {
			t.Errorf("the tables lack %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "| 3 | 1 | no-op plan of terraform_data") {
		t.Errorf("there is a floor above the limit for it:\n%s", text)
	}
	for _, r := range found.rows {
		if repeated := r.actions == 3 && strings.HasPrefix(r.what, "no-op"); (r.runs == 2) != repeated {
			t.Errorf("%q of %d actions ran %d times", r.what, r.actions, r.runs)
		}
	}
}

func TestActionsAreSpreadOverTheAgents(t *testing.T) {
	configuration := actionsConfiguration(5, []string{"agent-1", "agent-2", "agent-3"})
	for _, want := range []string{"in range(0, 5, 3) :", "in range(1, 5, 3) :", "in range(2, 5, 3) :"} {
		if strings.Count(configuration, want) != 1 {
			t.Errorf("the configuration lacks %q:\n%s", want, configuration)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, row := range []struct{ name, args, want string }{
		{"no number", "-actions 1,x", `"x" is not a whole number of at least 1`},
		{"no actions", "-actions 0", `"0" is not a whole number of at least 1`},
		{"no agents", "-agents ,", `"" is not a whole number of at least 1`},
		{"an unknown step", "-only plan,dance", `"dance" is none of apply, plan, change, drift, destroy, air`},
		{"no size", "-air 40", `"40" is not a number of agents and of writes to each; write it as 40x15`},
		{"no runs", "-runs 0", "-runs must be at least 1"},
		{"an argument", "everything", `there are no arguments, but got ["everything"]`},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := start(t.Context(), strings.Fields(row.args), io.Discard, io.Discard)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("the error is %v, want %q", err, row.want)
			}
		})
	}
}

func TestTimeInDraftIsReadFromTheJournal(t *testing.T) {
	at := func(second int) time.Time { return time.Unix(int64(second), 0) }
	request := func(op fakeapi.Op, agent string, second, window int) fakeapi.Request {
		return fakeapi.Request{Op: op, AgentID: agent, Accepted: true, ArrivedAt: at(second), AnsweredAt: at(second + 1), Window: window}
	}
	refused := request(fakeapi.OpUpsertAction, "b", 0, 1)
	refused.Accepted = false
	journal := []fakeapi.Request{
		refused, // makes no draft
		request(fakeapi.OpUpsertAction, "a", 10, 1),
		request(fakeapi.OpUpsertAction, "a", 20, 1),
		request(fakeapi.OpUpsertAction, "b", 30, 1),
		request(fakeapi.OpPublish, "a", 40, 2),
		request(fakeapi.OpPublish, "a", 50, 2), // was live
		request(fakeapi.OpPublish, "b", 60, 3),
	}
	for limited, want := range map[bool]time.Duration{false: 31*time.Second + 31*time.Second, true: 3 * time.Minute} {
		if got := inDraft(journal, (&airRow{limited: limited}).between); got != want {
			t.Errorf("limited %t: %s, want %s", limited, got, want)
		}
	}
}

func TestMedian(t *testing.T) {
	got := median([]row{{time: 3, provider: usage{7, 40}}, {time: 1, provider: usage{9, 60}}, {time: 2, provider: usage{8, 50}}})
	if got.time != 2 || got.provider != (usage{9, 50}) || got.runs != 3 {
		t.Errorf("the median is %+v", got)
	}
}

func TestUsageIsReadFromTheKernelsFiles(t *testing.T) {
	stat := "4711 (a ) name) S 1 4711 4711 0 -1 4194560 1 2 3 4 150 25 7 8 20 0 9 0 1"
	for text, want := range map[string]time.Duration{stat: 1750 * time.Millisecond, stat[:40]: 0, "": 0} {
		if got := cpuOf(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]int64{"Name:\tx\nVmHWM:\t   12 kB\nThreads:\t3\n": 12 << 10, "Name:\tx\n": 0} {
		if got := peakOf(text); got != want {
			t.Errorf("%q: %d bytes, want %d", text, got, want)
		}
	}
}
