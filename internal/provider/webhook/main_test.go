package webhook_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
