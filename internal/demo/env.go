package main

import (
	"os"
	"strings"
)

// foreign are the beginnings of the variables that would let the user's own set-up, or a
// real account, leak into the demo.
var foreign = []string{"TF_", "TOFU_", "TALQ_", "TALKOVER_"}

// cleanEnv is the environment without what would change the demo.
func cleanEnv() map[string]string {
	env := map[string]string{}
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		if name != "" && !isForeign(name) {
			env[name] = value
		}
	}
	// No question to HashiCorp whether there is a newer version.
	env["CHECKPOINT_DISABLE"] = "1"
	return env
}

func isForeign(name string) bool {
	for _, prefix := range foreign {
		if strings.HasPrefix(strings.ToUpper(name), prefix) {
			return true
		}
	}
	return false
}

// childEnv is the environment in which the CLI runs.
func childEnv(work *workspace, talq *standIn) map[string]string {
	env := cleanEnv()
	for _, v := range ownVariables(work, talq) {
		env[v.name] = v.value
	}
	return env
}

// variable is one of the environment.
type variable struct{ name, value string }

// ownVariables are those that the demo sets, in the order in which a person reads them.
func ownVariables(work *workspace, talq *standIn) []variable {
	return []variable{
		{"TF_CLI_CONFIG_FILE", work.cliConfig},
		{"TALQ_BASE_URL", talq.server.BaseURL()},
		{"TALQ_TOKEN", talq.server.Token()},
	}
}
