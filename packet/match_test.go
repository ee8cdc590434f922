package packet_test

import (
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

func TestMatches(t *testing.T) {
	const tcp, udp, esp, sctp = packet.TCP, packet.UDP, packet.ESP, packet.SCTP
	https := ports(tcp, a4, 49152, b4, 443, packet.SYN)
	answer := ports(tcp, b4, 443, a4, 49152, packet.SYN|packet.ACK)
	echo4, echo6 := icmp(packet.ICMP, a4, b4, 8, 0), icmp(packet.ICMPv6, a6, b6, 128, 0)
	odd := icmp(packet.ICMPv6, a4, b4, 128, 0) // ICMPv6 in an IPv4 packet
	tests := []struct {
		name    string
		service string
		p       packet.Packet
		want    bool
	}{
		{"F5.006 all matches tcp", "all", https, true},
		{"F5.006 all matches icmp", "all", echo4, true},
		{"F5.006 all matches a protocol without a name", "-1", plain(200, a4, b4), true},
		{"F5.006 another number matches whatever the ports", "sctp", ports(sctp, a4, 1, b4, 2, 0), true},
		{"F5.006 a protocol matches itself alone", "esp", plain(packet.AH, a4, b4), false},
		{"F5.006 tcp matches any port", "tcp", https, true},
		{"F5.006 tcp is not udp", "tcp", ports(udp, a4, 1, b4, 2, 0), false},
		{"F5.006 a port of tcp is not that of udp", "tcp/443", ports(udp, a4, 1, b4, 443, 0), false},

		{"F5.007 type without code matches any code", "icmp/3", icmp(packet.ICMP, a4, b4, 3, 4), true},
		{"F5.007 type -1 matches any type", "icmp/-1/-1", icmp(packet.ICMP, a4, b4, 3, 4), true},
		{"F5.007 code -1 matches any code", "icmp/3/-1", icmp(packet.ICMP, a4, b4, 3, 4), true},
		{"F5.007 another type does not match", "icmp/3", echo4, false},
		{"F5.007 type and code match", "icmp/3/4", icmp(packet.ICMP, a4, b4, 3, 4), true},
		{"F5.007 another code does not match", "icmp/3/4", icmp(packet.ICMP, a4, b4, 3, 1), false},
		{"F5.007 another type of the same code does not match", "icmp/3/0", icmp(packet.ICMP, a4, b4, 11, 0), false},
		{"F5.007 type 0 is a type, not any", "icmp/0", echo4, false},

		{"F5.008 ports mean destination ports", "tcp/443", https, true},
		{"F5.008 source port does not match", "tcp/443", answer, false},
		{"F5.008 first port of a range", "tcp/443-450", https, true},
		{"F5.008 last port of a range", "tcp/400-443", https, true},
		{"F5.008 port below a range", "tcp/444-450", https, false},
		{"F5.008 port above a range", "tcp/400-442", https, false},
		{"F5.008 port 0", "tcp/0", ports(tcp, a4, 1, b4, 0, 0), true},
		{"F5.008 port 65535", "tcp/1024-65535", ports(tcp, a4, 1, b4, 65535, 0), true},

		{"F5.009 icmp does not match icmpv6", "icmp", echo6, false},
		{"F5.009 icmpv6 does not match icmp", "icmpv6", echo4, false},
		{"F5.009 ports match both families: addresses tell them apart", "tcp/443", ports(tcp, a6, 1, b6, 443, 0), true},

		{"F6.007 a reply matches by its destination port", "tcp/1024-65535", answer, true},
		{"F6.007 a reply does not match the server's port", "tcp/443", answer, false},

		{"F6.008 all matches all ports", "all", answer, true},
		{"F6.008 another number matches all ports", "esp", plain(esp, a4, b4), true},
		{"F6.008 58 with IPv6 goes by type", "icmpv6/128", echo6, true},
		{"F6.008 58 with IPv6 refuses another type", "icmpv6/129", echo6, false},
		{"F6.008 58 with IPv6 refuses another code", "icmpv6/128/1", echo6, false},
		{"F6.008 58 with IPv4 matches all types", "icmpv6/129", odd, true},
		{"F6.008 58 with IPv4 matches all codes", "icmpv6/129/3", odd, true},
		{"F6.008 58 with IPv4 is still 58", "icmpv6/129", echo4, false},
		{"F6.008 1 with IPv4 goes by type", "icmp/0", echo4, false},

		{"F6.022 path MTU discovery is icmp/3/4", "icmp/destination-unreachable/4", icmp(packet.ICMP, a4, b4, 3, 4), true},
		{"F6.022 traceroute is icmp/11/0", "icmp/time-exceeded/0", icmp(packet.ICMP, a4, b4, 11, 0), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := packet.MustParseService(tt.service).Matches(tt.p); got != tt.want {
				t.Errorf("%s matches %v = %v, want %v", tt.service, tt.p, got, tt.want)
			}
		})
	}
}

func TestZeroServiceMatchesNothing(t *testing.T) {
	for _, p := range []packet.Packet{{}, ports(packet.TCP, a4, 1, b4, 2, 0), icmp(packet.ICMPv6, a4, b4, 0, 0)} {
		if (packet.Service{}).Matches(p) {
			t.Errorf("the zero Service matches %v", p)
		}
	}
	if !packet.All().Matches(packet.Packet{}) {
		t.Error("All does not match the zero Packet")
	}
}
