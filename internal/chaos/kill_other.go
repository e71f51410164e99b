//go:build !linux

package main

import "errors"

// canKill says why the provider's process cannot be killed on this system; nil where it can.
func canKill() error {
	return errors.New("storms through the CLI run on Linux only: elsewhere nothing here finds the provider's process to kill it")
}

// killAll is never called: see [canKill].
func killAll(string) int { return 0 }
