package trace

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/packetwalk/packetwalk/packet"
)

// Table is the way of the packet as a table, one numbered row a hop: the stage, the resource, the direction,
// and what was decided there. Where the header was rewritten, lines below say from what to what.
//
//	1  network interface  web-eni  out  leaves
//	2  security group     web-sg   out  all to 0.0.0.0/0
//	3  route table        pub-rtb       0.0.0.0/0 -> igw-1
//	4  internet gateway   igw-1         source 10.0.1.10 -> 52.1.2.3
//
// A row that drops the packet ends with the [Code]. Where more stands in the way, those rows follow
// under "also in the way:", and what was sent back under them. Table is "" for a trace without hops; its last
// line has no line break.
//
// Rows are at most 110 columns wide, unless a single word or a name is too long for that.
func (t Trace) Table() string {
	var rows, beyond []row
	for i := range t.Hops {
		rows = append(rows, newRow(i+1, &t.Hops[i]))
	}
	for i := range t.Beyond {
		if t.Beyond[i].Action == Drop {
			beyond = append(beyond, newRow(len(t.Hops)+i+1, &t.Beyond[i]))
		}
	}
	all := measure(append(rows[:len(rows):len(rows)], beyond...))
	var lines []string
	for _, r := range rows {
		lines = append(lines, all.lines(r)...)
	}
	if len(beyond) > 0 {
		lines = append(lines, "also in the way:")
	}
	for _, r := range beyond {
		lines = append(lines, all.lines(r)...)
	}
	if t.Answer != nil {
		lines = append(lines, fmt.Sprintf("sent back: %v: %v", t.Answer.Sent, t.Answer.Verdict))
	}
	return strings.Join(lines, "\n")
}

// row is one hop of the table, each cell in its lines.
type row struct {
	number, stage, direction string
	id                       []string
	what                     []string // what was decided, and what was rewritten
}

func newRow(n int, h *Hop) row {
	r := row{
		number:    fmt.Sprint(n),
		stage:     h.Stage.String(),
		direction: arrow(h.Direction),
		id:        foldID(oneLine(h.ID)),
	}
	if d := h.decision(); d != "" {
		r.what = append(r.what, d)
	}
	r.what = append(r.what, h.rewrites()...)
	return r
}

// arrow is the direction as a column has room for it.
func arrow(d packet.Direction) string {
	switch d {
	case packet.Ingress:
		return "in"
	case packet.Egress:
		return "out"
	}
	return ""
}

// longID is more than one of AWS's own IDs, and less than two.
const longID = 30

// foldID gives each of several groups a line of its own, where they are too long for one.
func foldID(id string) []string {
	if utf8.RuneCountInString(id) <= longID {
		return []string{id}
	}
	lines := strings.SplitAfter(id, ",")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return lines
}

// columns are the widths of a table's columns, in characters. Only the last has none: it is as wide as it has
// to be.
type columns struct{ number, stage, id, direction int }

func measure(rows []row) columns {
	c := columns{number: 2} // so that a table keeps its shape when it grows past nine hops
	for _, r := range rows {
		c.number = max(c.number, utf8.RuneCountInString(r.number))
		c.stage = max(c.stage, utf8.RuneCountInString(r.stage))
		c.direction = max(c.direction, utf8.RuneCountInString(r.direction))
		for _, line := range r.id {
			c.id = max(c.id, utf8.RuneCountInString(line))
		}
	}
	return c
}

// Columns of a terminal that a row keeps to, and how narrow its last column may get for that.
const (
	tableWidth = 110
	leastWidth = 40
)

// lines sets one row. A cell that is longer than the others goes on below itself.
func (c columns) lines(r row) []string {
	indent := c.number + c.stage + c.id + c.direction + 4*len("  ")
	var what []string
	for _, line := range r.what {
		what = append(what, wrap(line, max(tableWidth-indent, leastWidth))...)
	}
	lines := make([]string, max(len(r.id), len(what), 1))
	for i := range lines {
		number, stage, direction := "", "", ""
		if i == 0 {
			number, stage, direction = r.number, r.stage, r.direction
		}
		line := fmt.Sprintf("%*s  %-*s  %-*s  %-*s  %s", c.number, number, c.stage, stage,
			c.id, at(r.id, i), c.direction, direction, at(what, i))
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

// at is the line of a cell, or "" below its last one.
func at(cell []string, i int) string {
	if i < len(cell) {
		return cell[i]
	}
	return ""
}

// wrap breaks text between words into lines of at most width characters. What goes on is indented by two.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		if line != "" && utf8.RuneCountInString(line+" "+word) > width {
			lines = append(lines, line)
			line = " "
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
