package packet

// Protocol is an IANA protocol number. Every number is valid, with a name or without.
type Protocol uint8

// Protocols with a name of their own here.
const (
	ICMP   Protocol = 1
	TCP    Protocol = 6
	UDP    Protocol = 17
	GRE    Protocol = 47
	ESP    Protocol = 50
	AH     Protocol = 51
	ICMPv6 Protocol = 58
	SCTP   Protocol = 132
)

// HasPorts reports whether p's header has ports that rules look at: TCP and UDP.
func (p Protocol) HasPorts() bool { return p == TCP || p == UDP }

// IsICMP reports whether p is ICMP or ICMPv6.
func (p Protocol) IsICMP() bool { return p == ICMP || p == ICMPv6 }

// Flags are TCP flags.
type Flags uint8

// The TCP flags, with the bits of the TCP header.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
)
