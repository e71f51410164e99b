package main

import (
	"os"
	"testing"
)

func TestShownLog(t *testing.T) {
	for _, row := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"no log", nil, "off"},
		{"an empty variable", map[string]string{"TF_LOG": ""}, "off"},
		{"all logs", map[string]string{"TF_LOG": "DEBUG"}, "DEBUG"},
		{"logs of providers alone", map[string]string{"TF_LOG_PROVIDER": "TRACE"}, "TRACE"},
		{"both", map[string]string{"TF_LOG": "INFO", "TF_LOG_PROVIDER": "TRACE"}, "TRACE"},
		{"logs of the core alone", map[string]string{"TF_LOG_CORE": "TRACE"}, "off"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := shownLog(func(name string) string { return row.env[name] }); got != row.want {
				t.Errorf("the level is %q, want %q", got, row.want)
			}
		})
	}
}

func TestExportIsACommandOfTheProvider(t *testing.T) {
	if code := runExport(nil); code != 2 {
		t.Errorf("without a folder it ends with %d", code)
	}
}

func TestTheEnvironmentHasTheLastWord(t *testing.T) {
	t.Setenv(envLibraryLog, "WARN")
	setUpProcess(false)
	if got := os.Getenv(envLibraryLog); got != "WARN" {
		t.Errorf("the level is %q", got)
	}
}
