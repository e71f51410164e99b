package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// What the story shows and changes, and what keeps the agent live.
const (
	shownAgent    = "talq_agent.front_desk"
	shownTraining = "talq_training.prices"
	shownAction   = "talq_action.reception"
	publication   = "talq_agent_publication.front_desk"
	// aNodeID is of the action that somebody who plays on may delete.
	aNodeID = "transfer-to-reception"

	rightLine = "Somebody who is in pain is passed on at once."
	wrongLine = "Somebody who is in pain is asked to call again tomorrow."
)

// How much the example has beside the agent and its publication.
const (
	trainings = 2
	actions   = 4
	all       = 1 + trainings + actions + 1
)

// lifecycle is the story from an empty account to the repaired drift.
func (s *story) lifecycle() []step {
	return []step{
		{"Build the provider, and start the stand-in for Talq", s.prepare},
		{"Write down the agent, what it knows, what it can do, and that it is live", s.write},
		{"Ask what would happen: " + s.cli.name + " plan", s.planAll},
		{"Make it so: " + s.cli.name + " apply", s.applyAll},
		{"Ask again: " + s.cli.name + " plan", s.planNothing},
		{"Meanwhile, somebody changes the agent's prompt in the dashboard", s.edit},
		{"Ask again: " + s.cli.name + " plan", s.planRepair},
		{"Repair it: " + s.cli.name + " apply", s.applyRepair},
		{"Ask once more: " + s.cli.name + " plan", s.planNothing},
	}
}

func (s *story) prepare(ctx context.Context) error {
	if err := s.work.buildProvider(ctx); err != nil {
		return err
	}
	if err := same("the number of agents in Talq", 0, len(s.talq.Agents())); err != nil {
		return err
	}
	s.done("The provider is built. The account has a phone number, and no agent yet.")
	return s.checkWrites(ctx, "")
}

func (s *story) write(ctx context.Context) error {
	var shown []string
	for _, address := range []string{shownAgent, shownTraining, shownAction, publication} {
		lines, err := block(address)
		if err != nil {
			return err
		}
		shown = append(append(shown, lines...), "")
	}
	if err := s.work.writeFiles(); err != nil {
		return err
	}
	s.code(shown[:len(shown)-1]...)
	if err := s.cli.validate(ctx); err != nil {
		return err
	}
	s.done("%s finds the configuration valid.", s.cli.product)
	return s.checkWrites(ctx, "")
}

func (s *story) planAll(ctx context.Context) error {
	plan, err := s.cli.plan(ctx, false)
	if err != nil {
		return err
	}
	s.made = plan
	sums, _ := s.showPlan(plan)
	if err := same("the plan", counts{add: all}, sums); err != nil {
		return err
	}
	s.done("%s. Nothing was changed so far: a plan only reads.", sums)
	return s.checkWrites(ctx, "")
}

func (s *story) applyAll(ctx context.Context) error {
	if err := s.cli.apply(ctx); err != nil {
		return err
	}
	agents := s.talq.Agents()
	if err := same("the number of agents in Talq", 1, len(agents)); err != nil {
		return err
	}
	s.agent = agents[0].ID
	if err := s.checkHolds(); err != nil {
		return err
	}
	// Trainings and actions are written at the same time, in whatever order.
	writes := slices.Concat([]fakeapi.Op{fakeapi.OpCreateAgent, fakeapi.OpUpdateVoice},
		slices.Repeat([]fakeapi.Op{fakeapi.OpUpsertAction}, actions), slices.Repeat([]fakeapi.Op{fakeapi.OpUpsertTraining}, trainings))
	if err := s.checkWrites(ctx, live, append(writes, fakeapi.OpPublish)...); err != nil {
		return err
	}
	s.done("Talq holds the agent with its %d trainings and %d actions as the code has them.", trainings, actions)
	s.done("Each write made the agent a draft, which takes no calls. One publish after the last made it live.")
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
	s.done("No changes: Talq is as the code says, and the agent is live.")
	return s.checkWrites(ctx, live)
}

func (s *story) edit(ctx context.Context) error {
	agent, _ := s.talq.Agent(s.agent)
	prompt, _ := agent.Fields["description"].(string)
	edited := strings.Replace(prompt, rightLine, wrongLine, 1)
	if edited == prompt {
		return errors.New("the example's prompt lacks the line that somebody changes")
	}
	s.talq.EditAgent(s.agent, map[string]any{"description": edited})
	s.done("%q", rightLine)
	s.done("became %q", wrongLine)
	s.done("The agent is a draft now, which takes no calls. Nobody was told.")
	return s.checkWrites(ctx, draft)
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
	if prompt := updates[shownAgent+".description"]; len(updates) != 2 || !strings.Contains(prompt, rightLine) || updates[publication+".current_status"] != live {
		return same("what the plan changes", "the prompt and the agent's status", updates)
	}
	s.done("%s. The edit is seen, and that the agent takes no calls.", sums)
	return s.checkWrites(ctx, draft)
}

func (s *story) applyRepair(ctx context.Context) error {
	if err := s.cli.apply(ctx); err != nil {
		return err
	}
	if err := s.checkHolds(); err != nil {
		return err
	}
	if err := s.checkWrites(ctx, live, fakeapi.OpUpdateKnowledge, fakeapi.OpPublish); err != nil {
		return err
	}
	s.done("One write: the prompt is as the code has it. One publish after it: the agent is live again.")
	return nil
}

func (s *story) destroy(ctx context.Context) error {
	plan, err := s.cli.plan(ctx, true)
	if err != nil {
		return err
	}
	sums, _ := s.showPlan(plan)
	if err := same("the plan", counts{destroy: all}, sums); err != nil {
		return err
	}
	if err := s.cli.apply(ctx); err != nil {
		return err
	}
	if err := same("the number of agents in Talq", 0, len(s.talq.Agents())); err != nil {
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
	s.done("%s. No agent is left, in Talq or in %s's state.", sums, s.cli.product)
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
