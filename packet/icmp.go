package packet

import (
	"fmt"
	"strconv"
	"strings"
)

// The ICMP types of a ping.
const (
	ICMPEchoReply   uint8 = 0
	ICMPEchoRequest uint8 = 8

	ICMPv6EchoRequest uint8 = 128 // ICMPv6 errors have the types below
	ICMPv6EchoReply   uint8 = 129
)

// The other ICMP and ICMPv6 types that this package answers or sends.
const (
	icmpUnreachable      = 3
	icmpTimestampRequest = 13
	icmpInfoRequest      = 15
	icmpMaskRequest      = 17

	icmp6TooBig = 2
)

// icmpFragmentationNeeded is a code of icmpUnreachable.
const icmpFragmentationNeeded = 4

// icmpErrors are the ICMP types that quote another packet.
var icmpErrors = [256]bool{icmpUnreachable: true, 4: true, 5: true, 11: true, 12: true}

// icmpNames are the ICMP types that people meet, in IANA's words.
var icmpNames = map[uint8]string{
	ICMPEchoReply:        "echo-reply",
	3:                    "destination-unreachable",
	4:                    "source-quench",
	5:                    "redirect",
	ICMPEchoRequest:      "echo-request",
	9:                    "router-advertisement",
	10:                   "router-solicitation",
	11:                   "time-exceeded",
	12:                   "parameter-problem",
	icmpTimestampRequest: "timestamp-request",
	14:                   "timestamp-reply",
	icmpInfoRequest:      "information-request",
	16:                   "information-reply",
	icmpMaskRequest:      "address-mask-request",
	18:                   "address-mask-reply",
	30:                   "traceroute",
}

// icmp6Names are the same for ICMPv6, whose numbers differ.
var icmp6Names = map[uint8]string{
	1:                 "destination-unreachable",
	2:                 "packet-too-big",
	3:                 "time-exceeded",
	4:                 "parameter-problem",
	ICMPv6EchoRequest: "echo-request",
	ICMPv6EchoReply:   "echo-reply",
	130:               "multicast-listener-query",
	131:               "multicast-listener-report",
	132:               "multicast-listener-done",
	133:               "router-solicitation",
	134:               "router-advertisement",
	135:               "neighbor-solicitation",
	136:               "neighbor-advertisement",
	137:               "redirect",
}

// icmpTypeNames gives the names of p's types; p is ICMP or ICMPv6.
func icmpTypeNames(p Protocol) map[uint8]string {
	if p == ICMPv6 {
		return icmp6Names
	}
	return icmpNames
}

// icmpTypeText gives the name of a type, or its number where it has none.
func icmpTypeText(p Protocol, typ uint8) string {
	if name := icmpTypeNames(p)[typ]; name != "" {
		return name
	}
	return strconv.Itoa(int(typ))
}

// icmpText gives a message's type, and its code where that is not 0: "destination-unreachable/4".
func icmpText(p Protocol, typ, code uint8) string {
	if code == 0 {
		return icmpTypeText(p, typ)
	}
	return fmt.Sprintf("%s/%d", icmpTypeText(p, typ), code)
}

// parseICMPType parses the name or the number of one of p's types.
func parseICMPType(p Protocol, s string) (uint8, error) {
	if startsWithDigit(s) {
		n, err := parseNumber("type", s, 255)
		return uint8(n), err
	}
	for typ, name := range icmpTypeNames(p) { // names are unique: the order does not matter
		if strings.EqualFold(s, name) {
			return typ, nil
		}
	}
	return 0, fmt.Errorf("%v has no type %q: want a name such as echo-request, or a number from 0 to 255", p, s)
}
