package action

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talqover/terraform-provider-talq/internal/provider/tfvalue"
)

// ValidateConfig implements [resource.ResourceWithValidateConfig]: the rules
// that look at more than one attribute. An unknown value breaks none of them.
func (r *actionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.checkRules(&resp.Diagnostics)
	config.checkInputs(&resp.Diagnostics)
	config.checkPhrases(&resp.Diagnostics)
	tfvalue.WarnCredentials("url", config.URL, &resp.Diagnostics)
	tfvalue.WarnCredentials("authorization_url", config.AuthorizationURL, &resp.Diagnostics)
	config.CheckHeaders(&resp.Diagnostics)
}

// reservedInputs are the inputs that an attribute of the type stands for.
var reservedInputs = map[string]string{TypeTransfer: "transfer_to", TypeHold: "hold_duration"}

func (m *actionModel) checkInputs(diags *diag.Diagnostics) {
	inputs := inputsOf(m.Inputs)
	seen := map[string]bool{}
	for i := range len(m.Inputs.Elements()) {
		input, ok := inputs[i]
		if !ok {
			continue
		}
		at := path.Root("inputs").AtListIndex(i)
		switch {
		case input.Name.IsUnknown():
		case input.Name.IsNull():
			diags.AddAttributeError(at.AtName("name"), "Missing name of an input",
				"Each input needs a name: the agent stores what it collects under it. Give it one, or remove the input.")
		default:
			name := tfvalue.Trim(input.Name.ValueString())
			if seen[name] {
				diags.AddAttributeError(at.AtName("name"), "Input given twice",
					fmt.Sprintf("There is more than one input named %q, and names must be unique in the list. Rename one or remove it.", name))
			}
			seen[name] = true
			if reserved, ok := reservedInputs[m.Type.ValueString()]; ok && name == reserved {
				diags.AddAttributeError(at.AtName("name"), "Input that has an attribute of its own",
					fmt.Sprintf("On an action of type %q the input %q is made from the attribute of that name. Remove the input and set %s.",
						m.Type.ValueString(), name, name))
			}
		}
		input.checkValue(at, diags)
	}
}

func (m inputModel) checkValue(at path.Path, diags *diag.Diagnostics) {
	if m.Value.IsNull() || m.Value.IsUnknown() || m.Type.IsUnknown() {
		return
	}
	if _, err := tfvalue.WireValue(m.Type.ValueString(), m.Value.ValueString()); err != nil {
		diags.AddAttributeError(at.AtName("value"), summaryWrongValue, wrongValue(m.Name.ValueString(), m.Type.ValueString(), err))
	}
}

func (m *actionModel) checkPhrases(diags *diag.Diagnostics) {
	if m.ExecutionMode.ValueString() != modePostCall {
		return
	}
	phrases := map[string]types.String{"speak_on_send": m.SpeakOnSend, "speak_on_receive": m.SpeakOnReceive}
	for _, name := range slices.Sorted(maps.Keys(phrases)) {
		if phrases[name].ValueString() != "" {
			diags.AddAttributeWarning(path.Root(name), "Nobody will hear this",
				fmt.Sprintf("With execution_mode = %q the action runs after the call, when nobody is on the line any more. Remove %s, or run the action during the call.",
					modePostCall, name))
		}
	}
}
