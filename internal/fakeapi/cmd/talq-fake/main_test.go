package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestOnlyLoopbackAddressesAreServed(t *testing.T) {
	tests := []struct {
		address string
		ok      bool
	}{
		{"127.0.0.1:0", true},
		{"127.1.2.3:8080", true},
		{"[::1]:0", true},
		{"localhost:0", true},
		{"0.0.0.0:0", false},
		{"[::]:0", false},
		{":8080", false},
		{"192.0.2.1:80", false},
		{"example.com:80", false},
		{"127.0.0.1", false},
	}
	for _, test := range tests {
		if err := checkLoopback(test.address); (err == nil) != test.ok {
			t.Errorf("%s: %v", test.address, err)
		}
	}
}

func TestAForeignAddressStopsTheProgram(t *testing.T) {
	if err := run(t.Context(), []string{"-address", "0.0.0.0:0"}, io.Discard, io.Discard); err == nil {
		t.Error("it served")
	}
}

func TestItPrintsWhatAClientNeedsAndServesUntilInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"-agents", "2"}, writer, io.Discard) }()

	lines := bufio.NewScanner(reader)
	printed := []string{}
	for len(printed) < 4 && lines.Scan() {
		printed = append(printed, lines.Text())
	}
	base, ok := strings.CutPrefix(printed[0], "TALQ_BASE_URL=")
	rest := strings.Join(printed[1:], " ")
	if !ok || rest != "TALQ_TOKEN=talq_fake_environment_1 AGENT_ID=agent-1 AGENT_ID=agent-2" {
		t.Errorf("printed %q", printed)
	}
	for path, within := range map[string]string{
		"/health":          `"ok"`,
		"/voice-templates": `"id":"voice-template-uuid"`,
		"/phone-numbers":   `"number":"+12025550100"`,
	} {
		if got := get(t, base+path); !strings.Contains(got, within) {
			t.Errorf("%s answered %s", path, got)
		}
	}

	interrupt()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// get is the answer to a GET with the token of the first environment.
func get(t *testing.T, url string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer talq_fake_environment_1")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
