package acctest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// EachAnswer runs a test under every answer to the named open points of the fake, many at a
// time: run k takes the answer k of each point, counted round.
func EachAnswer(t *testing.T, points []string, run func(*testing.T, fakeapi.Behaviour)) {
	t.Helper()
	var open []fakeapi.Point
	runs := 0
	for _, point := range fakeapi.Open() {
		if slices.Contains(points, point.Name) {
			open = append(open, point)
			runs = max(runs, len(point.Answers))
		}
	}
	if len(open) != len(points) {
		t.Fatalf("%d of %d points are known to the fake", len(open), len(points))
	}
	for k := range runs {
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			var behaviour fakeapi.Behaviour
			for _, point := range open {
				answer := point.Answers[k%len(point.Answers)]
				t.Logf("%s: %s", point.Name, answer.Name)
				answer.Set(&behaviour)
			}
			run(t, behaviour)
		})
	}
}
