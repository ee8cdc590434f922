package packet_test

import (
	"encoding/json"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

// The numbers are those of IANA's registry "Assigned Internet Protocol Numbers".
func TestParseProtocol(t *testing.T) {
	tests := []struct {
		in   string
		want packet.Protocol
		text string
	}{
		{"tcp", 6, "tcp"}, {"UDP", 17, "udp"}, {"icmp", 1, "icmp"}, {"icmpv6", 58, "icmpv6"},
		{"icmp6", 58, "icmpv6"}, {"IPv6-ICMP", 58, "icmpv6"}, {"esp", 50, "esp"}, {"gre", 47, "gre"},
		{"ah", 51, "ah"}, {"sctp", 132, "sctp"}, {"igmp", 2, "igmp"}, {"ipv4", 4, "ipv4"},
		{"ipv6", 41, "ipv6"}, {"ospf", 89, "ospf"}, {"vrrp", 112, "vrrp"}, {"l2tp", 115, "l2tp"},
		{"0", 0, "hopopt"}, {"6", 6, "tcp"}, {"200", 200, "200"}, {"255", 255, "255"},
	}
	for _, tt := range tests {
		got, err := packet.ParseProtocol(tt.in)
		if err != nil || got != tt.want || got.String() != tt.text {
			t.Errorf("ParseProtocol(%q) = %d %q, %v, want %d %q", tt.in, got, got, err, tt.want, tt.text)
		}
	}
}

func TestParseProtocolErrors(t *testing.T) {
	const all = "all protocols are not one protocol: want a name such as tcp, or a number from 0 to 255"
	tests := []struct{ in, want string }{
		{"", `packet.ParseProtocol(""): unknown protocol "": want a name such as tcp, or a number from 0 to 255`},
		{"tpc", `packet.ParseProtocol("tpc"): unknown protocol "tpc": want a name such as tcp, or a number from 0 to 255`},
		{"256", `packet.ParseProtocol("256"): protocol 256 is above 255`},
		{"6x", `packet.ParseProtocol("6x"): protocol "6x" is not a number from 0 to 255`},
		{"-1", `packet.ParseProtocol("-1"): ` + all},
		{"all", `packet.ParseProtocol("all"): ` + all},
	}
	for _, tt := range tests {
		if _, err := packet.ParseProtocol(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("error is %v, want %s", err, tt.want)
		}
	}
}

func TestEveryProtocolHasText(t *testing.T) {
	seen := map[string]bool{}
	for n := range 256 {
		p := packet.Protocol(n)
		text, err := p.MarshalText()
		if err != nil || len(text) == 0 || seen[string(text)] {
			t.Errorf("protocol %d has the text %q, %v", n, text, err)
		}
		seen[string(text)] = true
		var back packet.Protocol
		if err := back.UnmarshalText(text); err != nil || back != p {
			t.Errorf("%q came back as %d, %v, want %d", text, back, err, n)
		}
	}
}

func TestProtocolKinds(t *testing.T) {
	tests := []struct {
		p           packet.Protocol
		ports, icmp bool
	}{
		{packet.TCP, true, false}, {packet.UDP, true, false}, {packet.SCTP, false, false},
		{packet.ICMP, false, true}, {packet.ICMPv6, false, true}, {0, false, false},
	}
	for _, tt := range tests {
		if tt.p.HasPorts() != tt.ports || tt.p.IsICMP() != tt.icmp {
			t.Errorf("%v: HasPorts %v, IsICMP %v", tt.p, tt.p.HasPorts(), tt.p.IsICMP())
		}
	}
}

func TestPortRange(t *testing.T) {
	tests := []struct {
		in          string
		want        packet.PortRange
		text        string
		holds, lets uint16 // a port inside, and one outside
	}{
		{"443", packet.PortRange{First: 443, Last: 443}, "443", 443, 444},
		{"443-443", packet.PortRange{First: 443, Last: 443}, "443", 443, 442},
		{"1024-65535", packet.PortRange{First: 1024, Last: 65535}, "1024-65535", 65535, 1023},
		{"80-90", packet.PortRange{First: 80, Last: 90}, "80-90", 80, 91},
		{"0", packet.PortRange{}, "0", 0, 1},
	}
	for _, tt := range tests {
		r, err := packet.ParsePortRange(tt.in)
		if err != nil || r != tt.want || r.String() != tt.text || !r.IsValid() {
			t.Errorf("ParsePortRange(%q) = %v, %v, want %q", tt.in, r, err, tt.text)
		}
		if !r.Contains(tt.holds) || r.Contains(tt.lets) {
			t.Errorf("%v contains %d: %v, %d: %v", r, tt.holds, r.Contains(tt.holds), tt.lets, r.Contains(tt.lets))
		}
	}
	down := packet.PortRange{First: 90, Last: 80}
	if down.IsValid() || down.Contains(85) || down.Contains(90) {
		t.Errorf("%v is upside down, and valid %v or not empty", down, down.IsValid())
	}
}

func TestParsePortRangeErrors(t *testing.T) {
	tests := []struct{ in, want string }{
		{"90-80", `packet.ParsePortRange("90-80"): port range is upside down: want "80-90"`},
		{"65536", `packet.ParsePortRange("65536"): port 65536 is above 65535`},
		{"1-65536", `packet.ParsePortRange("1-65536"): port 65536 is above 65535`},
		{"", `packet.ParsePortRange(""): port "" is not a number from 0 to 65535`},
		{"80-", `packet.ParsePortRange("80-"): port "" is not a number from 0 to 65535`},
		{"1-2-3", `packet.ParsePortRange("1-2-3"): port "2-3" is not a number from 0 to 65535`},
		{" 80", `packet.ParsePortRange(" 80"): port " 80" is not a number from 0 to 65535`},
	}
	for _, tt := range tests {
		if _, err := packet.ParsePortRange(tt.in); err == nil || err.Error() != tt.want {
			t.Errorf("error is %v, want %s", err, tt.want)
		}
	}
}

func TestFlags(t *testing.T) {
	tests := []struct {
		in   string
		want packet.Flags
		text string
	}{
		{"", 0, ""},
		{"SYN", packet.SYN, "SYN"},
		{"ack|syn", packet.SYN | packet.ACK, "SYN|ACK"},
		{"SYN|SYN", packet.SYN, "SYN"},
		{"FIN|SYN|RST|PSH|ACK|URG|ECE|CWR", 255, "FIN|SYN|RST|PSH|ACK|URG|ECE|CWR"},
	}
	for _, tt := range tests {
		got, err := packet.ParseFlags(tt.in)
		if err != nil || got != tt.want || got.String() != tt.text {
			t.Errorf("ParseFlags(%q) = %d %q, %v, want %d %q", tt.in, got, got, err, tt.want, tt.text)
		}
	}
	const want = `packet.ParseFlags("SYN|FOO"): "FOO" is no TCP flag: want FIN, SYN, RST, PSH, ACK, URG, ECE, CWR`
	if _, err := packet.ParseFlags("SYN|FOO"); err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	for n := range 256 { // every value survives its text
		f := packet.Flags(n)
		if back, err := packet.ParseFlags(f.String()); err != nil || back != f {
			t.Errorf("flags %d came back from %q as %d, %v", n, f, back, err)
		}
	}
}

func TestDirection(t *testing.T) {
	tests := []struct {
		d    packet.Direction
		text string
	}{{0, ""}, {packet.Ingress, "ingress"}, {packet.Egress, "egress"}}
	for _, tt := range tests {
		text, err := json.Marshal(tt.d)
		if err != nil || tt.d.String() != tt.text || string(text) != `"`+tt.text+`"` {
			t.Errorf("direction %d is %q, %s, %v, want %q", tt.d, tt.d, text, err, tt.text)
		}
		back := packet.Direction(7)
		if err := json.Unmarshal(text, &back); err != nil || back != tt.d {
			t.Errorf("%s came back as %d, %v", text, back, err)
		}
	}
	odd := packet.Direction(9)
	if _, err := odd.MarshalText(); err == nil || odd.String() != "Direction(9)" {
		t.Errorf("out of range: %q, %v, want Direction(9) and an error", odd, err)
	}
	if err := odd.UnmarshalText([]byte("sideways")); err == nil || odd != 9 {
		t.Errorf("UnmarshalText: error %v, value %d: want an error and the old value", err, odd)
	}
}
