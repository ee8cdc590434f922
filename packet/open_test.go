package packet_test

import (
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

func TestOpen(t *testing.T) {
	tests := []struct {
		name    string
		service string
		want    packet.Packet
	}{
		{"tcp opens with SYN", "tcp/443", ports(packet.TCP, a4, 49152, b4, 443, packet.SYN)},
		{"range of one port", "tcp/443-443", ports(packet.TCP, a4, 49152, b4, 443, packet.SYN)},
		{"udp has no flags", "udp/53", ports(packet.UDP, a4, 49152, b4, 53, 0)},
		{"icmp is an echo request", "icmp", icmp(packet.ICMP, a4, b4, 8, 0)},
		{"icmpv6 is an echo request", "icmpv6", icmp(packet.ICMPv6, a4, b4, 128, 0)},
		{"icmp type has code 0", "icmp/3", icmp(packet.ICMP, a4, b4, 3, 0)},
		{"icmp type 0 is no echo request", "icmp/0", icmp(packet.ICMP, a4, b4, 0, 0)},
		{"icmp type and code", "icmp/3/4", icmp(packet.ICMP, a4, b4, 3, 4)},
		{"F1.734 icmp has no ports", "icmp/8", icmp(packet.ICMP, a4, b4, 8, 0)},
		{"other protocols have no ports", "esp", plain(packet.ESP, a4, b4)},
		{"hopopt is a protocol", "0", plain(0, a4, b4)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := packet.MustParseService(tt.service)
			got, err := s.Open(a4, b4, 49152)
			if err != nil || got != tt.want {
				t.Fatalf("Open() = %+v, %v, want %+v", got, err, tt.want)
			}
			if !s.Matches(got) {
				t.Errorf("%q does not match what it opens: %v", s, got)
			}
		})
	}
}

func TestOpenErrors(t *testing.T) {
	tests := []struct {
		name string
		s    packet.Service
		want string
	}{
		{"several ports", packet.MustParseService("tcp/80-90"), `service "tcp/80-90" names 11 ports: a connection has one`},
		{"all ports", packet.Of(packet.UDP), `service "udp" names 65536 ports: a connection has one`},
		{"all protocols", packet.All(), `service "all" names all protocols: a connection has one`},
		{"zero", packet.Service{}, `service "" is the zero Service: want one such as "tcp/443"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := tt.s.Open(a4, b4, 49152)
			if err == nil || err.Error() != tt.want {
				t.Errorf("error is %v, want %s", err, tt.want)
			}
			if p != (packet.Packet{}) {
				t.Errorf("an error comes with the packet %v", p)
			}
		})
	}
}
