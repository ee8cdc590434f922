package flowlog

import "strings"

// words keeps texts that stand in line after line, such as an interface's ID, once. It holds a bounded
// number of them: what hashes to a place that is taken takes its place. A nil *words keeps nothing and
// gives each text as it is.
type words struct {
	kept [512]string
}

// longestKept is how long a text is kept, in bytes: an ARN has room.
const longestKept = 256

// keep gives text as a string of its own, the one kept where it was seen before.
func (w *words) keep(text string) string {
	if w == nil || len(text) > longestKept {
		return text
	}
	place := &w.kept[hash(text)%uint32(len(w.kept))]
	if *place != text {
		*place = strings.Clone(text)
	}
	return *place
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
