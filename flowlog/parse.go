package flowlog

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/packetwalk/packetwalk/packet"
)

// ParseError is what is wrong with a line that [ParseLine] or a [Reader] refuses.
type ParseError struct {
	Number int    // which line or event of a Reader's input, from 1; 0 from ParseLine
	Line   string // the whole line, without its newline
	Field  Field  // 0 where no single field is wrong, such as where there are too few
	Value  string // what stands in the field
	Want   string // what would be right
}

// Error gives the line, the field, what stands there and what would be right.
func (e *ParseError) Error() string {
	where := "flowlog: line " + quotedLine(e.Line)
	if e.Number > 0 {
		where = fmt.Sprintf("flowlog: line %d, %s", e.Number, quotedLine(e.Line))
	}
	if e.Field == 0 {
		return where + ": " + e.Want
	}
	return fmt.Sprintf("%s: %s %s: want %s", where, e.Field, quoted(e.Value), e.Want)
}

// ParseLine reads one line of the format, without its newline.
//
// The line has to be as AWS writes it: as many fields as the format has with one blank between them,
// numbers without sign or leading zeros, addresses in their shortest spelling, names in AWS's capitals. So
// what ParseLine reads, [Record.Append] gives back byte for byte. A "-" is read in every field but version
// and log-status. The version is one of those that exist (F1.004) and not above that of the format
// (F1.003). The error is a [*ParseError] about the first field that is wrong.
//
// The texts of the record are pieces of line and keep it in memory.
func ParseLine(format Format, line string) (Record, error) {
	var r Record
	p := parser{format: format}
	if err := p.parse(&r, line); err != nil {
		return Record{}, err
	}
	return r, nil
}

// parser reads lines of one format.
type parser struct {
	format Format
	words  *words // keeps the texts; nil: they are pieces of the line
}

// parse reads a line into a zero record.
func (p *parser) parse(r *Record, line string) error {
	r.Missing = numbers
	rest, more := line, true
	for _, f := range p.format {
		var text string
		if !more {
			return p.miscounted(line)
		}
		text, rest, more = cut(rest)
		if text == absent && f != FieldVersion && f != FieldLogStatus {
			continue
		}
		if want := p.set(r, f, text); want != "" {
			if err := p.miscounted(line); err != nil {
				return err
			}
			return &ParseError{Line: line, Field: f, Value: text, Want: want}
		}
	}
	if more {
		return p.miscounted(line)
	}
	return nil
}

// cut parts a line at its first blank; more is false where there is none.
func cut(line string) (field, rest string, more bool) {
	if i := strings.IndexByte(line, ' '); i >= 0 {
		return line[:i], line[i+1:], true
	}
	return line, "", false
}

// miscounted is the error for a line that has not as many fields as the format, nil for one that has.
func (p *parser) miscounted(line string) error {
	n := strings.Count(line, " ") + 1
	if n == len(p.format) {
		return nil
	}
	want := fmt.Sprintf("the number of fields is %d: want %d, with one blank between them", n, len(p.format))
	return &ParseError{Line: line, Want: want}
}

const (
	wantPort   = "a number from 0 to 65535 without leading zeros, or -"
	wantOctet  = "a number from 0 to 255 without leading zeros, or -"
	wantNumber = "a number from 0 to 9223372036854775807 without leading zeros, or -"
	wantStatus = "OK, NODATA or SKIPDATA"
	wantWord   = "a text of printable characters without blanks, or -"
)

// set reads what a field shows into the record. It gives what would be right, "" where the text is.
func (p *parser) set(r *Record, f Field, text string) (want string) {
	var n uint64
	switch f {
	case FieldAccountID:
		return p.setWord(&r.AccountID, text)
	case FieldInterfaceID:
		return p.setWord(&r.InterfaceID, text)
	case FieldSrcAddr, FieldDstAddr, FieldPktSrcAddr, FieldPktDstAddr:
		return setAddr(r.addr(f), text)
	case FieldSrcPort:
		n, want = number(r, f, text, 1<<16-1, wantPort)
		r.SrcPort = uint16(n)
	case FieldDstPort:
		n, want = number(r, f, text, 1<<16-1, wantPort)
		r.DstPort = uint16(n)
	case FieldProtocol:
		n, want = number(r, f, text, 255, wantOctet)
		r.Protocol = packet.Protocol(n)
	case FieldPackets, FieldBytes, FieldStart, FieldEnd:
		n, want = number(r, f, text, 1<<63-1, wantNumber)
		*r.count(f) = int64(n)
	case FieldTCPFlags:
		n, want = number(r, f, text, 255, wantOctet)
		r.TCPFlags = packet.Flags(n)
	default:
		return p.setName(r, f, text)
	}
	return want
}

// setName is set for the fields that are names, codes or free text.
func (p *parser) setName(r *Record, f Field, text string) (want string) {
	switch f {
	case FieldVersion:
		n, _ := parseNumber(text, 255)
		r.Version = int(n)
		if !validVersion(r.Version, p.format.Version()) {
			return fmt.Sprintf("a version of flow logs, 2 to 5 or 7 to 11, and %d at most for the fields of this format",
				p.format.Version())
		}
	case FieldAction:
		return setName(&r.Action, text, actionNames, "ACCEPT, REJECT or -")
	case FieldLogStatus:
		return setName(&r.LogStatus, text, statusNames, wantStatus)
	case FieldType:
		return setName(&r.Type, text, typeNames, "IPv4, IPv6, EFA or -")
	case FieldFlowDirection:
		return setName(&r.FlowDirection, text, directionNames, "ingress, egress or -")
	case FieldEncryptionStatus:
		return setName(&r.EncryptionStatus, text, encryptionNames, "0, 1, 2, 3 or -")
	case FieldTrafficPath:
		n, ok := parseNumber(text, 255)
		r.TrafficPath = TrafficPath(n)
		if !ok || n == 0 {
			return "a number from 1 to 255 without leading zeros, or -"
		}
	default:
		if w := r.word(f); w != nil {
			return p.setWord(w, text)
		}
		return "a field that flow logs have, in the format"
	}
	return ""
}

// directionNames are those of [packet.Direction].
var directionNames = []string{"", packet.Ingress.String(), packet.Egress.String()}

// validVersion reports whether a record of a format of that version may say version n. Records with a lower
// one are seen where fields came later than the version that some writers tell.
func validVersion(n, formats int) bool {
	return n >= 2 && n <= formats && n != 6 // F1.004: version 6 is for transit gateways
}

func (p *parser) setWord(to *string, text string) (want string) {
	if text == "" || !printable(text) {
		return wantWord
	}
	*to = p.words.keep(text)
	return ""
}

// printable reports whether s can stand in a field: nothing in it breaks the line or the field.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return printableUTF8(s)
		}
	}
	return true
}

func printableUTF8(s string) bool {
	odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }
	return utf8.ValidString(s) && !strings.ContainsFunc(s, odd)
}

func setAddr(to *netip.Addr, text string) (want string) {
	a, err := netip.ParseAddr(text)
	switch {
	case err != nil || a.Zone() != "":
		return "an IPv4 or IPv6 address, or -"
	case a.Is4In6():
		return "the IPv4 address as " + a.Unmap().String()
	case a.Is6() && !spells(a, text):
		return "the shortest spelling, " + a.String()
	}
	*to = a
	return ""
}

// spells reports whether text is a.String(), without making that.
func spells(a netip.Addr, text string) bool {
	var buf [64]byte
	return string(a.AppendTo(buf[:0])) == text
}

// number reads a number up to most, and takes it out of those that are missing.
func number(r *Record, f Field, text string, most uint64, want string) (uint64, string) {
	n, ok := parseNumber(text, most)
	if !ok {
		return 0, want
	}
	r.Missing &^= 1 << f
	return n, ""
}

// parseNumber reads a number up to most, which is below 1<<63, in its one decimal spelling.
func parseNumber(text string, most uint64) (n uint64, ok bool) {
	const digits = 19 // of 1<<63
	if text == "" || len(text) > digits || text[0] == '0' && len(text) > 1 {
		return 0, false
	}
	for i := range len(text) {
		d := text[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + uint64(d)
	}
	return n, n <= most
}

// setName finds a field's text among the names of an enumeration, in AWS's spelling.
func setName[E ~uint8](to *E, text string, names []string, want string) string {
	for i, name := range names[1:] {
		if text == name {
			*to = E(i + 1)
			return ""
		}
	}
	return want
}

// quotedMost is how much of a line an error quotes: more than any line of AWS's has.
const quotedMost = 4096

func quotedLine(line string) string {
	if len(line) > quotedMost {
		return fmt.Sprintf("%q... (%d bytes)", line[:quotedMost], len(line))
	}
	return fmt.Sprintf("%q", line)
}
