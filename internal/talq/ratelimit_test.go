package talq

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// bubbleStart is when a bubble's time begins.
var bubbleStart = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func httpDate(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

func TestWaitAfter429(t *testing.T) {
	ahead := bubbleStart.Add(48 * time.Hour) // a server whose clock is wrong
	for name, test := range map[string]struct {
		headers []string
		wait    time.Duration
	}{
		"nothing said":                     {nil, time.Second},
		"seconds":                          {[]string{"Retry-After", "30"}, 30 * time.Second},
		"seconds with blanks":              {[]string{"Retry-After", " 30 "}, 30 * time.Second},
		"parts of seconds":                 {[]string{"Retry-After", "1.5"}, 1500 * time.Millisecond},
		"no seconds":                       {[]string{"Retry-After", "0"}, minLimitWait},
		"negative seconds":                 {[]string{"Retry-After", "-5"}, time.Second},
		"no number":                        {[]string{"Retry-After", "NaN"}, time.Second},
		"garbage":                          {[]string{"Retry-After", "soon"}, time.Second},
		"date":                             {[]string{"Retry-After", httpDate(bubbleStart.Add(time.Minute))}, time.Minute},
		"date by the server's clock":       {[]string{"Retry-After", httpDate(ahead.Add(40 * time.Second)), "Date", httpDate(ahead)}, 40 * time.Second},
		"date in the past":                 {[]string{"Retry-After", httpDate(bubbleStart.Add(-time.Hour))}, minLimitWait},
		"reset in seconds":                 {[]string{"X-RateLimit-Reset", "45"}, 45 * time.Second},
		"reset as an epoch":                {[]string{"X-RateLimit-Reset", "1800000050", "Date", httpDate(time.Unix(1_800_000_000, 0))}, 50 * time.Second},
		"reset as an epoch in the past":    {[]string{"X-RateLimit-Reset", "1700000000", "Date", httpDate(time.Unix(1_800_000_000, 0))}, minLimitWait},
		"reset as garbage":                 {[]string{"X-RateLimit-Reset", "tomorrow"}, time.Second},
		"Retry-After before the reset":     {[]string{"Retry-After", "10", "X-RateLimit-Reset", "45"}, 10 * time.Second},
		"reset where Retry-After is wrong": {[]string{"Retry-After", "soon", "X-RateLimit-Reset", "45"}, 45 * time.Second},
		"exactly the longest wait":         {[]string{"Retry-After", "300"}, MaxWait},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				play, count := script(answering(429, `{"message":"slow down"}`, test.headers...), answering(200, oneAction))
				c := over(t, play, func(c *Config) { c.MaxRetries = 0 })
				started := time.Now()
				got, err := c.UpsertAction(context.Background(), "g", minimalAction())
				if err != nil || *count != 2 || got.Attempts != 1 { // the server did nothing at the 429
					t.Fatalf("%d requests: %v", *count, err)
				}
				// Up to a tenth more, so that those who waited do not all come at once.
				if took := time.Since(started); took < test.wait || took > test.wait+test.wait/10+2*time.Millisecond {
					t.Errorf("waited %s, want %s", took, test.wait)
				}
			})
		})
	}
}

func TestLimitResetByOurClock(t *testing.T) {
	ours := time.Unix(1_800_000_000, 0)
	for value, want := range map[string]time.Duration{
		"1800000020": 20 * time.Second, "1000000001": 0, "1000000000": 24 * time.Hour, "7": 7 * time.Second,
	} {
		if got, ok := limitReset(http.Header{"X-Ratelimit-Reset": {value}}, ours); !ok || got != want {
			t.Errorf("%s: %s, %t", value, got, ok)
		}
	}
}

func TestWaitsForTheLimitAreNoRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limited, broken := answering(429, "", "Retry-After", "1"), answering(500, "")
		play, count := script(limited, limited, limited, limited, broken, limited, limited, broken, limited, answering(200, emptyList))
		if _, err := list(over(t, play)); err != nil || *count != 10 {
			t.Errorf("%d requests: %v", *count, err)
		}
	})
}

func TestUnexplained429sAreAskedLessAndLess(t *testing.T) {
	for name, headers := range map[string][]string{
		"nothing said": nil, "Retry-After of zero": {"Retry-After", "0"}, "reset of zero": {"X-RateLimit-Reset", "0"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				play, count := script(answering(429, "", headers...))
				_, err := list(over(t, play))
				var wait *WaitError
				if !errors.As(err, &wait) {
					t.Fatalf("error %T %v", err, err)
				}
				if *count > 100 {
					t.Errorf("%d requests in a quarter of an hour", *count)
				}
			})
		})
	}
}

func TestTooLongWaits(t *testing.T) {
	for name, test := range map[string]struct {
		headers []string
		wants   []string
		took    time.Duration
		count   int
	}{
		"one wait past 5 minutes":  {[]string{"Retry-After", "301"}, []string{"wait 5m1s more", "after 0s of waiting"}, 0, 1},
		"a date far away":          {[]string{"Retry-After", httpDate(bubbleStart.Add(2 * time.Hour))}, []string{"wait 2h0m0s more"}, 0, 1},
		"a number past all bounds": {[]string{"Retry-After", "99999999999999999999999999"}, []string{"wait 24h0m0s more"}, 0, 1},
		"an epoch in milliseconds": {[]string{"X-RateLimit-Reset", "1800000000000"}, []string{"asked to wait"}, 0, 1},
		"15 minutes in all":        {[]string{"Retry-After", "280"}, []string{"wait 4m40s more", "of waiting"}, 3 * 280 * time.Second, 4},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				play, count := script(answering(429, "", test.headers...))
				started := time.Now()
				_, err := over(t, play).UpsertAction(context.Background(), "g", minimalAction())
				var wait *WaitError
				if !errors.As(err, &wait) {
					t.Fatalf("error %T %v", err, err)
				}
				contains(t, err.Error(), append(test.wants, "rate limit", "5m0s", "15m0s", "POST /api/v1/agents/g/actions")...)
				if took := time.Since(started); took < test.took || took > test.took*11/10+time.Second {
					t.Errorf("gave up after %s, want %s", took, test.took)
				}
				if *count > test.count || *count < min(test.count, 3) {
					t.Errorf("%d requests, want %d", *count, test.count)
				}
			})
		})
	}
}

func TestTotalWaitNeverPassesItsBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		play, _ := script(answering(429, "", "Retry-After", "59"))
		started := time.Now()
		_, err := list(over(t, play))
		var wait *WaitError
		if !errors.As(err, &wait) {
			t.Fatalf("error %v", err)
		}
		if took := time.Since(started); took > MaxTotalWait || took != wait.Waited {
			t.Errorf("waited %s, by its own account %s", took, wait.Waited)
		}
	})
}

func TestTheGateHoldsEverybody(t *testing.T) {
	for name, test := range map[string]struct {
		first   func() (*http.Response, error)
		waiting bool
	}{
		"after a 429":                     {answering(429, "", "Retry-After", "60"), true},
		"at the last request":             {answering(200, emptyList, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), true},
		"at the last one that failed":     {answering(404, "", "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "60"), true},
		"not before the last":             {answering(200, emptyList, "X-RateLimit-Remaining", "1", "X-RateLimit-Reset", "60"), false},
		"not without a reset":             {answering(200, emptyList, "X-RateLimit-Remaining", "0"), false},
		"not with a Retry-After on a 503": {answering(503, "", "Retry-After", "60"), false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				play, _ := script(test.first, answering(200, emptyList))
				c := over(t, play, func(c *Config) { c.MaxRetries = 0 })
				started := time.Now()
				go func() { _, _ = list(c) }()
				synctest.Wait()
				var others sync.WaitGroup
				for range 10 {
					others.Go(func() {
						if _, err := list(c); err != nil {
							t.Error(err)
						}
						took := time.Since(started)
						if test.waiting != (took >= time.Minute) || took > 70*time.Second {
							t.Errorf("came through after %s", took)
						}
					})
				}
				others.Wait()
				time.Sleep(2 * time.Minute) // let the first one end
			})
		})
	}
}

func TestTheGateStaysShutForTheLongerWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := shutGate(time.Minute)
		g.shut(time.Now(), time.Second)
		started := time.Now()
		if _, err := g.pass(t.Context(), &trail{}); err != nil || time.Since(started) < time.Minute {
			t.Errorf("passed after %s: %v", time.Since(started), err)
		}
	})
}

func TestClientsDoNotShareAGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shut := over(t, func(*http.Request) (*http.Response, error) { return answering(200, emptyList)() })
		shut.http.gate.shut(time.Now(), time.Minute)
		started := time.Now()
		if _, err := list(over(t, func(*http.Request) (*http.Response, error) { return answering(200, emptyList)() })); err != nil || time.Since(started) > 0 {
			t.Errorf("after %s: %v", time.Since(started), err)
		}
	})
}

func TestResetBeyondEveryBoundClosesNothingByItself(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	for name, row := range map[string]struct {
		reset string
		want  time.Duration
	}{
		"within the bound":   {"120", 2 * time.Minute},
		"past the bound":     {"301", 0},
		"an epoch in millis": {"1700000060000", 0},
		"an epoch":           {"1700000060", time.Minute},
		"in the past":        {"1699999999", 0},
		"absent":             {"", 0},
		"no number":          {"soon", 0},
	} {
		t.Run(name, func(t *testing.T) {
			resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
			resp.Header.Set("X-RateLimit-Remaining", "0")
			resp.Header.Set("X-RateLimit-Reset", row.reset)
			if got := limitWait(resp, now, 0); got != row.want {
				t.Errorf("waits %s, want %s", got, row.want)
			}
		})
	}
}
