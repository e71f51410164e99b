package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talqover/terraform-provider-talq/internal/acctest/check"
)

// ValidateData calls ValidateDataResourceConfig.
func (p *Protocol) ValidateData(name string, config Values) check.Said {
	p.T.Helper()
	kind := p.Schema.DataSourceSchemas[name].ValueType()
	resp, err := p.Server.ValidateDataResourceConfig(p.T.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: name, Config: Pack(p.T, Build(p.T, kind, config)),
	})
	p.Check(err)
	return p.Read(resp.Diagnostics)
}

// ReadData calls ReadDataSource, and returns what it holds now; nil after an error.
func (p *Protocol) ReadData(name string, config Values) (Values, check.Said) {
	p.T.Helper()
	kind := p.Schema.DataSourceSchemas[name].ValueType()
	resp, err := p.Server.ReadDataSource(p.T.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: name, Config: Pack(p.T, Build(p.T, kind, config)),
	})
	p.Check(err)
	said := p.Read(resp.Diagnostics)
	if resp.State == nil {
		return nil, said
	}
	value, err := resp.State.Unmarshal(kind)
	p.Check(err)
	state, _ := Plain(p.T, value).(Values)
	return state, said
}

// Elements returns a list of objects that a data source holds.
func Elements(state Values, list string) []Values {
	found := []Values{}
	all, _ := state[list].([]any)
	for _, element := range all {
		object, _ := element.(Values)
		found = append(found, object)
	}
	return found
}
