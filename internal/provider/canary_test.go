package provider_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
	"github.com/talqover/terraform-provider-talq/internal/provider/session"
)

// The canaries: each stands at one place of the configuration or of the
// environment, and its text nowhere else in the world.
const (
	canaryToken    = "talq_canary-of-the-token-7f3a91"
	canaryPlain    = "canary-of-a-plain-header-2b8c44"
	canaryWO       = "canary-of-a-write-only-header-9d1e05"
	canaryWOLater  = "canary-of-the-rotated-header-c4a7f2"
	canaryInError  = "canary-of-an-error-message-51ee0b"
	canaryPrompt   = "canary-of-a-prompt-08d3fa" // no secret, but in no log
	canaryEnvToken = session.EnvToken + "=" + canaryToken
)

var canaryConfig = acctest.LeastAgent().With(acctest.AgentFields{
	"label": `"Canary"`, "description": `"` + canaryPrompt + ` ${var.key_version}"`,
}).HCL("canary") + `
terraform {
  required_providers {
    talq = { source = "talqover/talq" }
  }
}

provider "talq" {
  max_retries = 1
}

variable "key" {
  type      = string
  ephemeral = true
}

variable "key_version" {
  type = number
}

resource "talq_action" "canary" {
  agent_id                  = "agent-1"
  node_id                   = "canary"
  name                      = "Canary"
  description               = "Sings."
  type                      = "webhook"
  url                       = "https://canary.example.com/sing"
  custom_headers            = { X-Plain = "` + canaryPlain + `" }
  custom_headers_wo         = { Authorization = "Bearer ${var.key}" }
  custom_headers_wo_version = var.key_version
}

resource "talq_training" "canary" {
  agent_id     = "agent-1"
  node_id      = "canary"
  subject      = "Canary"
  instructions = "` + canaryPrompt + ` ${var.key_version}"
}

resource "talq_agent_publication" "this" {
  agent_id = talq_action.canary.agent_id
  triggers = { canary = talq_action.canary.revision, training = talq_training.canary.revision }
}
`

const canaryImported = `
resource "talq_action" "imported" {
  agent_id                  = "agent-1"
  node_id                   = "imported"
  name                      = "Imported"
  description               = "Came later."
  type                      = "external"
  custom_headers_wo         = { Authorization = "Bearer ${var.key}" }
  custom_headers_wo_version = var.key_version
}
`

// haul is everything that the CLI and the provider leave behind, by name.
type haul map[string][]byte

// takeFiles adds the files of a folder: what is packed in a plan, and the
// private state as text, too.
func (h haul) takeFiles(t *testing.T, step, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || info.IsDir() || filepath.Ext(file) == ".tf" {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := step + "/" + filepath.Base(file)
		h[name] = content
		switch {
		case filepath.Ext(file) == ".tfplan":
			h.unzip(t, name, content)
		case strings.Contains(file, ".tfstate"):
			h.decodePrivate(t, name, content)
		}
	}
}

func (h haul) unzip(t *testing.T, name string, content []byte) {
	t.Helper()
	packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range packed.File {
		opened, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		h[name+"/"+part.Name] = text
		if part.Name == "tfstate" {
			h.decodePrivate(t, name+"/"+part.Name, text)
		}
	}
}

func (h haul) decodePrivate(t *testing.T, name string, content []byte) {
	t.Helper()
	var state struct {
		Resources []struct {
			Name      string `json:"name"`
			Instances []struct {
				Private string `json:"private"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if err := json.Unmarshal(content, &state); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, resource := range state.Resources {
		for i, instance := range resource.Instances {
			decoded, err := base64.StdEncoding.DecodeString(instance.Private)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			h[fmt.Sprintf("%s/private of %s %d", name, resource.Name, i)] = decoded
		}
	}
}

// with names what holds a text, as it is or in base64, whatever stands before it.
func (h haul) with(text string) []string {
	forms := []string{text, url.QueryEscape(text)}
	for skip := range 3 {
		encoded := base64.StdEncoding.EncodeToString([]byte(strings.Repeat(" ", skip) + text))
		forms = append(forms, encoded[4:len(encoded)-4])
	}
	var found []string
	for _, name := range slices.Sorted(maps.Keys(h)) {
		if slices.ContainsFunc(forms, func(form string) bool { return bytes.Contains(h[name], []byte(form)) }) {
			found = append(found, name)
		}
	}
	return found
}

// swapToken serves the fake to whoever has the canary as token.
func swapToken(w acctest.World, t *testing.T) string {
	t.Helper()
	target, err := url.Parse(w.BaseURL())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = target.Scheme, target.Host
		if r.In.Header.Get("Authorization") == "Bearer "+canaryToken {
			r.Out.Header.Set("Authorization", "Bearer "+w.Token())
		}
	}})
	t.Cleanup(server.Close)
	return server.URL + target.Path
}

// canaryRun is a folder in which the built provider runs under full logs, and all that is
// left behind.
type canaryRun struct {
	t     *testing.T
	w     acctest.World
	ws    *acctest.Workspace
	logs  string
	found haul
}

func newCanaryRun(t *testing.T, config string) *canaryRun {
	t.Helper()
	r := &canaryRun{t, acctest.NewWorld(t), &acctest.Workspace{T: t, Dir: t.TempDir()}, t.TempDir(), haul{}}
	r.ws.Write("main.tf", config)
	r.ws.OwnProcess()
	return r
}

// run runs the CLI with the write-only value and its version, and keeps what it leaves.
func (r *canaryRun) run(step, key string, version, exit int, args ...string) acctest.Result {
	r.t.Helper()
	r.ws.Env = []string{canaryEnvToken, session.EnvBaseURL + "=" + swapToken(r.w, r.t), "TF_VAR_key=" + key, fmt.Sprintf("TF_VAR_key_version=%d", version), "TF_INPUT=0",
		"TF_LOG=TRACE", "TF_LOG_PATH=" + filepath.Join(r.logs, "log.txt")}
	got := r.ws.Terraform(args...).Exits(exit)
	r.found[step+"/output"] = []byte(got.Output)
	r.found.takeFiles(r.t, step, r.ws.Dir)
	return got
}

// refuse lets calls fail with an answer that repeats what the request held.
func (r *canaryRun) refuse(match fakeapi.Match, status int, field string, held ...string) {
	r.t.Helper()
	message := strings.Join(append(held, canaryInError, canaryToken, "Bearer "+canaryToken), " and ")
	body := acctest.ToJSON(r.t, map[string]any{"message": message, "errors": map[string]any{field: []any{message}, "name": []any{message}}})
	r.w.Inject(fakeapi.Fault{Match: match, Status: status, Body: body, Header: http.Header{"X-Echo": {canaryToken}}})
}

// TestSecretsStandNowhere walks through the life of an action, a training and an agent with
// the built provider under full logs, and searches all that is left behind.
func TestSecretsStandNowhere(t *testing.T) {
	t.Parallel()
	r := newCanaryRun(t, canaryConfig)
	w, ws, found, run := r.w, r.ws, r.found, r.run
	refuseUpdates := func(status int, headers ...string) {
		w.ClearFaults()
		r.refuse(fakeapi.Match{Op: fakeapi.OpUpsertAction}, status, "custom_headers.0.value", headers...)
		r.refuse(fakeapi.Match{Op: fakeapi.OpUpsertTraining}, status, "subject")
		r.refuse(fakeapi.Match{Op: fakeapi.OpUpdateKnowledge}, status, "description")
	}

	run("validate", canaryWO, 1, 0, "validate")
	run("create", canaryWO, 1, 0, "apply", "-auto-approve")
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "Authorization: Bearer "+canaryWO+", X-Plain: "+canaryPlain {
		t.Fatalf("sent %s", got)
	}
	run("plan", canaryWOLater, 2, 0, "plan", "-out=saved.tfplan")
	planJSON := run("show the plan", canaryWOLater, 2, 0, "show", "-json", "saved.tfplan")
	run("plan as JSON", canaryWOLater, 2, 0, "plan", "-json")
	refuseUpdates(422, canaryPlain, canaryWOLater, "Bearer "+canaryWOLater)
	run("failed update", canaryWOLater, 2, 1, "apply", "-auto-approve").Says(canaryInError, "(sensitive)")
	refuseUpdates(500, canaryPlain, url.QueryEscape("Bearer "+canaryWOLater))
	run("update that the server fails", canaryWOLater, 2, 1, "apply", "-auto-approve", "-json").Says(canaryInError, "(sensitive)")
	w.ClearFaults()
	w.ForgetJournal()
	run("plan again", canaryWOLater, 2, 0, "plan", "-out=saved.tfplan") // the failed ones read, so the first is stale
	run("update", canaryWOLater, 2, 0, "apply", "saved.tfplan")
	if got := acctest.HeadersOn(w.Requests(fakeapi.Match{Op: fakeapi.OpUpsertAction})[0]); got != "Authorization: Bearer "+canaryWOLater+", X-Plain: "+canaryPlain {
		t.Fatalf("sent %s", got)
	}
	w.Wrote(t, acctest.Ops{fakeapi.OpUpsertAction: 1, fakeapi.OpUpsertTraining: 1, fakeapi.OpPublish: 1}, w.Agent)
	w.Wrote(t, acctest.Ops{fakeapi.OpUpdateKnowledge: 1}, "agent-2")
	stateJSON := run("show the state", canaryWOLater, 2, 0, "show", "-json")

	imported := w.AddAction(w.Agent, map[string]any{"node_id": "imported", "name": "Imported", "description": "Came later.", "type": "external",
		"custom_headers": []any{map[string]any{"key": "Authorization", "value": "Bearer " + canaryWOLater}}})
	ws.Write("imported.tf", canaryImported)
	run("import", canaryWOLater, 2, 0, "import", "talq_action.imported", w.Agent+"/"+imported+"/imported")
	run("plan after the import", canaryWOLater, 2, 0, "plan", "-json")
	run("apply after the import", canaryWOLater, 2, 0, "apply", "-auto-approve")
	r.refuse(fakeapi.Match{Op: fakeapi.OpGetAgent}, 422, "custom_headers.0.value")
	run("failed read", canaryWOLater, 2, 1, "plan").Says(canaryInError)
	w.ClearFaults()
	run("destroy", canaryWOLater, 2, 0, "destroy", "-auto-approve")
	found.takeFiles(t, "logs", r.logs)

	for name, canary := range map[string]string{"token": canaryToken, "write-only header": canaryWO, "rotated write-only header": canaryWOLater} {
		if places := found.with(canary); len(places) > 0 {
			t.Errorf("the %s stands in %s", name, strings.Join(places, ", "))
		}
	}
	if log := found["logs/log.txt"]; !bytes.Contains(log, []byte("[TRACE]")) || !bytes.Contains(log, []byte("Talq API request")) {
		t.Error("the log is not what it should be, so the search in it shows nothing")
	}
	plain, inError, prompt := found.with(canaryPlain), found.with(canaryInError), found.with(canaryPrompt)
	if slices.Contains(prompt, "logs/log.txt") || !slices.Contains(prompt, "create/terraform.tfstate") {
		t.Errorf("the prompt stands in %s, want it in no log, and in the state", strings.Join(prompt, ", "))
	}
	for _, place := range []string{"create/terraform.tfstate", "plan/saved.tfplan/tfplan", "show the plan/output", "show the state/output"} {
		if !slices.Contains(plain, place) {
			t.Errorf("the plain header is not in %s but in %s: the search cannot find", place, strings.Join(plain, ", "))
		}
	}
	for _, place := range []string{"failed update/output", "logs/log.txt"} {
		if !slices.Contains(inError, place) {
			t.Errorf("the error's text is not in %s but in %s: the search cannot find", place, strings.Join(inError, ", "))
		}
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(found)), func(name string) bool { return strings.Contains(name, "private of") }) {
		t.Error("no private state was searched")
	}
	expectMarked(t, planJSON.Stdout, "after_sensitive", "custom_headers")
	expectMarked(t, stateJSON.Stdout, "sensitive_values", "custom_headers")
}

// expectMarked expects an attribute to be marked wherever the JSON of a plan or a state says
// what is sensitive.
func expectMarked(t *testing.T, text []byte, key, attribute string) {
	t.Helper()
	marked := 0
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, element := range value {
				walk(element)
			}
		case map[string]any:
			if marks, ok := value[key].(map[string]any); ok && marks[attribute] != nil {
				if marks[attribute] != true {
					t.Errorf("%s marks %s as %v", key, attribute, marks[attribute])
				}
				marked++
			}
			for _, member := range value {
				walk(member)
			}
		}
	}
	walk(any(acctest.JSONObject(t, string(text))))
	if marked == 0 {
		t.Errorf("no %s marks %s", key, attribute)
	}
}
