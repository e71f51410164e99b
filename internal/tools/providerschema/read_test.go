package providerschema

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

const address = "registry.terraform.io/hashicorp/talq"

// ours returns the fixture's schemas as JSON, decoded without any struct, so that
// a comparison sees each key.
func ours(t *testing.T) map[string]any {
	t.Helper()
	schemas, err := Read(context.Background(), address, fixture{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(schemas)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, text)
}

func decode(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var decoded map[string]any
	if err := json.Unmarshal(text, &decoded); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return decoded
}

// at walks down through objects; a missing key returns nil.
func at(value any, keys ...string) any {
	for _, key := range keys {
		object, _ := value.(map[string]any)
		value = object[key]
	}
	return value
}

// TestReadWhatOldTerraformLeavesOut holds the parts that Terraform 1.11 does not
// print to a file that follows the form of a newer one.
func TestReadWhatOldTerraformLeavesOut(t *testing.T) {
	text, err := os.ReadFile("testdata/newer.json")
	if err != nil {
		t.Fatal(err)
	}
	served := ours(t)
	for key, want := range decode(t, text) {
		if got := at(served, "provider_schemas", address, key); !reflect.DeepEqual(got, want) {
			t.Errorf("%s is\n%v\nwant\n%v", key, got, want)
		}
	}
}

// TestReadIsReadByTerraformJSON decodes with the library that tfplugindocs uses.
func TestReadIsReadByTerraformJSON(t *testing.T) {
	schemas, err := Read(context.Background(), address, fixture{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(schemas)
	if err != nil {
		t.Fatal(err)
	}
	var back tfjson.ProviderSchemas
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(&back)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, text) {
		t.Errorf("read back and written again it is\n%s\nwant\n%s", again, text)
	}
	if len(back.Schemas[address].ResourceSchemas) != 1 {
		t.Error("the resource got lost")
	}
}

// broken is a provider whose resource has a name that Terraform refuses.
type broken struct{ fixture }

func (broken) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return brokenThing{} }}
}

type brokenThing struct{ thing }

func (brokenThing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: map[string]schema.Attribute{"Not A Name": schema.StringAttribute{Optional: true}},
	}
}

func TestReadRefusesABrokenSchema(t *testing.T) {
	var p provider.Provider = broken{}
	if _, err := Read(context.Background(), address, p); err == nil || !strings.Contains(err.Error(), "Not A Name") {
		t.Errorf("got %v, want an error that names the attribute", err)
	}
}
