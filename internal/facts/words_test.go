package facts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/facts"
)

const goodWords = `# a comment
title Facts
intro One line
intro
intro and another.
source UG https://aws.example/ug/*.html
source BF https://batfish.example/batfish Batfish

section Routes | fact
F2.001 | the longest prefix wins | UG/route-priority and UG/other.page, by inference
F2.002 | a blackhole drops | BF, a model; http://blog.example/a.
section Items | claim
item 9 | it has | | not yet: a part that is missing
A01 | why? | assumed: AWS does not say | not applicable: a price
`

func TestParsePage(t *testing.T) {
	got, err := facts.ParsePage("facts.txt", goodWords)
	require.NoError(t, err)
	want := facts.Page{
		Title: "Facts",
		Intro: []string{"One line", "", "and another."},
		Sections: []facts.Section{
			{Title: "Routes", Of: "fact", Rows: []facts.Row{
				{Number: "F2.001", Says: "the longest prefix wins", Source: "[route-priority](https://aws.example/ug/route-priority.html) and [other.page](https://aws.example/ug/other.page.html), by inference"},
				{Number: "F2.002", Says: "a blackhole drops", Source: "[Batfish](https://batfish.example/batfish), a model; [page](http://blog.example/a)."},
			}},
			{Title: "Items", Of: "claim", Rows: []facts.Row{
				{Number: "item 9", Says: "it has", Source: "—", Reason: "not yet: a part that is missing"},
				{Number: "A01", Says: "why?", Source: "assumed: AWS does not say", Reason: "not applicable: a price"},
			}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

// TestParsePageMistakes: each names the file and the line.
func TestParsePageMistakes(t *testing.T) {
	const head = "title T\nsource UG https://a/*.html\nsection S | fact\n" // three lines
	tests := []struct{ name, text, want string }{
		{"no title", "section S | fact", "f.txt:1: there is no title"},
		{"neither a word nor a number", head + "F2.1 | a | b", `f.txt:4: a line begins with title, intro, source, section, # or a number such as F2.001, item 61, A26; not "F2.1"`},
		{"an item without a number", head + "item | a | b", `f.txt:4: a line begins with`},
		{"no words", head + "F2.001 | | UG/a", "f.txt:4: F2.001 has no words"},
		{"no source", head + "F2.001 | a", "f.txt:4: F2.001: want number | words | source, and perhaps | a reason; there are 2 cells"},
		{"a bar too much", head + "F2.001 | a | b | not yet: x | c", "f.txt:4: F2.001: want number | words | source, and perhaps | a reason; there are 5 cells"},
		{"twice", head + "F2.001 | a | b\n\nF2.001 | a | b", "f.txt:6: F2.001 stands on line 4 already"},
		{"before the first section", "title T\nF2.001 | a | b", "f.txt:2: F2.001 stands before the first section"},
		{"a reason of another kind", head + "F2.001 | a | b | later", `f.txt:4: F2.001: a reason begins with "not applicable: " or "not yet: " and says why; not "later"`},
		{"a reason that says nothing", head + "F2.001 | a | b | not yet: ", `f.txt:4: F2.001: a reason begins with`},
		{"an unknown source", head + "F2.001 | a | UX/page", `f.txt:4: F2.001: "UX/page" names no source; a line such as "source UX https://..." says what it stands for`},
		{"a source without its page", head + "F2.001 | a | UG", `f.txt:4: F2.001: "UG" names no source`},
		{"a source that is no address", "title T\nsource UG vpc", `f.txt:2: want: source KEY https://address/of/*.html, or: source KEY https://address Label; not "UG vpc"`},
		{"a source with neither star nor label", "title T\nsource UG https://a", "f.txt:2: want: source KEY"},
		{"a source with both", "title T\nsource UG https://a/* A", "f.txt:2: want: source KEY"},
		{"a section of nothing", "title T\nsection S", "f.txt:2: want: section Title | what a row is"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := facts.ParsePage("f.txt", test.text)
			require.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), test.want), "got:  %v\nwant: %s", err, test.want)
		})
	}
	t.Run("all at once", func(t *testing.T) {
		_, err := facts.ParsePage("f.txt", head+"F2.001 | | b\nF2.002 | a")
		require.Error(t, err)
		assert.Len(t, strings.Split(err.Error(), "\n"), 2)
	})
}

func TestMarkdown(t *testing.T) {
	page, err := facts.ParsePage("facts.txt", goodWords)
	require.NoError(t, err)
	got := page.Markdown(facts.Bearers{
		"F2.001": {{Folder: ".", Name: "TestA"}, {Folder: ".", Name: "TestB"}, {Folder: "route", Name: "TestA"}},
		"item 9": {{Folder: "sg", Name: "TestC"}}, // its reason is overtaken
		"F9.999": {{Folder: "sg", Name: "TestC"}}, // has no row
	})
	want := "# Facts\n\nOne line\n\nand another.\n" + `
## Routes

2 facts: 1 tested, 0 not applicable, 0 not yet, 1 untested.

| number | the fact | source | tests |
|---|---|---|---|
` + "| F2.001 | the longest prefix wins | [route-priority](https://aws.example/ug/route-priority.html) and [other.page](https://aws.example/ug/other.page.html), by inference | `.` TestA, TestB; `route` TestA |\n" +
		`| F2.002 | a blackhole drops | [Batfish](https://batfish.example/batfish), a model; [page](http://blog.example/a). | **untested** |

## Items

2 claims: 1 tested, 1 not applicable, 0 not yet.

| number | the claim | source | tests |
|---|---|---|---|
` + "| item 9 | it has | — | `sg` TestC |\n" +
		"| A01 | why? | assumed: AWS does not say | not applicable: a price |\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

func TestMarkdownOfOneRow(t *testing.T) {
	page := facts.Page{Title: "T", Sections: []facts.Section{{Title: "S", Of: "fact", Rows: []facts.Row{{Number: "F2.001"}}}}}
	assert.Contains(t, page.Markdown(nil), "\n1 fact: 0 tested, 0 not applicable, 0 not yet, 1 untested.\n")
}

func TestUntestedAndOvertaken(t *testing.T) {
	page, err := facts.ParsePage("facts.txt", goodWords)
	require.NoError(t, err)
	w := facts.Written{Page: page, By: facts.Bearers{"F2.001": {{Folder: ".", Name: "TestA"}}, "item 9": {{Folder: ".", Name: "TestA"}}}}
	numbers := func(rows []facts.Row) (list []string) {
		for _, r := range rows {
			list = append(list, r.Number)
		}
		return list
	}
	assert.Equal(t, []string{"F2.002"}, numbers(w.Untested()))
	assert.Equal(t, []string{"item 9"}, numbers(w.Overtaken()))
}
