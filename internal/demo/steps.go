package main

import (
	"context"
	"slices"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// What the story changes, and what keeps the agent live.
const (
	edited      = "talq_action.reception"
	editedNode  = "transfer-to-reception"
	publication = "talq_agent_publication.front_desk"
	rightNumber = "+12025550123"
	wrongNumber = "+12025550199"
)

// actions is how many the example has.
const actions = 4

// lifecycle is the story from the empty agent to the repaired drift.
func (s *story) lifecycle() []step {
	return []step{
		{"Build the provider, and start the stand-in for Talq", s.prepare},
		{"Write down what the agent can do, in four actions like this one, and that it is live with them", s.write},
		{"Ask what would happen: " + s.cli.name + " plan", s.planActions},
		{"Make it so: " + s.cli.name + " apply", s.applyActions},
		{"Ask again: " + s.cli.name + " plan", s.planNothing},
		{"Meanwhile, somebody changes the number of the reception in the dashboard", s.edit},
		{"Ask again: " + s.cli.name + " plan", s.planRepair},
		{"Repair it: " + s.cli.name + " apply", s.applyRepair},
		{"Ask once more: " + s.cli.name + " plan", s.planNothing},
	}
}

func (s *story) prepare(ctx context.Context) error {
	if err := s.work.buildProvider(ctx); err != nil {
		return err
	}
	if err := same("the number of actions in Talq", 0, len(s.talq.Actions(s.agent))); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, live); err != nil {
		return err
	}
	s.done("The provider is built. The agent takes calls, but has no actions yet.")
	return nil
}

func (s *story) write(ctx context.Context) error {
	action, err := block(edited)
	if err != nil {
		return err
	}
	publication, err := block(publication)
	if err != nil {
		return err
	}
	if err := s.work.writeFiles(s.agent); err != nil {
		return err
	}
	s.code(slices.Concat(action, []string{""}, publication)...)
	if err := s.cli.validate(ctx); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, live); err != nil {
		return err
	}
	s.done("%s finds the configuration valid.", s.cli.product)
	return nil
}

func (s *story) planActions(ctx context.Context) error {
	plan, err := s.cli.plan(ctx, false)
	if err != nil {
		return err
	}
	s.made = plan
	sums, _ := s.showPlan(plan)
	if err := same("the plan", counts{add: actions + 1}, sums); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, live); err != nil {
		return err
	}
	s.done("%s. Nothing was changed so far: a plan only reads.", sums)
	return nil
}

func (s *story) applyActions(ctx context.Context) error {
	if err := s.cli.apply(ctx); err != nil {
		return err
	}
	if err := s.checkHolds(); err != nil {
		return err
	}
	writes := slices.Repeat([]fakeapi.Op{fakeapi.OpUpsertAction}, actions)
	if err := s.checkWrites(ctx, live, append(writes, fakeapi.OpPublish)...); err != nil {
		return err
	}
	s.done("Talq holds the %d actions as the code has them, each made by one request.", actions)
	s.done("Each made the agent a draft, which takes no calls. One publish after the last made it live.")
	return nil
}

func (s *story) planNothing(ctx context.Context) error {
	plan, err := s.cli.plan(ctx, false)
	if err != nil {
		return err
	}
	sums, _ := s.showPlan(plan)
	if err := same("the plan", counts{}, sums); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, live); err != nil {
		return err
	}
	s.done("No changes: Talq is as the code says, and the agent is live.")
	return nil
}

func (s *story) edit(ctx context.Context) error {
	action := s.action(editedNode)
	s.talq.EditAction(s.agent, action.ID, map[string]any{"transfer_to": wrongNumber})
	if err := same("transfer_to in Talq", wrongNumber, s.action(editedNode).Fields["transfer_to"]); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, draft); err != nil {
		return err
	}
	s.done("%q became %q, and the agent a draft, which takes no calls. Nobody was told.", action.Fields["transfer_to"], wrongNumber)
	return nil
}

func (s *story) planRepair(ctx context.Context) error {
	plan, err := s.cli.plan(ctx, false)
	if err != nil {
		return err
	}
	sums, updates := s.showPlan(plan)
	if err := same("the plan", counts{change: 2}, sums); err != nil {
		return err
	}
	want := map[string]string{edited + ".transfer_to": rightNumber, publication + ".current_status": live}
	if err := same("what the plan changes", want, updates); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, draft); err != nil {
		return err
	}
	s.done("%s. The edit is seen, and that the agent takes no calls.", sums)
	return nil
}

func (s *story) applyRepair(ctx context.Context) error {
	if err := s.cli.apply(ctx); err != nil {
		return err
	}
	if err := s.checkHolds(); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, live, fakeapi.OpUpsertAction, fakeapi.OpPublish); err != nil {
		return err
	}
	s.done("One write: transfer_to is %q again. One publish after it: the agent is live again.", rightNumber)
	return nil
}

func (s *story) destroy(ctx context.Context) error {
	plan, err := s.cli.plan(ctx, true)
	if err != nil {
		return err
	}
	sums, _ := s.showPlan(plan)
	if err := same("the plan", counts{destroy: actions + 1}, sums); err != nil {
		return err
	}
	if err := s.cli.apply(ctx); err != nil {
		return err
	}
	// The agent itself is not in the code, so it must still be there.
	if err := s.checkWrites(ctx, draft, slices.Repeat([]fakeapi.Op{fakeapi.OpDeleteAction}, actions)...); err != nil {
		return err
	}
	if err := same("the number of actions in Talq", 0, len(s.talq.Actions(s.agent))); err != nil {
		return err
	}
	state, err := s.cli.Show(ctx)
	if err != nil {
		return err
	}
	if state.Values != nil && state.Values.RootModule != nil {
		if err := same("the number of resources in the state", 0, len(state.Values.RootModule.Resources)); err != nil {
			return err
		}
	}
	s.done("%s. No action is left, in Talq or in %s's state.", sums, s.cli.product)
	s.text("   %s The agent stays, but deleting its actions made it a draft. Publish it in the dashboard to go live.", s.paint(yellow, "!"))
	return nil
}

func (s *story) cleanUp(context.Context) error {
	s.talq.Close()
	if err := s.work.remove(); err != nil {
		return err
	}
	s.done("The stand-in is stopped and the temporary folder is gone.")
	return nil
}
