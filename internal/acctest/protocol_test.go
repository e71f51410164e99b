package acctest_test

import (
	"fmt"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

func TestProtocolHarnessKeepsWhatItIsGiven(t *testing.T) {
	p := acctest.NewProtocol(t)
	state := p.Action(acctest.Values{"name": acctest.Unknown, "inputs": []any{acctest.Values{"name": "a", "required": true}, acctest.Unknown}, "hold_duration": 7,
		"custom_headers": acctest.Values{"X-A": acctest.Unknown}})
	want := fmt.Sprint(acctest.Values{"name": "a", "required": true, "type": nil, "description": nil, "value": nil})
	inputs, ok := p.Attribute(state, "inputs").([]any)
	if !ok || len(inputs) != 2 || fmt.Sprint(inputs[0]) != want || inputs[1] != acctest.Unknown {
		t.Errorf("inputs are %v", inputs)
	}
	if headers := fmt.Sprint(p.Attribute(state, "custom_headers")); headers != fmt.Sprint(acctest.Values{"X-A": acctest.Unknown}) {
		t.Errorf("custom_headers are %s", headers)
	}
	if p.Attribute(state, "name") != acctest.Unknown || p.Attribute(state, "url") != nil || p.Attribute(state, "hold_duration") != int64(7) {
		t.Errorf("the state is %v", acctest.Plain(t, state))
	}
}
