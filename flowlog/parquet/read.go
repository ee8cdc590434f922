package parquet

import (
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/packetwalk/packetwalk/flowlog"
)

// Read reads the Parquet file of size bytes in r: its columns as a format, and its records. Null is read as
// "-". The error names every column that is none of flow logs, or the first row that is no record of the
// format.
func Read(r io.ReaderAt, size int64) (flowlog.Format, []flowlog.Record, error) {
	f, records, err := read(r, size)
	if err != nil {
		return nil, nil, fmt.Errorf("parquet.Read: %w", err)
	}
	return f, records, nil
}

func read(r io.ReaderAt, size int64) (f flowlog.Format, records []flowlog.Record, err error) {
	// What a broken file makes parquet-go do is not for the caller to bear.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the file is broken: %v", p)
		}
	}()
	file, err := parquet.OpenFile(r, size)
	if err != nil {
		return nil, nil, err
	}
	if f, err = formatOf(file.Schema()); err != nil {
		return nil, nil, err
	}
	for _, group := range file.RowGroups() {
		if records, err = readGroup(records, group, f); err != nil {
			return nil, nil, err
		}
	}
	return f, records, nil
}

func readGroup(records []flowlog.Record, group parquet.RowGroup, f flowlog.Format) ([]flowlog.Record, error) {
	rows := group.Rows()
	defer rows.Close()
	buf := make([]parquet.Row, batchRows)
	for {
		n, err := rows.ReadRows(buf)
		for _, row := range buf[:n] {
			// A row's line is what the record is made of, so that a file is held to what a line is.
			record, err := flowlog.ParseLine(f, lineOf(row))
			if err != nil {
				return nil, fmt.Errorf("row %d: %w", len(records), err)
			}
			records = append(records, record)
		}
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func lineOf(row parquet.Row) string {
	var b strings.Builder
	for i, v := range row {
		if i > 0 {
			b.WriteByte(' ')
		}
		if v.IsNull() {
			b.WriteByte('-')
		} else {
			b.WriteString(v.String())
		}
	}
	return b.String()
}
