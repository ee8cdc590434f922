package query

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// function is a function of Athena that SQLite lacks or has otherwise. Its arguments are never null: a null
// among them makes the call null.
type function struct {
	args int
	call func(args []driver.Value) (driver.Value, error)
}

// Functions lists the functions of Athena that are there beside SQLite's own, by name.
func Functions() []string { return slices.Sorted(maps.Keys(functions)) }

// functions are called athena_NAME in SQLite, where some of the names are taken.
var functions = map[string]*function{
	"date":                   ofText(func(s string) (driver.Value, error) { return dateOf(s) }),
	"from_iso8601_date":      ofText(func(s string) (driver.Value, error) { return dateOf(s) }),
	"from_iso8601_timestamp": ofText(func(s string) (driver.Value, error) { return timestampOf(s) }),
	"from_unixtime":          {1, fromUnixtime},
	"to_unixtime": ofMoment(func(m moment) (driver.Value, error) {
		return float64(m.UnixMilli()) / 1000, nil
	}),
	"to_iso8601": ofMoment(func(m moment) (driver.Value, error) {
		if m.isDate {
			return m.String(), nil
		}
		return m.Format("2006-01-02T15:04:05.000Z"), nil
	}),
	"date_format": {2, func(args []driver.Value) (driver.Value, error) {
		m, err1 := parseMoment(asText(args[0]))
		layout, err2 := goLayout(asText(args[1]))
		return m.Format(layout), errors.Join(err1, err2)
	}},
	"date_parse": {2, func(args []driver.Value) (driver.Value, error) {
		layout, err := goLayout(asText(args[1]))
		if err != nil {
			return nil, err
		}
		t, err := time.Parse(layout, asText(args[0]))
		return moment{t, false}.String(), err
	}},
	"date_add": {3, func(args []driver.Value) (driver.Value, error) {
		n, err1 := asInt(args[1])
		m, err2 := parseMoment(asText(args[2]))
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		m, err := m.add(strings.ToLower(asText(args[0])), n)
		return m.String(), err
	}},
	"date_diff": {3, func(args []driver.Value) (driver.Value, error) {
		from, err1 := parseMoment(asText(args[1]))
		to, err2 := parseMoment(asText(args[2]))
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		return diff(strings.ToLower(asText(args[0])), from, to)
	}},
	"date_trunc": {2, func(args []driver.Value) (driver.Value, error) {
		m, err := parseMoment(asText(args[1]))
		if err != nil {
			return nil, err
		}
		m, err = m.trunc(strings.ToLower(asText(args[0])))
		return m.String(), err
	}},
	"year": part("year"), "quarter": part("quarter"), "month": part("month"), "week": part("week"), "day": part("day"),
	"day_of_month": part("day"), "day_of_week": part("day_of_week"), "dow": part("day_of_week"),
	"day_of_year": part("day_of_year"), "doy": part("day_of_year"),
	"hour": part("hour"), "minute": part("minute"), "second": part("second"),

	"split_part": {3, splitPart},
	"strpos": {2, func(args []driver.Value) (driver.Value, error) {
		before, _, found := strings.Cut(asText(args[0]), asText(args[1]))
		if !found {
			return int64(0), nil
		}
		return int64(len([]rune(before)) + 1), nil
	}},
	"starts_with": {2, func(args []driver.Value) (driver.Value, error) {
		return strings.HasPrefix(asText(args[0]), asText(args[1])), nil
	}},
	"regexp_like": {2, func(args []driver.Value) (driver.Value, error) {
		return regexp.MatchString(asText(args[1]), asText(args[0]))
	}},
	"contains": {2, func(args []driver.Value) (driver.Value, error) {
		network, err1 := netip.ParsePrefix(asText(args[0]))
		addr, err2 := netip.ParseAddr(asText(args[1]))
		return network.Contains(addr), errors.Join(err1, err2)
	}},
}

// hidden are what the translation puts: no query says their names.
var hidden = map[string]*function{
	"timestamp": ofText(func(s string) (driver.Value, error) { return timestampOf(s) }),
	"extract": {2, func(args []driver.Value) (driver.Value, error) {
		m, err := parseMoment(asText(args[1]))
		if err != nil {
			return nil, err
		}
		return m.extract(asText(args[0]))
	}},
	"varchar": ofText(func(s string) (driver.Value, error) { return s, nil }),
	"bigint":  {1, func(args []driver.Value) (driver.Value, error) { return asInt(args[0]) }},
	"double":  {1, func(args []driver.Value) (driver.Value, error) { return asFloat(args[0]) }},
}

func init() {
	for name, f := range functions {
		register(name, f)
	}
	for name, f := range hidden {
		register(name, f)
	}
	for _, name := range castFunctions {
		f := functions[name]
		if f == nil {
			f = hidden[name]
		}
		if !slices.Contains(registered, "try_"+name) {
			register("try_"+name, &function{f.args, func(args []driver.Value) (driver.Value, error) {
				v, err := f.call(args)
				if err != nil {
					return nil, nil // TRY_CAST gives null for what does not fit
				}
				return v, nil
			}})
		}
	}
}

var registered []string

func register(name string, f *function) {
	registered = append(registered, name)
	call := func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if slices.Contains(args, nil) {
			return nil, nil
		}
		v, err := f.call(args)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return v, nil
	}
	sqlite.MustRegisterDeterministicScalarFunction("athena_"+name, int32(f.args), call)
}

func ofText(call func(string) (driver.Value, error)) *function {
	return &function{1, func(args []driver.Value) (driver.Value, error) { return call(asText(args[0])) }}
}

func ofMoment(call func(moment) (driver.Value, error)) *function {
	return ofText(func(s string) (driver.Value, error) {
		m, err := parseMoment(s)
		if err != nil {
			return nil, err
		}
		return call(m)
	})
}

func part(name string) *function {
	return ofMoment(func(m moment) (driver.Value, error) { return m.extract(name) })
}

func dateOf(s string) (string, error) {
	m, err := parseMoment(s)
	m.isDate = true
	return m.String(), err
}

func timestampOf(s string) (string, error) {
	m, err := parseMoment(s)
	m.isDate = false
	return m.String(), err
}

func fromUnixtime(args []driver.Value) (driver.Value, error) {
	seconds, err := asFloat(args[0])
	if err != nil || math.Abs(seconds) > 1e11 {
		return nil, fmt.Errorf("%v: want seconds since 1970", args[0])
	}
	return moment{time.UnixMilli(int64(math.Round(seconds * 1000))).UTC(), false}.String(), nil
}

// splitPart gives the part of a text at an index from 1, null where there are fewer.
func splitPart(args []driver.Value) (driver.Value, error) {
	n, err := asInt(args[2])
	if err != nil || n < 1 {
		return nil, fmt.Errorf("index %v: want 1 or more", args[2])
	}
	if parts := strings.Split(asText(args[0]), asText(args[1])); n <= int64(len(parts)) {
		return parts[n-1], nil
	}
	return nil, nil
}

func asText(v driver.Value) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return fmt.Sprint(v)
}

func asInt(v driver.Value) (int64, error) {
	switch v := v.(type) {
	case int64:
		return v, nil
	case float64:
		if math.Abs(v) < 1<<62 {
			return int64(math.Round(v)), nil
		}
	}
	n, err := strconv.ParseInt(asText(v), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q: want a whole number", asText(v))
	}
	return n, nil
}

func asFloat(v driver.Value) (float64, error) {
	x, err := strconv.ParseFloat(asText(v), 64)
	if err != nil {
		return 0, fmt.Errorf("%q: want a number", asText(v))
	}
	return x, nil
}
