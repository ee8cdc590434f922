package facts_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/internal/facts"
)

// list is a set of numbers, sorted, in one string.
func list(numbers map[string]bool) string {
	return strings.Join(slices.Sorted(maps.Keys(numbers)), " ")
}

func TestNumbers(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"none", "a packet arrives", ""},
		{"a fact", "the gateway drops it (F4.004).", "F4.004"},
		{"a fact of two digits' section", "F10.101", "F10.101"},
		{"two facts", "F4.004, F5.101", "F4.004 F5.101"},
		{"a range", "F4.301-F4.303", "F4.301 F4.302 F4.303"},
		{"a range in short", "F4.301-303", "F4.301 F4.302 F4.303"},
		{"a range with a dash of print", "F2.027–F2.029", "F2.027 F2.028 F2.029"},
		{"a range in words", "F2.027 to F2.029", "F2.027 F2.028 F2.029"},
		{"to an address is no range", "F4.006 to 100.64.0.1", "F4.006"},
		{"a range across sections", "F4.301-F5.303", "F4.301 F5.303"},
		{"a range backwards", "F4.303-F4.301", "F4.301 F4.303"},
		{"a range of more than a hundred", "F4.001-F4.301", "F4.001 F4.301"},
		{"too few digits", "F4.01", ""},
		{"part of a word", "xF4.001", ""},
		{"an item", "item 61", "item 61"},
		{"an item at the start of a sentence", "Item 61", "item 61"},
		{"items", "items 118-120, 171 and 172", "item 118 item 119 item 120 item 171 item 172"},
		{"items with a last comma", "items 1, 2, and 3", "item 1 item 2 item 3"},
		{"a hundred and one items", "items 1-101", "item 1 item 101"},
		{"an item's own number", "item 71 100 allows", "item 71"},
		{"a number too long to be one", "item 99999999999999999999", "item 0"},
		{"a question", "A26: the rule is gone", "A26"},
		{"a question of three digits", "A260", ""},
		{"part of an identifier", "rtb-A26x", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.want, list(facts.Numbers(test.text))) })
	}
}
