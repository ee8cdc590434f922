package packet_test

import (
	"encoding/json"
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

var (
	a4 = netip.MustParseAddr("10.0.0.1")
	b4 = netip.MustParseAddr("10.0.0.2")
	a6 = netip.MustParseAddr("2001:db8::1")
	b6 = netip.MustParseAddr("2001:db8::2")
)

// ports is a packet of TCP or UDP from a to b.
func ports(proto packet.Protocol, a netip.Addr, from uint16, b netip.Addr, to uint16, f packet.Flags) packet.Packet {
	return packet.Packet{Src: a, Dst: b, SrcPort: from, DstPort: to, Protocol: proto, Flags: f}
}

// icmp is a packet of ICMP or ICMPv6 from a to b.
func icmp(proto packet.Protocol, a, b netip.Addr, typ, code uint8) packet.Packet {
	return packet.Packet{Src: a, Dst: b, Protocol: proto, ICMPType: typ, ICMPCode: code}
}

// plain is a packet of a protocol without ports from a to b.
func plain(proto packet.Protocol, a, b netip.Addr) packet.Packet {
	return packet.Packet{Src: a, Dst: b, Protocol: proto}
}

func TestPacketString(t *testing.T) {
	db := netip.MustParseAddr("10.1.1.10")
	tests := []struct {
		name string
		p    packet.Packet
		want string
	}{
		{"tcp with flags", ports(packet.TCP, netip.MustParseAddr("10.0.1.10"), 49152, db, 5432, packet.SYN), "tcp 10.0.1.10:49152 > 10.1.1.10:5432 SYN"},
		{"tcp with several flags", ports(packet.TCP, a4, 1, b4, 2, packet.SYN|packet.ACK), "tcp 10.0.0.1:1 > 10.0.0.2:2 SYN|ACK"},
		{"tcp with flags not stated", ports(packet.TCP, a4, 1, b4, 2, 0), "tcp 10.0.0.1:1 > 10.0.0.2:2"},
		{"IPv6 in brackets with ports", ports(packet.UDP, a6, 49152, b6, 53, 0), "udp [2001:db8::1]:49152 > [2001:db8::2]:53"},
		{"icmp by name", icmp(packet.ICMP, a4, b4, 8, 0), "icmp 10.0.0.1 > 10.0.0.2 echo-request"},
		{"icmp with a code", icmp(packet.ICMP, a4, b4, 3, 4), "icmp 10.0.0.1 > 10.0.0.2 destination-unreachable/4"},
		{"icmp type without a name", icmp(packet.ICMP, a4, b4, 99, 0), "icmp 10.0.0.1 > 10.0.0.2 99"},
		{"icmpv6 has names of its own", icmp(packet.ICMPv6, a6, b6, 128, 0), "icmpv6 2001:db8::1 > 2001:db8::2 echo-request"},
		{"IPv6 without brackets without ports", plain(packet.ESP, a6, b6), "esp 2001:db8::1 > 2001:db8::2"},
		{"protocol without a name", plain(200, a4, b4), "200 10.0.0.1 > 10.0.0.2"},
		{"zero packet", packet.Packet{}, "hopopt invalid IP > invalid IP"},
		{"tcp without addresses", packet.Packet{Protocol: packet.TCP}, "tcp invalid IP > invalid IP"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.p.String(); got != tt.want {
				t.Errorf("String() = %q, want %q", got, tt.want)
			}
		})
	}
}

// The sizes are those of the headers without options: RFC 791, 8200, 9293, 768, 792 and 4443.
func TestPacketSize(t *testing.T) {
	stated := ports(packet.TCP, a4, 1, b4, 2, 0)
	stated.Length = 9001
	tests := []struct {
		name string
		p    packet.Packet
		want uint32
	}{
		{"tcp over IPv4", ports(packet.TCP, a4, 1, b4, 2, 0), 40},
		{"udp over IPv4", ports(packet.UDP, a4, 1, b4, 2, 0), 28},
		{"icmp over IPv4", icmp(packet.ICMP, a4, b4, 8, 0), 28},
		{"other over IPv4", plain(packet.ESP, a4, b4), 20},
		{"tcp over IPv6", ports(packet.TCP, a6, 1, b6, 2, 0), 60},
		{"udp over IPv6", ports(packet.UDP, a6, 1, b6, 2, 0), 48},
		{"icmpv6 over IPv6", icmp(packet.ICMPv6, a6, b6, 128, 0), 48},
		{"other over IPv6", plain(packet.GRE, a6, b6), 40},
		{"stated length wins", stated, 9001},
		{"zero packet", packet.Packet{}, 20},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.p.Size(); got != tt.want {
				t.Errorf("Size() = %d, want %d", got, tt.want)
			}
		})
	}
}

func TestPacketIs6(t *testing.T) {
	mapped := netip.MustParseAddr("::ffff:10.0.0.2")
	tests := []struct {
		name string
		p    packet.Packet
		want bool
	}{
		{"IPv6", plain(packet.TCP, a6, b6), true},
		{"IPv4", plain(packet.TCP, a4, b4), false},
		{"IPv4 in IPv6 form is IPv4", plain(packet.TCP, a4, mapped), false},
		{"zero packet", packet.Packet{}, false},
	}
	for _, tt := range tests {
		if got := tt.p.Is6(); got != tt.want {
			t.Errorf("%s: Is6() = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPacketJSON(t *testing.T) {
	full := ports(packet.TCP, a4, 49152, b4, 443, packet.SYN|packet.ECE)
	full.Length = 60
	for _, p := range []packet.Packet{{}, full, icmp(packet.ICMPv6, a6, b6, 128, 1), plain(255, a4, b4)} {
		text, err := json.Marshal(p)
		if err != nil {
			t.Errorf("Marshal(%v): %v", p, err)
			continue
		}
		var got packet.Packet
		if err := json.Unmarshal(text, &got); err != nil || got != p {
			t.Errorf("%s came back as %+v (%v), want %+v", text, got, err, p)
		}
	}
}

func TestPacketIsAMapKey(t *testing.T) {
	seen := map[packet.Packet]int{}
	seen[ports(packet.TCP, a4, 1, b4, 2, 0)]++
	seen[ports(packet.TCP, a4, 1, b4, 2, 0)]++
	if len(seen) != 1 {
		t.Errorf("two equal packets are %d keys", len(seen))
	}
}
