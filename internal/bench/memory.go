package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// watchMemory follows the processes of a program until the returned function is called,
// which gives the largest peak of one of them in bytes: VmHWM of proc(5), so Linux only,
// and 0 elsewhere. A process that lives for less than the pause may be missed.
func watchMemory(program string) (peak func() int64) {
	const pause = 50 * time.Millisecond
	stop, found := make(chan struct{}), make(chan int64)
	go func() {
		var largest int64
		ticker := time.NewTicker(pause)
		defer ticker.Stop()
		for {
			select {
			case <-stop:
				found <- largest
				return
			case <-ticker.C:
				largest = max(largest, largestOf(program))
			}
		}
	}()
	return func() int64 {
		close(stop)
		return <-found
	}
}

// largestOf gives the peak so far of the processes that run the program now.
func largestOf(program string) int64 {
	var largest int64
	processes, _ := filepath.Glob("/proc/[0-9]*") // the pattern is right
	for _, process := range processes {
		if running, err := os.Readlink(process + "/exe"); err != nil || running != program {
			continue // another one, or one that is gone
		}
		status, err := os.ReadFile(process + "/status") //nolint:gosec // a file of the kernel's
		if err != nil {
			continue // it is gone
		}
		for line := range strings.Lines(string(status)) {
			if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				kib, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
				largest = max(largest, kib<<10)
			}
		}
	}
	return largest
}
