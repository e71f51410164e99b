package export

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/talqover/terraform-provider-talq/internal/talq"
)

const readmeFile = "README.md"

// rootFiles are the files that belong to no agent. What belongs to one stands in files of its
// own, so that an export of some agents leaves the others as they are.
func (e *exporter) rootFiles() map[string]string {
	return map[string]string{"main.tf": mainFile(e.version), readmeFile: readme, ".gitattributes": gitAttributes}
}

// gitAttributes keeps git from changing line breaks, as it does on Windows: another line break
// is another prompt, and a file that is not as the export wrote it.
const gitAttributes = "* -text\n"

// released is the version of a release; a build by hand has another one.
var released = regexp.MustCompile(`^(\d+\.\d+)\.\d+$`)

func mainFile(version string) string {
	file := hclwrite.NewEmptyFile()
	settings := file.Body().AppendNewBlock("terraform", nil).Body()
	settings.SetAttributeValue("required_version", cty.StringVal(">= 1.11"))
	settings.AppendNewline()
	of := []hclwrite.ObjectAttrTokens{source()}
	if found := released.FindStringSubmatch(version); found != nil {
		of = append(of, hclwrite.ObjectAttrTokens{Name: hclwrite.TokensForIdentifier("version"), Value: hclwrite.TokensForValue(cty.StringVal("~> " + found[1] + ".0"))})
	}
	settings.AppendNewBlock("required_providers", nil).Body().SetAttributeRaw("talq", hclwrite.TokensForObject(of))
	file.Body().AppendNewline()
	comment(file.Body(), "The token comes from the environment variable TALQ_TOKEN.")
	file.Body().AppendNewBlock("provider", []string{"talq"})
	return formatted(file)
}

func source() hclwrite.ObjectAttrTokens {
	return hclwrite.ObjectAttrTokens{Name: hclwrite.TokensForIdentifier("source"), Value: hclwrite.TokensForValue(cty.StringVal("talqover/talq"))}
}

// call is the file of the root that calls an agent's module.
func (m *module) call() string {
	file := hclwrite.NewEmptyFile()
	file.Body().AppendNewBlock("module", []string{m.name}).Body().SetAttributeValue("source", cty.StringVal("./"+m.folder))
	return formatted(file)
}

// importBlocks is the file of the root that imports what an agent's module has: import blocks
// may stand nowhere else.
func (m *module) importBlocks() string {
	file := hclwrite.NewEmptyFile()
	comment(file.Body(), "Delete this file after the first apply.")
	for _, one := range m.imports {
		file.Body().AppendNewline()
		block := file.Body().AppendNewBlock("import", nil).Body()
		block.SetAttributeRaw("to", reference("module", m.name, one.kind, one.name))
		block.SetAttributeValue("id", cty.StringVal(one.id))
	}
	return formatted(file)
}

// pathInModule is the expression of a file's path.
func pathInModule(name string) hclwrite.Tokens {
	return hclwrite.Tokens{
		{Type: hclsyntax.TokenOQuote, Bytes: []byte(`"`)},
		{Type: hclsyntax.TokenTemplateInterp, Bytes: []byte("${")},
		{Type: hclsyntax.TokenIdent, Bytes: []byte("path.module")},
		{Type: hclsyntax.TokenTemplateSeqEnd, Bytes: []byte("}")},
		{Type: hclsyntax.TokenQuotedLit, Bytes: []byte("/" + name)}, // letters, digits, hyphens and dots
		{Type: hclsyntax.TokenCQuote, Bytes: []byte(`"`)},
	}
}

// fileName is a name as it stands in a file's: without underscores, since Terraform takes a
// file whose name ends in _override.tf for something else.
func fileName(name string) string { return strings.ReplaceAll(name, "_", "-") }

// wrapped lists names in lines of a comment.
func wrapped(names []string) string {
	var lines []string
	line := " "
	for i, name := range names {
		if i < len(names)-1 {
			name += ","
		}
		if len(line)+len(name) > 90 {
			lines = append(lines, line)
			line = " "
		}
		line += " " + name
	}
	return strings.Join(append(lines, line), "\n")
}

func textOr(got talq.Opt[string]) string {
	if got.Value == nil {
		return ""
	}
	return *got.Value
}

var readme = fmt.Sprintf(`# Talq agents

Each folder in agents/ is a voice agent, with its prompt and its trainings as text
files. They were written by %[1]sterraform-provider-talq export%[1]s. The next commands,
with the API's token in TALQ_TOKEN:

%[1]s%[1]s%[1]sshell
terraform init
terraform plan    # says "to import", and 0 to add, to change and to destroy
terraform apply   # takes all of it into the state, and changes nothing
%[1]s%[1]s%[1]s

Then delete the files imports-*.tf.

- What the API does not return is left as comments: fill in what is set in the
  dashboard. Secrets and the values of headers are not here either:
  webhook_secret_wo and custom_headers_wo keep them out of the state.
- The first change of an action or a training needs its node_id, which the API does
  not return. actions.tf and trainings.tf say what to do.
- Export again to see what was changed in the dashboard since. A file that you have
  edited is left as it is.
`, "`")
