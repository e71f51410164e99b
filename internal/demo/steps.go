package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// The action that somebody edits in the dashboard, and the number that it is given there.
const (
	edited        = `resource "talq_action" "reception"`
	editedAddress = "talq_action.reception"
	editedNode    = "transfer-to-reception"
	wrongNumber   = "+12025550199"
)

// What keeps the agent live.
const (
	publication        = `resource "talq_agent_publication" "front_desk"`
	publicationAddress = "talq_agent_publication.front_desk"
)

// actionTypes are the types that the example shows, one action of each.
var actionTypes = []string{"external", "hold", "transfer", "webhook"}

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

// destruction takes all away again.
func (s *story) destruction() []step {
	return []step{{"Take it all away: " + s.cli.name + " destroy", s.destroy}}
}

// cleaning leaves nothing of the demo on the machine.
func (s *story) cleaning() []step {
	return []step{{"Clean up", s.cleanUp}}
}

func (s *story) prepare(ctx context.Context) error {
	if err := s.work.buildProvider(ctx); err != nil {
		return err
	}
	if err := s.talq.checkStatus(live); err != nil {
		return err
	}
	if err := same("the number of actions in Talq", 0, len(s.talq.server.Actions(s.talq.agent))); err != nil {
		return err
	}
	s.say.done("The provider is built. The agent takes calls, but has no actions yet.")
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
	if err := s.work.writeFiles(s.talq.agent); err != nil {
		return err
	}
	s.say.code(slices.Concat(action, []string{""}, publication))
	if err := s.tf.Validate(ctx); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, nil, live); err != nil {
		return err
	}
	s.say.done("%s finds the configuration valid.", s.cli.product)
	return nil
}

func (s *story) planActions(ctx context.Context) error {
	plan, err := s.tf.Plan(ctx, false)
	if err != nil {
		return err
	}
	changes := changesIn(plan)
	s.say.plan(changes)
	sums := count(changes)
	if err := same("the plan", counts{add: len(actionTypes) + 1}, sums); err != nil {
		return err
	}
	var kinds, others []string
	for _, c := range changes {
		if c.kind != "" {
			kinds = append(kinds, c.kind)
		} else {
			others = append(others, c.address)
		}
	}
	slices.Sort(kinds)
	if err := same("the types of the actions", actionTypes, kinds); err != nil {
		return err
	}
	if err := same("what the plan makes besides actions", []string{publicationAddress}, others); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, nil, live); err != nil {
		return err
	}
	s.made = plan
	s.say.done("%s. Nothing was changed so far: a plan only reads.", sums)
	return nil
}

func (s *story) applyActions(ctx context.Context) error {
	if err := s.tf.Apply(ctx); err != nil {
		return err
	}
	if err := s.talq.checkHolds(s.made); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, append(times(len(actionTypes), fakeapi.OpUpsertAction), fakeapi.OpPublish), live); err != nil {
		return err
	}
	s.say.done("Talq holds the %d actions as the code has them, each made by one request.", len(actionTypes))
	s.say.done("Each made the agent a draft, which takes no calls. One publish after the last made it live.")
	return nil
}

func (s *story) planNothing(ctx context.Context) error {
	plan, err := s.tf.Plan(ctx, false)
	if err != nil {
		return err
	}
	changes := changesIn(plan)
	if len(changes) > 0 {
		s.say.plan(changes)
	}
	if err := same("the plan", counts{}, count(changes)); err != nil {
		return err
	}
	if err := same("the number of resources that change", 0, len(changes)); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, nil, live); err != nil {
		return err
	}
	s.say.done("No changes: Talq is as the code says, and the agent is live.")
	return nil
}

func (s *story) edit(ctx context.Context) error {
	action, err := s.talq.find(editedNode)
	if err != nil {
		return err
	}
	before := encode(action.Fields["transfer_to"])
	s.talq.server.EditAction(s.talq.agent, action.ID, map[string]any{"transfer_to": wrongNumber})
	action, err = s.talq.find(editedNode)
	if err != nil {
		return err
	}
	after := encode(action.Fields["transfer_to"])
	if err := same("transfer_to in Talq", encode(wrongNumber), after); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, nil, draft); err != nil {
		return err
	}
	s.say.done("%s became %s, and the agent a draft, which takes no calls. Nobody was told.", before, after)
	return nil
}

func (s *story) planRepair(ctx context.Context) error {
	plan, err := s.tf.Plan(ctx, false)
	if err != nil {
		return err
	}
	changes := changesIn(plan)
	s.say.plan(changes)
	sums := count(changes)
	if err := same("the plan", counts{change: 2}, sums); err != nil {
		return err
	}
	want := []change{
		{address: editedAddress, attributes: []attribute{{"transfer_to", encode(wrongNumber), encode(s.plannedNumber())}}},
		{address: publicationAddress, attributes: []attribute{{"current_status", encode(draft), encode(live)}}},
	}
	if err := same("what the plan changes", want, changes); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, nil, draft); err != nil {
		return err
	}
	s.say.done("%s. The edit is seen, and that the agent takes no calls.", sums)
	return nil
}

// plannedNumber is the one that the code has for the reception.
func (s *story) plannedNumber() any {
	for _, resource := range s.made.ResourceChanges {
		if after := object(resource.Change.After); after["node_id"] == editedNode {
			return after["transfer_to"]
		}
	}
	return nil
}

func (s *story) applyRepair(ctx context.Context) error {
	if err := s.tf.Apply(ctx); err != nil {
		return err
	}
	if err := s.talq.checkHolds(s.made); err != nil {
		return err
	}
	if err := s.talq.checkWrites(ctx, writes{fakeapi.OpUpsertAction, fakeapi.OpPublish}, live); err != nil {
		return err
	}
	s.say.done("One write: transfer_to is %s again. One publish after it: the agent is live again.", encode(s.plannedNumber()))
	return nil
}

func (s *story) destroy(ctx context.Context) error {
	plan, err := s.tf.Plan(ctx, true)
	if err != nil {
		return err
	}
	changes := changesIn(plan)
	s.say.plan(changes)
	sums := count(changes)
	if err := same("the plan", counts{destroy: len(actionTypes) + 1}, sums); err != nil {
		return err
	}
	if err := s.tf.Apply(ctx); err != nil {
		return err
	}
	if err := same("the number of actions in Talq", 0, len(s.talq.server.Actions(s.talq.agent))); err != nil {
		return err
	}
	// The agent itself is not in the code, so it must still be there.
	if err := s.talq.checkWrites(ctx, times(len(actionTypes), fakeapi.OpDeleteAction), draft); err != nil {
		return err
	}
	left, err := s.tf.Resources(ctx)
	if err != nil {
		return err
	}
	if err := same("the resources in the state", "none", orNone(left)); err != nil {
		return err
	}
	s.say.done("%s. No action is left, in Talq or in %s's state.", sums, s.cli.product)
	s.say.beware("The agent stays, but deleting its actions made it a draft. Publish it in the dashboard to go live.")
	return nil
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

func (s *story) cleanUp(ctx context.Context) error {
	health := s.talq.server.BaseURL() + "/health"
	s.talq.close()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, health, http.NoBody)
	if err != nil {
		return err
	}
	if response, err := http.DefaultClient.Do(request); err == nil {
		_ = response.Body.Close()
		return &mismatch{expected: "the stand-in to be stopped", seen: "it answers " + response.Status}
	}
	if err := s.work.remove(); err != nil {
		return err
	}
	if _, err := os.Stat(s.work.root); !errors.Is(err, os.ErrNotExist) {
		return &mismatch{expected: "the temporary folder to be gone", seen: fmt.Sprintf("it is still there (%v)", err)}
	}
	s.say.done("The stand-in is stopped and the temporary folder is gone.")
	return nil
}
