package packet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Protocol is an IANA protocol number. Every number is valid, with a name or without. The zero
// Protocol is HOPOPT, not "unspecified".
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

// HasPorts reports whether p's header has ports that rules look at: TCP and UDP (F5.006, F6.008).
// SCTP has ports too, but no rule on AWS sees them.
func (p Protocol) HasPorts() bool { return p == TCP || p == UDP }

// IsICMP reports whether p is ICMP or ICMPv6.
func (p Protocol) IsICMP() bool { return p == ICMP || p == ICMPv6 }

// String gives the usual name in lower case, such as "tcp" or "esp", or the number where there
// is none in common use.
func (p Protocol) String() string {
	if name := protocolNames[p]; name != "" {
		return name
	}
	return strconv.Itoa(int(p))
}

// ParseProtocol parses a name in any case ("tcp", "icmpv6", "ospf"), an alias ("icmp6",
// "ipv6-icmp") or a number from 0 to 255. "all" and "-1" are errors: all protocols are not a
// protocol, but a [Service].
func ParseProtocol(s string) (Protocol, error) {
	p, err := parseProtocol(s)
	if err != nil {
		return 0, fmt.Errorf("packet.ParseProtocol(%q): %w", s, err)
	}
	return p, nil
}

// parseProtocol is [ParseProtocol] with errors that do not name the call.
func parseProtocol(s string) (Protocol, error) {
	switch {
	case isAll(s):
		return 0, errors.New("all protocols are not one protocol: want a name such as tcp, or a number from 0 to 255")
	case startsWithDigit(s):
		n, err := parseNumber("protocol", s, 255)
		return Protocol(n), err
	}
	if p, ok := protocolNumbers[strings.ToLower(s)]; ok {
		return p, nil
	}
	return 0, fmt.Errorf("unknown protocol %q: want a name such as tcp, or a number from 0 to 255", s)
}

// MarshalText gives [Protocol.String]. It never fails.
func (p Protocol) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText is [ParseProtocol]; an error leaves p as it was.
func (p *Protocol) UnmarshalText(text []byte) error {
	v, err := ParseProtocol(string(text))
	if err != nil {
		return err
	}
	*p = v
	return nil
}
