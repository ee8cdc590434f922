package parquet_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/parquet"
)

// column is what a Parquet file says of a column.
type column struct{ Name, Type, Converted, Repetition string }

// seen is what hyparquet sees in a file.
type seen struct {
	Columns []column
	Codecs  []string
	Rows    [][]any
}

// The columns that are no text, by AWS's page flow-log-records (F1.101-F1.154).
const (
	int32s = " version srcport dstport protocol tcp-flags traffic-path encryption-status "
	int64s = " packets bytes start end "
)

// wantColumn gives the column that a field has: F1.809 its name, F1.101-F1.154 its type, and null where it
// shows "-".
func wantColumn(field string) column {
	c := column{Name: strings.ReplaceAll(field, "-", "_"), Type: "BYTE_ARRAY", Converted: "UTF8", Repetition: "OPTIONAL"}
	switch {
	case strings.Contains(int32s, " "+field+" "):
		c.Type, c.Converted = "INT32", "INT_32"
	case strings.Contains(int64s, " "+field+" "):
		c.Type, c.Converted = "INT64", "INT_64"
	}
	return c
}

// wantValue gives the value that stands for the text of a field.
func wantValue(t *testing.T, c column, text string) any {
	t.Helper()
	switch {
	case text == "-":
		return nil
	case c.Type == "INT32":
		n, err := strconv.ParseFloat(text, 64)
		require.NoError(t, err)
		return n
	case c.Type == "INT64":
		return text + "n"
	}
	return text
}

// TestHyparquet has the files read by another implementation of Parquet than the one that wrote them:
// hyparquet, in JavaScript. It wants the rows and types of the lines. F1.807: the file is compressed with
// gzip.
//
// It needs node, and the folder testdata/hyparquet with its packages installed; .ci/run sees to both.
func TestHyparquet(t *testing.T) {
	folder := os.Getenv("HYPARQUET")
	if folder == "" {
		t.Skip("HYPARQUET does not name a copy of testdata/hyparquet in which `npm ci` was run")
	}
	for _, c := range files {
		t.Run(c.name, func(t *testing.T) {
			format, lines, records := c.read(t)
			got := hyparquet(t, folder, format, records)
			assert.Equal(t, []string{"GZIP"}, got.Codecs, "F1.807")

			var want seen
			for name := range strings.FieldsSeq(c.format) {
				want.Columns = append(want.Columns, wantColumn(name))
			}
			for _, line := range lines {
				var row []any
				for i, text := range strings.Split(line, " ") {
					row = append(row, wantValue(t, want.Columns[i], text))
				}
				want.Rows = append(want.Rows, row)
			}
			assert.Empty(t, cmp.Diff(want.Columns, got.Columns))
			assert.Empty(t, cmp.Diff(want.Rows, got.Rows))
		})
	}
}

// TestHyparquetReadsMany has more rows read than fit into one batch.
func TestHyparquetReadsMany(t *testing.T) {
	folder := os.Getenv("HYPARQUET")
	if folder == "" {
		t.Skip("HYPARQUET does not name a copy of testdata/hyparquet in which `npm ci` was run")
	}
	format := flowlog.MustParseFormat("end log-status")
	var records []flowlog.Record
	for i := range int64(5000) {
		records = append(records, flowlog.Record{End: i, LogStatus: flowlog.StatusOK})
	}
	got := hyparquet(t, folder, format, records)
	require.Len(t, got.Rows, len(records))
	for i, row := range got.Rows {
		require.Equal(t, []any{fmt.Sprintf("%dn", i), "OK"}, row)
	}
}

func hyparquet(t *testing.T, folder string, format flowlog.Format, records []flowlog.Record) (got seen) {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, parquet.Write(&b, format, records))
	path := filepath.Join(t.TempDir(), "records.log.parquet")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	cmd := exec.Command("node", filepath.Join(folder, "read.mjs"), path)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	require.NoError(t, json.Unmarshal(out, &got))
	return got
}
