// The Talq provider for Terraform and OpenTofu.
package main

import (
	"cmp"
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/talqover/terraform-provider-talq/internal/export"
	"github.com/talqover/terraform-provider-talq/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	if len(os.Args) > 1 && os.Args[1] == "export" {
		os.Exit(runExport(os.Args[2:]))
	}
	var debugging bool
	flag.BoolVar(&debugging, "debug", false, "run the provider so that a debugger can be attached to it")
	flag.Parse()
	setUpProcess(debugging)

	var options []tf6server.ServeOpt
	if debugging {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve("registry.terraform.io/talqover/talq", provider.NewServer(version), options...); err != nil {
		log.Fatal(err)
	}
}

// runExport is the command export; an interrupt, or the end of a pipeline's job, ends it between two agents.
func runExport(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return export.Run(ctx, version, args, os.Stdout, os.Stderr)
}

// setUpProcess makes the process fit for its short life. What the environment says has
// the last word.
func setUpProcess(debugging bool) {
	// A plan makes some megabytes of garbage for each resource, and little stays in
	// use: by default a quarter of the CPU time of a plan of 1,000 would go into
	// collecting it.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
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
