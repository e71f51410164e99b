package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
)

// validateData calls ValidateDataResourceConfig.
func (p *protocol) validateData(name string, config given) check.Said {
	p.t.Helper()
	kind := p.schema.DataSourceSchemas[name].ValueType()
	resp, err := p.server.ValidateDataResourceConfig(p.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: name, Config: pack(p.t, build(p.t, kind, config)),
	})
	p.check(err)
	return p.read(resp.Diagnostics)
}

// readData calls ReadDataSource, and gives what it holds now; nil after an error.
func (p *protocol) readData(name string, config given) (given, check.Said) {
	p.t.Helper()
	kind := p.schema.DataSourceSchemas[name].ValueType()
	resp, err := p.server.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: name, Config: pack(p.t, build(p.t, kind, config)),
	})
	p.check(err)
	said := p.read(resp.Diagnostics)
	if resp.State == nil {
		return nil, said
	}
	value, err := resp.State.Unmarshal(kind)
	p.check(err)
	state, _ := plain(p.t, value).(given)
	return state, said
}

// elements returns a list of objects that a data source holds.
func elements(state given, list string) []given {
	found := []given{}
	all, _ := state[list].([]any)
	for _, element := range all {
		object, _ := element.(given)
		found = append(found, object)
	}
	return found
}
