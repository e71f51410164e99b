package session

import (
	"sync"
)

// ledger holds what this run has written, and which states it was handed. It finds
// what no single resource can see: two of them that mean one action, or one of another kind: an item.
type ledger struct {
	mu      sync.Mutex
	writes  map[ItemKey]write
	nodes   map[NodeKey]ItemKey         // what a write of this run to the node id was answered with
	holders map[ItemKey]map[string]bool // the revisions under which states hold an id, and whether each is to be destroyed
}

// write is the last write of this run to an item.
type write struct {
	kind     WriteKind
	revision string // that it gave; empty for a delete
}

// WriteKind is how this run has last written an item.
type WriteKind int

// The kinds of writes.
const (
	NotWritten WriteKind = iota
	Created
	Updated
	Deleted
)

func newLedger() *ledger {
	return &ledger{writes: map[ItemKey]write{}, nodes: map[NodeKey]ItemKey{}, holders: map[ItemKey]map[string]bool{}}
}

// Note records a write to an item. A delete needs no node id, nor does what has none.
func (l *ledger) Note(kind WriteKind, node NodeKey, key ItemKey, revision string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes[key] = write{kind, revision}
	if kind != Deleted && node != (NodeKey{}) {
		l.nodes[node] = key
	}
}

// Last returns how this run has last written an item.
func (l *ledger) Last(key ItemKey) WriteKind {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.writes[key].kind
}

// Writer returns the id of what this run has written under a node id, if it has and
// has not deleted it since.
func (l *ledger) Writer(node NodeKey) (id string, written bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key, ok := l.nodes[node]
	if !ok || l.writes[key].kind == Deleted {
		return "", false
	}
	return key.ID, true
}

// Knows reports whether this run has written an item or was handed a state that holds it, as far
// as Hold was told.
func (l *ledger) Knows(key ItemKey) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.writes[key].kind != NotWritten || len(l.holders[key]) > 0
}

// Hold notes that a state holds an id, and reports whether the plan is sound: no other
// state holds it, or every one of them is to be destroyed. States are told apart by
// their revision, so that one that Terraform plans twice is no second one. Imported
// states have none: two of them are found at their first write.
func (l *ledger) Hold(key ItemKey, revision string, destroy bool) (sound bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.holders[key] == nil {
		l.holders[key] = map[string]bool{}
	}
	l.holders[key][revision] = destroy
	if len(l.holders[key]) == 1 {
		return true
	}
	for _, destroyed := range l.holders[key] {
		if !destroyed {
			return false
		}
	}
	return true
}

// forgetOlder drops what is known of an item if this run itself has written the
// revision that a state now has. It reports whether it did.
func (l *ledger) forgetOlder(key ItemKey, revision string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if revision == "" || l.writes[key].revision != revision {
		return false
	}
	delete(l.writes, key)
	delete(l.holders, key)
	for node, written := range l.nodes {
		if written == key {
			delete(l.nodes, node)
		}
	}
	return true
}
