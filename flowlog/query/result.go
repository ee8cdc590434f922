package query

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
)

// Result is what a query gives.
type Result struct {
	Columns []string
	Rows    [][]any // each value an int64, a float64, a string or nil
}

// String gives the columns and rows as a table in text, null as NULL, with a newline after each row.
func (r *Result) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(r.Columns, "\t"))
	for _, row := range r.Rows {
		texts := make([]string, len(row))
		for i, v := range row {
			if v == nil {
				v = "NULL"
			}
			texts[i] = fmt.Sprint(v)
		}
		fmt.Fprintln(w, strings.Join(texts, "\t"))
	}
	w.Flush() // a strings.Builder takes all
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// Query runs a SELECT statement that is written for Athena, with a semicolon at its end or without. The error
// is for any other statement, for what is no SQL or not there, and for a query that the context ends.
func (db *DB) Query(ctx context.Context, statement string) (*Result, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	r, err := db.query(ctx, statement)
	if err != nil {
		return nil, fmt.Errorf("query.Query: %w", err)
	}
	return r, nil
}

func (db *DB) query(ctx context.Context, statement string) (*Result, error) {
	translated, err := translate(statement, db.Now)
	if err != nil {
		return nil, err
	}
	// WITH can stand before a DELETE: nothing that a query says may change a table.
	if _, err := db.conn.ExecContext(ctx, "PRAGMA query_only = ON"); err != nil {
		return nil, err
	}
	defer db.conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = OFF")
	rows, err := db.conn.QueryContext(ctx, translated)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r := new(Result)
	if r.Columns, err = rows.Columns(); err != nil {
		return nil, err
	}
	for rows.Next() {
		row, places := make([]any, len(r.Columns)), make([]any, len(r.Columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		r.Rows = append(r.Rows, row)
	}
	return r, rows.Err()
}
