package main

import (
	"fmt"
	"net/http"
	"time"

	"github.com/talqover/terraform-provider-talq/internal/fakeapi"
)

// fault is one thing that goes wrong in a gust.
type fault struct {
	what string // a key of [trouble]
	// op is what it strikes, skip how many of those pass first, times how many it strikes.
	op          fakeapi.Op
	skip, times int
}

func (f fault) String() string {
	return fmt.Sprintf("%s: %s, %d times after %d", f.op, f.what, f.times, f.skip)
}

// inject makes the fake do it.
func (f fault) inject(server *fakeapi.Server) {
	made := trouble[f.what]
	made.Match = fakeapi.Match{Op: f.op}
	made.Skip, made.Times = f.skip, f.times
	server.Inject(made)
}

// htmlPage is what a proxy in between may say.
const htmlPage = "<html><head><title>Bad gateway</title></head><body>nginx</body></html>"

// troubleTimeout is the request_timeout of gusts in which an answer comes too late, in
// seconds: the least that the provider takes.
const troubleTimeout = 1

// tooLate says which trouble needs [troubleTimeout].
func (f fault) tooLate() bool {
	return trouble[f.what].Delay > troubleTimeout*time.Second
}

// trouble is what can go wrong, by what it is called. With "afterwards" the server has done
// what was asked for.
var trouble = map[string]fakeapi.Fault{
	"500":                       {Status: http.StatusInternalServerError, Body: `{"success":false,"message":"Internal server error."}`},
	"500 afterwards":            {Status: http.StatusInternalServerError, Body: `{"success":false,"message":"Internal server error."}`, AfterProcessing: true},
	"502 with HTML":             {Status: http.StatusBadGateway, Body: htmlPage},
	"502 with HTML afterwards":  {Status: http.StatusBadGateway, Body: htmlPage, AfterProcessing: true},
	"503":                       {Status: http.StatusServiceUnavailable},
	"503 afterwards":            {Status: http.StatusServiceUnavailable, AfterProcessing: true},
	"200 with HTML":             {Status: http.StatusOK, Body: htmlPage},
	"200 with HTML afterwards":  {Status: http.StatusOK, Body: htmlPage, AfterProcessing: true},
	"429":                       {Status: http.StatusTooManyRequests, Body: `{"success":false,"message":"Too many requests. Please try again later."}`},
	"429 with Retry-After 0":    {Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"0"}}},
	"dropped":                   {Drop: true},
	"dropped afterwards":        {Drop: true, AfterProcessing: true},
	"cut off in the middle":     {Cut: true},
	"JSON cut short":            {Rewrite: func(body []byte) []byte { return body[:len(body)/2] }},
	"an empty body":             {Rewrite: func([]byte) []byte { return nil }},
	"slow":                      {Delay: 30 * time.Millisecond},
	"slow afterwards":           {Delay: 30 * time.Millisecond, AfterProcessing: true},
	"later than the timeout":    {Delay: 1300 * time.Millisecond},
	"too late, but it was done": {Delay: 1300 * time.Millisecond, AfterProcessing: true},
}

// readTrouble and writeTrouble are what may strike a read and a write, the common ones
// more than once. What costs a second or more is drawn on its own: see [dice.gust].
var (
	readTrouble = []string{
		"500", "502 with HTML", "503", "200 with HTML", "dropped", "cut off in the middle", "JSON cut short", "an empty body", "slow",
	}
	writeTrouble = []string{
		"500", "500 afterwards", "502 with HTML", "502 with HTML afterwards", "503", "503 afterwards",
		"200 with HTML", "200 with HTML afterwards", "dropped", "dropped", "dropped afterwards", "dropped afterwards",
		"cut off in the middle", "cut off in the middle", "JSON cut short", "JSON cut short", "an empty body", "slow", "slow afterwards",
	}
	longTrouble = []string{"429", "429 with Retry-After 0", "later than the timeout", "too late, but it was done"}
)
