package action

import (
	"maps"
	"strings"
	"testing"
)

// computedOnly are the attributes of talq_action that nobody sets.
var computedOnly = []string{"id", "label", "created_at", "updated_at", "revision"}

func TestSchemaOfAnActionIsTheModel(t *testing.T) {
	inSchema := map[string]string{}
	for name, attribute := range actionSchema().Attributes {
		kind := "a person sets it"
		if !attribute.IsRequired() && !attribute.IsOptional() {
			kind = "computed"
		}
		inSchema[name] = kind
	}
	inModel := map[string]string{}
	for name := range new(actionModel).attributes() {
		inModel[name] = "a person sets it"
	}
	for _, name := range computedOnly {
		inModel[name] = "computed"
	}
	if !maps.Equal(inSchema, inModel) {
		t.Errorf("the schema has\n%v\nthe model\n%v", inSchema, inModel)
	}
}

func TestSchemaSaysWhatIsNotReadBack(t *testing.T) {
	for name, attribute := range actionSchema().Attributes {
		description := attribute.GetMarkdownDescription()
		says := strings.Contains(description, "does not return it") || strings.Contains(description, "never returns it")
		if hidden := isHidden(name) || name == "node_id"; says != hidden {
			t.Errorf("%s: the description says so: %v; it is hidden: %v", name, says, hidden)
		}
	}
}
