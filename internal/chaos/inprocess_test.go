package chaos

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider"
)

// inProcess drives the provider in this process, over the calls that Terraform makes. It
// plays Terraform's part: what is written here follows Terraform's own code
// (internal/terraform/node_resource_abstract_instance.go), as of 1.11 to 1.15. What it
// leaves out, such as the validation of the provider block and the upgrade of states, the
// storms through the CLI have.
type inProcess struct {
	baseURL, token string

	mu sync.Mutex
	// resources is the state, by address.
	resources map[string]resource
	// serving is the provider of the last walk, which may be under way.
	serving tfprotov6.ProviderServer
	// interrupted says that the run under way was asked to end.
	interrupted bool
}

// resource is what a state has of one resource.
type resource struct {
	kind    string
	value   tftypes.Value
	private []byte
	tainted bool
	// after are the addresses that it referred to when it was last written.
	after []string
}

// openInProcess is the [opener] of this driver.
func openInProcess(server *fakeapi.Server) driver {
	return &inProcess{baseURL: server.BaseURL(), token: server.Token(), resources: map[string]resource{}}
}

// apply implements [driver].
func (d *inProcess) apply(ctx context.Context, c configuration, settings settings) (r run) {
	d.begin()
	changes := d.newWalk(ctx, settings, &r).planAll(c)
	if len(r.errors) > 0 {
		return r // of a plan that fails nothing is kept, what was refreshed included
	}
	if d.isInterrupted() {
		r.fail("interrupted after the plan")
		return r
	}
	for _, c := range changes {
		d.keep(c.address, c.refreshed)
	}
	d.newWalk(ctx, settings, &r).applyAll(changes)
	return r
}

// plan implements [driver].
func (d *inProcess) plan(ctx context.Context, c configuration, settings settings) (lines []string, r run) {
	d.begin()
	for _, c := range d.newWalk(ctx, settings, &r).planAll(c) {
		if c.action != noOp {
			lines = append(lines, fmt.Sprintf("%s: %s %s", c.address, c.action, strings.Join(departures(c.after, c.before), ", ")))
		}
	}
	return lines, r
}

// state implements [driver].
func (d *inProcess) state(context.Context) (map[string]attributes, error) {
	known := map[string]attributes{}
	for address, r := range d.all() {
		if r.tainted {
			return nil, fmt.Errorf("%s is tainted", address)
		}
		known[address] = plain(r.value).(map[string]any)
	}
	return known, nil
}

// takeOver implements [driver].
func (d *inProcess) takeOver(ctx context.Context, address, id string) (r run) {
	w := d.newWalk(ctx, fair, &r)
	answer := must(w.server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{TypeName: typeOf(address), ID: id}))
	w.note(w.heard(address, answer.Diagnostics))
	for _, imported := range answer.ImportedResources {
		d.keep(address, &resource{kind: typeOf(address), value: unpack(w.typeOf(typeOf(address)), imported.State), private: imported.Private})
	}
	c := &change{declared: declared{address: address, kind: typeOf(address)}}
	w.note(w.refresh(c))
	d.keep(address, c.refreshed)
	return r
}

// forget implements [driver].
func (d *inProcess) forget(_ context.Context, address string) run {
	d.keep(address, nil)
	return run{}
}

// cut implements [driver]: running calls are cancelled, no new ones begin. There is no
// process to kill.
func (d *inProcess) cut(bool) {
	d.mu.Lock()
	d.interrupted = true
	serving := d.serving
	d.mu.Unlock()
	must(serving.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{}))
}

func (d *inProcess) begin() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.interrupted = false
}

func (d *inProcess) isInterrupted() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.interrupted
}

func (d *inProcess) all() map[string]resource {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.resources)
}

// resource returns what the state has of an address; nil for nothing.
func (d *inProcess) resource(address string) *resource {
	if r, ok := d.all()[address]; ok {
		return &r
	}
	return nil
}

// keep stores a resource; nil takes it out of the state.
func (d *inProcess) keep(address string, r *resource) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r == nil {
		delete(d.resources, address)
	} else {
		d.resources[address] = *r
	}
}

// walk is one configured provider: Terraform starts a new one for the plan and one for the
// apply.
type walk struct {
	*inProcess
	ctx     context.Context
	server  tfprotov6.ProviderServer
	schemas map[string]*tfprotov6.Schema

	said sync.Mutex // guards run
	run  *run
}

func (d *inProcess) newWalk(ctx context.Context, settings settings, r *run) *walk {
	server := provider.NewServer("chaos", provider.WithRetryWait(2*time.Millisecond))()
	schema := must(server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{}))
	w := &walk{inProcess: d, ctx: ctx, server: server, schemas: schema.ResourceSchemas, run: r}
	block := build(schema.Provider.ValueType(), map[string]any{
		"base_url": d.baseURL, "token": d.token, "max_retries": settings.retries, "request_timeout": settings.timeout,
	})
	configured := must(server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: pack(block)}))
	if err := w.heard("the provider block", configured.Diagnostics); err != nil {
		w.note(err)
	}
	d.mu.Lock()
	d.serving = server
	d.mu.Unlock()
	return w
}

// heard writes down what the provider says. It returns an error if it said one.
func (w *walk) heard(about string, said []*tfprotov6.Diagnostic) error {
	w.said.Lock()
	defer w.said.Unlock()
	var problems []string
	for _, d := range said {
		w.run.output += d.Summary + "\n" + d.Detail + "\n"
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			problems = append(problems, d.Summary+": "+d.Detail)
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s: %s", about, strings.Join(problems, "; "))
	}
	return nil
}

// note writes down the errors of a walk.
func (w *walk) note(errs ...error) {
	w.said.Lock()
	defer w.said.Unlock()
	for _, err := range errs {
		if err != nil {
			w.run.fail("%v", err)
		}
	}
}

func (w *walk) typeOf(kind string) tftypes.Type { return w.schemas[kind].ValueType() }
