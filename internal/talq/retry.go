package talq

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryWait is the longest pause before a retry that no header asked for.
const maxRetryWait = 30 * time.Second

// isTransient reports whether the same request may well succeed a little later.
// Whether it may be sent again is another question: all may but a create of an agent or
// of a webhook, since the other POSTs are upserts, set a status or change nothing (DESIGN.md).
func isTransient(resp *http.Response, err error) bool {
	if err != nil {
		var alert *net.OpError // crypto/tls reports the server's alerts as one
		return !errors.Is(err, errTooLarge) && !has[*WaitError](err) &&
			!has[*tls.CertificateVerificationError](err) && !has[x509.UnknownAuthorityError](err) &&
			!has[tls.RecordHeaderError](err) && !errors.Is(err, http.ErrSchemeMismatch) &&
			(!errors.As(err, &alert) || alert.Op != "remote error")
	}
	return resp.StatusCode >= 500 && resp.StatusCode != http.StatusNotImplemented
}

// retryWait is a random pause up to a bound that doubles with each retry, or a
// longer one that the server asked for.
func retryWait(first time.Duration, retries int, resp *http.Response) (wait time.Duration, asked bool) {
	bound := min(min(first, maxRetryWait)<<min(retries, 20), maxRetryWait)
	wait = bound/2 + rand.N(bound/2+1)
	if resp != nil {
		if after, ok := retryAfter(resp.Header, time.Now()); ok && after > wait {
			return after, true
		}
	}
	return wait, false
}

// limitWait is how long the gate must stay closed after this answer: after a
// 429, and once no request is left in the window. Zero means not at all.
func limitWait(resp *http.Response, now time.Time, limited int) time.Duration {
	if resp.StatusCode == http.StatusTooManyRequests {
		least := minLimitWait << min(limited, 6)
		if asked, ok := retryAfter(resp.Header, now); ok {
			return max(asked, least)
		}
		if reset, ok := limitReset(resp.Header, now); ok {
			return max(reset, least)
		}
		return min(time.Second<<min(limited, 20), time.Minute)
	}
	if resp.Header.Get("X-RateLimit-Remaining") == "0" {
		// A reset beyond every bound is no reason to give up before the server has
		// refused anything: it is more likely a number in another unit.
		if reset, ok := limitReset(resp.Header, now); ok && reset <= MaxWait {
			return reset
		}
	}
	return 0
}

// minLimitWait keeps 429s that ask for no wait, or for one in the past, from
// becoming a busy loop. It doubles with each 429 in a row.
const minLimitWait = 200 * time.Millisecond

// retryAfter reads Retry-After in both its forms (API.md, limits).
func retryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if wait, ok := seconds(value); ok {
		return wait, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return max(0, at.Sub(serversNow(header, now))), true
}

// serversNow returns the time on the server's clock, which its dates are measured against; ours
// where the answer does not tell.
func serversNow(header http.Header, ours time.Time) time.Time {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		return date
	}
	return ours
}

// limitReset reads X-RateLimit-Reset: above 1,000,000,000 it is an epoch, else
// a number of seconds (API.md, limits).
func limitReset(header http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("X-RateLimit-Reset"))
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n <= 1_000_000_000 {
		return seconds(value)
	}
	return max(0, time.Unix(n, 0).Sub(serversNow(header, now))), true
}

// seconds reads a number of seconds, whole or not. Huge ones are cut: they are
// past every bound anyway.
func seconds(value string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n != n || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, (24*time.Hour).Seconds()) * float64(time.Second)), true
}
