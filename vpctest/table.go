package vpctest

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// table is the text of a [Matrix], understood.
type table struct {
	columns []column
	rows    []row
}

// column is a destination and a service.
type column struct{ to, service string }

// String names the column as the first line of a table does.
func (c column) String() string { return c.to + " " + c.service }

// row is a source and what is wanted of it, one for each column.
type row struct {
	from  string
	wants []want
}

// want is a cell.
type want struct {
	kind kind
	code trace.Code // of blocked; NoCode for whatever reason
}

type kind uint8

const (
	unasked kind = iota
	works
	blocked
)

// How cells are written.
const (
	hyphen = "-"
	yes    = "yes"
	no     = "no"
)

// String is the cell as it is written.
func (w want) String() string {
	switch {
	case w.kind == works:
		return yes
	case w.kind == blocked && w.code == trace.NoCode:
		return no
	case w.kind == blocked:
		return w.code.String()
	}
	return hyphen
}

// parseTable reads the table. The error says the line, counted from 1, and what would be right.
func parseTable(text string) (table, error) {
	var t table
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		read := t.row
		if len(t.columns) == 0 {
			read = t.header
		}
		if err := read(cells(line)); err != nil {
			return table{}, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if !t.asks() {
		return table{}, errors.New("it asks nothing: want at least one cell that is not " + hyphen)
	}
	return t, nil
}

var separator = regexp.MustCompile(` *\t[ \t]*|  [ \t]*`)

// cells splits a line at tabs and at runs of blanks; a single blank is part of a cell.
func cells(line string) []string { return separator.Split(line, -1) }

// header reads the first line.
func (t *table) header(cells []string) error {
	seen := make(map[column]bool)
	for _, cell := range cells {
		// An ID may hold blanks, a service never does.
		at := strings.LastIndexByte(cell, ' ')
		if at < 0 {
			return fmt.Errorf("column %q: want a destination and a service with one blank between them, such as %q", cell, "db tcp/5432")
		}
		c := column{cell[:at], cell[at+1:]}
		if _, err := packet.ParseService(c.service); err != nil {
			return fmt.Errorf("column %q: %w", cell, err)
		}
		if seen[c] {
			return fmt.Errorf("column %q is there twice", cell)
		}
		seen[c] = true
		t.columns = append(t.columns, c)
	}
	return nil
}

// row reads a line below the first.
func (t *table) row(cells []string) error {
	r := row{from: cells[0]}
	for _, other := range t.rows {
		if other.from == r.from {
			return fmt.Errorf("row %q is there twice", r.from)
		}
	}
	if got, want := len(cells)-1, len(t.columns); got != want {
		return fmt.Errorf("row %q has %d cells for %d columns: want one for each, %q where it is not asked", r.from, got, want, hyphen)
	}
	for _, cell := range cells[1:] {
		w, err := parseWant(cell)
		if err != nil {
			return fmt.Errorf("row %q: %w", r.from, err)
		}
		r.wants = append(r.wants, w)
	}
	t.rows = append(t.rows, r)
	return nil
}

func parseWant(cell string) (want, error) {
	switch strings.ToLower(cell) {
	case hyphen:
		return want{}, nil
	case yes:
		return want{kind: works}, nil
	case no:
		return want{kind: blocked}, nil
	}
	code, err := trace.ParseCode(cell)
	if err != nil {
		return want{}, fmt.Errorf("cell %q: want %s, %s, %q or a code such as %s", cell, yes, no, hyphen, trace.ENISGRulesMismatch)
	}
	return want{blocked, code}, nil
}

// asks reports whether any cell does.
func (t *table) asks() bool {
	for _, r := range t.rows {
		for _, w := range r.wants {
			if w.kind != unasked {
				return true
			}
		}
	}
	return false
}
