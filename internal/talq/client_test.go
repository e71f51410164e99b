package talq

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"
)

func TestRequestLine(t *testing.T) {
	ctx := context.Background()
	for name, test := range map[string]struct {
		call   func(*Client) error
		method string
		uri    string
		body   bool
	}{
		"list actions": {
			func(c *Client) error { _, err := c.ListActions(ctx, "g"); return err },
			"GET", "/api/v1/agents/g/actions", false,
		},
		"upsert an action": {
			func(c *Client) error { _, err := c.UpsertAction(ctx, "g", minimalAction()); return err },
			"POST", "/api/v1/agents/g/actions", true,
		},
		"delete an action": {
			func(c *Client) error { return c.DeleteAction(ctx, "g", "a") },
			"DELETE", "/api/v1/agents/g/actions/a", false,
		},
		"get an agent": {
			func(c *Client) error { _, err := c.GetAgent(ctx, "g"); return err },
			"GET", "/api/v1/agents/g", false,
		},
		"list all agents": {
			func(c *Client) error { _, err := c.ListAgents(ctx, AgentFilter{}); return err },
			"GET", "/api/v1/agents?per_page=100", false,
		},
		"list some agents": {
			func(c *Client) error {
				_, err := c.ListAgents(ctx, AgentFilter{Status: "draft", Direction: "inbound", Search: "a&b c"})
				return err
			},
			"GET", "/api/v1/agents?direction=inbound&per_page=100&search=a%26b+c&status=draft", false,
		},
		"create an agent": {
			func(c *Client) error { _, err := c.CreateAgent(ctx, minimalAgent()); return err },
			"POST", "/api/v1/agents", true,
		},
		"update knowledge": {
			func(c *Client) error { _, err := c.UpdateKnowledge(ctx, "g", KnowledgeRequest{}); return err },
			"PUT", "/api/v1/agents/g/knowledge", true,
		},
		"update the voice": {
			func(c *Client) error { _, err := c.UpdateVoice(ctx, "g", VoiceRequest{}); return err },
			"PUT", "/api/v1/agents/g/voice", true,
		},
		"update calling": {
			func(c *Client) error { _, err := c.UpdateCalling(ctx, "g", CallingRequest{}); return err },
			"PUT", "/api/v1/agents/g/calling", true,
		},
		"update advanced settings": {
			func(c *Client) error {
				_, err := c.UpdateAdvancedSettings(ctx, "g", AdvancedSettingsRequest{})
				return err
			},
			"PATCH", "/api/v1/agents/g/advanced-settings", true,
		},
		"delete an agent": {
			func(c *Client) error { return c.DeleteAgent(ctx, "g") },
			"DELETE", "/api/v1/agents/g", false,
		},
		"find agents": {
			func(c *Client) error { _, err := c.FindAgents(ctx, "Front desk & more"); return err },
			"GET", "/api/v1/agents?per_page=100&search=Front+desk+%26+more", false,
		},
		"list trainings": {
			func(c *Client) error { _, err := c.ListTrainings(ctx, "g"); return err },
			"GET", "/api/v1/agents/g/trainings", false,
		},
		"upsert a training": {
			func(c *Client) error { _, err := c.UpsertTraining(ctx, "g", minimalTraining()); return err },
			"POST", "/api/v1/agents/g/trainings", true,
		},
		"delete a training": {
			func(c *Client) error { return c.DeleteTraining(ctx, "g", "t/1") },
			"DELETE", "/api/v1/agents/g/trainings/t%2F1", false,
		},
		"list webhooks": {
			func(c *Client) error { _, err := c.ListWebhooks(ctx, "g"); return err },
			"GET", "/api/v1/agents/g/webhooks", false,
		},
		"look for a webhook": {
			func(c *Client) error { _, err := c.readWebhook(ctx, "g", "a1"); return err },
			"GET", "/api/v1/agents/g/webhooks/a1", false,
		},
		"create a webhook": {
			func(c *Client) error { _, err := c.CreateWebhook(ctx, "g", minimalWebhook()); return err },
			"POST", "/api/v1/agents/g/webhooks", true,
		},
		"update a webhook": {
			func(c *Client) error { _, err := c.UpdateWebhook(ctx, "g", "w/1", WebhookRequest{}); return err },
			"PUT", "/api/v1/agents/g/webhooks/w%2F1", true,
		},
		"delete a webhook": {
			func(c *Client) error { return c.DeleteWebhook(ctx, "g", "w/1") },
			"DELETE", "/api/v1/agents/g/webhooks/w%2F1", false,
		},
		"get a flow": {
			func(c *Client) error { _, err := c.GetFlow(ctx, "g"); return err },
			"GET", "/api/v1/agents/g/flow", false,
		},
		"put a flow": {
			func(c *Client) error { _, err := c.PutFlow(ctx, "g", FlowRequest{}); return err },
			"PUT", "/api/v1/agents/g/flow", true,
		},
		"check a flow": {
			func(c *Client) error { _, err := c.ValidateFlow(ctx, "g", nil); return err },
			"POST", "/api/v1/agents/g/flow/validate", true,
		},
		"list versions of a flow": {
			func(c *Client) error { _, err := c.FlowVersions(ctx, "g"); return err },
			"GET", "/api/v1/agents/g/flow/versions", false,
		},
		"list voice templates": {
			func(c *Client) error { _, err := c.VoiceTemplates(ctx, VoiceTemplateFilter{}); return err },
			"GET", "/api/v1/voice-templates", false,
		},
		"list some voice templates": {
			func(c *Client) error {
				_, err := c.VoiceTemplates(ctx, VoiceTemplateFilter{Language: "pt-BR", QualityTier: "pro", Gender: "female"})
				return err
			},
			"GET", "/api/v1/voice-templates?gender=female&language=pt-BR&quality_tier=pro", false,
		},
		"list phone numbers": {
			func(c *Client) error { _, err := c.PhoneNumbers(ctx, PhoneNumberFilter{}); return err },
			"GET", "/api/v1/phone-numbers", false,
		},
		"list some phone numbers": {
			func(c *Client) error {
				yes, no := true, false
				_, err := c.PhoneNumbers(ctx, PhoneNumberFilter{Type: "voice", HasVoice: &yes, HasWhatsApp: &no, Search: "+1202"})
				return err
			},
			"GET", "/api/v1/phone-numbers?has_voice=true&has_whatsapp=false&search=%2B1202&type=voice", false,
		},
		"publish": {
			func(c *Client) error { _, err := c.Publish(ctx, "g"); return err },
			"POST", "/api/v1/agents/g/publish", false,
		},
		"unpublish": {
			func(c *Client) error { _, err := c.Unpublish(ctx, "g"); return err },
			"POST", "/api/v1/agents/g/unpublish", false,
		},
		"list integrations": {
			func(c *Client) error { _, err := c.ListActionIntegrations(ctx); return err },
			"GET", "/api/v1/action-integrations", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got *http.Request
			var body []byte
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				got = r
				body, _ = io.ReadAll(r.Body)
				isList := map[string]bool{"agents": true, "actions": true, "trainings": true, "action-integrations": true, "voice-templates": true, "phone-numbers": true}[path.Base(r.URL.Path)]
				switch {
				case isList && r.Method == "GET":
					respond(w, 200, emptyList)
				case strings.HasSuffix(r.URL.Path, "/webhooks") && r.Method == "GET":
					respond(w, 200, `{"data":{"webhooks":[]}}`)
				case strings.HasSuffix(r.URL.Path, "/versions"):
					respond(w, 200, `{"data":{"versions":[]}}`)
				case strings.HasSuffix(r.URL.Path, "/flow"):
					respond(w, 200, `{"data":{"conversation_mode":"llm_driven"}}`)
				case strings.HasSuffix(r.URL.Path, "/validate"):
					respond(w, 200, `{"success":true}`)
				default:
					respond(w, 200, oneAction)
				}
			})
			if err := test.call(c); err != nil {
				t.Fatal(err)
			}
			if got.Method != test.method || got.RequestURI != test.uri {
				t.Errorf("sent %s %s, want %s %s", got.Method, got.RequestURI, test.method, test.uri)
			}
			if (len(body) > 0) != test.body {
				t.Errorf("body %q", body)
			}
			want := map[string]string{"Authorization": "Bearer " + testToken, "Accept": "application/json", "User-Agent": "agent/1", "Content-Type": ""}
			if test.body {
				want["Content-Type"] = "application/json"
			}
			for header, value := range want {
				if got.Header.Get(header) != value {
					t.Errorf("%s is %q, want %q", header, got.Header.Get(header), value)
				}
			}
		})
	}
}

func TestPathEscapesIDs(t *testing.T) {
	for name, test := range map[string]struct{ id, uri string }{
		"slash":           {"a/b", "a%2Fb"},
		"blank":           {"a b", "a%20b"},
		"percent":         {"100%", "100%25"},
		"escaped already": {"a%2Fb", "a%252Fb"},
		"umlaut":          {"grün", "gr%C3%BCn"},
		"question mark":   {"a?b=c", "a%3Fb=c"},
		"number sign":     {"a#b", "a%23b"},
		"line break":      {"a\nb", "a%0Ab"},
		"dots with more":  {"...", "..."},
		"escaped dots":    {"%2e%2e", "%252e%252e"},
		"step up inside":  {"../x", "..%2Fx"},
		"plus":            {"a+b", "a+b"},
	} {
		t.Run(name, func(t *testing.T) {
			var uri, path string
			c := serve(t, func(w http.ResponseWriter, r *http.Request) {
				uri, path = r.RequestURI, r.URL.Path
				w.WriteHeader(204)
			})
			if err := c.DeleteAction(context.Background(), "agent", test.id); err != nil {
				t.Fatal(err)
			}
			if want := "/api/v1/agents/agent/actions/" + test.uri; uri != want {
				t.Errorf("sent %s, want %s", uri, want)
			}
			if want := "/api/v1/agents/agent/actions/" + test.id; path != want {
				t.Errorf("the server reads %s, want %s", path, want)
			}
		})
	}
}

func TestPathRefusesSteps(t *testing.T) {
	for _, id := range []string{"", ".", ".."} {
		t.Run("id "+id, func(t *testing.T) {
			c := over(t, func(*http.Request) (*http.Response, error) {
				t.Error("a request was sent")
				return answering(204, "")()
			})
			if err := c.DeleteAction(context.Background(), id, "a"); err == nil {
				t.Error("as agent id: no error")
			}
			if err := c.DeleteAction(context.Background(), "g", id); err == nil {
				t.Error("as action id: no error")
			}
		})
	}
}

func TestBaseURLKeepsItsPath(t *testing.T) {
	for base, want := range map[string]string{
		"https://talq.example":               "https://talq.example/agents/g",
		"https://talq.example/":              "https://talq.example/agents/g",
		"https://talq.example:8443/api/v1/":  "https://talq.example:8443/api/v1/agents/g",
		"https://talq.example/a%2Fb/v1":      "https://talq.example/a%2Fb/v1/agents/g",
		"http://[::1]:80/api":                "http://[::1]:80/api/agents/g",
		"https://talq.example/white%20label": "https://talq.example/white%20label/agents/g",
	} {
		t.Run(base, func(t *testing.T) {
			var got *url.URL
			c := over(t, func(r *http.Request) (*http.Response, error) {
				got = r.URL
				return answering(200, oneAction)()
			}, func(config *Config) { config.BaseURL = base })
			if _, err := c.GetAgent(context.Background(), "g"); err != nil {
				t.Fatal(err)
			}
			if got.String() != want {
				t.Errorf("sent to %s, want %s", got, want)
			}
		})
	}
}

func TestNew(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Config)
		want   string // part of the error; empty for none
	}{
		"all set":             {func(*Config) {}, ""},
		"no base URL":         {func(c *Config) { c.BaseURL = "" }, ""},
		"plain http":          {func(c *Config) { c.BaseURL = "http://talq.example" }, "https://"},
		"no token":            {func(c *Config) { c.Token = Secret{} }, "empty"},
		"token with a blank":  {func(c *Config) { c.Token = NewSecret("a b") }, "blank"},
		"negative retries":    {func(c *Config) { c.MaxRetries = -1 }, "negative"},
		"no retries":          {func(c *Config) { c.MaxRetries = 0 }, ""},
		"no wait, no timeout": {func(c *Config) { c.RetryWait, c.RequestTimeout = 0, 0 }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			config := testConfig()
			test.change(&config)
			_, err := New(config)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("unexpected error %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestNewUsesDefaults(t *testing.T) {
	c := newClient(t, Config{Token: NewSecret("t")})
	if c.base.String() != DefaultBaseURL {
		t.Errorf("base URL %s", c.base)
	}
	if got := c.http.config.RequestTimeout; got != DefaultRequestTimeout {
		t.Errorf("timeout %s", got)
	}
	if c.http.config.MaxRetries != 0 {
		t.Errorf("%d retries without being asked for", c.http.config.MaxRetries)
	}
}

func TestLongRetryWaitIsBounded(t *testing.T) {
	for retries := range 100 {
		if wait, asked := retryWait(1000*time.Hour, retries, nil); wait > maxRetryWait || wait <= 0 || asked {
			t.Fatalf("pause %d is %s", retries, wait)
		}
	}
}
