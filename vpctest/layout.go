package vpctest

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// layout writes a table with its columns aligned, indented by two. A row begins with its source. What it
// writes can be pasted back into the test where no cell is wrong.
func layout(columns []column, rows [][]string) string {
	head := []string{""}
	for _, c := range columns {
		head = append(head, c.String())
	}
	rows = append([][]string{head}, rows...)

	widths := make([]int, len(head))
	for _, r := range rows {
		for i, cell := range r {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	lines := make([]string, len(rows))
	for i, r := range rows {
		var b strings.Builder
		for j, cell := range r {
			fmt.Fprintf(&b, "  %-*s", widths[j], cell)
		}
		lines[i] = strings.TrimRight(b.String(), " ")
	}
	return strings.Join(lines, "\n")
}
