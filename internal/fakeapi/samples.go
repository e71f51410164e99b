package fakeapi

import (
	_ "embed"
	"maps"
)

//go:embed testdata/api/get-agent.response.json
var agentSample []byte

//go:embed testdata/api/create-agent.request.json
var createSample []byte

//go:embed testdata/api/list-action-integrations.response.json
var integrationsSample []byte

//go:embed testdata/api/list-voice-templates.response.json
var voicesSample []byte

//go:embed testdata/api/list-phone-numbers.response.json
var numbersSample []byte

//go:embed testdata/api/list-agent-webhooks.response.json
var webhooksSample []byte

// sampleAgent is the vendor's example of an agent, which every seeded agent starts from.
var sampleAgent = object(sampleData(agentSample))

// sampleCreate is the vendor's example of the body of a create, which the hidden fields of
// every seeded agent start from.
var sampleCreate = object(mustDecode(createSample))

// sampleIntegrations is the vendor's example of the catalogue.
var sampleIntegrations = sampleData(integrationsSample)

// sampleVoices are the voice templates of the vendor's examples: those of the listing, all
// Portuguese, and the two English ones that the page of the voice update names.
var sampleVoices = func() []map[string]any {
	voices := []map[string]any{}
	for _, group := range objects(sampleData(voicesSample)) {
		for _, voice := range objects(group["voices"]) {
			voices = append(voices, withField(voice, "display_name", group["display_name"]))
		}
	}
	basic, pro := withField(voices[0], "language", "en-US"), withField(voices[1], "language", "en-US")
	basic["id"], pro["id"] = "basic-voice-uuid", "voice-template-uuid"
	return append(voices, basic, pro)
}()

// sampleNumbers are the numbers of the vendor's listing.
var sampleNumbers = objects(sampleData(numbersSample))

func sampleData(sample []byte) any {
	return object(mustDecode(sample))["data"]
}

func mustDecode(sample []byte) any {
	value, err := decodeJSON(sample)
	if err != nil {
		panic("fakeapi: a sample is not JSON: " + err.Error())
	}
	return value
}

// objects are the items of a list, which must all be objects.
func objects(value any) []map[string]any {
	found := []map[string]any{}
	items, _ := value.([]any)
	for _, item := range items {
		found = append(found, object(item))
	}
	return found
}

func withField(fields map[string]any, name string, value any) map[string]any {
	changed := maps.Clone(fields)
	changed[name] = value
	return changed
}

// sampleFields are the fields of an agent that is as the samples show it.
func sampleFields() map[string]any {
	fields := map[string]any{"phone_number_ids": []any{}}
	for _, field := range readableAgentFields {
		fields[field] = sampleAgent[field]
	}
	for _, field := range hiddenAgentFields {
		if value, ok := sampleCreate[field]; ok {
			fields[field] = value
		}
	}
	return fields
}

// addSampleParts gives an agent the training and the phone number of the sample, and the
// number to its environment as well.
func (w *world) addSampleParts(a *agent) {
	for _, training := range objects(sampleAgent["trainings"]) {
		fields := maps.Clone(training)
		one := &item{fields: fields}
		one.id, _ = training["id"].(string)
		one.created = takeTime(fields, "created_at", a.created)
		one.updated = takeTime(fields, "updated_at", a.updated)
		delete(fields, "id")
		fields["node_id"] = "node-of-" + one.id
		w.add(&a.trainings, one)
	}
	ids := []any{}
	for _, part := range objects(sampleAgent["phone_numbers"]) {
		ids = append(ids, part["id"])
		if w.number(a.token, part["id"]) == nil {
			fields := maps.Clone(sampleNumbers[0])
			maps.Copy(fields, part)
			w.numbers = append(w.numbers, &number{a.token, fields})
		}
	}
	a.fields["phone_number_ids"] = ids
}
