package flowlog

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Version is the version of the default format. Every record has it (F1.101).
const Version = 2

// Header is the line of field names of the default format (F1.001), as it stands first in a file.
const Header = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"

// UnknownAccount is the account of an interface whose owner AWS does not tell (F1.102).
const UnknownAccount = "unknown"

// Record is one flow log record in the default format (F1.001): the packets of one flow that one
// network interface saw within one aggregation interval.
//
// It is a small comparable value. A field shows "-" where it is empty, invalid or
// unspecified, and a number where Missing names it; records that [Parse] returns are equal when
// their lines are. The zero Record has no line: Version and LogStatus are wanted.
type Record struct {
	Version     int             // always 2 (F1.101)
	AccountID   string          // the owner of the interface, or "unknown" (F1.102)
	InterfaceID string          // "" for a regional NAT gateway (F1.103)
	SrcAddr     netip.Addr      // on egress the interface's own address (F1.104)
	DstAddr     netip.Addr      // on ingress the interface's own address (F1.105)
	SrcPort     uint16          // 0 where the protocol has no ports, such as ICMP (F1.106, F1.734)
	DstPort     uint16          // like SrcPort (F1.107, F1.734)
	Protocol    packet.Protocol // IANA's number (F1.108)
	Packets     int64           // packets in the flow (F1.109)
	Bytes       int64           // bytes in the flow, headers included (F1.110)
	Start       int64           // first packet of the interval, in Unix seconds (F1.111)
	End         int64           // last packet of the interval, in Unix seconds (F1.112)
	Action      Action          // unspecified for NODATA and SKIPDATA (F1.113)
	LogStatus   Status          // (F1.114)

	// Missing names the numbers that show "-". The number itself is then of no account, and
	// zero in a record from Parse. Zero means that nothing is missing.
	Missing Missing
}

// Missing is a set of numbers that a record does not have. A set is needed for numbers only,
// as their zero is a value; an account, an interface, an address or an action that is missing is
// the zero value of its field.
type Missing uint16

// The numbers of a record that may be missing.
const (
	NoSrcPort Missing = 1 << iota
	NoDstPort
	NoProtocol
	NoPackets
	NoBytes // for one, where VPC Block Public Access rejects (F1.512)
	NoStart
	NoEnd
)

// noPacket is what an interval without a packet cannot tell (F1.651, F1.652).
const noPacket = NoSrcPort | NoDstPort | NoProtocol | NoPackets | NoBytes

// Has reports whether all of the numbers are missing.
func (m Missing) Has(numbers Missing) bool { return m&numbers == numbers }
