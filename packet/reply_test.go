package packet_test

import (
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

func TestReply(t *testing.T) {
	const syn, ack, fin, rst, psh = packet.SYN, packet.ACK, packet.FIN, packet.RST, packet.PSH
	tcp := func(f packet.Flags) packet.Packet { return ports(packet.TCP, a4, 49152, b4, 443, f) }
	back := func(f packet.Flags) packet.Packet { return ports(packet.TCP, b4, 443, a4, 49152, f) }
	tests := []struct {
		name string
		p    packet.Packet
		want packet.Packet
		ok   bool
	}{
		{"SYN is answered by SYN|ACK", tcp(syn), back(syn | ack), true},
		{"flags not stated open like SYN", tcp(0), back(syn | ack), true},
		{"SYN that offers ECN is answered by SYN|ACK", tcp(syn | packet.ECE | packet.CWR), back(syn | ack), true},
		{"SYN|ACK is answered by ACK", tcp(syn | ack), back(ack), true},
		{"ACK is answered by ACK", tcp(ack), back(ack), true},
		{"FIN|ACK is answered by ACK", tcp(fin | ack), back(ack), true},
		{"PSH|ACK is answered by ACK", tcp(psh | ack), back(ack), true},
		{"RST has no reply", tcp(rst), packet.Packet{}, false},
		{"RST|ACK has no reply", tcp(rst | ack), packet.Packet{}, false},
		{"udp swaps addresses and ports", ports(packet.UDP, a6, 5000, b6, 53, 0), ports(packet.UDP, b6, 53, a6, 5000, 0), true},
		{"other protocols swap addresses", plain(packet.ESP, a4, b4), plain(packet.ESP, b4, a4), true},
		{"zero packet", packet.Packet{}, packet.Packet{}, true},

		{"echo request", icmp(packet.ICMP, a4, b4, 8, 0), icmp(packet.ICMP, b4, a4, 0, 0), true},
		{"timestamp request", icmp(packet.ICMP, a4, b4, 13, 0), icmp(packet.ICMP, b4, a4, 14, 0), true},
		{"information request", icmp(packet.ICMP, a4, b4, 15, 0), icmp(packet.ICMP, b4, a4, 16, 0), true},
		{"address mask request", icmp(packet.ICMP, a4, b4, 17, 0), icmp(packet.ICMP, b4, a4, 18, 0), true},
		{"reply has code 0", icmp(packet.ICMP, a4, b4, 8, 7), icmp(packet.ICMP, b4, a4, 0, 0), true},
		{"echo request, IPv6", icmp(packet.ICMPv6, a6, b6, 128, 0), icmp(packet.ICMPv6, b6, a6, 129, 0), true},
		{"echo reply has no reply", icmp(packet.ICMP, a4, b4, 0, 0), packet.Packet{}, false},
		{"destination unreachable has no reply", icmp(packet.ICMP, a4, b4, 3, 4), packet.Packet{}, false},
		{"timestamp reply has no reply", icmp(packet.ICMP, a4, b4, 14, 0), packet.Packet{}, false},
		{"echo reply has no reply, IPv6", icmp(packet.ICMPv6, a6, b6, 129, 0), packet.Packet{}, false},
		{"ICMPv6 8 is no echo request", icmp(packet.ICMPv6, a6, b6, 8, 0), packet.Packet{}, false},
		{"ICMP 128 is no echo request", icmp(packet.ICMP, a4, b4, 128, 0), packet.Packet{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.p.Reply()
			if got != tt.want || ok != tt.ok {
				t.Errorf("Reply() = %+v, %v, want %+v, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

func TestReplyKeepsLength(t *testing.T) {
	p := ports(packet.TCP, a4, 1, b4, 2, packet.SYN)
	p.Length = 1500
	if reply, ok := p.Reply(); !ok || reply.Length != 1500 {
		t.Errorf("Reply() has length %d (%v), want 1500", reply.Length, ok)
	}
}

func TestNoAllocation(t *testing.T) {
	var (
		p       = ports(packet.TCP, a6, 49152, b6, 443, packet.SYN)
		ping    = icmp(packet.ICMPv6, a6, b6, 128, 0)
		service = packet.MustParseService("tcp/443")
		echo    = packet.MustParseService("icmpv6/128/0")
		ok      bool
		err     error
		out     packet.Packet
	)
	tests := []struct {
		name string
		call func()
	}{
		{"Matches ports", func() { ok = service.Matches(p) }},
		{"Matches ICMP", func() { ok = echo.Matches(ping) }},
		{"Reply of TCP", func() { out, ok = p.Reply() }},
		{"Reply of ICMP", func() { out, ok = ping.Reply() }},
		{"Open of TCP", func() { out, err = service.Open(a6, b6, 49152) }},
		{"Open of ICMP", func() { out, err = echo.Open(a6, b6, 0) }},
	}
	for _, tt := range tests {
		if n := testing.AllocsPerRun(100, tt.call); n != 0 {
			t.Errorf("%s: %v allocations, want none", tt.name, n)
		}
	}
	if !ok || err != nil || !out.Src.IsValid() {
		t.Errorf("the calls failed: %v, %v, %v", ok, err, out)
	}
}
