package main

import (
	"errors"
	"sync"
)

// parallelism is how many operations Terraform runs at once by default.
const parallelism = 10

// errSkipped ends a node that something before it has failed.
var errSkipped = errors.New("skipped: something that it depends on failed")

// node is one operation of a walk, and the names of those that must be over before it.
type node struct {
	name  string
	after []string
	run   func() error
}

// walkGraph runs all nodes, each as soon as those before it are over. Where one of these
// failed, a node is skipped, as Terraform does it. It gives the nodes' own errors. Names
// in after that no node has are passed over; there must be no circle.
func walkGraph(nodes []node) []error {
	over := map[string]chan struct{}{}
	for _, n := range nodes {
		over[n.name] = make(chan struct{})
	}
	var (
		mu     sync.Mutex
		failed = map[string]bool{}
		errs   []error
		turns  = make(chan struct{}, parallelism)
		all    sync.WaitGroup
	)
	for _, n := range nodes {
		all.Go(func() {
			defer close(over[n.name])
			err := waitFor(n.after, over, &mu, failed)
			if err == nil {
				turns <- struct{}{}
				err = n.run()
				<-turns
			}
			if err == nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			failed[n.name] = true
			if !errors.Is(err, errSkipped) {
				errs = append(errs, err)
			}
		})
	}
	all.Wait()
	return errs
}

func waitFor(names []string, over map[string]chan struct{}, mu *sync.Mutex, failed map[string]bool) error {
	for _, name := range names {
		if done, ok := over[name]; ok {
			<-done
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for _, name := range names {
		if failed[name] {
			return errSkipped
		}
	}
	return nil
}
