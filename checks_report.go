package packetwalk

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"
)

// Report is what became of a [Check]: a row for each need.
type Report struct {
	From, Check string // as they were asked for
	Rows        []Row
}

// Row is one need of a check, and what became of it.
type Row struct {
	Need
	Name string // what was called: the DNS name of the service, or the need's own destination
	// Flow is the connection. Where the name leads nowhere there is none: only its Lookup is set.
	Flow Flow
	// Problem says in a few words what is missing, and where it can be told what would help; "" where nothing
	// is.
	Problem string

	service string // of AWS: "com.amazonaws.us-east-1.ssm"; "": another destination
}

// OK reports whether the connection works.
func (r Row) OK() bool { return r.Problem == "" }

// Address is what was called in the end; zero where the name leads nowhere or could not be looked up.
func (r Row) Address() netip.Addr { return r.Flow.Forward.Sent.Dst }

// OK reports whether all is there that is needed; what is optional may be missing.
func (r Report) OK() bool { return len(r.Rows) > 0 && len(r.Missing()) == 0 }

// Missing lists what is needed, is not optional, and does not work.
func (r Report) Missing() (list []Row) {
	for _, row := range r.Rows {
		if !row.OK() && !row.Optional {
			list = append(list, row)
		}
	}
	return list
}

// Format prints a report: one line for %v and %s, for %+v a table of all needs, at most 110 columns wide
// unless a name is too long for that.
func (r Report) Format(s fmt.State, verb rune) {
	if verb == 'v' && s.Flag('+') {
		fmt.Fprint(s, r.table())
		return
	}
	fmt.Fprint(s, r.String())
}

// String says in one line what is missing: "web: Session Manager: ssmmessages is missing".
func (r Report) String() string {
	var names []string
	for _, row := range r.Missing() {
		names = append(names, row.Need.String())
	}
	what := "works"
	switch len(names) {
	case 0:
		if !r.OK() {
			what = "not asked"
		}
	case 1:
		what = names[0] + " is missing"
	default:
		what = strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1] + " are missing"
	}
	return fmt.Sprintf("%s: %s: %s", r.From, r.Check, what)
}

// Widths of the table: of all, and of a name that has room in its column.
const (
	reportWidth = 110
	reportName  = 30
)

// table has a line for each need, and below it what the problem is.
func (r Report) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.String())
	name, service, address := 0, 0, 0
	for _, row := range r.Rows {
		if w := utf8.RuneCountInString(row.Need.String()); w <= reportName {
			name = max(name, w)
		}
		service, address = max(service, len(row.Service)), max(address, len(row.address()))
	}
	for i, row := range r.Rows {
		if i == 0 {
			b.WriteByte('\n')
		}
		first := row.Need.String()
		if utf8.RuneCountInString(first) > reportName {
			fmt.Fprintf(&b, "  %s\n", first)
			first = ""
		}
		line := fmt.Sprintf("  %-*s  %-*s  %-*s  %-5s  %s", name, first, service, row.Service, address, row.address(), row.result(), row.Flow.Way())
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		for _, line := range folded(row.notes(), reportWidth-6) {
			fmt.Fprintf(&b, "      %s\n", line)
		}
	}
	return b.String()
}

// result is the row's answer in a word.
func (r Row) result() string {
	if r.OK() {
		return "works"
	}
	return "no"
}

// address is Address for the table.
func (r Row) address() string {
	if a := r.Address(); a.IsValid() {
		return a.String()
	}
	return "-"
}

// notes is what stands below a row: the problem, and for an optional need that nobody has to mend it.
func (r Row) notes() string {
	switch {
	case r.OK():
		return ""
	case r.Optional && r.Why != "":
		return fmt.Sprintf("%s (optional: %s)", r.Problem, r.Why)
	case r.Optional:
		return r.Problem + " (optional)"
	}
	return r.Problem
}

// folded breaks a text between words into lines of at most width characters.
func folded(text string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line+" "+word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
