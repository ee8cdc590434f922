package facts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// How a text cites a fact or a range of facts, items, and a question; and how the name of a test does.
var (
	factCited     = regexp.MustCompile(`\bF(\d+)\.(\d{3})\b`)
	factsCited    = regexp.MustCompile(`\bF(\d+)\.(\d{3})(?:(?:-|–| to )F(\d+)\.|-|–)(\d{3})\b`)
	itemsCited    = regexp.MustCompile(`\b[Ii]tems? (\d+(?:(?:, and |, | and |-|–)\d+)*)\b`)
	betweenItems  = regexp.MustCompile(`, and |, | and `)
	questionCited = regexp.MustCompile(`\bA(\d{2})\b`)
	inName        = regexp.MustCompile(`(?:[a-z0-9_](A\d{2})|(Item)(\d+)|[a-z0-9_](F\d)_?(\d{3}))(?:[^0-9]|$)`)
)

// mostInRange is how many numbers a range may stand for. A longer one is a slip of the pen.
const mostInRange = 100

// numberSet is a set of numbers as the pages spell them: "F5.101", "item 61", "A26".
type numberSet map[string]bool

// Numbers gives what a text cites, spelled as in the pages. A range counts as its members, be it
// "F4.301-F4.303", "F4.301-303" or "items 118-126, 171 and 172"; one that runs backwards, from one section
// into another or over more than a hundred numbers counts as its two ends.
func Numbers(text string) map[string]bool {
	found := make(numberSet)
	for _, m := range factCited.FindAllStringSubmatch(text, -1) {
		found["F"+m[1]+"."+m[2]] = true
	}
	for _, m := range factsCited.FindAllStringSubmatch(text, -1) {
		if m[3] == "" || m[3] == m[1] {
			found.addRange("F"+m[1]+".%03d", toInt(m[2]), toInt(m[4]))
		}
	}
	for _, m := range itemsCited.FindAllStringSubmatch(text, -1) {
		for _, part := range betweenItems.Split(m[1], -1) {
			first, last, more := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
			if !more {
				last = first
			}
			found.addRange("item %d", toInt(first), toInt(last))
		}
	}
	for _, m := range questionCited.FindAllString(text, -1) {
		found[m] = true
	}
	return found
}

// numbersOfName gives what the name of a test cites, such as TestScenarioA57 and TestItem183.
func numbersOfName(name string) map[string]bool {
	found := make(numberSet)
	for _, m := range inName.FindAllStringSubmatch(name, -1) {
		switch {
		case m[1] != "":
			found[m[1]] = true
		case m[2] != "":
			found["item "+m[3]] = true
		default:
			found[m[4]+"."+m[5]] = true
		}
	}
	return found
}

func (s numberSet) addRange(format string, first, last int) {
	s[fmt.Sprintf(format, first)], s[fmt.Sprintf(format, last)] = true, true
	if last-first >= mostInRange {
		return
	}
	for n := first; n < last; n++ {
		s[fmt.Sprintf(format, n)] = true
	}
}

func (s numberSet) addAll(of map[string]bool) {
	for n := range of {
		s[n] = true
	}
}

// toInt is for digits that a pattern found; what is too long for a number is none of ours, and 0.
func toInt(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
