package acctest

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// Output reads the outputs of the state, as JSON.
func (w *Workspace) Output(name string) string {
	w.T.Helper()
	return strings.TrimSpace(string(w.Terraform("output", "-json", name).Exits(0).Stdout))
}

// PlanChanges expects a plan with changes and returns it, by resource address.
func (w *Workspace) PlanChanges(args ...string) map[string]*tfjson.Change {
	w.T.Helper()
	w.Terraform(append([]string{"plan", "-detailed-exitcode", "-input=false", "-out=saved.tfplan"}, args...)...).Exits(2)
	var plan tfjson.Plan
	if err := json.Unmarshal(w.Terraform("show", "-json", "saved.tfplan").Exits(0).Stdout, &plan); err != nil {
		w.T.Fatal(err)
	}
	changes := map[string]*tfjson.Change{}
	for _, r := range plan.ResourceChanges {
		if !r.Change.Actions.NoOp() && !r.Change.Actions.Read() {
			changes[r.Address] = r.Change
		}
	}
	return changes
}

// State returns the attributes of the root module's resources and data sources in
// the state, by address. It reads the file itself: a start of the CLI costs more
// than all else that a test does.
func (w *Workspace) State() map[string]map[string]any {
	w.T.Helper()
	resources := map[string]map[string]any{}
	text, err := os.ReadFile(filepath.Join(w.Dir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) {
		return resources // nothing was ever stored
	}
	if err != nil {
		w.T.Fatal(err)
	}
	var state struct {
		Version   int
		Resources []struct {
			Module, Mode, Type, Name string
			Instances                []struct {
				Key        any `json:"index_key"`
				Status     string
				Deposed    string
				Attributes map[string]any
			}
		}
	}
	if err := json.Unmarshal(text, &state); err != nil {
		w.T.Fatal(err)
	}
	if state.Version != 4 {
		w.T.Fatalf("the state has version %d, want 4", state.Version)
	}
	for _, r := range state.Resources {
		if r.Module != "" {
			continue
		}
		for _, instance := range r.Instances {
			address := r.Type + "." + r.Name
			if r.Mode == "data" {
				address = "data." + address
			}
			if instance.Key != nil {
				key, err := json.Marshal(instance.Key)
				if err != nil {
					w.T.Fatal(err)
				}
				address += "[" + string(key) + "]"
			}
			if instance.Status != "" || instance.Deposed != "" {
				w.T.Errorf("%s is %s %s", address, instance.Status, instance.Deposed)
			}
			resources[address] = instance.Attributes
		}
	}
	return resources
}
