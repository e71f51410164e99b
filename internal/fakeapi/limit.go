package fakeapi

import (
	"net/http"
	"strconv"
	"time"
)

// The headers of a server without a limit speak of the Professional plan (API.md, Limits),
// as if each request were the first of its window, so that no client sees it run out.
const (
	headerLimit  = 1000
	headerWindow = time.Minute
)

// limiter counts requests per token in fixed windows.
type limiter struct {
	limit   int
	length  time.Duration
	windows map[string]*window
}

type window struct {
	number int
	used   int
	ends   time.Time
}

// take counts a request of token at now and says whether it is within the limit. The
// headers go with its answer either way; a request over the limit uses nothing up.
func (l *limiter) take(token string, now time.Time) (number int, ok bool, h limitHeaders) {
	if l.limit == 0 {
		return 0, true, unlimitedHeaders(now)
	}
	if l.windows == nil {
		l.windows = map[string]*window{}
	}
	w := l.windows[token]
	if w == nil {
		w = &window{}
		l.windows[token] = w
	}
	if !now.Before(w.ends) {
		*w = window{number: w.number + 1, ends: now.Add(l.length)}
	}
	if ok = w.used < l.limit; ok {
		w.used++
	}
	return w.number, ok, limitHeaders{limit: l.limit, remaining: l.limit - w.used, now: now, reset: w.ends}
}

// limitHeaders is what the X-RateLimit-* headers of one answer say.
type limitHeaders struct {
	limit, remaining int
	now, reset       time.Time
}

func unlimitedHeaders(now time.Time) limitHeaders {
	return limitHeaders{limit: headerLimit, remaining: headerLimit - 1, now: now, reset: now.Add(headerWindow)}
}

func (h limitHeaders) write(header http.Header, b Behaviour) {
	header.Set("X-RateLimit-Limit", strconv.Itoa(h.limit))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(h.remaining))
	reset := strconv.FormatInt(h.resetEpoch(), 10)
	if b.ResetAs == ResetSeconds {
		reset = h.secondsLeft()
	}
	header.Set("X-RateLimit-Reset", reset)
}

func (h limitHeaders) writeRetryAfter(header http.Header, b Behaviour) {
	switch b.RetryAfter {
	case RetryAfterSeconds:
		header.Set("Retry-After", h.secondsLeft())
	case RetryAfterDate:
		header.Set("Retry-After", time.Unix(h.resetEpoch(), 0).UTC().Format(http.TimeFormat))
	case RetryAfterAbsent:
	}
}

func (h limitHeaders) resetEpoch() int64 {
	return h.reset.Add(time.Second - 1).Unix()
}

func (h limitHeaders) secondsLeft() string {
	left := h.reset.Sub(h.now) + time.Second - 1
	return strconv.FormatInt(int64(left/time.Second), 10)
}
