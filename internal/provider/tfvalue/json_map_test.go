package tfvalue

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

// TestEqualAndMeans: two texts of ours are equal where only their form differs; what the API
// returns may differ in more that changes nothing.
func TestEqualAndMeans(t *testing.T) {
	for _, row := range []struct {
		a, b         string
		equal, means bool
	}{
		{`{"a":1,"b":[true]}`, "{ \"b\": [ true ],\n\"a\": 1 }", true, true},
		{`1`, `1.0`, false, true},
		{`{"a":" x "}`, `{"a":"x"}`, false, true},
		{`{"a":""}`, `{"a":null}`, false, true},
		{`{"a":1}`, `{"a":2}`, false, false},
		{`[1,2]`, `[2,1]`, false, false},
		{`{"a":1}`, `{`, false, false},
		{`{`, `{`, false, false},
		{`1`, `1 2`, false, false},
	} {
		if got := EqualJSON(row.a, row.b); got != row.equal {
			t.Errorf("EqualJSON of %s and %s is %t", row.a, row.b, got)
		}
		if got := MeansJSON(row.a, json.RawMessage(row.b)); got != row.means {
			t.Errorf("MeansJSON of %s and %s is %t", row.a, row.b, got)
		}
	}
}

// TestJSONMapFromAPI: unknown, null and empty are three things, and a form of ours stays.
func TestJSONMapFromAPI(t *testing.T) {
	null, unknown, empty := types.MapNull(types.StringType), types.MapUnknown(types.StringType), types.MapValueMust(types.StringType, map[string]attr.Value{})
	of := func(text string) types.Map {
		return types.MapValueMust(types.StringType, map[string]attr.Value{"a": types.StringValue(text)})
	}
	object := func(text string) talq.Opt[map[string]json.RawMessage] {
		return talq.Some(map[string]json.RawMessage{"a": json.RawMessage(text)})
	}
	for name, row := range map[string]struct {
		prior types.Map
		got   talq.Opt[map[string]json.RawMessage]
		want  types.Map
	}{
		"left out":                  {of("{}"), talq.Opt[map[string]json.RawMessage]{}, of("{}")},
		"left out, unknown before":  {unknown, talq.Opt[map[string]json.RawMessage]{}, null},
		"null":                      {of("{}"), talq.Null[map[string]json.RawMessage](), null},
		"empty":                     {of("{}"), talq.Some(map[string]json.RawMessage{}), null},
		"null, empty before":        {empty, talq.Null[map[string]json.RawMessage](), empty},
		"null, unknown before":      {unknown, talq.Null[map[string]json.RawMessage](), null},
		"new":                       {null, object(`{ "n": 1 }`), of(`{"n":1}`)},
		"a text":                    {null, object(`"x"`), of(`"x"`)},
		"the same in another form":  {of(`{ "n": 1.0 }`), object(`{"n":1}`), of(`{ "n": 1.0 }`)},
		"another":                   {of(`{ "n": 1 }`), object(`{ "n": 2 }`), of(`{"n":2}`)},
		"with a control character":  {null, object("\"\x1b\""), of("\"\u241b\"")},
		"no JSON of ours any more":  {of(`{`), object(`{}`), of(`{}`)},
		"with a character cut off ": {null, object("\"\xff\""), of("\"\ufffd\"")},
	} {
		if got := JSONMapFromAPI(row.prior, row.got); !got.Equal(row.want) {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}
