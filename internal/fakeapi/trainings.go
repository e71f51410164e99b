package fakeapi

import "net/http"

// trainingRules are the fields of create-training. The call creates where there is no
// training of the node id, or no node id in the body.
var trainingRules = []field{
	{"node_id", optional, text},
	{"subject", required, upTo255},
	{"instructions", required, text},
	{"current_status", optional, oneOf("active", "inactive")},
}

// trainingDefaults stand where nothing was set.
var trainingDefaults = map[string]any{"current_status": "active"}

// trainingObject is a training as the answer to an upsert, or as any other answer, shows it.
func (b Behaviour) trainingObject(one *item, upsert bool) map[string]any {
	shown := map[string]any{
		"id":             one.id,
		"subject":        one.fields["subject"],
		"instructions":   one.fields["instructions"],
		"current_status": orDefault(one.fields["current_status"], "active"),
		"created_at":     b.stamp(one.created, upsert),
		"updated_at":     b.stamp(one.updated, upsert),
	}
	if b.echoes() {
		shown["node_id"] = one.fields["node_id"]
	}
	return shown
}

// trainingObjects is the listing of an agent's trainings, whole.
func (b Behaviour) trainingObjects(a *agent) []any {
	return a.trainings.objects(b, b.trainingObject)
}

func (s *Server) upsertTraining(a *agent, entry *Request) answer {
	b := s.behaviour
	sent, refused := b.body(entry)
	if refused.status != 0 {
		return refused
	}
	errors := fieldErrors{}
	errors.object("", sent, trainingRules)
	if len(errors) > 0 {
		return invalid(errors)
	}
	nodeID, _ := sent["node_id"].(string)
	before := map[string]any{}
	if one := a.trainings.byNode(nodeID); one != nil {
		before = one.fields
	}
	after := b.merge(before, sent, names(trainingRules))
	one := s.upsert(&a.trainings, "training", nodeID, after, sameFields(before, after, trainingDefaults))
	s.touchForTraining(a)
	return done(success(b.upsertStatus(), "Agent training updated successfully", b.trainingObject(one, true)))
}

func (s *Server) deleteTraining(a *agent, entry *Request) answer {
	if !a.trainings.remove(entry.TrainingID) {
		return s.behaviour.coded(http.StatusNotFound, "TRAINING_NOT_FOUND", "Training not found")
	}
	s.touchForTraining(a)
	return s.deleted("Agent training deleted successfully")
}

// touchForTraining is what a write of a training does to its agent.
func (s *Server) touchForTraining(a *agent) {
	if !s.behaviour.TrainingsKeepPublished {
		a.setStatus(statusDraft, s.now(), s.behaviour)
	}
}
