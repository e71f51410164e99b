package talq

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestAgentSample(t *testing.T) {
	play, _ := script(answering(200, sample(t, "get-agent.response.json")))
	got, err := over(t, play).GetAgent(context.Background(), "g")
	if err != nil {
		t.Fatal(err)
	}
	if got.ID != "550e8400-e29b-41d4-a716-446655440000" || *got.CurrentStatus.Value != AgentPublished ||
		!*got.IsReadyToPublish.Value || *got.IsSandbox.Value || *got.Language.Value != "en-US" ||
		*got.Label.Value != "Customer Support Agent" || *got.Direction.Value != "inbound" {
		t.Errorf("%+v", got)
	}
	if actions := *got.Actions.Value; len(actions) != 1 || actions[0].ID != "action-uuid" {
		t.Errorf("%+v", actions)
	}
}

func TestAgentPartsMayBeMissing(t *testing.T) {
	for name, body := range map[string]string{
		"id alone": `{"id":"g"}`,
		"all null": `{"id":"g","name":null,"label":null,"description":null,"language":null,"direction":null,"current_status":null,
			"is_sandbox":null,"is_ready_to_publish":null,"created_at":null,"updated_at":null,"actions":null}`,
		"parts of another type": `{"id":"g","name":5,"is_ready_to_publish":1,"actions":[{"id":"a","name":5}]}`,
		"more than documented":  `{"id":"g","voice":5,"trainings":"x","phone_numbers":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":`+body+`}`), answering(200, `{"data":[`+body+`]}`))
			c := over(t, play)
			got, err := c.GetAgent(context.Background(), "g")
			if err != nil || got.ID != "g" || got.Name.Value != nil || got.Actions.Value != nil {
				t.Errorf("%+v: %v", got, err)
			}
			agents, err := c.ListAgents(context.Background(), AgentFilter{})
			if err != nil || len(agents) != 1 || agents[0].ID != "g" {
				t.Errorf("%+v: %v", agents, err)
			}
		})
	}
}

func TestAgentThatCannotBeRead(t *testing.T) {
	for _, body := range []string{`{}`, `{"id":null}`, `{"id":""}`, `{"id":5}`, `{"id":"g","current_status":5}`} {
		t.Run(body, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":`+body+`}`), answering(200, `{"data":[`+body+`]}`))
			c := over(t, play)
			_, err := c.GetAgent(context.Background(), "g")
			var e *UnreadableError
			if !errors.As(err, &e) {
				t.Errorf("get: error %T %v", err, err)
			}
			if _, err = c.ListAgents(context.Background(), AgentFilter{}); !errors.As(err, &e) {
				t.Errorf("list: error %T %v", err, err)
			}
		})
	}
}

func TestPublishAndUnpublish(t *testing.T) {
	ctx := context.Background()
	for verb, call := range map[string]func(*Client) (Agent, error){
		"publish":   func(c *Client) (Agent, error) { return c.Publish(ctx, "asked") },
		"unpublish": func(c *Client) (Agent, error) { return c.Unpublish(ctx, "asked") },
	} {
		t.Run(verb, func(t *testing.T) {
			play, _ := script(answering(200, sample(t, "publish.response.json")))
			got, err := call(over(t, play))
			if err != nil || got.ID != "550e8400-e29b-41d4-a716-446655440000" || *got.CurrentStatus.Value != "published" {
				t.Errorf("%+v: %v", got, err)
			}
		})
		t.Run(verb+" answered with little", func(t *testing.T) {
			play, _ := script(answering(200, `{"data":{"current_status":"draft"}}`))
			got, err := call(over(t, play))
			if err != nil || got.ID != "asked" || *got.CurrentStatus.Value != AgentDraft {
				t.Errorf("%+v: %v", got, err)
			}
		})
		t.Run(verb+" refused", func(t *testing.T) {
			play, _ := script(answering(422, `{"success":false,"message":"Not ready","errors":{"voice":["Pick a voice."]}}`))
			_, err := call(over(t, play))
			contains(t, fmt.Sprint(err), "Not ready", "voice: Pick a voice.", "/agents/asked/"+verb)
		})
	}
}
