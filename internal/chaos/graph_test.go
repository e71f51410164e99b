package chaos

import "errors"

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
// failed, a node is skipped, as Terraform does it. It returns the nodes' own errors. Names
// in after that no node has are passed over; there must be no circle.
func walkGraph(nodes []node) []error {
	type outcome struct {
		over chan struct{}
		err  error // to be read when it is over
	}
	outcomes := map[string]*outcome{}
	for _, n := range nodes {
		outcomes[n.name] = &outcome{over: make(chan struct{})}
	}
	turns := make(chan struct{}, parallelism)
	for _, n := range nodes {
		go func() {
			mine := outcomes[n.name]
			defer close(mine.over)
			for _, name := range n.after {
				if before, ok := outcomes[name]; ok {
					if <-before.over; before.err != nil {
						mine.err = errSkipped
					}
				}
			}
			if mine.err == nil {
				turns <- struct{}{}
				mine.err = n.run()
				<-turns
			}
		}()
	}
	var errs []error
	for _, o := range outcomes {
		if <-o.over; o.err != nil && !errors.Is(o.err, errSkipped) {
			errs = append(errs, o.err)
		}
	}
	return errs
}
