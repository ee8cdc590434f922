package trace

import (
	"fmt"
	"io"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
)

var _ fmt.Formatter = Trace{}

// Format implements [fmt.Formatter]: %v and %s are [Trace.String], one line; %+v is that line with
// [Trace.Table] under it; %#v is Go syntax. Other verbs and flags treat the trace as its string.
func (t Trace) Format(s fmt.State, verb rune) {
	switch {
	case verb == 'v' && s.Flag('#'):
		type plain Trace // without methods, or this would not end
		fmt.Fprintf(s, "%#v", plain(t))
	case verb == 'v' && s.Flag('+'):
		io.WriteString(s, t.full())
	default:
		fmt.Fprintf(s, fmt.FormatString(s, verb), t.String())
	}
}

// String says in one line which packet it was and what became of it:
//
//	tcp 10.0.1.10:49152 > 10.1.1.10:5432: delivered to db-eni
//	tcp 10.0.1.10:49152 > 10.1.1.10:22: dropped at db-sg: ENI_SG_RULES_MISMATCH
//
// The packet is as it was sent, before any gateway rewrote it. TCP flags are left out.
func (t Trace) String() string {
	if t.Sent == (packet.Packet{}) {
		return t.Verdict.String()
	}
	p := t.Sent
	p.Flags = 0
	return fmt.Sprintf("%v: %v", p, t.Verdict)
}

func (t Trace) full() string {
	table := t.Table()
	if table == "" {
		return t.String()
	}
	return t.String() + "\n" + table
}

// oneLine keeps text that comes from a network's data, as IDs and notes do, from breaking a line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
