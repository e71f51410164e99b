package session

import "sync"

// ledger holds what this run has written, and which states it was handed. It finds
// what no single resource can see: two of them that mean one action, or one of another kind: an item.
type ledger struct {
	mu    sync.Mutex
	items map[ItemKey]*item
}

// item is what a run knows of an item.
type item struct {
	write    WriteKind       // the last of this run
	revision string          // that it gave; empty for a delete
	node     NodeKey         // that it named, if any
	holders  map[string]bool // the revisions under which states hold the item, and whether each is to be destroyed
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

// known returns what is known of an item, from now on at least that it is there.
func (l *ledger) known(key ItemKey) *item {
	if l.items == nil {
		l.items = map[ItemKey]*item{}
	}
	if l.items[key] == nil {
		l.items[key] = &item{holders: map[string]bool{}}
	}
	return l.items[key]
}

// Note records a write to an item. A delete needs no node id, nor does what has none.
func (l *ledger) Note(kind WriteKind, node NodeKey, key ItemKey, revision string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := l.known(key)
	i.write, i.node, i.revision = kind, node, revision
}

// Last returns how this run has last written an item.
func (l *ledger) Last(key ItemKey) WriteKind {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := l.items[key]; i != nil {
		return i.write
	}
	return NotWritten
}

// Writer returns the id of what this run has written under a node id, if it has and
// has not deleted it since.
func (l *ledger) Writer(node NodeKey) (id string, written bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, i := range l.items {
		if i.node == node && i.write != Deleted {
			return key.ID, true
		}
	}
	return "", false
}

// Knows reports whether this run has written an item or was handed a state that holds it.
func (l *ledger) Knows(key ItemKey) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.items[key] != nil
}

// Hold notes that a state holds an item, and reports whether the plan is sound: no other
// state holds it, or every one of them is to be destroyed. States are told apart by
// their revision, so that one that Terraform plans twice is no second one. Imported
// states have none: two of them are found at their first write.
func (l *ledger) Hold(key ItemKey, revision string, destroy bool) (sound bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	holders := l.known(key).holders
	holders[revision] = destroy
	if len(holders) == 1 {
		return true
	}
	for _, destroyed := range holders {
		if !destroyed {
			return false
		}
	}
	return true
}

// handedIn notes that a state holds an item. Where this run itself has written the revision
// that the state has, it drops what it knew of the item, and reports that.
func (l *ledger) handedIn(key ItemKey, revision string) (laterWalk bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	laterWalk = l.known(key).revision == revision && revision != ""
	if laterWalk {
		l.items[key] = &item{holders: map[string]bool{}}
	}
	return laterWalk
}
