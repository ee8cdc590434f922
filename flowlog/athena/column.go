package athena

import (
	"strings"

	"github.com/packetwalk/packetwalk/flowlog"
)

// Column is a column of a table: its name, without back-ticks, and Athena's type.
type Column struct{ Name, Type string }

// ColumnOf gives the column of a field: AWS's name with "_" for "-", and the type of AWS's own statement
// (F1.809): bigint for what is INT_64 in Parquet and for protocol, int for other numbers, string for the
// rest. It is the zero Column for a value that is no field.
func ColumnOf(f flowlog.Field) Column {
	c := Column{Name: strings.ReplaceAll(f.String(), "-", "_"), Type: "string"}
	switch f.Kind() {
	case flowlog.KindInt64:
		c.Type = "bigint"
	case flowlog.KindInt32:
		c.Type = "int"
		if f == flowlog.FieldProtocol {
			c.Type = "bigint" // as AWS's page has it, though Parquet has INT_32 (F1.108)
		}
	case 0:
		return Column{}
	}
	return c
}

// FieldOf gives the field of a column's name, such as "account_id"; ok is false where there is none.
func FieldOf(name string) (f flowlog.Field, ok bool) {
	if strings.Contains(name, "-") {
		return 0, false
	}
	return flowlog.FieldNamed(strings.ReplaceAll(name, "_", "-"))
}

// quoted gives the name as a statement has it: back-ticked where it is a reserved word (F1.809) or has more
// than lower-case letters, digits and underscores.
func (c Column) quoted() string {
	if c.Name == "end" || c.Name == "date" || strings.Contains(c.Name, "-") {
		return "`" + c.Name + "`"
	}
	return c.Name
}
