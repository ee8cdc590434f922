package packetwalk_test

import (
	"fmt"
	"go/ast"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// How comments and tests cite a fact, a range of facts, one scenario or several, and the text files' rows:
//
//	| number | what it says | source | `package` TestName, TestName; `package` TestName |
var (
	factCited     = regexp.MustCompile(`\bF(\d+)\.(\d{3})(?:-(?:F\d+\.)?(\d{3}))?\b`)
	itemsCited    = regexp.MustCompile(`\bitems? (\d+(?:(?:, | and |-)\d+)*)`)
	scenarioCited = regexp.MustCompile(`\bA\d{2}\b`)
	rowOfTable    = regexp.MustCompile(`^\| (F\d+\.\d{3}|item \d+|A\d{2}) \| (.+) \| (.+) \| (.+) \|$`)
	testsOfRow    = regexp.MustCompile("`([^`]+)` ([A-Za-z0-9_, ]+)")
)

// citedIn finds the numbers that a text names; a range counts as its members.
func citedIn(text string) map[string]bool {
	found := make(map[string]bool)
	for _, m := range factCited.FindAllStringSubmatch(text, -1) {
		first, last := toInt(m[2]), toInt(m[2])
		if m[3] != "" {
			last = toInt(m[3])
		}
		for n := first; n <= last; n++ {
			found[fmt.Sprintf("F%s.%03d", m[1], n)] = true
		}
	}
	for _, m := range itemsCited.FindAllStringSubmatch(text, -1) {
		for _, part := range regexp.MustCompile(`, | and `).Split(m[1], -1) {
			first, last, more := strings.Cut(part, "-")
			if !more {
				last = first
			}
			for n := toInt(first); n <= toInt(last); n++ {
				found[fmt.Sprintf("item %d", n)] = true
			}
		}
	}
	for _, m := range scenarioCited.FindAllString(text, -1) {
		found[m] = true
	}
	return found
}

// toInt is for digits that a pattern found.
func toInt(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// factRow is a line of FACTS.md or SCENARIOS.md.
type factRow struct{ number, says, source, tests string }

func rowsOf(t *testing.T, file string) (rows []factRow) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, line := range strings.Split(string(text), "\n") {
		if m := rowOfTable.FindStringSubmatch(line); m != nil {
			rows = append(rows, factRow{m[1], m[2], m[3], m[4]})
		}
	}
	require.NotEmpty(t, rows, file)
	return rows
}

// TestCitations wants a row in FACTS.md or SCENARIOS.md for every number that a Go file cites.
func TestCitations(t *testing.T) {
	where := make(map[string]string) // the first file that cites it
	for _, path := range goFiles(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for n := range citedIn(string(text)) {
			if where[n] == "" {
				where[n] = path
			}
		}
	}
	explained := make(map[string]bool)
	for _, file := range []string{"FACTS.md", "SCENARIOS.md"} {
		for _, r := range rowsOf(t, file) {
			assert.False(t, explained[r.number], "%s: a second row for %s", file, r.number)
			explained[r.number] = true
		}
	}
	for _, n := range slices.Sorted(maps.Keys(where)) {
		file := "SCENARIOS.md"
		if strings.HasPrefix(n, "F") {
			file = "FACTS.md"
		}
		assert.True(t, explained[n], "%s has no row for %s, which %s cites", file, n, where[n])
	}
}

// TestRows wants that the tests which a row names exist, in that package, and that their file cites the number.
func TestRows(t *testing.T) {
	cites := testCitations(t)
	for _, file := range []string{"FACTS.md", "SCENARIOS.md"} {
		for _, r := range rowsOf(t, file) {
			if r.tests == "—" {
				continue
			}
			groups := testsOfRow.FindAllStringSubmatch(r.tests, -1)
			assert.NotEmpty(t, groups, "%s, %s: want `package` TestName, or —", file, r.number)
			for _, g := range groups {
				for _, name := range strings.Split(g[2], ", ") {
					in, exists := cites[strings.TrimSpace(g[1]+" "+name)]
					if assert.True(t, exists, "%s, %s: there is no %s in %s", file, r.number, name, g[1]) {
						assert.True(t, in[r.number], "%s, %s: the file of %s in %s does not cite it", file, r.number, name, g[1])
					}
				}
			}
		}
	}
}

// testCitations gives, for each "package TestName", what its file cites.
func testCitations(t *testing.T) map[string]map[string]bool {
	found := make(map[string]map[string]bool)
	for _, f := range sourceFolders(t) {
		for _, file := range f.tests {
			text, err := os.ReadFile(f.fset.Position(file.Pos()).Filename)
			require.NoError(t, err)
			numbers := citedIn(string(text))
			for _, d := range file.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
					found[f.path+" "+fn.Name.Name] = numbers
				}
			}
		}
	}
	return found
}
