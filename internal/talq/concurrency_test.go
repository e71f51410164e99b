package talq

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestManyCallersOfOneClient(t *testing.T) {
	var count, running atomic.Int32
	var book notebook
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		running.Add(1)
		defer running.Add(-1)
		agent := strings.Split(r.URL.Path, "/")[4]
		switch n := count.Add(1); {
		case n%97 == 3: // each holds everybody for a moment
			w.Header().Set("Retry-After", "0.01")
			respond(w, 429, "")
		case n%11 == 5:
			respond(w, 503, "")
		case r.Method == http.MethodDelete:
			w.WriteHeader(204)
		case r.Method == http.MethodPost:
			respond(w, 200, fmt.Sprintf(`{"data":{"id":"of-%s"}}`, agent))
		case strings.HasSuffix(r.URL.Path, "/actions"):
			respond(w, 200, fmt.Sprintf(`{"data":[{"id":"of-%s"}]}`, agent))
		default:
			respond(w, 200, fmt.Sprintf(`{"data":{"id":%q}}`, agent))
		}
	}, book.use, func(c *Config) { c.MaxRetries = 50 })
	var all sync.WaitGroup
	for i := range 30 {
		all.Go(func() {
			agent := fmt.Sprint("g", i)
			a := minimalAction()
			a.CustomHeaders = Some([]Header{{Name: "X", Value: NewSecret("value")}})
			for range 3 {
				stored, err := c.UpsertAction(context.Background(), agent, a)
				if err != nil || stored.ID != "of-"+agent {
					t.Errorf("upsert: %s, %v", stored.ID, err)
				}
				actions, err := c.ListActions(context.Background(), agent)
				if err != nil || len(actions.Actions) != 1 || actions.Action("of-"+agent) == nil {
					t.Errorf("list: %v, %v", actions, err)
				}
				if err := c.DeleteAction(context.Background(), agent, "a"); err != nil {
					t.Errorf("delete: %v", err)
				}
			}
		})
	}
	all.Wait()
	if got := len(book.attempts(t)); got != int(count.Load()) || running.Load() != 0 {
		t.Errorf("%d log lines for %d requests", got, count.Load())
	}
}

func TestCancellingOneCallerLeavesTheOthers(t *testing.T) {
	hold, reached := make(chan struct{}), make(chan struct{}, 2)
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		reached <- struct{}{}
		<-hold
		respond(w, 200, `{"data":{"id":"h","actions":[]}}`)
	})
	ctx, cancel := context.WithCancel(context.Background())
	var both sync.WaitGroup
	both.Go(func() {
		if _, err := c.ListActions(ctx, "g"); err == nil {
			t.Error("the cancelled one got an answer")
		}
		close(hold)
	})
	both.Go(func() {
		if _, err := c.ListActions(context.Background(), "h"); err != nil {
			t.Errorf("the other one failed: %v", err)
		}
	})
	<-reached
	<-reached
	cancel()
	both.Wait()
}
