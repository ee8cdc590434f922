package flowlog

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// absent is what a field shows that the record does not have (F1.005).
const absent = "-"

// String gives the record's line in the default format, without a newline. See [Record.Append].
func (r Record) String() string { return string(r.Append(nil, Default)) }

// Append appends the record's line in the format to b, without a newline. It allocates nothing where b has
// room for the line and two bytes more, and writes any record as well as it can: one that is not fit for a
// line, such as the zero Record, gives a line that [ParseLine] refuses. [Record.Check] tells.
func (r *Record) Append(b []byte, format Format) []byte {
	if len(format) >= len(defaults) && [len(defaults)]Field(format) == defaults {
		b = r.appendDefault(b, format.Version())
		format = format[len(defaults):]
		if len(format) > 0 {
			b = append(b, ' ')
		}
	}
	for i, f := range format {
		if i > 0 {
			b = append(b, ' ')
		}
		if f == FieldVersion && r.Version == 0 {
			b = appendNumber(b, uint64(format.Version()))
			continue
		}
		b = r.appendField(b, f)
	}
	return b
}

// defaults is [Default] as a value that can be compared in one go.
var defaults = [FieldLogStatus]Field(Default)

// appendDefault appends the fields of the default format, with which most formats begin: faster than
// appendField, one by one, and to the same effect.
func (r *Record) appendDefault(b []byte, version int) []byte {
	if r.Version != 0 {
		version = r.Version
	}
	b = append(appendCount(b, int64(version)), ' ')
	b = append(appendWord(b, r.AccountID), ' ')
	b = append(appendWord(b, r.InterfaceID), ' ')
	b = append(appendAddr(b, r.SrcAddr), ' ')
	b = append(appendAddr(b, r.DstAddr), ' ')
	if r.Missing&numbers&^(1<<FieldTCPFlags) != 0 {
		for f := FieldSrcPort; f <= FieldEnd; f++ {
			b = append(r.appendField(b, f), ' ')
		}
	} else {
		b = append(appendNumber(b, uint64(r.SrcPort)), ' ')
		b = append(appendNumber(b, uint64(r.DstPort)), ' ')
		b = append(appendNumber(b, uint64(r.Protocol)), ' ')
		b = append(appendCount(b, r.Packets), ' ')
		b = append(appendCount(b, r.Bytes), ' ')
		b = append(appendCount(b, r.Start), ' ')
		b = append(appendCount(b, r.End), ' ')
	}
	b = append(appendWord(b, r.Action.String()), ' ')
	return appendWord(b, r.LogStatus.String())
}

// appendField appends what the field shows.
func (r *Record) appendField(b []byte, f Field) []byte {
	if numbers.Has(f) && r.Missing.Has(f) {
		return append(b, '-')
	}
	switch f {
	case FieldVersion:
		return appendCount(b, int64(r.Version))
	case FieldAccountID:
		return appendWord(b, r.AccountID)
	case FieldInterfaceID:
		return appendWord(b, r.InterfaceID)
	case FieldSrcAddr, FieldDstAddr, FieldPktSrcAddr, FieldPktDstAddr:
		return appendAddr(b, *r.addr(f))
	case FieldSrcPort:
		return appendNumber(b, uint64(r.SrcPort))
	case FieldDstPort:
		return appendNumber(b, uint64(r.DstPort))
	case FieldProtocol:
		return appendNumber(b, uint64(r.Protocol))
	case FieldPackets, FieldBytes, FieldStart, FieldEnd:
		return appendCount(b, *r.count(f))
	case FieldAction:
		return appendWord(b, r.Action.String())
	case FieldLogStatus:
		return appendWord(b, r.LogStatus.String())
	}
	return r.appendLater(b, f)
}

// appendLater is appendField for the fields that came after version 2, addresses apart.
func (r *Record) appendLater(b []byte, f Field) []byte {
	switch f {
	case FieldTCPFlags:
		return appendNumber(b, uint64(r.TCPFlags))
	case FieldType:
		return appendWord(b, r.Type.String())
	case FieldFlowDirection:
		return appendWord(b, r.FlowDirection.String())
	case FieldTrafficPath:
		return appendWord(b, r.TrafficPath.String())
	case FieldEncryptionStatus:
		return appendWord(b, r.EncryptionStatus.String())
	}
	if w := r.word(f); w != nil {
		return appendWord(b, *w)
	}
	return append(b, '-') // no field
}

// Text gives what the record shows in a field; ok is false where that is "-". A Version of 0 is not known
// here.
func (r *Record) Text(f Field) (text string, ok bool) {
	if f == FieldVersion && r.Version == 0 {
		return "", false
	}
	if w := r.word(f); w != nil {
		return *w, *w != "" && *w != absent
	}
	var buf [64]byte
	b := r.appendField(buf[:0], f)
	if string(b) == absent {
		return "", false
	}
	return string(b), true
}

// Number gives the value of a field of kind [KindInt32] or [KindInt64]; ok is false where the record shows
// "-", and for fields of any other kind. A Version of 0 is not known here.
func (r *Record) Number(f Field) (n int64, ok bool) {
	switch f {
	case FieldVersion:
		return int64(r.Version), r.Version != 0
	case FieldTrafficPath:
		return int64(r.TrafficPath), r.TrafficPath != 0
	case FieldEncryptionStatus:
		return max(int64(r.EncryptionStatus), 1) - 1, r.EncryptionStatus != 0
	}
	if r.Missing.Has(f) {
		return 0, false
	}
	switch f {
	case FieldSrcPort:
		return int64(r.SrcPort), true
	case FieldDstPort:
		return int64(r.DstPort), true
	case FieldProtocol:
		return int64(r.Protocol), true
	case FieldPackets, FieldBytes, FieldStart, FieldEnd:
		return *r.count(f), true
	case FieldTCPFlags:
		return int64(r.TCPFlags), true
	}
	return 0, false
}

// Check reports what keeps the record from having a line in the format that [ParseLine] reads: an ID with a
// blank, an unspecified log status, a negative count. The error is a [*ParseError].
func (r *Record) Check(format Format) error {
	if r.fits(format) {
		return nil
	}
	// ParseLine finds the words for what is wrong.
	_, err := ParseLine(format, string(r.Append(nil, format)))
	return err
}

// fits reports whether ParseLine would read the line, without writing one. It is true only where that is
// certain.
func (r *Record) fits(format Format) bool {
	if r.Version != 0 && !validVersion(r.Version, format.Version()) || min(r.Packets, r.Bytes, r.Start, r.End) < 0 {
		return false
	}
	for _, f := range format {
		if w := r.word(f); w != nil && !printable(*w) {
			return false
		}
		if a := r.addr(f); a != nil && (a.Zone() != "" || a.Is4In6()) {
			return false
		}
	}
	return len(format) > 0 &&
		int(r.Action) < len(actionNames) &&
		r.LogStatus != 0 && int(r.LogStatus) < len(statusNames) &&
		int(r.Type) < len(typeNames) && r.FlowDirection <= packet.Egress &&
		int(r.EncryptionStatus) < len(encryptionNames)
}

func appendWord(b []byte, s string) []byte {
	if s == "" {
		return append(b, '-')
	}
	return append(b, s...)
}

func appendAddr(b []byte, a netip.Addr) []byte {
	switch {
	case a.Is4():
		ip := a.As4()
		b = append(appendSmall(b, uint64(ip[0])), '.')
		b = append(appendSmall(b, uint64(ip[1])), '.')
		b = append(appendSmall(b, uint64(ip[2])), '.')
		return appendSmall(b, uint64(ip[3]))
	case !a.IsValid():
		return append(b, '-')
	}
	return a.AppendTo(b)
}
