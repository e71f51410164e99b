package talq

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// BenchmarkRequestsAtTheLimit makes 350 requests where the server takes 100 in each
// window, and tells how many of them got a 429. It shows what the gate's probe and its
// count of the window are worth.
func BenchmarkRequestsAtTheLimit(b *testing.B) {
	const requests = 350
	for _, callers := range []int{10, 50} {
		b.Run(fmt.Sprint(callers, " callers"), func(b *testing.B) {
			limited := 0
			for b.Loop() {
				server, err := fakeapi.Start()
				if err != nil {
					b.Fatal(err)
				}
				config := testConfig()
				config.BaseURL, config.Token = server.BaseURL(), NewSecret(server.Token())
				client, err := New(config)
				if err != nil {
					b.Fatal(err)
				}
				agent := server.AddAgent(fakeapi.AgentSeed{})
				server.Inject(fakeapi.Fault{Delay: 20 * time.Millisecond})
				server.SetRateLimit(100, 2*time.Second)
				work := make(chan struct{}, requests)
				for range requests {
					work <- struct{}{}
				}
				close(work)
				var all sync.WaitGroup
				for range callers {
					all.Go(func() {
						for range work {
							if _, err := readInventory(b.Context(), client, actionKind, agent, nil); err != nil {
								b.Error(err)
							}
						}
					})
				}
				all.Wait()
				for _, r := range server.Requests(fakeapi.Match{}) {
					if r.Status == http.StatusTooManyRequests {
						limited++
					}
				}
				server.Close()
			}
			b.ReportMetric(float64(limited)/float64(b.N), "429s/op")
		})
	}
}
