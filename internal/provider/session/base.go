package session

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// Base is what a resource or a list resource is built on: its name, and the session once the
// provider is configured.
type Base struct {
	*Session
	Name string // "action" for talq_action
}

// Metadata implements [resource.Resource].
func (b *Base) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + b.Name
}

// Configure implements [resource.ResourceWithConfigure].
func (b *Base) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	b.Session = From(req.ProviderData, &resp.Diagnostics)
}

// Resource is what a resource is built on.
type Resource struct {
	Base
	schema func() schema.Schema
}

// NewResource makes the base of a resource.
func NewResource(name string, schema func() schema.Schema) Resource {
	return Resource{Base{Name: name}, schema}
}

// Schema implements [resource.Resource].
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = r.schema()
}

// DataSource is what a data source is built on.
type DataSource struct {
	*Session
	name   string
	schema func() datasourceschema.Schema
}

// NewDataSource makes the base of a data source.
func NewDataSource(name string, schema func() datasourceschema.Schema) DataSource {
	return DataSource{nil, name, schema}
}

// Metadata implements [datasource.DataSource].
func (d *DataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

// Schema implements [datasource.DataSource].
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.schema()
}

// Configure implements [datasource.DataSourceWithConfigure].
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Session = From(req.ProviderData, &resp.Diagnostics)
}

// Lookup is a data source that one function fills in: M is the model of its attributes.
type Lookup[M any] struct {
	DataSource
	fill func(ctx context.Context, client *talq.Client, model *M, diags *diag.Diagnostics)
}

// NewLookup makes a data source. The function calls the API as the configured attributes say,
// and sets the computed ones.
func NewLookup[M any](name string, schema func() datasourceschema.Schema, fill func(context.Context, *talq.Client, *M, *diag.Diagnostics)) *Lookup[M] {
	return &Lookup[M]{NewDataSource(name, schema), fill}
}

// Read implements [datasource.DataSource].
func (l *Lookup[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model M
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if l.fill(ctx, l.Client, &model, &resp.Diagnostics); !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
	}
}

// Planned reads what a plan is about into plan and state, and reports whether it creates, and so
// has no state, or destroys, and so has no plan.
func Planned(ctx context.Context, req resource.ModifyPlanRequest, plan, state any, diags *diag.Diagnostics) (create, destroy bool) {
	create, destroy = req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !create {
		diags.Append(req.State.Get(ctx, state)...)
	}
	if !destroy {
		diags.Append(req.Plan.Get(ctx, plan)...)
	}
	return create, destroy
}
