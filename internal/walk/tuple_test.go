package walk

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

var (
	here, there = netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("192.0.2.1")
	natAddress  = netip.MustParseAddr("10.0.9.9")
	six, far6   = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2")
)

// requests are one packet of each kind that is answered.
var requests = map[string]packet.Packet{
	"TCP":              {Src: here, Dst: there, SrcPort: 40000, DstPort: 443, Protocol: packet.TCP, Flags: syn},
	"UDP":              {Src: here, Dst: there, SrcPort: 40000, DstPort: 53, Protocol: packet.UDP},
	"UDP over IPv6":    {Src: six, Dst: far6, SrcPort: 40000, DstPort: 53, Protocol: packet.UDP},
	"a ping":           {Src: here, Dst: there, Protocol: packet.ICMP, ICMPType: 8, ICMPID: 7},
	"a ping over IPv6": {Src: six, Dst: far6, Protocol: packet.ICMPv6, ICMPType: 128, ICMPID: 7},
	"a timestamp":      {Src: here, Dst: there, Protocol: packet.ICMP, ICMPType: 13, ICMPID: 7},
	"ESP":              {Src: here, Dst: there, Protocol: packet.ESP},
}

// TestTuple: a packet, its answer and the errors about both are of one connection, and of no other.
func TestTuple(t *testing.T) {
	for name, p := range requests {
		t.Run("F5.010 F5.206 "+name, func(t *testing.T) {
			answer, ok := p.Reply()
			if !ok {
				t.Fatal("no answer")
			}
			connection := opening(p)
			if answering(answer) != connection || !answers(answer, p) {
				t.Errorf("the answer is of %v, want %v", answering(answer), connection)
			}
			if answering(p) == connection || answers(p, p) {
				t.Error("the request is its own answer")
			}
			if got := connection.reversed().reversed(); got != connection {
				t.Errorf("twice reversed: %v, want %v", got, connection)
			}
			if name == "a timestamp" {
				return // errors about pings only are told apart
			}
			if got := quoted(p.TooBig(p.Dst)); got != connection {
				t.Errorf("an error about the request is of %v, want %v", got, connection)
			}
			if got := quoted(answer.TooBig(answer.Dst)).reversed(); got != connection {
				t.Errorf("an error about the answer is of %v, want %v", got, connection)
			}
			for other, q := range requests {
				if other != name && opening(q) == connection {
					t.Errorf("the same connection as %s", other)
				}
			}
		})
	}
	ping := requests["a ping"]
	other := ping
	other.ICMPID++
	if opening(ping) == opening(other) {
		t.Error("F5.201 two pings are one connection")
	}
}

// TestTranslated: F4.204, what leaves as another tuple comes back as it left, and so does an error about it.
func TestTranslated(t *testing.T) {
	for name, p := range requests {
		if p.Is6() {
			continue // NAT gateways translate IPv4; what they make of IPv6 has tests of its own (F4.215)
		}
		t.Run("F4.204 "+name, func(t *testing.T) {
			inside := opening(p)
			outside := inside
			outside.src = natAddress.As16()
			if p.Protocol.HasPorts() || p.Protocol.IsICMP() {
				outside.srcPort = 1024
			}
			sent := outside.outward(p)
			if sent.Src != natAddress || opening(sent) != outside || sent.Dst != p.Dst || sent.DstPort != p.DstPort {
				t.Fatalf("leaves as %+v", sent)
			}
			answer, _ := sent.Reply()
			if answering(answer) != outside {
				t.Error("the answer is not known outside")
			}
			want, _ := p.Reply()
			if got, ok := inside.inward(answer); !ok || got != want {
				t.Errorf("comes back as %+v, want %+v", got, want)
			}
			if name == "a timestamp" {
				return
			}
			tooBig, want := sent.TooBig(there), p.TooBig(there)
			if got, ok := inside.inward(tooBig); !ok || got != want {
				t.Errorf("the error comes back as %+v, want %+v", got, want)
			}
		})
	}
}
