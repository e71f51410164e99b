package talq

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func decodeAgent(t *testing.T, text string) Agent {
	t.Helper()
	play, _ := script(answering(200, `{"data":`+text+`}`))
	agent, err := over(t, play).GetAgent(t.Context(), "g")
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return agent
}

func texts(get func(Agent) Lenient[string]) func(Agent) (bool, string) {
	return func(a Agent) (bool, string) { return shown(get(a)) }
}

func numbers(get func(Agent) Lenient[json.Number]) func(Agent) (bool, string) {
	return func(a Agent) (bool, string) { return shown(get(a)) }
}

func switches(get func(Agent) Lenient[bool]) func(Agent) (bool, string) {
	return func(a Agent) (bool, string) { return shown(get(a)) }
}

// shown returns whether a member is there, and its value, "null" where it has none.
func shown[T any](m Lenient[T]) (bool, string) {
	if m.Value == nil {
		return m.Present, "null"
	}
	return m.Present, fmt.Sprint(*m.Value)
}

// agentMembers are the members of an agent that a resource reads, with their kind.
var agentMembers = map[string]struct {
	kind string
	get  func(Agent) (present bool, value string)
}{
	"name":                            {"text", texts(func(a Agent) Lenient[string] { return a.Name })},
	"label":                           {"text", texts(func(a Agent) Lenient[string] { return a.Label })},
	"description":                     {"text", texts(func(a Agent) Lenient[string] { return a.Description })},
	"language":                        {"text", texts(func(a Agent) Lenient[string] { return a.Language })},
	"direction":                       {"text", texts(func(a Agent) Lenient[string] { return a.Direction })},
	"initial_message":                 {"text", texts(func(a Agent) Lenient[string] { return a.InitialMessage })},
	"interrupt_sensitivity":           {"text", texts(func(a Agent) Lenient[string] { return a.InterruptSensitivity })},
	"who_speaks_first":                {"text", texts(func(a Agent) Lenient[string] { return a.WhoSpeaksFirst })},
	"created_at":                      {"text", texts(func(a Agent) Lenient[string] { return a.CreatedAt })},
	"updated_at":                      {"text", texts(func(a Agent) Lenient[string] { return a.UpdatedAt })},
	"conversation_speed":              {"number", numbers(func(a Agent) Lenient[json.Number] { return a.ConversationSpeed })},
	"initial_message_delay":           {"number", numbers(func(a Agent) Lenient[json.Number] { return a.InitialMessageDelay })},
	"ask_if_human_present_on_idle":    {"switch", switches(func(a Agent) Lenient[bool] { return a.AskIfHumanPresentOnIdle })},
	"is_sandbox":                      {"switch", switches(func(a Agent) Lenient[bool] { return a.IsSandbox })},
	"is_ready_to_publish":             {"switch", switches(func(a Agent) Lenient[bool] { return a.IsReadyToPublish })},
	"endpointing_sensitivity":         {"text", texts(func(a Agent) Lenient[string] { return a.EndpointingSensitivity })},
	"ivr_navigation_mode":             {"text", texts(func(a Agent) Lenient[string] { return a.IVRNavigationMode })},
	"idle_time_seconds":               {"number", numbers(func(a Agent) Lenient[json.Number] { return a.IdleTimeSeconds })},
	"max_idle_check_count":            {"number", numbers(func(a Agent) Lenient[json.Number] { return a.MaxIdleCheckCount })},
	"max_call_duration_seconds":       {"number", numbers(func(a Agent) Lenient[json.Number] { return a.MaxCallDurationSeconds })},
	"say_goodbye_on_max_duration":     {"switch", switches(func(a Agent) Lenient[bool] { return a.SayGoodbyeOnMaxDuration })},
	"user_inactivity_timeout_seconds": {"number", numbers(func(a Agent) Lenient[json.Number] { return a.UserInactivityTimeoutSeconds })},
	"initial_idle_time_seconds":       {"number", numbers(func(a Agent) Lenient[json.Number] { return a.InitialIdleTimeSeconds })},
	"initial_max_idle_check_count":    {"number", numbers(func(a Agent) Lenient[json.Number] { return a.InitialMaxIdleCheckCount })},
	"llm_temperature":                 {"number", numbers(func(a Agent) Lenient[json.Number] { return a.LLMTemperature })},
	"enable_recording":                {"switch", switches(func(a Agent) Lenient[bool] { return a.EnableRecording })},
}

// Left out, null and a value are three things. A value of another type counts as left
// out, so that the agent's actions can still be read.
func TestAgentMembers(t *testing.T) {
	good := map[string][]string{"text": {`"x"`, `""`}, "number": {"0", "1.0", "-0.10", "1e400", `"1.50"`}, "switch": {"true", "false"}}
	wrong := map[string][]string{"text": {"5", "true", "{}", "[]"}, "number": {`"many"`, `""`, "true", "{}", "[]"}, "switch": {`"yes"`, "1", "{}", "[]"}}
	for name, member := range agentMembers {
		t.Run(name, func(t *testing.T) {
			if present, _ := member.get(decodeAgent(t, `{"id":"g"}`)); present {
				t.Error("left out, and present")
			}
			if present, value := member.get(decodeAgent(t, fmt.Sprintf(`{"id":"g",%q:null}`, name))); !present || value != "null" {
				t.Errorf("null: present %t, %s", present, value)
			}
			for _, text := range good[member.kind] {
				present, value := member.get(decodeAgent(t, fmt.Sprintf(`{"id":"g",%q:%s}`, name, text)))
				if !present || value != strings.Trim(text, `"`) {
					t.Errorf("%s: present %t, %s", text, present, value)
				}
			}
			for _, text := range wrong[member.kind] {
				if present, value := member.get(decodeAgent(t, fmt.Sprintf(`{"id":"g",%q:%s}`, name, text))); present || value != "null" {
					t.Errorf("%s: present %t, %s", text, present, value)
				}
			}
		})
	}
}

func TestVoiceMembers(t *testing.T) {
	for name, row := range map[string]struct {
		voice          string
		present, value bool
	}{
		"left out":          {``, false, false},
		"null":              {`,"voice":null`, true, false},
		"an empty object":   {`,"voice":{}`, true, true},
		"of another type":   {`,"voice":"Bianca"`, false, false},
		"PHP's empty":       {`,"voice":[]`, false, false},
		"with odd members":  {`,"voice":{"stability":"high","template":5}`, true, true},
		"template of null":  {`,"voice":{"template":null}`, true, true},
		"ID of the sandbox": {`,"voice":{"id":null}`, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			a := decodeAgent(t, `{"id":"g"`+row.voice+`}`)
			if a.Voice.Present != row.present || (a.Voice.Value != nil) != row.value {
				t.Errorf("%+v", a.Voice)
			}
		})
	}
	v := decodeAgent(t, `{"id":"g","voice":{"stability":0.80,"similarity_boost":1,"ambient_background":null,"ambient_volume":1.0,"template":{"id":"t"}}}`).Voice.Value
	if *v.Stability.Value != "0.80" || *v.SimilarityBoost.Value != "1" || !v.AmbientBackground.Present || v.AmbientBackground.Value != nil ||
		*v.AmbientVolume.Value != "1.0" || *v.Template.Value.ID.Value != "t" || v.Name.Present {
		t.Errorf("%+v", v)
	}
}

func TestPhoneNumberIDs(t *testing.T) {
	for name, row := range map[string]struct {
		numbers string
		want    Opt[[]string]
	}{
		"left out":        {``, Opt[[]string]{}},
		"null":            {`,"phone_numbers":null`, Null[[]string]()},
		"none":            {`,"phone_numbers":[]`, Some([]string{})},
		"two":             {`,"phone_numbers":[{"id":"b"},{"id":"a"}]`, Some([]string{"b", "a"})},
		"one without":     {`,"phone_numbers":[{"id":"a"},{"number":"+1"}]`, Opt[[]string]{}},
		"one of null":     {`,"phone_numbers":[null]`, Opt[[]string]{}},
		"an empty id":     {`,"phone_numbers":[{"id":""}]`, Opt[[]string]{}},
		"of another type": {`,"phone_numbers":{"a":1}`, Opt[[]string]{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := decodeAgent(t, `{"id":"g"`+row.numbers+`}`).PhoneNumberIDs(); !reflect.DeepEqual(got, row.want) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestLenientAsOpt(t *testing.T) {
	for body, want := range map[string]Opt[string]{`{}`: {}, `{"m":null}`: Null[string](), `{"m":"x"}`: Some("x"), `{"m":5}`: {}} {
		var got struct {
			M Lenient[string] `json:"m"`
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil || !reflect.DeepEqual(got.M.Opt(), want) {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}

// One request serves whoever wants to know something of an agent.
func TestOneReadServesAgentActionsTrainingsAndPublication(t *testing.T) {
	play, count := script(answering(200, sample(t, "get-agent.response.json")))
	c := over(t, play)
	for range 2 {
		readAllOf(t, c, "g")
	}
	if *count != 1 {
		t.Errorf("%d requests", *count)
	}
}

// readAllOf reads an agent for each noun: its settings, an action, a training, its status.
func readAllOf(t *testing.T, c *Client, agentID string) {
	t.Helper()
	actions, err := c.ListActions(t.Context(), agentID, "action-uuid")
	if err != nil || actions.Action("action-uuid") == nil {
		t.Errorf("%+v: %v", actions, err)
	}
	trainings, err := c.ListTrainings(t.Context(), agentID, "training-uuid")
	if err != nil || trainings.Training("training-uuid") == nil || len(trainings.Trainings) != 1 {
		t.Errorf("%+v: %v", trainings, err)
	}
	if status, err := c.AgentStatus(t.Context(), agentID); err != nil || status.CurrentStatus != AgentPublished {
		t.Errorf("%+v: %v", status, err)
	}
	if agent, err := c.GetAgent(t.Context(), agentID); err != nil || *agent.Label.Value != "Customer Support Agent" {
		t.Errorf("%+v: %v", agent, err)
	}
}

// pagesOfAgents plays an account of agents a to e, all like the sample, and records what
// is asked for. change is applied to what the pages show.
func pagesOfAgents(t *testing.T, change func(string) string) (*Client, *[]string) {
	t.Helper()
	var object struct {
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal([]byte(sample(t, "get-agent.response.json")), &object); err != nil {
		t.Fatal(err)
	}
	const sampleID = "550e8400-e29b-41d4-a716-446655440000"
	var asked []string
	return over(t, func(r *http.Request) (*http.Response, error) {
		asked = append(asked, strings.TrimPrefix(r.URL.Path, "/api/v1/"))
		if r.URL.Path != "/api/v1/agents" {
			return answering(200, sample(t, "get-agent.response.json"))()
		}
		var agents []string
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			agents = append(agents, change(strings.ReplaceAll(string(object.Data), sampleID, id)))
		}
		return answering(200, `{"success":true,"data":[`+strings.Join(agents, ",")+`],"meta":{"current_page":1,"last_page":1,"total":5}}`)()
	}), &asked
}

func TestPagesServeWholeAgents(t *testing.T) {
	c, asked := pagesOfAgents(t, func(agent string) string { return agent })
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		readAllOf(t, c, id)
	}
	if want := []string{"agents/a", "agents/b", "agents"}; !slices.Equal(*asked, want) {
		t.Errorf("asked for %q, want %q", *asked, want)
	}
}

func TestAnAgentThatAPageShowsInPartIsReadByItself(t *testing.T) {
	leaveOut := func(members ...string) func(string) string {
		return func(agent string) string {
			for _, member := range members {
				agent = strings.ReplaceAll(agent, `"`+member+`":`, `"x_`+member+`":`)
			}
			return agent
		}
	}
	for _, member := range []string{
		"label", "description", "language", "direction", "is_sandbox", "initial_message", "interrupt_sensitivity", "conversation_speed",
		"initial_message_delay", "ask_if_human_present_on_idle", "who_speaks_first", "voice", "stability", "similarity_boost",
		"ambient_background", "template", "trainings", "phone_numbers", "number", "instructions",
	} {
		t.Run(member, func(t *testing.T) {
			change := leaveOut(member)
			if member == "label" { // actions have one too
				change = func(agent string) string { return strings.Replace(agent, `"label": "Customer`, `"x": "Customer`, 1) }
			}
			if member == "description" {
				change = func(agent string) string {
					return strings.Replace(agent, `"description": "Handles`, `"x": "Handles`, 1)
				}
			}
			c, asked := pagesOfAgents(t, change)
			for _, id := range []string{"a", "b", "c"} {
				if agent, err := c.GetAgent(t.Context(), id); err != nil || *agent.Label.Value != "Customer Support Agent" || !agent.complete() {
					t.Errorf("%+v: %v", agent, err)
				}
			}
			if want := []string{"agents/a", "agents/b", "agents", "agents/c"}; !slices.Equal(*asked, want) {
				t.Errorf("asked for %q, want %q", *asked, want)
			}
		})
	}
}
