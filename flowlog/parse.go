package flowlog

import (
	"encoding"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/packetwalk/packetwalk/packet"
)

var _ encoding.TextUnmarshaler = (*Record)(nil)

// absent is what a field shows that the record does not have (F1.005).
const absent = "-"

// fieldNames are the fields in the order of a line (F1.001).
var fieldNames = strings.Fields(Header)

const wantStatus = "OK, NODATA or SKIPDATA"

// fieldCount is len(fieldNames), as a constant.
const fieldCount = 14

// ParseError is what is wrong with a line that [Parse] refuses.
type ParseError struct {
	Line  string // the whole line
	Field string // the field's name, such as "srcport"; "" where the number of fields is wrong
	Value string // what stands in the field
	Want  string // what would be right
}

// Error quotes the line and says which field has which value, and what would be right.
func (e *ParseError) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("flowlog.Parse(%q): %s", e.Line, e.Want)
	}
	return fmt.Sprintf("flowlog.Parse(%q): %s %q: want %s", e.Line, e.Field, e.Value, e.Want)
}

// Parse reads one line of the default format (F1.001), without its newline.
//
// The line has to be as AWS writes it: fourteen fields with one blank between them, numbers
// without sign or leading zeros, addresses in their shortest spelling, action and log status in
// capitals. So what Parse accepts, [Record.String] gives back byte for byte. A "-"
// is accepted in every field but version and log-status. The error is a [*ParseError] about
// the first field that is wrong.
func Parse(line string) (Record, error) {
	p := parser{line: line}
	p.split()
	r := Record{
		Version:     p.version(),
		AccountID:   p.word(),
		InterfaceID: p.word(),
		SrcAddr:     p.addr(),
		DstAddr:     p.addr(),
		SrcPort:     uint16(p.number(16, NoSrcPort)),
		DstPort:     uint16(p.number(16, NoDstPort)),
		Protocol:    packet.Protocol(p.number(8, NoProtocol)),
		Packets:     int64(p.number(63, NoPackets)),
		Bytes:       int64(p.number(63, NoBytes)),
		Start:       int64(p.number(63, NoStart)),
		End:         int64(p.number(63, NoEnd)),
		Action:      Action(p.name(actionNames, "ACCEPT, REJECT or -")),
		LogStatus:   Status(p.name(statusNames, wantStatus)),
	}
	if r.LogStatus == 0 {
		p.fail(fieldCount-1, absent, wantStatus)
	}
	if p.err != nil {
		return Record{}, p.err
	}
	r.Missing = p.missing
	return r, nil
}

// UnmarshalText is [Parse]; r stays as it is where that fails.
func (r *Record) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err == nil {
		*r = parsed
	}
	return err
}

// parser takes a line's fields from left to right. After the first mistake it
// only hands out zeros.
type parser struct {
	line    string
	fields  [fieldCount]string
	at      int // the next field
	missing Missing
	err     error // nil or a *ParseError
}

func (p *parser) split() {
	if n := strings.Count(p.line, " ") + 1; n != fieldCount {
		p.err = &ParseError{
			Line: p.line,
			Want: fmt.Sprintf("the number of fields is %d: want %d, with one blank between them", n, fieldCount),
		}
		return
	}
	rest := p.line
	for i := range p.fields {
		p.fields[i], rest, _ = strings.Cut(rest, " ")
	}
}

func (p *parser) next() (field int, text string) {
	field = p.at
	p.at++
	return field, p.fields[field]
}

func (p *parser) fail(field int, value, want string) {
	if p.err == nil {
		p.err = &ParseError{Line: p.line, Field: fieldNames[field], Value: value, Want: want}
	}
}

func (p *parser) version() int {
	field, text := p.next()
	if text != "2" {
		p.fail(field, text, "2, the version of the default format")
	}
	return Version
}

func (p *parser) word() string {
	field, text := p.next()
	if text == absent {
		return ""
	}
	if text == "" || !printable(text) {
		p.fail(field, text, "an ID of printable characters, or -")
	}
	return text
}

// printable reports whether s can stand in a field: nothing in it breaks the line or the field.
func printable(s string) bool {
	odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }
	return utf8.ValidString(s) && !strings.ContainsFunc(s, odd)
}

func (p *parser) addr() netip.Addr {
	field, text := p.next()
	if text == absent {
		return netip.Addr{}
	}
	a, err := netip.ParseAddr(text)
	switch {
	case err != nil || a.Zone() != "":
		p.fail(field, text, "an IPv4 or IPv6 address, or -")
	case a.Is4In6():
		p.fail(field, text, "the IPv4 address as "+a.Unmap().String())
	case !spells(a, text):
		p.fail(field, text, "the shortest spelling, "+a.String())
	}
	return a
}

// spells reports whether text is a.String(), without making that.
func spells(a netip.Addr, text string) bool {
	var buf [64]byte
	return string(a.AppendTo(buf[:0])) == text
}

// number reads an unsigned number of so many bits, or notes that it is missing.
func (p *parser) number(bits int, missing Missing) uint64 {
	field, text := p.next()
	if text == absent {
		p.missing |= missing
		return 0
	}
	n, err := strconv.ParseUint(text, 10, bits)
	leadingZero := len(text) > 1 && text[0] == '0'
	if err != nil || leadingZero {
		p.fail(field, text, fmt.Sprintf("a number from 0 to %d without leading zeros, or -", uint64(1)<<bits-1))
	}
	return n
}

// name finds a field's text among the names of an enumeration, in AWS's capitals.
func (p *parser) name(names []string, want string) int {
	field, text := p.next()
	if text == absent {
		return 0
	}
	for i, name := range names[1:] {
		if text == name {
			return i + 1
		}
	}
	p.fail(field, text, want)
	return 0
}
