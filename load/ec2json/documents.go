package ec2json

import (
	"encoding/json"
	"strings"
)

// documentReaders read what several keys of one document say together. Each gives the keys that it took.
var documentReaders = []func(l *loader, file string, document json.RawMessage, top map[string]json.RawMessage) (taken []string){
	readDNSAttributes,
	readHostedZone,
	readBucketPolicy,
	readIPRanges,
}

// topLevel gives what stands under each key of a document, nil for one that is no object.
func topLevel(document json.RawMessage) (top map[string]json.RawMessage) {
	if json.Unmarshal(document, &top) != nil {
		return nil
	}
	return top
}

// subject finds the one of which an output is that does not say so itself: that which stands in the file's
// path, with neither a letter nor a digit before or behind it. The longest counts; "" where there is none.
func subject(file string, candidates []string) (longest string) {
	for _, c := range candidates {
		if len(c) > len(longest) && stands(file, c) {
			longest = c
		}
	}
	return longest
}

// stands reports whether a word stands in a text, and is no part of a longer one.
func stands(text, word string) bool {
	inWord := func(b byte) bool {
		return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
	}
	for from := 0; word != ""; from++ {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		from += at
		end := from + len(word)
		if (from == 0 || !inWord(text[from-1])) && (end == len(text) || !inWord(text[end])) {
			return true
		}
	}
	return false
}
