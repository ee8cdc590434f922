package parquet

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
)

// columns is the root of a schema whose columns stand in the order of a format. A parquet.Group, which is a
// map, would have them by name.
type columns struct {
	parquet.Group
	place map[string]int
}

// Fields gives the columns in their order.
func (c columns) Fields() []parquet.Field {
	fields := c.Group.Fields()
	slices.SortFunc(fields, func(a, b parquet.Field) int { return cmp.Compare(c.place[a.Name()], c.place[b.Name()]) })
	return fields
}

// schemaOf gives the schema of files of the format: every column may be null.
func schemaOf(f flowlog.Format) *parquet.Schema {
	root := columns{make(parquet.Group), make(map[string]int)}
	for i, field := range f {
		name := athena.ColumnOf(field).Name
		root.Group[name] = parquet.Optional(nodeOf(field.Kind()))
		root.place[name] = i
	}
	return parquet.NewSchema("flow_log", root)
}

func nodeOf(k flowlog.Kind) parquet.Node {
	switch k {
	case flowlog.KindInt32:
		return parquet.Int(32)
	case flowlog.KindInt64:
		return parquet.Int(64)
	}
	return parquet.String()
}

// formatOf gives the format that the columns of a file make. Any integer does where AWS has one: files that
// were written by others, out of text, may have wider ones. The error names every column that does not fit.
func formatOf(s *parquet.Schema) (flowlog.Format, error) {
	var (
		format flowlog.Format
		wrong  []error
	)
	for _, c := range s.Fields() {
		f, ok := athena.FieldOf(c.Name())
		switch {
		case !ok:
			wrong = append(wrong, fmt.Errorf("column %q: want a field of flow logs, with _ for -", c.Name()))
			continue
		case !c.Leaf() || c.Repeated():
			wrong = append(wrong, fmt.Errorf("column %q: want one value a row", c.Name()))
			continue
		case !holds(c.Type().Kind(), f.Kind()):
			wrong = append(wrong, fmt.Errorf("column %q of type %s: want %s", c.Name(), c.Type(), f.Kind()))
		}
		format = append(format, f)
	}
	return format, errors.Join(wrong...)
}

// holds reports whether a physical type can hold the values of a kind.
func holds(p parquet.Kind, k flowlog.Kind) bool {
	if k == flowlog.KindString {
		return p == parquet.ByteArray
	}
	return p == parquet.Int32 || p == parquet.Int64
}
