package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider"
)

// inProcess drives the provider in this process, over the calls that Terraform makes. It
// plays Terraform's part: what is written here follows Terraform's own code
// (internal/terraform/node_resource_abstract_instance.go), as of 1.11 to 1.15.
type inProcess struct {
	baseURL, token string

	mu sync.Mutex
	// resources is the state, by address.
	resources map[string]resource
	// serving is the provider of the walk that is under way; nil between walks.
	serving tfprotov6.ProviderServer
	// interrupted says that the run under way was asked to end.
	interrupted bool
}

// resource is what a state file has of one resource.
type resource struct {
	kind    string
	version int64
	// json are the attributes. Terraform keeps them as JSON as well.
	json    []byte
	private []byte
	tainted bool
	// after are the addresses that it referred to when it was last written.
	after []string
}

// openInProcess is the [opener] of this driver.
func openInProcess(_ context.Context, server *fakeapi.Server) (driver, error) {
	return &inProcess{baseURL: server.BaseURL(), token: server.Token(), resources: map[string]resource{}}, nil
}

// apply implements [driver].
func (d *inProcess) apply(ctx context.Context, c configuration, settings settings) run {
	d.begin()
	var r run
	planning, err := d.newWalk(ctx, settings, &r)
	if err != nil {
		r.fail("%v", err)
		return r
	}
	changes := planning.planAll(c)
	d.endWalk()
	if len(r.errors) > 0 {
		return r // of a plan that fails nothing is kept, what was refreshed included
	}
	if d.isInterrupted() {
		r.fail("interrupted after the plan")
		return r
	}
	d.keepRefreshed(changes)
	applying, err := d.newWalk(ctx, settings, &r)
	if err != nil {
		r.fail("%v", err)
		return r
	}
	applying.applyAll(changes)
	d.endWalk()
	return r
}

// plan implements [driver].
func (d *inProcess) plan(ctx context.Context, c configuration, settings settings) ([]string, run) {
	d.begin()
	var r run
	w, err := d.newWalk(ctx, settings, &r)
	if err != nil {
		r.fail("%v", err)
		return nil, r
	}
	defer d.endWalk()
	var lines []string
	for _, change := range w.planAll(c) {
		if change.action != noOp {
			lines = append(lines, change.String())
		}
	}
	return lines, r
}

// state implements [driver].
func (d *inProcess) state(context.Context) (map[string]attributes, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	known := map[string]attributes{}
	for address, r := range d.resources {
		if r.tainted {
			return nil, fmt.Errorf("%s is tainted", address)
		}
		object, _ := decode(string(r.json)).(map[string]any)
		known[address] = object
	}
	return known, nil
}

// interrupt implements [driver]: running calls are cancelled, no new ones begin.
func (d *inProcess) interrupt() {
	d.mu.Lock()
	d.interrupted = true
	serving := d.serving
	d.mu.Unlock()
	if serving != nil {
		// It only cancels contexts; there is no error that it could give.
		_, _ = serving.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{})
	}
}

// kill implements [driver]. There is no process to kill: it is as good as an interruption.
func (d *inProcess) kill() int {
	d.interrupt()
	return 0
}

// close implements [driver].
func (d *inProcess) close() error { return nil }

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

func (d *inProcess) endWalk() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.serving = nil
}

func (d *inProcess) resource(address string) (resource, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, ok := d.resources[address]
	return r, ok
}

func (d *inProcess) all() map[string]resource {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.resources)
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

// keepRefreshed makes what the plan's refresh has seen the state that the apply starts
// from.
func (d *inProcess) keepRefreshed(changes []*change) {
	for _, c := range changes {
		d.keep(c.address, c.refreshed)
	}
}

// walk is one configured provider: Terraform starts a new one for the plan and one for the
// apply.
type walk struct {
	*inProcess
	ctx    context.Context
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse

	said sync.Mutex // guards run
	run  *run
}

func (d *inProcess) newWalk(ctx context.Context, settings settings, r *run) (*walk, error) {
	server, err := provider.NewServer(provider.New("chaos", provider.WithRetryWait(2*time.Millisecond))())
	if err != nil {
		return nil, err
	}
	w := &walk{inProcess: d, ctx: ctx, server: server, run: r}
	if w.schema, err = server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		return nil, err
	}
	block := pack(build(w.schema.Provider.ValueType(), map[string]any{
		"base_url": d.baseURL, "token": d.token, "max_retries": settings.retries, "request_timeout": settings.timeout,
	}))
	validated, err := server.ValidateProviderConfig(ctx, &tfprotov6.ValidateProviderConfigRequest{Config: block})
	if err != nil {
		return nil, err
	}
	if err := w.heard("the provider block", validated.Diagnostics); err != nil {
		return nil, err
	}
	configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: block})
	if err != nil {
		return nil, err
	}
	if err := w.heard("the provider block", configured.Diagnostics); err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.serving = server
	d.mu.Unlock()
	return w, nil
}

// heard writes down what the provider says. It gives an error if it said one.
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
func (w *walk) note(errs []error) {
	w.said.Lock()
	defer w.said.Unlock()
	for _, err := range errs {
		w.run.fail("%v", err)
	}
}

func (w *walk) schemaOf(kind string) *tfprotov6.Schema { return w.schema.ResourceSchemas[kind] }

func encodeState(a attributes) []byte {
	encoded, err := json.Marshal(a)
	if err != nil {
		panic(fmt.Sprintf("chaos: a state does not encode: %v", err))
	}
	return encoded
}
