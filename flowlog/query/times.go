package query

import (
	"fmt"
	"strings"
	"time"
)

// Dates and timestamps are texts, which compare as the times do.
const timestampLayout = "2006-01-02 15:04:05.000"

// moment is a time as a query has it.
type moment struct {
	time.Time
	isDate bool
}

// String gives the text that a query has for the moment, "2020-05-04" for a date.
func (m moment) String() string {
	if m.isDate {
		return m.Format(time.DateOnly)
	}
	return m.Format(timestampLayout)
}

// parseMoment reads a date, a timestamp, or either as ISO 8601 has it.
func parseMoment(s string) (moment, error) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return moment{t, true}, nil
	}
	s = strings.TrimSuffix(s, " UTC")
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", time.RFC3339Nano, "2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return moment{t.UTC(), false}, nil
		}
	}
	return moment{}, fmt.Errorf("%q: want a date such as 2020-05-04, or a timestamp such as 2020-05-04 10:00:00", s)
}

// add moves a moment on by n units, back where n is negative. Months that are shorter end on their last day.
func (m moment) add(unit string, n int64) (moment, error) {
	if d, ok := lengths[unit]; ok {
		if m.isDate && d < 24*time.Hour {
			return m, fmt.Errorf("a date has no unit %q: want day, week, month, quarter or year", unit)
		}
		return moment{m.Add(time.Duration(n) * d), m.isDate}, nil
	}
	months, ok := monthsOf[unit]
	if !ok {
		return m, unknownUnit(unit)
	}
	year, month, day := m.Date()
	first := time.Date(year, month+time.Month(n*months), 1, m.Hour(), m.Minute(), m.Second(), m.Nanosecond(), time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return moment{first.AddDate(0, 0, min(day, last)-1), m.isDate}, nil
}

var (
	lengths = map[string]time.Duration{
		"millisecond": time.Millisecond, "second": time.Second, "minute": time.Minute, "hour": time.Hour,
		"day": 24 * time.Hour, "week": 7 * 24 * time.Hour,
	}
	monthsOf = map[string]int64{"month": 1, "quarter": 3, "year": 12}
)

func unknownUnit(unit string) error {
	return fmt.Errorf("unit %q: want millisecond, second, minute, hour, day, week, month, quarter or year", unit)
}

// trunc gives the beginning of the unit that a moment lies in. A week begins on Monday.
func (m moment) trunc(unit string) (moment, error) {
	year, month, day := m.Date()
	at := func(year int, month time.Month, day int) (moment, error) {
		return moment{time.Date(year, month, day, 0, 0, 0, 0, time.UTC), m.isDate}, nil
	}
	switch unit {
	case "year":
		return at(year, 1, 1)
	case "quarter":
		return at(year, (month-1)/3*3+1, 1)
	case "month":
		return at(year, month, 1)
	case "week":
		return at(year, month, day-weekday(m)+1)
	case "day":
		return at(year, month, day)
	}
	d, ok := lengths[unit]
	if !ok {
		return m, unknownUnit(unit)
	}
	return moment{m.Truncate(d), m.isDate}, nil
}

// weekday is 1 for Monday to 7 for Sunday.
func weekday(m moment) int { return (int(m.Weekday())+6)%7 + 1 }

// diff gives how many whole units lie between two moments.
func diff(unit string, from, to moment) (int64, error) {
	if d, ok := lengths[unit]; ok {
		return int64(to.Sub(from.Time) / d), nil
	}
	months, ok := monthsOf[unit]
	if !ok {
		return 0, unknownUnit(unit)
	}
	if to.Before(from.Time) {
		n, err := diff(unit, to, from)
		return -n, err
	}
	n := int64(to.Year()-from.Year())*12 + int64(to.Month()-from.Month())
	if moved, err := from.add("month", n); err != nil || moved.After(to.Time) {
		n--
	}
	return n / months, nil
}

// extract gives a part of a moment, in EXTRACT's words.
func (m moment) extract(part string) (int64, error) {
	n, ok := 0, true
	switch part {
	case "year":
		n = m.Year()
	case "quarter":
		n = (int(m.Month())-1)/3 + 1
	case "month":
		n = int(m.Month())
	case "week":
		_, n = m.ISOWeek()
	case "day", "day_of_month":
		n = m.Day()
	case "day_of_week", "dow":
		n = weekday(m)
	case "day_of_year", "doy":
		n = m.YearDay()
	case "hour":
		n = m.Hour()
	case "minute":
		n = m.Minute()
	case "second":
		n = m.Second()
	default:
		ok = false
	}
	if !ok {
		return 0, fmt.Errorf("no part %q of a time: want year, quarter, month, week, day, day_of_week, day_of_year, hour, minute or second", part)
	}
	return int64(n), nil
}

// goLayouts gives Go's layout for a character of MySQL's formats, which date_format and date_parse have.
var goLayouts = map[byte]string{
	'Y': "2006", 'y': "06", 'm': "01", 'c': "1", 'd': "02", 'e': "2", 'H': "15", 'i': "04", 's': "05", 'S': "05",
	'T': "15:04:05", 'h': "03", 'I': "03", 'p': "PM", 'M': "January", 'b': "Jan", 'W': "Monday", 'a': "Mon", '%': "%",
}

// goLayout gives Go's layout for a format such as "%Y-%m-%d %H:%i:%s". Letters that stand for themselves are
// left out of what it can do where Go would read them as part of a time.
func goLayout(format string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		i++
		if i == len(format) || goLayouts[format[i]] == "" {
			return "", fmt.Errorf("format %q: want %%Y %%m %%d %%H %%i %%s and the like", format)
		}
		b.WriteString(goLayouts[format[i]])
	}
	return b.String(), nil
}
