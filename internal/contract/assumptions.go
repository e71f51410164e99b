package main

import (
	"strconv"
	"strings"
)

// Assumption is something that the provider takes for true without a real token. the page
// is made from these.
type Assumption struct {
	Number int
	// Text is what the page says, in Markdown.
	Text string
	// Untried are what of it no run with one token can try: each a sentence
	// without its end, a colon, and why.
	Untried []string
	Rows    []Row
}

// Row is one sentence of an assumption that is tried.
type Row struct {
	// Says is the sentence.
	Says string
	// Steps are the calls whose answers are judged. Where one of them was not made or not
	// answered with a 2xx, the row could not be tried. Empty means all answers of the run.
	Steps []string
	// AnyStatus lets Judge see answers of every status.
	AnyStatus bool
	// Either is set where the provider is built for the other answer as well: what does not
	// hold is then news for the fake alone.
	Either bool
	// Judge says whether the sentence holds, and what came back.
	Judge func(*seen) (Verdict, string)
}

// Verdict is the end of a row.
type Verdict string

// The verdicts.
const (
	Holds   Verdict = "holds"
	Fails   Verdict = "does not hold"
	Untried Verdict = "could not be tried"
)

// assumptions are all that the provider takes for true, in the order of their numbers.
func assumptions() []Assumption {
	return []Assumption{
		{Number: 1, Rows: rows1, Text: "**`transfer_to` and `hold_duration`** are sent twice: as a field, and as an input of that name. They come back as such an input, once or twice, as a number or as text."},
		{Number: 2, Rows: rows2, Text: "**Hidden fields** are those that the reference's answers leave out. If an answer contains one anyway, it is used; `custom_headers` never are."},
		{Number: 3, Rows: rows3, Text: "**Any 2xx is a success**: the upsert answers 200 or 201, the delete 200 or 204. The delete's answer is empty or a JSON object."},
		{Number: 4, Rows: rows4, Text: "**A fresh action** has equal `created_at` and `updated_at`. That is how a create tells that a node id was in use. The text of a time may vary; the instant counts."},
		{Number: 5, Rows: rows5, Text: "**The listing** comes whole or in pages, which are all read."},
		{Number: 6, Rows: rows6, Text: "**A field that an update leaves out** may be kept or reset. So an update sends all that is read back, all hidden fields that are configured, and a neutral value for hidden fields that were configured before. It never sends a hidden field that it never set."},
		{Number: 7, Rows: rows7, Untried: []string{"`integration`: it needs one that is set up in the account."}, Text: "**`external`** takes what a webhook takes, and nothing is required. The reference only says that `post_call` is for it."},
		{Number: 8, Rows: rows8, Text: "**An input's value** can be any kind of JSON."},
		{Number: 9, Rows: rows9, Untried: []string{"An agent of another environment: it needs a second token."}, Text: "**Gone means gone from the agent and from a whole listing of its actions.** A 404 on the agent does not mean that, since a token of another environment gets the same. A 404 on a delete or an unpublish is a success if the API itself sent it, with a message or error text in a JSON object that does not say \"in this environment\". A web page, an empty 404 or JSON without a message comes from a proxy and is an error."},
		{Number: 10, Rows: rows10, Text: "**Texts** may be trimmed, and empty ones may come back as null. Neither is a change."},
		{Number: 11, Rows: rows11, Text: "**Order** of actions and of inputs means nothing in an answer. Two actions may have the same name."},
		{Number: 12, Rows: rows12, Text: "**A redirect** is an error."},
		{Number: 13, Rows: rows13, Text: "**The rate limit**: `Retry-After` may be missing, a number of seconds or a date. `X-RateLimit-Reset` is an epoch if it is above 1,000,000,000, else a number of seconds."},
		{Number: 14, Rows: rows14, Untried: []string{"An expired token, 403, 409 and 500, and the pages of proxies: no call brings them about."}, Text: "**Errors** come in at least five shapes, and as pages of proxies. Each ends as one message."},
		{Number: 15, Rows: rows15, Text: "**Publishing** answers with the agent's new status. An agent that is already published may be published again."},
		{Number: 16, Rows: rows16, Text: "**Words that the reference does not list**, such as another type of an input, are passed on as text."},
		{Number: 17, Rows: rows17, Text: "**`updated_at` moves with every edit**, even of what is not read back. A publish may move it too. So times within two seconds of each other count as a publish: those of all actions of an agent, if there are several, or that of its only action and of the agent itself, if it is live."},
		{Number: 18, Rows: rows18, Text: "**`GET /agents` and `GET /agents/{agent_id}` show an agent's actions** like the agent's own listing. If one of them lacks an action or a part of it, the listing is read. An action counts as gone only if the listing lacks it too."},
		{Number: 19, Rows: rows19, Text: "**The window of the rate limit** ends when `X-RateLimit-Reset` says, and `X-RateLimit-Remaining` only falls within it."},
		{Number: 20, Rows: rows20, Text: "**A training** is written by its node id, like an action: a second write under it makes no second one. No answer shows the node id. Writing a training makes a published agent a draft; the provider also works if it stays published."},
		{Number: 21, Rows: rows21, Text: "**An agent's own fields** are read as the reference shows them. If an answer contains a hidden field anyway, it is used. A number may be written as 1, 1.0 or 1.00."},
		{Number: 22, Rows: rows22, Untried: []string{"The refusal to delete an agent that is on a call: a run makes no calls."}, Text: "**An agent is written in parts**: knowledge, voice, calling and advanced settings. Each write sends all fields that its part requires. No call changes later what only a create sends, such as `label` and `name`. A published agent is not deleted."},
		{Number: 23, Rows: rows23, Text: "**A flow** is checked by a call that stores nothing. Faults come back as sentences, with the status 422, or with a 2xx whose `success` is false. A write stores a flow as it was sent, makes a version of it, and leaves a published agent published. An agent that is `llm_driven` again has none."},
		{Number: 24, Rows: rows24, Untried: []string{"A test of a webhook that reaches somebody: it sends a message to another server."}, Text: "**A webhook** keeps what an update leaves out. A null puts a field back to its default; the provider sends one only to remove the secret. Writing a webhook leaves a published agent published; the publication reads the status anyway."},
	}
}

// markdown is the list as the page has it.
func markdown(assumptions []Assumption) string {
	var b strings.Builder
	for _, a := range assumptions {
		b.WriteString(strconv.Itoa(a.Number) + ". " + a.Text + "\n")
	}
	return b.String()
}
