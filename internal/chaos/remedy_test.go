package chaos

import "regexp"

// remedy is what an error tells a person to do, for what no apply can put right by itself:
// to take over an agent that a create has left without an answer, or to let go of one whose
// delete was carried out without an answer (templates/resources/agent.md.tmpl).
type remedy struct {
	address string
	id      string // of the agent to take over; empty to let go of one
}

// The words of the provider. Of a label the name of the resource is made.
var (
	takeOver = regexp.MustCompile(`Nothing was sent for the agent "(\w+)".* To take it over, run .terraform import ADDRESS ([\w-]+)`)
	letGo    = regexp.MustCompile(`Could not (?:read|unpublish) the agent "(\w+)".*The agent was deleted.*terraform state rm`)
)

// remediesIn returns what errors tell a person to do, and whether each of them does.
func remediesIn(errs []string) ([]remedy, bool) {
	var found []remedy
	for _, text := range errs {
		if told := takeOver.FindStringSubmatch(text); told != nil {
			found = append(found, remedy{typeAgent + "." + told[1], told[2]})
		} else if told := letGo.FindStringSubmatch(text); told != nil {
			found = append(found, remedy{typeAgent + "." + told[1], ""})
		} else {
			return nil, false
		}
	}
	return found, true
}

func (r remedy) what() string {
	if r.id == "" {
		return "agents let go of by state rm"
	}
	return "agents taken over by import"
}

func (r remedy) with(d *driver) (done run) {
	if r.id == "" {
		_, done = d.terraform("state", "rm", r.address)
	} else {
		_, done = d.terraform("import", "-input=false", r.address, r.id)
	}
	return done
}
