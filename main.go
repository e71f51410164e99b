// The Talq provider for Terraform and OpenTofu.
package main

import (
	"cmp"
	"flag"
	"log"
	"os"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/talqover/terraform-provider-talq/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	var debugging bool
	flag.BoolVar(&debugging, "debug", false, "run the provider so that a debugger can be attached to it")
	flag.Parse()
	setUpProcess(debugging)

	server, err := provider.NewServer(provider.New(version)())
	if err != nil {
		log.Fatal(err)
	}
	var options []tf6server.ServeOpt
	if debugging {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve("registry.terraform.io/talqover/talq", func() tfprotov6.ProviderServer { return server }, options...); err != nil {
		log.Fatal(err)
	}
}

// setUpProcess makes the process fit for its short life. What the environment says has
// the last word.
func setUpProcess(debugging bool) {
	// A plan makes some megabytes of garbage for each resource, and little stays in
	// use: by default a fifth of the time would go into collecting it. The limit, in
	// bytes, is passed only where more than that is in use.
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(80 << 20)
	}
	// The plugin libraries trace each of their steps, whether Terraform shows it or not,
	// and Terraform would read and drop it: a quarter of the time.
	if _, set := os.LookupEnv(envLibraryLog); !set && !debugging {
		_ = os.Setenv(envLibraryLog, shownLog(os.Getenv)) // the name is a valid one
	}
}

// envLibraryLog is the level at which terraform-plugin-go and the framework log.
const envLibraryLog = "TF_LOG_SDK"

// shownLog is the level of what Terraform shows of a provider's log.
func shownLog(getenv func(string) string) string {
	return cmp.Or(getenv("TF_LOG_PROVIDER"), getenv("TF_LOG"), "off")
}
