package flowlog

import (
	"encoding"
	"fmt"
	"net/netip"
	"strconv"
)

var (
	_ encoding.TextAppender  = Record{}
	_ encoding.TextMarshaler = Record{}
	_ fmt.Stringer           = Record{}
)

// String gives the record's line, without a newline. See [Record.Append].
func (r Record) String() string { return string(r.Append(nil)) }

// Append appends the record's line to b, without a newline. It allocates nothing where b
// has room for the line, and writes any record as well as it can: a record that is not fit for a
// line, such as the zero Record, gives one that [Parse] refuses. [Record.AppendText]
// tells.
func (r Record) Append(b []byte) []byte {
	b = strconv.AppendInt(b, int64(r.Version), 10)
	b = appendWord(b, r.AccountID)
	b = appendWord(b, r.InterfaceID)
	b = appendAddr(b, r.SrcAddr)
	b = appendAddr(b, r.DstAddr)
	b = appendNumber(b, int64(r.SrcPort), r.Missing.Has(NoSrcPort))
	b = appendNumber(b, int64(r.DstPort), r.Missing.Has(NoDstPort))
	b = appendNumber(b, int64(r.Protocol), r.Missing.Has(NoProtocol))
	b = appendNumber(b, r.Packets, r.Missing.Has(NoPackets))
	b = appendNumber(b, r.Bytes, r.Missing.Has(NoBytes))
	b = appendNumber(b, r.Start, r.Missing.Has(NoStart))
	b = appendNumber(b, r.End, r.Missing.Has(NoEnd))
	b = appendWord(b, r.Action.String())
	return appendWord(b, r.LogStatus.String())
}

// AppendText is [Record.Append] with a check: the error is that of [Parse] for a line that AWS would
// not write, for instance because the interface's ID has a blank or the log status is unspecified. b
// comes back as it was then.
func (r Record) AppendText(b []byte) ([]byte, error) {
	out := r.Append(b)
	if r.fits() {
		return out, nil
	}
	// Parse finds the words for what is wrong.
	if _, err := Parse(string(out[len(b):])); err != nil {
		return b, err
	}
	return out, nil
}

// fits reports whether Parse would accept the line, without writing one. It is true only
// where that is certain.
func (r Record) fits() bool {
	return r.Version == Version &&
		printable(r.AccountID) && printable(r.InterfaceID) &&
		r.SrcAddr.Zone() == "" && !r.SrcAddr.Is4In6() &&
		r.DstAddr.Zone() == "" && !r.DstAddr.Is4In6() &&
		min(r.Packets, r.Bytes, r.Start, r.End) >= 0 &&
		int(r.Action) < len(actionNames) &&
		r.LogStatus != 0 && int(r.LogStatus) < len(statusNames)
}

// MarshalText gives the record's line, with the errors of [Record.AppendText]. In JSON
// a record is thus a string.
func (r Record) MarshalText() ([]byte, error) { return r.AppendText(nil) }

func appendWord(b []byte, s string) []byte {
	if s == "" {
		s = absent
	}
	b = append(b, ' ')
	return append(b, s...)
}

func appendAddr(b []byte, a netip.Addr) []byte {
	if !a.IsValid() {
		return append(b, ' ', '-')
	}
	return a.AppendTo(append(b, ' '))
}

func appendNumber(b []byte, n int64, missing bool) []byte {
	if missing {
		return append(b, ' ', '-')
	}
	return strconv.AppendInt(append(b, ' '), n, 10)
}
