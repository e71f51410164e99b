package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usage is what the processes of a program have used. It is read from proc(5), so Linux
// only, and nothing elsewhere.
type usage struct {
	memory int64         // the largest peak of one process in bytes: VmHWM
	cpu    time.Duration // of all processes together: utime and stime, in steps of 10 ms
}

// watch follows the processes of a program until the returned function is called, which
// returns their usage. What a process does after the last look at it is missed, and so is
// one that lives for less than the pause.
func watch(program string) (end func() usage) {
	const pause = 20 * time.Millisecond
	stop, found := make(chan struct{}), make(chan usage)
	go func() {
		processes := map[string]usage{}
		ticker := time.NewTicker(pause)
		defer ticker.Stop()
		for {
			select {
			case <-stop:
				var all usage
				for _, process := range processes {
					all.memory = max(all.memory, process.memory)
					all.cpu += process.cpu
				}
				found <- all
				return
			case <-ticker.C:
				look(program, processes)
			}
		}
	}()
	return func() usage {
		close(stop)
		return <-found
	}
}

// look notes what each process that runs the program now has used so far.
func look(program string, into map[string]usage) {
	processes, _ := filepath.Glob("/proc/[0-9]*") // the pattern is right
	for _, process := range processes {
		if running, err := os.Readlink(process + "/exe"); err != nil || running != program {
			continue // another one, or one that is gone
		}
		status, err := os.ReadFile(process + "/status") //nolint:gosec // a file of the kernel's
		if err != nil {
			continue // it is gone
		}
		stat, err := os.ReadFile(process + "/stat") //nolint:gosec // a file of the kernel's
		if err != nil {
			continue // it is gone
		}
		into[process] = usage{memory: peakOf(string(status)), cpu: cpuOf(string(stat))}
	}
}

// peakOf reads VmHWM, which proc(5) has in KiB.
func peakOf(status string) int64 {
	for line := range strings.Lines(status) {
		if value, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 10, 64)
			return kib << 10
		}
	}
	return 0
}

// cpuOf adds the fields 14 and 15 of /proc/PID/stat, in hundredths of a second. The
// second field is a name in parentheses, which may hold anything.
func cpuOf(stat string) time.Duration {
	fields := strings.Fields(stat[strings.LastIndex(stat, ")")+1:])
	const utime, stime = 14 - 3, 15 - 3
	if len(fields) <= stime {
		return 0
	}
	user, _ := strconv.ParseInt(fields[utime], 10, 64)
	system, _ := strconv.ParseInt(fields[stime], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}
