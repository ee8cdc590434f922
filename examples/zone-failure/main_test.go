package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// What the lesson claims, by what stands in a zone and not by what is printed: the column of each loss, row
// by row.
func TestClaims(t *testing.T) {
	const works = "works"
	gone := func(id string) string { return "lost at " + id }
	for _, c := range []struct {
		name, row        string
		design           int
		all, lossA, lost string // while all work, without us-east-1a, without us-east-1b
	}{
		{"item 172 a web server is gone with its zone", "internet -> web-a tcp/443", 0, works, gone("web-a-eni"), works},
		{"item 172 the other is not", "internet -> web-b tcp/443", 0, works, works, gone("web-b-eni")},
		{"item 92 the internet gateway stands in no zone", "internet -> web-b tcp/443", 1, works, works, gone("web-b-eni")},
		{"within a zone", "web-b -> app-b tcp/8080", 0, works, works, gone("web-b-eni")},
		{"item 61 the one NAT gateway, from its own zone", "app-a -> internet tcp/443", 0, works, gone("app-a-eni"), works},
		{"item 61 the one NAT gateway, from the other zone", "app-b -> internet tcp/443", 0, works, gone("nat-a-eni"), gone("app-b-eni")},
		{"item 61 one NAT gateway a zone", "app-b -> internet tcp/443", 1, works, works, gone("app-b-eni")},
		{"item 102 the endpoint in one zone", "app-b -> queue tcp/443", 0, works, gone("queue-private-a-eni"), gone("app-b-eni")},
		{"item 102 the endpoint in both zones", "app-b -> queue tcp/443", 1, works, works, gone("app-b-eni")},
		{"item 92 a gateway endpoint stands in no zone", "app-b -> files tcp/443", 0, works, works, gone("app-b-eni")},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := strings.Split(output(t), "\n2. ")
			require.Len(t, parts, 2)
			for line := range strings.Lines(parts[c.design]) {
				if rest, ok := strings.CutPrefix(strings.TrimSpace(line), c.row+" "); ok {
					assert.Equal(t, []string{c.all, c.lossA, c.lost}, columns(rest))
					return
				}
			}
			t.Errorf("no row %q", c.row)
		})
	}
	assert.Equal(t, 1, strings.Count(output(t), "(CrossZoneNAT)"), "item 61 the first design is warned of before anything fails")
}

// columns parts a row where two blanks or more stand.
func columns(row string) (list []string) {
	for cell := range strings.SplitSeq(row, "  ") {
		if cell = strings.TrimSpace(cell); cell != "" {
			list = append(list, cell)
		}
	}
	return list
}
