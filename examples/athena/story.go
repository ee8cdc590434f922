package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/packetwalk/packetwalk/flowlog/athena"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/flowlog/query"
)

// scene shows one thing.
type scene struct {
	title string
	steps []step
	why   string
}

// step is what a scene shows next.
type step func(*story) error

// story is the lesson as it is told.
type story struct {
	w      io.Writer
	bucket deliver.Files
	tables []athena.Table
	db     *query.DB
}

// begin makes the tables, with nothing in them.
func begin(w io.Writer) (*story, error) {
	list, err := tables()
	if err != nil {
		return nil, err
	}
	db, err := query.Open(list...)
	if err != nil {
		return nil, err
	}
	db.Now = time.Date(2020, 5, 14, 9, 0, 0, 0, time.UTC) // the queries are asked on the Thursday after
	return &story{w, deliver.Files{}, list, db}, nil
}

func (t *story) close() { _ = t.db.Close() } // it is in memory: nothing is lost

func (s scene) play(t *story, number int) error {
	fmt.Fprintf(t.w, "%d. %s\n", number, s.title)
	for i, next := range s.steps {
		if i > 0 {
			fmt.Fprintln(t.w)
		}
		if err := next(t); err != nil {
			return fmt.Errorf("scene %d: %w", number, err)
		}
	}
	_, err := fmt.Fprintf(t.w, "\n   %s\n\n", strings.ReplaceAll(s.why, "\n", "\n   "))
	return err
}

// tell prints a text, further in.
func (t *story) tell(format string, args ...any) {
	text := strings.TrimSpace(fmt.Sprintf(format, args...))
	fmt.Fprintf(t.w, "     %s\n", strings.ReplaceAll(text, "\n", "\n     "))
}

// table gives a table by its name.
func (t *story) table(name string) (athena.Table, error) {
	for _, table := range t.tables {
		if table.Name == name {
			return table, nil
		}
	}
	return athena.Table{}, fmt.Errorf("no table %q", name)
}

// list shows the files of the bucket and how many records each has, and reads them.
func list(t *story) error {
	for _, key := range t.bucket.Keys() {
		records, err := read(key, t.bucket[key])
		if err != nil {
			return err
		}
		t.tell("%2d in %s", len(records), key)
	}
	return load(t.db, t.bucket)
}

// create shows the statement that makes a table.
func create(name string) step {
	return func(t *story) error {
		table, err := t.table(name)
		if err != nil {
			return err
		}
		statement, err := table.Create()
		t.tell("%s;\n", statement)
		return err
	}
}

// add shows the statement that adds the first day to a table.
func add(name string) step {
	return func(t *story) error {
		table, err1 := t.table(name)
		statement, err2 := table.AddPartition(days()[0].date)
		t.tell("%s;", statement)
		return errors.Join(err1, err2)
	}
}

// repair shows the statement by which Athena finds the folders of a table.
func repair(name string) step {
	return func(t *story) error {
		table, err1 := t.table(name)
		statement, err2 := table.Repair()
		t.tell("%s;", statement)
		return errors.Join(err1, err2)
	}
}

// ask runs a query and shows what comes of it.
func ask(statement string) step {
	return func(t *story) error {
		result, err := t.db.Query(context.Background(), statement)
		if err != nil {
			return err
		}
		t.tell("%s", statement)
		fmt.Fprintln(t.w)
		t.tell("%v", result)
		return nil
	}
}
