package main

import (
	"context"
	"maps"
	"slices"
	"time"
)

// shrinking bounds the search for a smaller storm.
type shrinking struct {
	tries int
	time  time.Duration
}

// part is something that may be missing from a storm. Taking it out changes the storm in
// place, which is a copy.
type part func(*storm)

// parts are all that may be missing, in the order in which it is tried: what hides most
// comes first.
func (s storm) parts() []part {
	var parts []part
	for g := range s.gusts {
		parts = append(parts, func(s *storm) { s.gusts[g] = gust{timeout: -1} }) // see [storm.without]
	}
	for g := range s.gusts {
		for f := range s.gusts[g].faults {
			parts = append(parts, func(s *storm) {
				if f < len(s.gusts[g].faults) {
					s.gusts[g].faults[f].times = -1
				}
			})
		}
		if s.gusts[g].end != nil {
			parts = append(parts, func(s *storm) { s.gusts[g].end = nil })
		}
		if s.gusts[g].limit > 0 {
			parts = append(parts, func(s *storm) { s.gusts[g].limit = 0 })
		}
	}
	// A fault that lets some requests pass first needs all of them to strike at all.
	for g := range s.gusts {
		for f := range s.gusts[g].faults {
			if s.gusts[g].faults[f].skip > 0 {
				parts = append(parts, func(s *storm) {
					if f < len(s.gusts[g].faults) {
						s.gusts[g].faults[f].skip = 0
					}
				})
			}
		}
	}
	for _, name := range s.names() {
		parts = append(parts, func(s *storm) {
			delete(s.base.actions, name)
			s.edits = slices.DeleteFunc(s.edits, func(e edit) bool { return e.name == name && e.agentID == "" })
		})
	}
	for _, e := range s.edits {
		parts = append(parts, func(s *storm) {
			s.edits = slices.DeleteFunc(s.edits, func(other edit) bool { return other.what == e.what })
		})
	}
	for _, a := range s.answers {
		parts = append(parts, func(s *storm) {
			s.answers = slices.DeleteFunc(s.answers, func(other answer) bool { return other == a })
		})
	}
	for _, agent := range slices.Sorted(maps.Keys(s.base.publications)) {
		parts = append(parts, func(s *storm) { delete(s.base.publications, agent) })
	}
	return parts
}

// names are those of all actions of a storm.
func (s storm) names() []string {
	names := maps.Clone(s.base.actions)
	for _, e := range s.edits {
		if e.agentID == "" {
			names[e.name] = nil
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// details are the attributes that single actions can do without.
func (s storm) details() []part {
	var parts []part
	for _, name := range s.names() {
		for _, attribute := range compared {
			if slices.Contains(needed, attribute) || attribute == "url" {
				continue
			}
			parts = append(parts, func(s *storm) {
				if a, ok := s.base.actions[name]; ok {
					s.base.actions[name] = lacking(a, attribute)
				}
				for i, e := range s.edits {
					if e.name == name && e.to != nil {
						s.edits[i].to = lacking(e.to, attribute)
					}
				}
			})
		}
	}
	return parts
}

func lacking(a attributes, attribute string) attributes {
	if a["type"] == "webhook" && a["url"] == nil && attribute == "integration" {
		return a
	}
	a = maps.Clone(a)
	delete(a, attribute)
	return a
}

// without is a copy of the storm that lacks some parts.
func (s storm) without(parts []part) storm {
	s.answers, s.edits, s.gusts, s.base = slices.Clone(s.answers), slices.Clone(s.edits), slices.Clone(s.gusts), s.base.clone()
	for g := range s.gusts {
		s.gusts[g].faults = slices.Clone(s.gusts[g].faults)
	}
	for _, leave := range parts {
		leave(&s)
	}
	for g := range s.gusts {
		s.gusts[g].faults = slices.DeleteFunc(s.gusts[g].faults, func(f fault) bool { return f.times < 0 })
	}
	s.gusts = slices.DeleteFunc(s.gusts, func(g gust) bool { return g.timeout < 0 })
	return s
}

// shrink looks for a smaller storm that breaks the same promise. It leaves larger and
// smaller groups of parts out, as long as that is still so. Since runs vary, the smallest
// one found need not be the smallest there is.
func (s storm) shrink(ctx context.Context, open opener, found *failure, bound shrinking) (smallest storm, last *failure, tries int) {
	deadline := time.Now().Add(bound.time)
	breaks := func(candidate storm) bool {
		if tries >= bound.tries || time.Now().After(deadline) || ctx.Err() != nil {
			return false
		}
		tries++
		other, _, err := candidate.weather(ctx, open)
		if err != nil || other == nil || other.what != found.what {
			return false
		}
		last = other
		return true
	}
	last = found
	for _, kind := range []func(storm) []part{storm.parts, storm.details} {
		for size := len(kind(s)); size >= 1; size /= 2 {
			for from := 0; from < len(kind(s)); {
				parts := kind(s)
				candidate := s.without(parts[from:min(from+size, len(parts))])
				if breaks(candidate) {
					s = candidate // what came behind has moved up
				} else {
					from += size
				}
			}
		}
	}
	return s, last, tries
}
