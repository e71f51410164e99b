// Package export writes what stands in a Talq account down as Terraform configuration: a
// folder, which is a module, for each agent, and import blocks for all of it. It is the
// command `terraform-provider-talq export`.
package export

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talqover/terraform-provider-talq/internal/provider"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// The exit codes of [Run].
const (
	done      = 0
	failed    = 1 // wholly or in part; what could be written is written
	wrongCall = 2
)

const usage = `Usage: terraform-provider-talq export -out DIR [-agent ID ...]

Writes the agents that the token reaches, with all that they have, into DIR as
Terraform configuration. It only reads from Talq, and changes no file that
it did not write itself. The token comes from TALQ_TOKEN; TALQ_BASE_URL and
TALQ_CA_CERT are read too, as by the provider.

`

// Run exports as the arguments say, and returns the exit code of the process. It says on
// stdout what was written, and on stderr how far it is and what went wrong.
func Run(ctx context.Context, version string, args []string, stdout, stderr io.Writer, options ...provider.Option) int {
	var out string
	var ids []string
	flags := flag.NewFlagSet("export", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	flags.StringVar(&out, "out", "", "the `folder` to write into; made if it is not there")
	flags.Func("agent", "the `id` of an agent; may be given more than once. Without it all agents are exported", func(id string) error {
		if problem := tfvalue.AgentIDValidator.Check(id); problem != "" {
			return fmt.Errorf("%s", problem)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return wrongCall // which flags has said already
	}
	if out == "" || flags.NArg() > 0 {
		flags.Usage()
		return wrongCall
	}
	client, problems := provider.NewClient(version, "export", options...)
	if problems.HasError() {
		for _, d := range problems {
			fmt.Fprintf(stderr, "%s: %s. %s\n", d.Severity(), d.Summary(), d.Detail())
		}
		return failed
	}
	folder, err := openFolder(out)
	if err != nil {
		fmt.Fprintf(stderr, "Error: %s\n", err)
		return failed
	}
	defer folder.close()
	e := &exporter{client: client, version: version, folder: folder, stdout: stdout, stderr: stderr}
	if e.check, err = newChecker(ctx, version); err != nil {
		fmt.Fprintf(stderr, "Error: %s\n", err)
		return failed
	}
	return e.run(ctx, ids)
}

type exporter struct {
	client         *talq.Client
	version        string
	folder         *folder
	check          *checker
	stdout, stderr io.Writer

	agents, resources int      // that were written down
	notes             []string // what a person should know of what was written
	failures          []string // what was not written
}

// run exports the agents with these ids, or all.
func (e *exporter) run(ctx context.Context, ids []string) int {
	all := len(ids) == 0
	if all {
		listed, err := e.client.ListAgents(ctx, talq.AgentFilter{})
		if err != nil {
			e.apiFailure("list", "agents", err)
			return e.report()
		}
		sortByAge(listed, func(a talq.Agent) (talq.Opt[string], string) { return a.CreatedAt.Opt(), a.ID })
		for _, agent := range listed {
			ids = append(ids, agent.ID)
		}
	}
	terminal := terminalOf(e.stderr)
	for i, id := range ids {
		fmt.Fprint(terminal, progress(i+1, len(ids), id))
		e.agent(ctx, id)
		if rest := ids[i+1:]; ctx.Err() != nil && len(rest) > 0 {
			e.failures = append(e.failures, "interrupted before these agents were exported: "+tfvalue.Escaped(strings.Join(rest, ", ")))
			break
		}
	}
	fmt.Fprint(terminal, clearLine)
	if all {
		e.gone(ids)
	}
	if e.agents > 0 {
		if err := e.folder.writeAll(e.rootFiles(), ""); err != nil {
			e.failures = append(e.failures, "the root module: "+err.Error())
		}
	}
	if err := e.folder.keepManifest(); err != nil {
		e.failures = append(e.failures, err.Error())
	}
	return e.report()
}

// gone names the agents that have files of an earlier export and are not listed any more.
// Nothing is deleted: of an agent that this token merely does not reach, the next apply would
// destroy all.
func (e *exporter) gone(listed []string) {
	for _, id := range slices.Sorted(maps.Keys(e.folder.names[agentScope])) {
		m := newModule(id, e.folder.names[agentScope][id])
		if slices.Contains(listed, id) || !e.folder.there(m.callFile()) {
			continue
		}
		e.failures = append(e.failures, fmt.Sprintf("agent %s: Talq does not list it any more, and the next apply would create it again. If it was deleted, delete its files too: %s, %s and the folder %s",
			tfvalue.Escaped(id), m.callFile(), m.importsFile(), m.folder))
	}
}

// agent exports one agent: all of its files, or none of them. If none is written, the names
// that it would have had are free again.
func (e *exporter) agent(ctx context.Context, id string) {
	names, written := e.folder.names.clone(), e.folder.written
	if !e.write(ctx, id) && e.folder.written == written {
		e.folder.names = names
	}
}

// write writes an agent down, and reports whether it could.
func (e *exporter) write(ctx context.Context, id string) bool {
	seen, err := e.read(ctx, id)
	if err != nil {
		e.apiFailure("read", "agent "+tfvalue.Escaped(id), err)
		return false
	}
	m := e.module(ctx, seen)
	if m == nil {
		return false
	}
	err = e.folder.writeAll(m.files(), m.folder)
	if err == nil {
		err = e.folder.keepManifest() // a later agent may be the one at which the process is killed
	}
	if err != nil {
		e.failures = append(e.failures, fmt.Sprintf("agent %s: %s", tfvalue.Escaped(id), err))
		return false
	}
	e.agents++
	e.resources += len(m.imports)
	return true
}

// apiFailure notes a call that failed, in the words that the provider has for it.
func (e *exporter) apiFailure(verb, subject string, err error) {
	var diags diag.Diagnostics
	session.AddAPIError(&diags, session.Operation{Verb: verb, Subject: subject, Stateless: true}, err)
	for _, d := range diags {
		e.failures = append(e.failures, d.Summary()+": "+d.Detail())
	}
}

func (e *exporter) report() int {
	fmt.Fprintf(e.stdout, "%d of the files in %s are new or changed. %d agents, %d resources to import.\n", e.folder.written, e.folder.name, e.agents, e.resources)
	if e.agents > 0 {
		fmt.Fprintf(e.stdout, "The next commands are in %s.\n", readmeFile)
	}
	for _, note := range e.notes {
		fmt.Fprintf(e.stderr, "Note: %s\n", note)
	}
	for _, failure := range e.failures {
		fmt.Fprintf(e.stderr, "Error: %s\n", failure)
	}
	if len(e.failures) > 0 {
		return failed
	}
	return done
}
