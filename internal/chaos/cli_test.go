package chaos

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// driver runs the real CLI in a folder, against one fake.
type driver struct {
	*acctest.Workspace
	server *fakeapi.Server
}

// opener makes a driver for a server.
type opener func(server *fakeapi.Server) *driver

// open returns the [opener] of storms. Without kills one provider in this process serves
// them all, which the race detector watches; with kills the CLI starts its own.
func open(t *testing.T, kills bool) opener {
	t.Helper()
	if runtime.GOOS == "windows" || kills && runtime.GOOS != "linux" {
		t.Skip("storms interrupt the CLI by a signal, and find the provider to kill in /proc")
	}
	attach := acctest.Serve(t)
	return func(server *fakeapi.Server) *driver {
		d := &driver{&acctest.Workspace{T: t, Dir: t.TempDir(), Attach: attach}, server}
		d.Write("versions.tf", "terraform {\n  required_providers {\n    talq = { source = \"talqover/talq\" }\n  }\n}\n")
		if kills {
			d.OwnProcess()
		}
		return d
	}
}

// run is how a run of Terraform ended.
type run struct {
	// errors are what a person would see; none means that all went well.
	errors []string
	// output is all that a person could have seen of it.
	output string
}

// terraform runs the CLI, and returns its exit code: 2 is how -detailed-exitcode reports
// changes.
func (d *driver) terraform(args ...string) (code int, r run) {
	result := d.Terraform(args...)
	r.output = result.Output
	if result.Code != 0 && result.Code != 2 {
		said := strings.Split(r.output, "Error: ")
		r.errors = said[min(1, len(said)-1):]
	}
	return result.Code, r
}

// apply applies a configuration.
func (d *driver) apply(c configuration, settings settings) run {
	d.write(c, settings)
	_, r := d.terraform("apply", "-auto-approve", "-input=false")
	return r
}

// plan plans a configuration, and returns what it would change.
func (d *driver) plan(c configuration) (changes []string, r run) {
	d.write(c, fair)
	code, r := d.terraform("plan", "-detailed-exitcode", "-input=false")
	if code == 2 {
		changes = []string{r.output}
	}
	return changes, r
}

// write writes the configuration. The token is in the file: the fake's opens nothing.
func (d *driver) write(c configuration, settings settings) {
	d.Write("main.tf", fmt.Sprintf("provider \"talq\" {\n  base_url        = %q\n  token           = %q\n  max_retries     = %d\n  request_timeout = %d\n}\n",
		d.server.BaseURL(), d.server.Token(), settings.retries, settings.timeout)+c.hcl())
}

// state returns what Terraform knows of each resource, by its address. It reads the file
// itself, since a start of the CLI costs more.
func (d *driver) state() (map[string]attributes, error) {
	known := map[string]attributes{}
	file, err := os.Open(filepath.Join(d.Dir, "terraform.tfstate"))
	if errors.Is(err, fs.ErrNotExist) {
		return known, nil
	} else if err != nil {
		return nil, err
	}
	defer file.Close()
	var state struct {
		Resources []struct {
			Type, Name string
			Instances  []struct {
				Status     string
				Attributes attributes
			}
		}
	}
	decoder := json.NewDecoder(file)
	decoder.UseNumber()
	if err := decoder.Decode(&state); err != nil {
		return nil, err
	}
	for _, r := range state.Resources {
		for _, instance := range r.Instances {
			if instance.Status != "" {
				return nil, fmt.Errorf("%s.%s is %s", r.Type, r.Name, instance.Status)
			}
			known[r.Type+"."+r.Name] = instance.Attributes
		}
	}
	return known, nil
}

// killProvider kills every process in the folder but the CLI itself, which lives on and
// reports that its provider has died. What ends meanwhile is passed over.
func (d *driver) killProvider() {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd") // the pattern is well formed
	for _, link := range links {
		executable, _ := os.Readlink(filepath.Join(filepath.Dir(link), "exe"))
		if folder, err := os.Readlink(link); err != nil || folder != d.Dir || !strings.HasPrefix(filepath.Base(executable), "terraform-provider-") {
			continue
		}
		id, _ := strconv.Atoi(filepath.Base(filepath.Dir(link))) // the pattern has digits there
		if process, err := os.FindProcess(id); err == nil {
			_ = process.Kill()
		}
	}
}
