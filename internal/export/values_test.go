package export

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// TestJSON is written as an expression, with references in the place of ids, but as the text
// itself where the expression would make other JSON.
func TestJSON(t *testing.T) {
	ids := references{"a-1": reference("talq_action", "book", "id")}
	for text, want := range map[string]string{
		`{"b":"a-1","a":["a-1",{"c":"a-1 "}]}`:               `jsonencode({a=[talq_action.book.id,{c="a-1 "}]b=talq_action.book.id})`,
		`{"for":"${x}","x y":"%{if}","null":null,"id":true}`: `jsonencode({id=true"for"="$${x}"null=null"x y"="%%{if}"})`,
		`{"n":[0.1,-3,1.50,12345678901234567890.5]}`:         `jsonencode({n=[0.1,-3,1.5,12345678901234567890.5]})`,
		`[]`:                                     `jsonencode([])`,
		`{"n":1e400}`:                            `"{\"n\":1e400}"`,
		`{"n":1E999999999}`:                      `"{\"n\":1E999999999}"`,
		`{"n":` + strings.Repeat("1", 200) + `}`: `"{\"n\":` + strings.Repeat("1", 200) + `}"`,
		`{"n":"o\u0308"}`:                        `"{\"n\":\"o\\u0308\"}"`,
		`{"o\u0308":1}`:                          `"{\"o\\u0308\":1}"`,
		`{"n":">\u0301"}`:                        `"{\"n\":\">\\u0301\"}"`, // jsonencode writes > as \u003e
		`{"n":`:                                  `"{\"n\":"`,
	} {
		got := string(ids.json(text).Bytes())
		if strings.Join(strings.Fields(got), "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s becomes %s, want %s", text, hclwrite.Format([]byte(got)), want)
		}
	}
}
