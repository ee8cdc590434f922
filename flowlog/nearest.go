package flowlog

import (
	"fmt"
	"strings"
)

// unknownField is the error for a name that no field has. It tells the name that is nearest by spelling.
func unknownField(name string) error {
	best, least := FieldVersion, int(^uint(0)>>1)
	for _, f := range Fields() {
		if d := distance(strings.ToLower(name), f.String()); d < least {
			best, least = f, d
		}
	}
	return fmt.Errorf("no field is called %s: the nearest name is %q", quoted(name), best)
}

// distance is Levenshtein's: how many letters have to be put in, left out or changed to make b of a.
func distance(a, b string) int {
	a = a[:min(len(a), longestName)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0]++
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, corner+1)
		}
	}
	return row[len(b)]
}

// longestName is the length beyond which a name is compared no more: longer than any field's.
const longestName = 64

// quoted quotes what somebody wrote, cut off where it is too long for an error's line.
func quoted(s string) string {
	const most = 80
	if len(s) > most {
		return fmt.Sprintf("%q... (%d bytes)", s[:most], len(s))
	}
	return fmt.Sprintf("%q", s)
}
