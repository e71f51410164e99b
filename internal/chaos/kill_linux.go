package main

import (
	"os"
	"path/filepath"
	"strconv"
)

// canKill says why the provider's process cannot be killed on this system; nil where it can.
func canKill() error { return nil }

// killAll kills every process that runs an executable, and says how many it has killed.
// Those that end meanwhile, and those of other people, are passed over.
func killAll(executable string) (killed int) {
	links, _ := filepath.Glob("/proc/[0-9]*/exe") // the pattern is well formed
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != executable {
			continue
		}
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		if err != nil {
			continue
		}
		if process, err := os.FindProcess(id); err == nil && process.Kill() == nil {
			killed++
		}
	}
	return killed
}
