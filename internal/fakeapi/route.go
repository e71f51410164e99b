package fakeapi

import (
	"net/http"
	"net/url"
	"strings"
)

// endpoints are the calls of API.md and API-AGENT.md. A name in braces stands for one
// escaped segment.
var endpoints = []struct {
	method string
	path   []string
	op     Op
}{
	{http.MethodGet, []string{"agents", "{agent}", "actions"}, OpListActions},
	{http.MethodPost, []string{"agents", "{agent}", "actions"}, OpUpsertAction},
	{http.MethodDelete, []string{"agents", "{agent}", "actions", "{action}"}, OpDeleteAction},
	{http.MethodGet, []string{"agents", "{agent}"}, OpGetAgent},
	{http.MethodDelete, []string{"agents", "{agent}"}, OpDeleteAgent},
	{http.MethodGet, []string{"agents"}, OpListAgents},
	{http.MethodPost, []string{"agents"}, OpCreateAgent},
	{http.MethodPut, []string{"agents", "{agent}", "knowledge"}, OpUpdateKnowledge},
	{http.MethodPut, []string{"agents", "{agent}", "voice"}, OpUpdateVoice},
	{http.MethodPut, []string{"agents", "{agent}", "calling"}, OpUpdateCalling},
	{http.MethodPatch, []string{"agents", "{agent}", "advanced-settings"}, OpUpdateAdvanced},
	{http.MethodGet, []string{"agents", "{agent}", "optimized-costs-eligibility"}, OpCheckEligibility},
	{http.MethodGet, []string{"agents", "{agent}", "trainings"}, OpListTrainings},
	{http.MethodPost, []string{"agents", "{agent}", "trainings"}, OpUpsertTraining},
	{http.MethodDelete, []string{"agents", "{agent}", "trainings", "{training}"}, OpDeleteTraining},
	{http.MethodGet, []string{"agents", "{agent}", "webhooks"}, OpListWebhooks},
	{http.MethodPost, []string{"agents", "{agent}", "webhooks"}, OpCreateWebhook},
	{http.MethodGet, []string{"agents", "{agent}", "webhooks", "{webhook}"}, OpGetWebhook},
	{http.MethodPut, []string{"agents", "{agent}", "webhooks", "{webhook}"}, OpUpdateWebhook},
	{http.MethodDelete, []string{"agents", "{agent}", "webhooks", "{webhook}"}, OpDeleteWebhook},
	{http.MethodPatch, []string{"agents", "{agent}", "webhooks", "{webhook}", "toggle"}, OpToggleWebhook},
	{http.MethodPost, []string{"agents", "{agent}", "webhooks", "{webhook}", "test"}, OpTestWebhook},
	{http.MethodGet, []string{"agents", "{agent}", "flow"}, OpGetFlow},
	{http.MethodPut, []string{"agents", "{agent}", "flow"}, OpUpdateFlow},
	{http.MethodPost, []string{"agents", "{agent}", "flow", "validate"}, OpValidateFlow},
	{http.MethodGet, []string{"agents", "{agent}", "flow", "versions"}, OpListVersions},
	{http.MethodPost, []string{"agents", "{agent}", "publish"}, OpPublish},
	{http.MethodPost, []string{"agents", "{agent}", "unpublish"}, OpUnpublish},
	{http.MethodGet, []string{"action-integrations"}, OpListIntegrations},
	{http.MethodGet, []string{"voice-templates"}, OpListVoices},
	{http.MethodGet, []string{"phone-numbers"}, OpListNumbers},
	{http.MethodGet, []string{"health"}, OpHealth},
}

// route fills in what method and path say. Where the path is known but not with this
// method, the entry remembers a method that would do.
func route(entry *Request) {
	entry.Op = OpUnknown
	segments, ok := segments(entry.Path)
	if !ok {
		return
	}
	for _, endpoint := range endpoints {
		ids, ok := match(endpoint.path, segments)
		if !ok {
			continue
		}
		entry.AgentID, entry.ActionID = ids["{agent}"], ids["{action}"]
		entry.TrainingID, entry.WebhookID = ids["{training}"], ids["{webhook}"]
		if endpoint.method == entry.Method {
			entry.Op = endpoint.op
			entry.allowed = ""
			return
		}
		entry.allowed = endpoint.method
	}
}

// segments splits an escaped path below the base path, so that an escaped slash stays
// inside its segment.
func segments(path string) ([]string, bool) {
	rest, ok := strings.CutPrefix(path, basePath+"/")
	if !ok {
		return nil, false
	}
	parts := strings.Split(rest, "/")
	for i, part := range parts {
		unescaped, err := url.PathUnescape(part)
		if err != nil || unescaped == "" {
			return nil, false
		}
		parts[i] = unescaped
	}
	return parts, true
}

func match(pattern, segments []string) (ids map[string]string, ok bool) {
	if len(pattern) != len(segments) {
		return nil, false
	}
	ids = map[string]string{}
	for i, want := range pattern {
		if strings.HasPrefix(want, "{") {
			ids[want] = segments[i]
		} else if want != segments[i] {
			return nil, false
		}
	}
	return ids, true
}
