package facts_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/facts"
)

// pagesWithoutTests are the two pages as their words alone make them.
func pagesWithoutTests(t *testing.T) (factsPage, scenariosPage facts.Page) {
	t.Helper()
	pages, err := facts.Write(fstest.MapFS{})
	require.NoError(t, err)
	require.Len(t, pages, 2)
	return pages[0].Page, pages[1].Page
}

// TestNoFactIsLeftOut: in each section the numbers follow each other, but where a new block begins, at 01 or
// 51.
func TestNoFactIsLeftOut(t *testing.T) {
	page, _ := pagesWithoutTests(t)
	for i, s := range page.Sections {
		before := 0
		for _, r := range s.Rows {
			section, number, ok := strings.Cut(r.Number, ".")
			require.True(t, ok, r.Number)
			assert.Equal(t, "F"+strconv.Itoa(i+1), section, "%s stands in %q", r.Number, s.Title)
			n, err := strconv.Atoi(number)
			require.NoError(t, err)
			if n%100 != 1 && n%100 != 51 {
				assert.Equal(t, before+1, n, "what stands before %s", r.Number)
			}
			assert.Greater(t, n, before, r.Number)
			before = n
		}
	}
}

// TestNoScenarioIsLeftOut: all items and all questions, in their order.
func TestNoScenarioIsLeftOut(t *testing.T) {
	_, page := pagesWithoutTests(t)
	var want, got []string
	for n := 1; n <= 183; n++ {
		want = append(want, fmt.Sprintf("item %d", n))
	}
	for n := 1; n <= 58; n++ {
		want = append(want, fmt.Sprintf("A%02d", n))
	}
	for _, s := range page.Sections {
		for _, r := range s.Rows {
			got = append(got, r.Number)
		}
	}
	assert.Equal(t, want, got)
}
