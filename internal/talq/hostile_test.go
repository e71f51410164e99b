package talq

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// allocates returns the bytes that a function allocates in all.
func allocates(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// An answer is read up to the bound, and no further: not a GiB, and not what a
// GiB of it unpacks to.
func TestHugeAnswersEndEarly(t *testing.T) {
	const size = 1 << 30
	chunk := []byte(strings.Repeat(`{"id":"a"},`, 1<<20/11))
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, _ = writer.Write(chunk)
	_ = writer.Close()
	for name, sends := range map[string][]byte{
		"plain": chunk, "compressed": packed.Bytes(), // gzip streams in a row are one
	} {
		for _, status := range []int{200, 422} {
			t.Run(fmt.Sprintf("%s, status %d", name, status), func(t *testing.T) {
				var sent, requests atomic.Int64
				finished := make(chan struct{}, 8)
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					defer func() { finished <- struct{}{} }()
					requests.Add(1)
					if name == "compressed" {
						w.Header().Set("Content-Encoding", "gzip")
					}
					w.WriteHeader(status)
					for written := 0; written < size; written += len(chunk) {
						if _, err := w.Write(sends); err != nil {
							return
						}
						sent.Add(int64(len(chunk)))
					}
				}))
				defer server.Close()
				config := testConfig()
				config.BaseURL = server.URL
				patient(&config)
				c := newClient(t, config)
				used := allocates(func() {
					if _, err := list(c); !errors.Is(err, errTooLarge) {
						t.Errorf("error %T %v", err, err)
					}
				})
				if used > 12*MaxAnswer {
					t.Errorf("%d MiB were allocated", used>>20)
				}
				if requests.Load() != 1 {
					t.Errorf("%d requests", requests.Load())
				}
				if <-finished; name == "plain" && sent.Load() > 4*MaxAnswer {
					t.Errorf("%d MiB were taken", sent.Load()>>20)
				}
			})
		}
	}
}

// A server may name any number of pages, each with ever new items.
func TestListWithoutAnEnd(t *testing.T) {
	const bound, size = 4 << 20, 512 << 10
	page, filling := 0, strings.Repeat(" ", size)
	c := over(t, func(*http.Request) (*http.Response, error) {
		page++
		return answering(200, fmt.Sprintf(`{"data":[{"id":"a%d"}],"meta":{"current_page":%d,"last_page":1000000000}}`, page, page)+filling)()
	}, patient)
	if c.maxListing != maxListing {
		t.Errorf("the bound is %d", c.maxListing)
	}
	c.maxListing = bound // to read all of 64 MiB takes a quarter of this package's time
	_, err := list(c)
	var e *UnreadableError
	if !errors.As(err, &e) || page > bound/size+1 {
		t.Fatalf("%d pages, error %T %v", page, err, err)
	}
	contains(t, err.Error(), "the list is larger than 4 MiB over its pages")
}

// The library gives up at a depth of 10,000.
func TestDeepJSON(t *testing.T) {
	deep := func(open, end string, depth int) string {
		return strings.Repeat(open, depth) + strings.Repeat(end, depth)
	}
	for name, nested := range map[string]string{
		"lists": deep("[", "]", 100_000), "objects": strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000), "never closed": strings.Repeat("[", 500_000),
	} {
		for place, body := range map[string]string{
			"alone": nested, "as data": `{"data":` + nested + `}`, "as meta": `{"data":[],"meta":` + nested + `}`,
			"as config": `{"data":[{"id":"a","config":` + nested + `}]}`, "as action_trigger": `{"data":[{"id":"a","action_trigger":` + nested + `}]}`,
			"as a value": `{"data":[{"id":"a","input_schema":[{"name":"n","value":` + nested + `}]}]}`, "beside all": `{"data":[],"x":` + nested + `}`,
		} {
			t.Run(name+" "+place, func(t *testing.T) {
				play, _ := script(answering(200, body))
				_, err := list(over(t, play))
				var e *UnreadableError
				if !errors.As(err, &e) {
					t.Fatalf("error %T %v", err, err)
				}
				contains(t, err.Error(), "it is no JSON, or was cut short")
			})
		}
		t.Run(name+" in an error", func(t *testing.T) {
			play, _ := script(answering(422, `{"message":`+nested+`,"errors":`+nested+`}`))
			_, err := list(over(t, play))
			var e *APIError
			if !errors.As(err, &e) || e.Status != 422 {
				t.Errorf("error %T %v", err, err)
			}
		})
	}
	t.Run("as deep as the library reads", func(t *testing.T) {
		play, _ := script(answering(200, `{"data":[{"id":"a","config":`+deep("[", "]", 9000)+`}]}`))
		if actions, err := list(over(t, play)); err != nil || len(actions) != 1 {
			t.Errorf("%d actions, %v", len(actions), err)
		}
	})
}

// The last of several keys counts, as PHP, JavaScript and Go have it. The id of a
// list's item and that of the action are read by the same rule, so that no action
// is found under one id and deleted under another.
func TestKeysGivenTwice(t *testing.T) {
	for name, test := range map[string]struct{ item, id, title string }{
		"an id":                    {`{"id":"first","id":"second","name":"n"}`, "second", "n"},
		"an id and its null":       {`{"id":"first","id":null,"name":"n"}`, "", ""},
		"an id in capital letters": {`{"id":"first","ID":"second","name":"n"}`, "second", "n"},
		"a name":                   {`{"id":"a","name":"one","name":"two"}`, "a", "two"},
	} {
		t.Run(name, func(t *testing.T) {
			play, _ := script(answering(200, `{"data":[`+test.item+`]}`))
			actions, err := list(over(t, play))
			if test.id == "" {
				if err == nil {
					t.Error("no error")
				}
				return
			}
			if err != nil || len(actions) != 1 || actions[0].ID != test.id || *actions[0].Name.Value != test.title {
				t.Errorf("%+v, %v", actions, err)
			}
		})
	}
	t.Run("data", func(t *testing.T) {
		play, _ := script(answering(200, `{"data":[{"id":"a"}],"data":[{"id":"b"}]}`))
		if actions, err := list(over(t, play)); err != nil || len(actions) != 1 || actions[0].ID != "b" {
			t.Errorf("%+v, %v", actions, err)
		}
	})
}

func TestIDsThatCannotBeUsed(t *testing.T) {
	for name, id := range map[string]string{
		"a terminal escape": `\u001b[31ma`, "a line break": `a\nb`, "a zero byte": `a\u0000`, "a control character of C1": `a\u009bb`,
		"a turn of the writing": `a\u202eb`, "a byte that is no UTF-8": "a\xffb", "half a surrogate": `a\ud800b`,
	} {
		for place, call := range map[string]func(*Client) error{
			"of a listed action": func(c *Client) error { _, err := list(c); return err },
			"of a written action": func(c *Client) error {
				_, err := c.UpsertAction(t.Context(), "g", minimalAction())
				return err
			},
			"of an agent": func(c *Client) error { _, err := c.GetAgent(t.Context(), "g"); return err },
			"of a created agent": func(c *Client) error {
				_, err := c.CreateAgent(t.Context(), minimalAgent())
				if !outcomeUnknown(err) {
					t.Errorf("an agent was made, and the error is %T", err)
				}
				return err
			},
			"of a written training": func(c *Client) error {
				_, err := c.UpsertTraining(t.Context(), "g", minimalTraining())
				return err
			},
			"of a listed training": func(c *Client) error {
				_, err := readInventory(t.Context(), c, trainingKind, "g", nil)
				return err
			},
			"of a listed phone number": func(c *Client) error { _, err := c.PhoneNumbers(t.Context(), PhoneNumberFilter{}); return err },
			"of a listed agent":        func(c *Client) error { _, err := c.ListAgents(t.Context(), AgentFilter{}); return err },
		} {
			t.Run(name+" "+place, func(t *testing.T) {
				object := `{"id":"` + id + `"}`
				if strings.Contains(place, "listed") {
					object = "[" + object + "]"
				}
				play, _ := script(answering(200, `{"data":`+object+`}`))
				err := call(over(t, play))
				var e *UnreadableError
				if !errors.As(err, &e) {
					t.Fatalf("error %T %v", err, err)
				}
				contains(t, err.Error(), errUnusableID.Error())
				lacks(t, err.Error(), "\x1b", "\x00", "\u009b", "\u202e", "\xff")
			})
		}
	}
	t.Run("an odd one that can", func(t *testing.T) {
		play, _ := script(answering(200, `{"data":[{"id":"../a b/%2e%2e#?ü"}]}`))
		if actions, err := list(over(t, play)); err != nil || len(actions) != 1 {
			t.Errorf("%+v, %v", actions, err)
		}
	})
}
