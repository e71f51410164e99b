package pages

import (
	"regexp"
	"slices"
	"testing"
)

// TestReadmeAndPageAgreeOnWhatIsReadBack: both have the table, and only one of them is
// next to the schema.
func TestReadmeAndPageAgreeOnWhatIsReadBack(t *testing.T) {
	t.Parallel()
	hidden := func(file string) []string {
		row := regexp.MustCompile(`(?m)^\| Not read back.*$`).FindString(read(t, file))
		names := regexp.MustCompile("`[a-z_]+`").FindAllString(row, -1)
		slices.Sort(names)
		return names
	}
	readme, page := hidden("README.md"), hidden("docs/resources/action.md")
	if len(readme) < 2 || !slices.Equal(readme, page) {
		t.Errorf("README.md says that these are not read back:\n%v\ndocs/resources/action.md says:\n%v", readme, page)
	}
}
