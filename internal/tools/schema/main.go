// Command schema writes the provider's schemas to a file, in the form that
// `tfplugindocs generate --providers-schema` reads.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"github.com/talqover/terraform-provider-talq/internal/provider"
	"github.com/talqover/terraform-provider-talq/internal/tools/providerschema"
)

// address is where tfplugindocs looks for the schemas. It knows no namespace
// but hashicorp, whatever the provider's own one is.
const address = "registry.terraform.io/hashicorp/talq"

func main() {
	out := flag.String("out", "", "the file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "schema:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	if out == "" {
		return fmt.Errorf("-out is missing: name the file to write")
	}
	schemas, err := providerschema.Read(context.Background(), address, provider.New("docs")())
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(schemas, "", "  ")
	if err != nil {
		return fmt.Errorf("encoding the schemas: %w", err)
	}
	return os.WriteFile(out, append(text, '\n'), 0o644)
}
