package flowlog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Format lists the fields of a record in the order in which they stand in its line (F1.002). It is what
// flow logs call the log format. The order is the format's own, not that of AWS's table (F1.810).
//
// The nil Format has no fields; where one is asked for as an option, it stands for [Default].
type Format []Field

// Default is the default format, the fourteen fields of version 2 in their order (F1.001). It is not to be
// changed.
var Default = Format(Fields()[:FieldLogStatus])

// All has every field, in the order of AWS's table (F1.101-F1.154). It is not to be changed.
var All = Format(Fields())

// ParseFormat reads a format in either of its spellings: as the API takes it, "${version} ${account-id}",
// or as the first line of a file, "version account-id" (F1.806). One blank stands between two fields, as
// AWS wants it, and none before or after them. A format has one field at least (F1.002), and each once. The
// error tells every field that is wrong, up to eight, and the nearest name of one that is unknown.
func ParseFormat(text string) (Format, error) {
	format, err := parseFormat(text)
	if err != nil {
		return nil, fmt.Errorf("flowlog.ParseFormat(%s): %w", quoted(text), err)
	}
	return format, nil
}

// parseFormat is ParseFormat with errors that do not quote the text.
func parseFormat(text string) (Format, error) {
	if text == "" {
		return nil, errors.New("want one field at least")
	}
	var (
		format  Format
		wrong   []string
		seen    FieldSet
		inBrace = strings.HasPrefix(text, "${")
	)
	for token := range strings.SplitSeq(text, " ") {
		f, err := parseToken(token, inBrace)
		switch {
		case err != nil:
			wrong = append(wrong, err.Error())
		case seen.Has(f):
			wrong = append(wrong, fmt.Sprintf("%s stands twice", f))
		}
		if len(wrong) == mostMistakes {
			wrong = append(wrong, "and perhaps more after that")
			break
		}
		seen |= SetOf(f)
		format = append(format, f)
	}
	if wrong != nil {
		return nil, errors.New(strings.Join(wrong, "; "))
	}
	return format, nil
}

// mostMistakes is how many mistakes in a format one error tells.
const mostMistakes = 8

// MustParseFormat is [ParseFormat] for a format that is known to be right, such as a test's. It panics
// where that fails.
func MustParseFormat(text string) Format {
	f, err := ParseFormat(text)
	if err != nil {
		panic(err)
	}
	return f
}

// parseToken reads one field of a format: "${srcaddr}" or, where the format is a header line, "srcaddr".
func parseToken(token string, inBrace bool) (Field, error) {
	name := token
	if inBrace {
		rest, ok := strings.CutPrefix(token, "${")
		if rest, closed := strings.CutSuffix(rest, "}"); ok && closed {
			name = rest
		} else if token != "" {
			return 0, fmt.Errorf("%s: want the form ${field}", quoted(token))
		}
	}
	if name == "" {
		return 0, errors.New("an empty field: want one blank between two fields, and none before or after them")
	}
	f, ok := FieldNamed(name)
	if !ok {
		return 0, unknownField(name)
	}
	return f, nil
}

// Version is the version that a record of the format has: the newest that one of its fields came with
// (F1.003). It is 0 for a format without fields.
func (f Format) Version() int {
	newest := 0
	for _, field := range f {
		newest = max(newest, field.Version())
	}
	return newest
}

// Has reports whether the field is one of the format's.
func (f Format) Has(field Field) bool { return slices.Contains(f, field) }

// Set gives the format's fields without their order.
func (f Format) Set() FieldSet { return SetOf(f...) }

// String gives the format as the API takes it: "${version} ${account-id}".
func (f Format) String() string { return f.join("${", "}") }

// Header gives the format as the first line of a file names it, without a newline: "version account-id"
// (F1.806).
func (f Format) Header() string { return f.join("", "") }

func (f Format) join(open, closed string) string {
	var b strings.Builder
	for i, field := range f {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(open)
		b.WriteString(field.String())
		b.WriteString(closed)
	}
	return b.String()
}

// MarshalText gives [Format.String]. A format that [ParseFormat] would not read is an error, except the nil
// one, whose text is empty.
func (f Format) MarshalText() ([]byte, error) {
	if len(f) == 0 {
		return nil, nil
	}
	text := f.String()
	if _, err := ParseFormat(text); err != nil {
		return nil, err
	}
	return []byte(text), nil
}

// UnmarshalText is [ParseFormat], and reads "" as the nil Format. An error leaves f as it was.
func (f *Format) UnmarshalText(text []byte) error {
	var parsed Format
	if len(text) > 0 {
		var err error
		if parsed, err = ParseFormat(string(text)); err != nil {
			return err
		}
	}
	*f = parsed
	return nil
}
