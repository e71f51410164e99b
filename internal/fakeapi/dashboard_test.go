package fakeapi_test

import (
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

func TestTheDashboardEditsAnyFieldOfAnAgent(t *testing.T) {
	a := start(t)
	a.SetPublished(a.agent, true)
	before := a.agentNow()
	a.EditAgent(a.agent, map[string]any{
		"label": "Renamed", "llm_temperature": 1.5, "description": nil, "phone_number_ids": []any{"phone-uuid-2"},
		"voice": map[string]any{"ambient_background": "cafe"},
	})
	after := a.agentNow()
	same(t, "label", after["label"], "Renamed")
	same(t, "description", after["description"], nil)
	same(t, "the voice", after["voice"], with(object(before["voice"]), map[string]any{"ambient_background": "cafe"}))
	same(t, "current_status", after["current_status"], "draft")
	numbers, _ := after["phone_numbers"].([]any)
	same(t, "number", object(numbers[0])["id"], "phone-uuid-2")
	if !instant(t, after["updated_at"]).After(instant(t, before["updated_at"])) {
		t.Error("updated_at did not move")
	}
	stored, _ := a.Agent(a.agent)
	same(t, "the hidden field", stored.Fields["llm_temperature"], 1.5)

	a.EditAgent(a.agent, map[string]any{"voice": nil, "created_at": "2020-01-02T03:04:05Z", "updated_at": "2021-01-02T03:04:05Z"})
	after = a.agentNow()
	same(t, "no voice", after["voice"], nil)
	same(t, "created_at", after["created_at"], "2020-01-02T03:04:05Z")
	same(t, "updated_at", after["updated_at"], "2021-01-02T03:04:05Z")
	same(t, "journal entries about the dashboard", len(a.Requests(fakeapi.Match{Op: fakeapi.OpUpdateKnowledge})), 0)
}

func TestAnAgentHasNoUnknownFields(t *testing.T) {
	a := start(t)
	for name, do := range map[string]func(){
		"edit": func() { a.EditAgent(a.agent, map[string]any{"current_status": "published"}) },
		"seed": func() { a.AddAgent(fakeapi.AgentSeed{Fields: map[string]any{"trainings": []any{}}}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("the %s took a field that an agent does not have", name)
				}
			}()
			do()
		}()
	}
}

func TestTrainingsByHand(t *testing.T) {
	a := start(t)
	id := a.AddTraining(a.agent, map[string]any{"subject": "By hand", "instructions": "Text", "created_at": "2020-01-02T03:04:05Z"})
	same(t, "id", id, "training-1")
	stored, ok := a.Training(a.agent, id)
	same(t, "it is there", ok, true)
	same(t, "the node id that the server chose", stored.NodeID, "node-of-training-1")

	a.SetPublished(a.agent, true)
	a.EditTraining(a.agent, id, map[string]any{"subject": "Edited"})
	same(t, "current_status of the agent", a.AgentStatus(a.agent), "draft")
	shown := a.trainings()[1]
	same(t, "subject", shown["subject"], "Edited")
	same(t, "created_at", shown["created_at"], "2020-01-02T03:04:05Z")
	if !instant(t, shown["updated_at"]).After(instant(t, shown["created_at"])) {
		t.Error("updated_at did not move")
	}

	a.SetPublished(a.agent, true)
	a.RemoveTraining(a.agent, id)
	same(t, "current_status after the removal", a.AgentStatus(a.agent), "draft")
	_, ok = a.Training(a.agent, id)
	same(t, "it is still there", ok, false)
	same(t, "trainings of an unknown agent", len(a.Trainings("unknown")), 0)
}

func TestHiddenFieldsOfAgentsAreShownWhereTheyAreEchoed(t *testing.T) {
	for b, want := range map[fakeapi.Undocumented]bool{
		fakeapi.UndocumentedAbsent: false, fakeapi.UndocumentedInConfig: false,
		fakeapi.UndocumentedEchoed: true, fakeapi.UndocumentedMasked: true,
	} {
		a := start(t, fakeapi.WithBehaviour(fakeapi.Behaviour{Undocumented: b}))
		shown := a.agentNow()
		for _, field := range []string{"endpointing_sensitivity", "idle_time_seconds", "enable_recording", "max_idle_check_count", "advanced_settings"} {
			_, ok := shown[field]
			same(t, field+" is shown", ok, want)
		}
		_, ok := object(shown["voice"])["ambient_volume"]
		same(t, "ambient_volume is shown", ok, want)
	}
}

func TestSwitchesOfActionsHoldForAgents(t *testing.T) {
	with := func(b fakeapi.Behaviour) api {
		return start(t, fakeapi.WithClock(newClock().Now), fakeapi.WithBehaviour(b))
	}

	a := with(fakeapi.Behaviour{TrimStrings: true, EmptyToNull: true})
	got := a.create(map[string]any{"description": " text\n", "initial_message": " "}).data()
	same(t, "trimmed description", got["description"], "text")
	same(t, "empty initial_message", got["initial_message"], nil)

	for untouched, moved := range map[bool]bool{true: false, false: true} {
		a = with(fakeapi.Behaviour{UntouchedWhenEqual: untouched})
		before := a.knowledge(nil).data()["updated_at"]
		same(t, "an equal update moves updated_at", a.knowledge(nil).data()["updated_at"] != before, moved)
		a.SetPublished(a.agent, true)
		published := a.agentNow()["updated_at"]
		after := a.knowledge(nil).data()
		same(t, "it puts a published agent into draft", after["current_status"], "draft")
		same(t, "and moves updated_at then", after["updated_at"] != published, true)
	}

	a = with(fakeapi.Behaviour{MixedTimes: true})
	created := a.create(nil).data()
	same(t, "the time of a create", created["created_at"], "2024-01-15T10:30:00.000000Z")
	a.agent, _ = created["id"].(string)
	same(t, "the time elsewhere", a.agentNow()["created_at"], "2024-01-15T10:30:00Z")
}

func TestEveryOpenAnswerKeepsTheDocumentedKeysOfAnAgent(t *testing.T) {
	documented := object(sample(t, "get-agent.response.json")["data"])
	for _, point := range fakeapi.Open() {
		for _, answer := range point.Answers {
			var b fakeapi.Behaviour
			answer.Set(&b)
			a := start(t, fakeapi.WithBehaviour(b))
			shown := a.agentNow()
			for key := range documented {
				if _, ok := shown[key]; !ok {
					t.Errorf("%s: %s: %s is missing", point.Name, answer.Name, key)
				}
			}
		}
	}
}
