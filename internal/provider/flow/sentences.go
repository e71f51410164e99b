package flow

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// addSentences makes an error of each sentence with which the API refuses a flow, on the node
// at fault where the sentence names one, else on the flow.
func (m *flowModel) addSentences(diags *diag.Diagnostics, sentences []string, closing string) {
	for _, sentence := range sentences {
		diags.AddAttributeError(m.placeOf(sentence), "The API refuses the flow", fmt.Sprintf("It says: %s\n\n%s", sentence, closing))
	}
}

// form is the name of the attribute that holds the flow.
func (m *flowModel) form() string {
	if m.FlowConfig.IsNull() && !m.FlowConfigJSON.IsNull() {
		return attributeJSON
	}
	return attributeConfig
}

// fieldOfNode finds the number of a node in a sentence that the API gave to a field: Laravel
// writes flow_config.nodes.2.content.
var fieldOfNode = regexp.MustCompile(`^flow_config\.nodes\.(\d{1,6})\b`)

// placeOf returns the attribute that a sentence is about: the node whose id it quotes first.
func (m *flowModel) placeOf(sentence string) path.Path {
	at := path.Root(m.form())
	if m.form() == attributeJSON {
		return at
	}
	nodes := listIn(m.FlowConfig, "nodes").Elements()
	if found := fieldOfNode.FindStringSubmatch(sentence); found != nil {
		if i, err := strconv.Atoi(found[1]); err == nil && i < len(nodes) {
			return at.AtName("nodes").AtListIndex(i)
		}
	}
	if strings.HasPrefix(sentence, "initial_node_id") {
		return at.AtName("initial_node_id")
	}
	first, which := len(sentence), -1
	for i, element := range nodes {
		node, _ := element.(types.Object)
		id := textIn(node, "id").ValueString()
		for _, quote := range []string{"'", `"`, "`"} {
			// Of two nodes with one id it is the second one that is too many.
			if here := strings.Index(sentence, quote+id+quote); id != "" && here >= 0 && here <= first {
				first, which = here, i
			}
		}
	}
	if which < 0 {
		return at
	}
	return at.AtName("nodes").AtListIndex(which)
}
