package ec2json

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
)

// direction is that of a rule.
func direction(egress bool) packet.Direction {
	if egress {
		return packet.Egress
	}
	return packet.Ingress
}

// protocolNames are the protocols that AWS prints by name.
var protocolNames = map[string]packet.Protocol{
	"tcp": packet.TCP, "udp": packet.UDP, "icmp": packet.ICMP, "icmpv6": packet.ICMPv6,
}

// protocol reads a protocol: a name, a number, or -1 for all of them (F5.006, F6.008). What is none is
// reported, and ok is false.
func (l *loader) protocol(o origin, field, text string) (p packet.Protocol, all, ok bool) {
	name := strings.ToLower(text)
	if name == "-1" || name == "all" {
		return 0, true, true
	}
	if p, ok := protocolNames[name]; ok {
		return p, false, true
	}
	n, err := strconv.ParseUint(name, 10, 8)
	if err != nil {
		l.warn(o, Malformed, field, text, "left out: not a protocol")
		return 0, false, false
	}
	return packet.Protocol(n), false, true
}

// portService reads a range of ports. None, or -1 to -1, are all ports.
func (l *loader) portService(o origin, field string, p packet.Protocol, from, to *int) (packet.Service, bool) {
	if isAny(from) && isAny(to) {
		return packet.Of(p), true
	}
	if from == nil || to == nil || *from < 0 || *to > 65535 || *from > *to {
		l.warn(o, Malformed, field, rangeText(from, to), "left out: not a range of ports")
		return packet.Service{}, false
	}
	return packet.Ports(p, packet.PortRange{First: uint16(*from), Last: uint16(*to)}), true
}

// icmpService reads an ICMP type and code; -1 is any (F5.007).
func (l *loader) icmpService(o origin, field string, p packet.Protocol, typ, code *int) (packet.Service, bool) {
	switch {
	case isAny(typ) && isAny(code):
		return packet.Of(p), true
	case isAny(typ) || *typ < 0 || *typ > 255 || !isAny(code) && (*code < 0 || *code > 255):
		l.warn(o, Malformed, field, rangeText(typ, code), "left out: not an ICMP type and code")
		return packet.Service{}, false
	case isAny(code):
		return packet.ICMPType(p, uint8(*typ)), true
	}
	return packet.ICMPTypeCode(p, uint8(*typ), uint8(*code)), true
}

// isAny reports whether a port, type or code is not stated, or is -1.
func isAny(n *int) bool { return n == nil || *n == -1 }

func rangeText(a, b *int) string {
	text := func(n *int) string {
		if n == nil {
			return "none"
		}
		return fmt.Sprint(*n)
	}
	return text(a) + " to " + text(b)
}
