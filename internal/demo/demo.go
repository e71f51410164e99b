package main

import (
	"context"
	"errors"
	"io"
)

// options say how the demo runs.
type options struct {
	// out gets the narration: nothing that varies from run to run, but under keep.
	out io.Writer
	// notes gets what is worth knowing about this machine, such as a CLI that is too old.
	notes io.Writer
	color bool
	// keep stops before the destroy and waits until ctx ends.
	keep bool
	// folder is where the temporary folder is made; empty means the system's place.
	folder string
}

// run tells the whole story. It returns nil only if each step did what it says.
func run(ctx context.Context, o options) (err error) {
	work, err := newWorkspace(o.folder)
	if err != nil {
		return err
	}
	talq, err := startStandIn()
	if err != nil {
		return errors.Join(err, work.remove())
	}
	// The last step does the same and looks at the result; here it is for all other ends.
	defer func() {
		talq.close()
		err = errors.Join(err, work.remove())
	}()

	chosen, err := newChooser(work.cliFolder, o.notes).choose(ctx)
	if err != nil {
		return interruptedOr(ctx, err)
	}
	tf, err := newCommandLine(chosen, work, childEnv(work, talq))
	if err != nil {
		return err
	}
	s := &story{cli: chosen, tf: tf, talq: talq, work: work, say: &narrator{out: o.out, color: o.color}}
	s.open()
	if err := s.tell(ctx, s.lifecycle()); err != nil {
		return err
	}
	if o.keep {
		s.playOn()
		<-ctx.Done()
		// What was asked for is done, so the interruption is no failure.
		ctx = context.WithoutCancel(ctx)
	} else if err := s.tell(ctx, s.destruction()); err != nil {
		return err
	}
	if err := s.tell(ctx, s.cleaning()); err != nil {
		return err
	}
	s.close(o.keep)
	return s.say.err
}

// errInterrupted is how the demo ends on Ctrl-C before it is through.
var errInterrupted = errors.New("the demo was interrupted, and has cleaned up")

// interruptedOr is err, unless it came about because ctx ended.
func interruptedOr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errInterrupted
	}
	return err
}
