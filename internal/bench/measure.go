package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The steps of a life, in their order. A step that is not asked for is gone through all
// the same where a later one needs it, but not told.
const (
	stepApply   = "apply"
	stepPlan    = "plan"
	stepChange  = "change"
	stepDrift   = "drift"
	stepDestroy = "destroy"
	stepAir     = "air" // a life of its own
)

var allSteps = []string{stepApply, stepPlan, stepChange, stepDrift, stepDestroy, stepAir}

// row is one command, or the median of several runs of it.
type row struct {
	actions, agents int
	what            string
	time, cpu       time.Duration // cpu is the CLI's and its provider's together
	runs            int
	requests        requests
	provider        usage // nothing where it is not known
}

// requests are counts by call, in the order of [calls].
type requests [len(calls)]int

var calls = [...]fakeapi.Op{
	fakeapi.OpListActions, fakeapi.OpGetAgent, fakeapi.OpListAgents, fakeapi.OpUpsertAction, fakeapi.OpPublish, fakeapi.OpDeleteAction,
}

// ratio compares a plan without changes with the two that stand beside it.
type ratio struct {
	actions, agents        int
	plan, noRefresh, floor time.Duration // medians; floor is 0 where there is none
}

// result is all that was measured.
type result struct {
	machine string
	latency time.Duration
	rows    []row
	ratios  []ratio
	air     []airRow
}

// run measures all that the options ask for.
func run(ctx context.Context, o options) (found result, err error) {
	work, err := newWorkspace(ctx, o.cli)
	if err != nil {
		return result{}, err
	}
	defer func() { err = errors.Join(err, work.remove()) }()
	machine, err := work.machine(ctx)
	if err != nil {
		return result{}, err
	}
	found = result{machine: machine, latency: o.latency}
	if o.wants(stepAir) {
		if err := measureAir(ctx, o, work, &found); err != nil {
			return result{}, err
		}
	}
	if slices.Equal(o.steps, []string{stepAir}) {
		return found, nil
	}
	for _, agents := range o.agents {
		for _, actions := range o.actions {
			if err := measureLife(ctx, o, work, actions, agents, &found); err != nil {
				return result{}, fmt.Errorf("%d actions on %d agents: %w", actions, agents, err)
			}
		}
	}
	return found, nil
}

// life is that of some actions on some agents, from the first apply to the destroy.
type life struct {
	options
	*folder
	server          *fakeapi.Server
	actions, agents int
	found           *result
}

func measureLife(ctx context.Context, o options, work *workspace, actions, agents int, found *result) error {
	server, err := fakeapi.Start()
	if err != nil {
		return err
	}
	defer server.Close()
	ids := []string{}
	for range agents {
		ids = append(ids, server.AddAgent(fakeapi.AgentSeed{}))
	}
	server.Inject(fakeapi.Fault{Delay: o.latency})
	f, err := work.folder(actionsConfiguration(actions, ids), "TALQ_BASE_URL="+server.BaseURL(), "TALQ_TOKEN="+server.Token())
	if err != nil {
		return err
	}
	l := &life{options: o, folder: f, server: server, actions: actions, agents: agents, found: found}
	if err := l.measure(ctx, stepApply, "first apply", 0, "apply", "-auto-approve"); err != nil {
		return err
	}
	if l.wants(stepPlan) {
		if err := l.plans(ctx); err != nil {
			return err
		}
	}
	if l.wants(stepChange) {
		if err := l.change(ctx); err != nil {
			return err
		}
	}
	if l.wants(stepDrift) {
		act := server.Actions(ids[0])[0]
		server.EditAction(ids[0], act.ID, map[string]any{"description": "Edited in the dashboard."})
		if err := l.measure(ctx, stepDrift, "drift: plan", 2, "plan", "-detailed-exitcode"); err != nil {
			return err
		}
	}
	if l.wants(stepDestroy) {
		return l.measure(ctx, stepDestroy, "destroy", 0, "destroy", "-auto-approve")
	}
	return nil
}

func (o options) wants(step string) bool { return slices.Contains(o.steps, step) }

// change edits one action in the configuration, plans, and applies the plan.
func (l *life) change(ctx context.Context) error {
	edit := "-var=first_description=Edited in the configuration."
	if err := l.measure(ctx, stepChange, "one change: plan", 2, "plan", edit, "-detailed-exitcode", "-out=saved.tfplan"); err != nil {
		return err
	}
	if err := l.measure(ctx, stepChange, "one change: apply", 0, "apply", "saved.tfplan"); err != nil {
		return err
	}
	// From here on the configuration is what was applied.
	l.env = append(l.env, "TF_VAR_first_description=Edited in the configuration.")
	return nil
}

// plans makes the plan without changes and those beside it, in turns, so that whatever
// else the machine does hits all of them alike.
func (l *life) plans(ctx context.Context) error {
	var floor *life
	if l.actions <= l.floorUpTo {
		f, err := l.workspace.folder(floorConfiguration(l.actions))
		if err != nil {
			return err
		}
		floor = &life{options: l.options, folder: f, server: l.server, actions: l.actions, agents: l.agents, found: &result{}}
		if err := floor.measure(ctx, stepApply, "first apply of terraform_data", 0, "apply", "-auto-approve"); err != nil {
			return err
		}
	}
	runs := 1
	if l.agents == 1 && slices.Contains(l.repeat, l.actions) {
		runs = l.runs
	}
	var plan, noRefresh, data []row
	for range runs {
		for _, turn := range []struct {
			*life
			into *[]row
			what string
			args []string
		}{
			{l, &plan, "no-op plan", nil},
			{l, &noRefresh, "no-op plan, -refresh=false", []string{"-refresh=false"}},
			{floor, &data, "no-op plan of terraform_data", nil},
		} {
			if turn.life == nil {
				continue
			}
			r, err := turn.command(ctx, turn.what, 0, append([]string{"plan", "-detailed-exitcode"}, turn.args...)...)
			if err != nil {
				return err
			}
			*turn.into = append(*turn.into, r)
		}
	}
	compared := ratio{actions: l.actions, agents: l.agents}
	for _, group := range []struct {
		rows []row
		into *time.Duration
	}{{plan, &compared.plan}, {noRefresh, &compared.noRefresh}, {data, &compared.floor}} {
		if len(group.rows) > 0 {
			middle := median(group.rows)
			*group.into = middle.time
			l.found.rows = append(l.found.rows, middle)
		}
	}
	l.found.ratios = append(l.found.ratios, compared)
	return nil
}

// median is the row in the middle by time, with the largest memory and the provider's
// CPU time in the middle of all.
func median(rows []row) row {
	sorted := slices.SortedFunc(slices.Values(rows), func(a, b row) int { return int(a.time - b.time) })
	middle := sorted[len(sorted)/2]
	middle.runs = len(rows)
	var times []time.Duration
	for _, r := range rows {
		middle.provider.memory = max(middle.provider.memory, r.provider.memory)
		times = append(times, r.provider.cpu)
	}
	slices.Sort(times)
	middle.provider.cpu = times[len(times)/2]
	return middle
}

// measure runs a command of a step, and tells it if the step was asked for.
func (l *life) measure(ctx context.Context, step, what string, code int, args ...string) error {
	r, err := l.command(ctx, what, code, args...)
	if err == nil && l.wants(step) {
		l.found.rows = append(l.found.rows, r)
	}
	return err
}

// command runs one command of the CLI.
func (l *life) command(ctx context.Context, what string, code int, args ...string) (row, error) {
	l.server.ForgetJournal()
	used := watch(l.provider)
	started := time.Now()
	_, cpu, err := l.run(ctx, code, slices.Concat(args[:1], []string{"-input=false", "-no-color"}, args[1:])...)
	r := row{actions: l.actions, agents: l.agents, what: what, time: time.Since(started), cpu: cpu, runs: 1, provider: used()}
	if err != nil {
		return row{}, err
	}
	for _, request := range l.server.Requests(fakeapi.Match{}) {
		if i := slices.Index(calls[:], request.Op); i >= 0 {
			r.requests[i]++
		}
	}
	fmt.Fprintf(l.progress, "%5d actions, %2d agents: %-30s %s, CPU %s, of it the provider's %s\n", l.actions, l.agents, what,
		seconds(r.time), seconds(r.cpu), seconds(r.provider.cpu))
	return r, nil
}
