package packetwalk_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/facts"
)

// pagesOfFacts are FACTS.md and SCENARIOS.md as they ought to be.
func pagesOfFacts(t *testing.T) []facts.Written {
	t.Helper()
	pages, err := facts.Write(os.DirFS("."))
	require.NoError(t, err)
	return pages
}

// TestFactsAreFresh wants both pages to be what their words and the tests make of them.
func TestFactsAreFresh(t *testing.T) {
	for _, p := range pagesOfFacts(t) {
		text, err := os.ReadFile(p.File)
		require.NoError(t, err)
		if want, got := p.Text, string(text); got != want {
			t.Errorf("%s is stale: write it anew with %s; then look at the difference. %s", p.File, facts.Command, firstDifference(want, got))
		}
	}
}

// firstDifference shows the first line that two texts do not share.
func firstDifference(want, got string) string {
	wants, gots := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(wants), len(gots)) {
		if wants[i] != gots[i] {
			return "The first line that differs:\n  is   " + gots[i] + "\n  want " + wants[i]
		}
	}
	return "One ends where the other goes on."
}

// TestCitations wants a row in FACTS.md or SCENARIOS.md for every number that a Go file cites.
func TestCitations(t *testing.T) {
	explained := make(map[string]bool)
	for _, p := range pagesOfFacts(t) {
		for _, s := range p.Page.Sections {
			for _, r := range s.Rows {
				explained[r.Number] = true
			}
		}
	}
	for _, path := range goFiles(t) {
		if strings.HasPrefix(path, "internal/facts/") && strings.HasSuffix(path, "_test.go") {
			continue // its numbers are made up
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, n := range slices.Sorted(maps.Keys(facts.Numbers(string(text)))) {
			assert.True(t, explained[n], "%s cites %s, which has no row: give it a line in internal/facts/facts.txt or scenarios.txt", path, n)
		}
	}
}

// TestModelledFactsAreTested wants a test of each fact about routes, VPCs, gateways, groups, ACLs and
// peerings, or the reason why there is none.
func TestModelledFactsAreTested(t *testing.T) {
	modelled := regexp.MustCompile(`^F[234568]\.`)
	for _, p := range pagesOfFacts(t) {
		for _, r := range p.Untested() {
			assert.False(t, modelled.MatchString(r.Number), "%s has neither a test nor a reason: %s", r.Number, r.Says)
		}
	}
}
