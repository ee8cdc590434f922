package query

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the engine

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
)

// DB is tables of records in memory. Make it with [Open], and close it when it is done with. It is safe for
// use by several goroutines at once, one after the other being served.
type DB struct {
	// Now is what current_date, current_timestamp and now() give, in UTC. Queries that have one of them give
	// an error while it is zero. It is not to be changed while a query runs.
	Now time.Time

	mu     sync.Mutex
	engine *sql.DB
	conn   *sql.Conn
	tables []athena.Table
}

// Open makes a database with the tables; without any, with one called [athena.DefaultName] that has every
// field of flow logs and is partitioned by date. Bucket, Accounts and Regions may be left out where no
// partition comes from them. The error names every table that is wrong, in [athena.Table.Check]'s words.
func Open(tables ...athena.Table) (*DB, error) {
	if len(tables) == 0 {
		tables = []athena.Table{{Format: flowlog.All}}
	}
	if err := check(tables); err != nil {
		return nil, fmt.Errorf("query.Open: %w", err)
	}
	engine, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("query.Open: %w", err)
	}
	db := &DB{engine: engine, tables: tables}
	if err := db.start(); err != nil {
		return nil, errors.Join(fmt.Errorf("query.Open: %w", err), db.Close())
	}
	return db, nil
}

// check reports what is wrong with the tables, as far as it counts here.
func check(tables []athena.Table) error {
	var wrong []error
	seen := make(map[string]bool)
	for _, t := range tables {
		if name := nameOf(t); seen[name] {
			wrong = append(wrong, fmt.Errorf("table %s is there twice", name))
		}
		seen[nameOf(t)] = true
		if t.Bucket == "" {
			t.Bucket = "s3://none"
		}
		if len(t.Accounts) == 0 {
			t.Accounts = []string{"none"}
		}
		if len(t.Regions) == 0 {
			t.Regions = []string{"none"}
		}
		wrong = append(wrong, t.Check())
	}
	return errors.Join(wrong...)
}

// start takes the one connection, which a database in memory is gone without, and makes the tables.
func (db *DB) start() (err error) {
	ctx := context.Background()
	if db.conn, err = db.engine.Conn(ctx); err != nil {
		return err
	}
	statements := []string{"PRAGMA case_sensitive_like = ON"}
	for _, t := range db.tables {
		statements = append(statements, createStatement(t))
	}
	for _, s := range statements {
		if _, err := db.conn.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func nameOf(t athena.Table) string {
	if t.Name == "" {
		return athena.DefaultName
	}
	return t.Name
}

// columnsOf gives the columns of a table: those of the records, then those of the partitions.
func columnsOf(t athena.Table) []athena.Column { return append(t.Columns(), t.Partitions()...) }

// createStatement gives SQLite's statement for a table. What is no number is TEXT there, which alone keeps an
// account such as 012345678901 as it is.
func createStatement(t athena.Table) string {
	var columns []string
	for _, c := range columnsOf(t) {
		kind := "TEXT"
		if strings.HasSuffix(c.Type, "int") {
			kind = "INTEGER"
		}
		columns = append(columns, "`"+c.Name+"` "+kind)
	}
	return fmt.Sprintf("CREATE TABLE `%s` (%s)", nameOf(t), strings.Join(columns, ", "))
}

// Close frees what the database holds. Further calls of its methods give errors.
func (db *DB) Close() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	var err error
	if db.conn != nil {
		err = db.conn.Close()
	}
	return errors.Join(err, db.engine.Close())
}
