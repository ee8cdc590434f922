package vpctest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// Matrix checks many connections by a table of who may reach what: a row for each source, a column for each
// destination and service.
//
//	vpctest.Matrix(t, n, `
//	              web tcp/443  db tcp/5432  db tcp/22              internet tcp/443
//	    internet  yes          no           no                     -
//	    web       -            yes          ENI_SG_RULES_MISMATCH  yes
//	    db        no           -            -                      no
//	`)
//
// The first line heads the columns, each with a destination and a service with one blank between them. The
// lines below begin with the source. Cells are separated by two or more blanks or by a tab, and need not be
// aligned. A cell is one of
//
//   - yes: the connection works, as [Reach] checks it;
//   - no: it does not, for whatever reason;
//   - a code such as ENI_SG_RULES_MISMATCH: it does not, for that reason, as [Block] checks it;
//   - a hyphen: it is not asked.
//
// Case does not matter, and empty lines are left out. Where answers differ the test fails, and goes on, with
// the same table in which each wrong cell says what was wanted and what is; the hops of the first three of
// them follow. A question that [packetwalk.Network.Probe] refuses, for a name that does not exist, is a wrong
// cell too, whatever was wanted.
//
// A table that can't be read, or that asks nothing, ends the test. The message counts lines from the one with
// the opening quote, which is line 1.
func Matrix(t TB, n *packetwalk.Network, want string) {
	t.Helper()
	table, err := parseTable(want)
	switch {
	case n == nil:
		t.Fatalf("no network: want one that Build made")
	case err != nil:
		t.Fatalf("the table can't be read: %v", err)
	default:
		if text := compare(n, table); text != "" {
			t.Errorf("%s", text)
		}
	}
}

// compare asks the network what the table asks, and says what differs: "" for nothing.
func compare(n *packetwalk.Network, t table) string {
	var shown [][]string
	var d differences
	for _, r := range t.rows {
		line := []string{r.from}
		for i, w := range r.wants {
			line = append(line, d.ask(n, r.from, t.columns[i], w))
		}
		shown = append(shown, line)
	}
	if len(d.wrong)+len(d.refused) == 0 {
		return ""
	}
	return d.report(layout(t.columns, shown))
}

// differences are the wrong cells of a table.
type differences struct {
	asked   int
	wrong   []packetwalk.Flow
	refused []error // where there is no answer
}

// ask gives the text of a cell: as it was, or what was wanted and what is.
func (d *differences) ask(n *packetwalk.Network, from string, c column, w want) string {
	if w.kind == unasked {
		return w.String()
	}
	d.asked++
	f, err := n.Probe(from, c.to, c.service)
	is := "an error"
	switch {
	case err != nil:
		d.refused = append(d.refused, err)
	case w.met(f):
		return w.String()
	default:
		d.wrong = append(d.wrong, f)
		is = answer(f)
	}
	return fmt.Sprintf("want %s, is %s", w, is)
}

// met reports whether a connection is as wanted by a cell that asks.
func (w want) met(f packetwalk.Flow) bool {
	if w.kind == works {
		return f.OK()
	}
	return !f.OK() && (w.code == trace.NoCode || w.code == f.Verdict().Code)
}

// answer is a connection as a cell has room for it.
func answer(f packetwalk.Flow) string {
	if f.OK() {
		return yes
	}
	return blocker(f)
}

// hopTables is how many wrong answers are shown hop by hop: enough to see a pattern, and still one screen or
// two.
const hopTables = 3

// report is the whole message: how many are wrong, the table, what was refused, and the hops of the first
// wrong answers.
func (d *differences) report(table string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d answers wrong:\n\n%s", len(d.wrong)+len(d.refused), d.asked, table)
	if len(d.refused) > 0 {
		fmt.Fprintf(&b, "\n\n%v", errors.Join(d.refused...))
	}
	for i, f := range d.wrong {
		if i == hopTables {
			fmt.Fprintf(&b, "\n\nand %d more", len(d.wrong)-i)
			break
		}
		fmt.Fprintf(&b, "\n\n%s", full(f))
	}
	return b.String()
}
