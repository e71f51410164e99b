package main

import (
	"context"

	tfjson "github.com/hashicorp/terraform-json"
)

// story is the demo under way.
type story struct {
	cli  cli
	tf   terraform
	talq *standIn
	work *workspace
	say  *narrator

	// told counts the steps.
	told int
	// made is the plan that made the actions: what the code says of them.
	made *tfjson.Plan
}

// step is one thing that the demo shows. It returns nil only if it did what it says.
type step struct {
	title string
	do    func(ctx context.Context) error
}

// tell announces and does one step after the other, until one fails.
func (s *story) tell(ctx context.Context, steps []step) error {
	for _, next := range steps {
		s.told++
		s.say.step(s.told, next.title)
		s.tf.Output()
		err := next.do(ctx)
		if err == nil {
			err = s.say.err
		}
		if err != nil {
			return interruptedOr(ctx, &failure{number: s.told, title: next.title, product: s.cli.product, cause: err, output: s.tf.Output()})
		}
	}
	return nil
}

// open says what this is about.
func (s *story) open() {
	s.say.heading("Talq actions as code")
	s.say.text("A dental practice has a voice agent at its front desk. What the agent can do on a call, and")
	s.say.text("that it takes calls at all, is kept as code for %s, not clicked together in a dashboard.", s.cli.product)
	s.say.text("All of this happens on this machine: a stand-in plays Talq, so no account is needed.")
}

// close says that all went well. After KEEP=1 nothing was destroyed.
func (s *story) close(kept bool) {
	s.say.text("")
	if kept {
		s.say.heading("Done.")
		return
	}
	s.say.heading("Done. Each step was checked against the plan and against what the stand-in received.")
}
