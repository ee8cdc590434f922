package trace

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
)

// decision says what the hop did and by which rule: "100 allow all from 0.0.0.0/0",
// "no rule allows tcp/22: ENI_SG_RULES_MISMATCH". That of a drop ends with its code.
func (h *Hop) decision() string {
	reason := h.reason()
	if h.Action != Drop {
		return reason
	}
	switch {
	case h.Code == NoCode && reason == "":
		return "dropped"
	case h.Code == NoCode:
		return reason
	}
	return reason + ": " + h.Code.String()
}

// reason is the rule that decided and the note about it or, where there is neither, what the stage or the
// code say by themselves.
func (h *Hop) reason() string {
	var parts []string
	switch rule := ruleText(h.Rule); {
	case rule != "" && h.Member != "":
		parts = append(parts, rule+" ("+oneLine(h.Member)+")")
	case rule != "":
		parts = append(parts, rule)
	case h.Action == Drop && (h.Note == "" || ruleless(h.Code)):
		parts = append(parts, h.absence())
	case h.Action == Arrive:
		parts = append(parts, "arrives")
	case h.Action == Pass && h.Stage == StageNetworkInterface && h.Note == "":
		parts = append(parts, passage(h.Direction))
	}
	if note := oneLine(h.Note); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, ", ")
}

// ruleless reports whether a drop with code c, at a hop without a rule, is for want of a rule. A note then
// stands beside that, and does not take its place.
func ruleless(c Code) bool {
	return c == ENISGRulesMismatch || c == SubnetACLRestriction || c == NoRouteToDestination
}

// absence says why a packet was dropped without a rule that says so.
func (h *Hop) absence() string {
	switch h.Code {
	case ENISGRulesMismatch:
		return "no rule allows " + traffic(h.Before)
	case SubnetACLRestriction:
		return "final * entry" // every ACL has one, which denies (F6.003)
	case NoRouteToDestination:
		if h.Before.Dst.IsValid() {
			return "no route to " + h.Before.Dst.String()
		}
	case NoCode:
		return ""
	}
	return h.Code.Meaning()
}

// traffic is what a rule would have to name to match p: "tcp/22", "icmp/echo-request", "esp".
func traffic(p packet.Packet) string {
	switch {
	case p == packet.Packet{}:
		return "this"
	case p.Protocol.HasPorts():
		return packet.Ports(p.Protocol, packet.PortRange{First: p.DstPort, Last: p.DstPort}).String()
	case p.Protocol.IsICMP():
		return packet.ICMPType(p.Protocol, p.ICMPType).String()
	}
	return packet.Of(p.Protocol).String()
}

func passage(d packet.Direction) string {
	switch d {
	case packet.Ingress:
		return "enters"
	case packet.Egress:
		return "leaves"
	}
	return ""
}

// ruleText is the rule's own text in one line. A nil pointer in the interface is no rule, and a
// String that panics gives fmt's account of it.
func ruleText(rule fmt.Stringer) string {
	if v := reflect.ValueOf(rule); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return ""
	}
	return oneLine(fmt.Sprint(rule))
}

// rewrites says how the addresses and ports were rewritten: "source 10.0.1.10 -> 52.1.2.3". It is nil where
// they were not, and where the hop does not know the header on both sides.
func (h *Hop) rewrites() []string {
	a, b := h.Before, h.After
	if !a.Src.IsValid() || !b.Src.IsValid() {
		return nil
	}
	var lines []string
	if a.Src != b.Src || a.SrcPort != b.SrcPort {
		lines = append(lines, "source "+change(a.Src, a.SrcPort, b.Src, b.SrcPort))
	}
	if a.Dst != b.Dst || a.DstPort != b.DstPort {
		lines = append(lines, "destination "+change(a.Dst, a.DstPort, b.Dst, b.DstPort))
	}
	return lines
}

// change is "old -> new", with the ports where they differ as well.
func change(oldAddr netip.Addr, oldPort uint16, newAddr netip.Addr, newPort uint16) string {
	if oldPort == newPort {
		return oldAddr.String() + " -> " + newAddr.String()
	}
	return netip.AddrPortFrom(oldAddr, oldPort).String() + " -> " + netip.AddrPortFrom(newAddr, newPort).String()
}
