package packet_test

import (
	"encoding/json"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

func TestParseService(t *testing.T) {
	tcpPorts := func(first, last uint16) packet.Service {
		return packet.Ports(packet.TCP, packet.PortRange{First: first, Last: last})
	}
	tests := []struct {
		in   string
		want packet.Service
		text string // canonical
	}{
		{"tcp/443", tcpPorts(443, 443), "tcp/443"},
		{"TCP/443", tcpPorts(443, 443), "tcp/443"},
		{"6/443", tcpPorts(443, 443), "tcp/443"},
		{"tcp/443-443", tcpPorts(443, 443), "tcp/443"},
		{"tcp/0", tcpPorts(0, 0), "tcp/0"},
		{"udp/1024-65535", packet.Ports(packet.UDP, packet.PortRange{First: 1024, Last: 65535}), "udp/1024-65535"},
		{"tcp", packet.Of(packet.TCP), "tcp"},
		{"tcp/0-65535", packet.Of(packet.TCP), "tcp"},
		{"icmp", packet.Of(packet.ICMP), "icmp"},
		{"icmp/echo-request", packet.ICMPType(packet.ICMP, 8), "icmp/echo-request"},
		{"icmp/Echo-Request", packet.ICMPType(packet.ICMP, 8), "icmp/echo-request"},
		{"icmp/8", packet.ICMPType(packet.ICMP, 8), "icmp/echo-request"},
		{"1/8", packet.ICMPType(packet.ICMP, 8), "icmp/echo-request"},
		{"icmp/0", packet.ICMPType(packet.ICMP, 0), "icmp/echo-reply"},
		{"icmp/99", packet.ICMPType(packet.ICMP, 99), "icmp/99"},
		{"icmp/3/4", packet.ICMPTypeCode(packet.ICMP, 3, 4), "icmp/3/4"},
		{"icmp/echo-request/0", packet.ICMPTypeCode(packet.ICMP, 8, 0), "icmp/8/0"},
		{"icmp/-1", packet.Of(packet.ICMP), "icmp"},
		{"icmp/-1/-1", packet.Of(packet.ICMP), "icmp"},
		{"icmp/8/-1", packet.ICMPType(packet.ICMP, 8), "icmp/echo-request"},
		{"icmpv6/128", packet.ICMPType(packet.ICMPv6, 128), "icmpv6/echo-request"},
		{"ipv6-icmp/packet-too-big", packet.ICMPType(packet.ICMPv6, 2), "icmpv6/packet-too-big"},
		{"icmpv6/8", packet.ICMPType(packet.ICMPv6, 8), "icmpv6/8"},
		{"esp", packet.Of(packet.ESP), "esp"},
		{"47", packet.Of(packet.GRE), "gre"},
		{"200", packet.Of(200), "200"},
		{"0", packet.Of(0), "hopopt"},
		{"all", packet.All(), "all"},
		{"ALL", packet.All(), "all"},
		{"-1", packet.All(), "all"},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := packet.ParseService(tt.in)
			if err != nil || got != tt.want {
				t.Fatalf("ParseService(%q) = %#v, %v, want %#v", tt.in, got, err, tt.want)
			}
			if got.String() != tt.text {
				t.Errorf("String() = %q, want %q", got, tt.text)
			}
		})
	}
}

func TestParseServiceErrors(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", `empty: want one such as tcp/443, icmp/echo-request, esp or all`},
		{"tcp/99999", `port 99999 is above 65535`},
		{"tcp/99999999999999999999", `port 99999999999999999999 is above 65535`},
		{"tcp/", `port "" is not a number from 0 to 65535`},
		{"tcp/http", `port "http" is not a number from 0 to 65535`},
		{"tcp/+80", `port "+80" is not a number from 0 to 65535`},
		{"tcp/90-80", `port range is upside down: want "80-90"`},
		{"tcp/80/90", `port "80/90" is not a number from 0 to 65535`},
		{"tcp/-1", `port "" is not a number from 0 to 65535`},
		{"tpc/80", `unknown protocol "tpc": want a name such as tcp, or a number from 0 to 255`},
		{"256", `protocol 256 is above 255`},
		{"all/80", `all protocols are not one protocol: want a name such as tcp, or a number from 0 to 255`},
		{"esp/500", `no rule looks at ports of esp: want "esp"`},
		{"icmp/pong", `icmp has no type "pong": want a name such as echo-request, or a number from 0 to 255`},
		{"icmp/", `icmp has no type "": want a name such as echo-request, or a number from 0 to 255`},
		{"icmp/packet-too-big", `icmp has no type "packet-too-big": want a name such as echo-request, or a number from 0 to 255`},
		{"icmp/256", `type 256 is above 255`},
		{"icmp/3/256", `code 256 is above 255`},
		{"icmp/3/", `code "" is not a number from 0 to 255`},
		{"icmp/3/4/5", `code "4/5" is not a number from 0 to 255`},
		{"icmp/-1/4", `type -1 wants code -1, not "4"`}, // F5.007
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			got, err := packet.ParseService(tt.in)
			want := `packet.ParseService("` + tt.in + `"): ` + tt.want
			if err == nil || err.Error() != want {
				t.Errorf("error is %v, want %s", err, want)
			}
			if got.IsValid() {
				t.Errorf("an error comes with the service %v", got)
			}
		})
	}
}

func TestMustParseServicePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	packet.MustParseService("nonsense")
}

func TestConstructors(t *testing.T) {
	some := packet.PortRange{First: 80, Last: 90}
	upsideDown := packet.PortRange{First: 90, Last: 80}
	tests := []struct {
		name string
		got  packet.Service
		want packet.Service
	}{
		{"all ports are the protocol", packet.Ports(packet.TCP, packet.PortRange{First: 0, Last: 65535}), packet.Of(packet.TCP)},
		{"F5.006 another number means all ports", packet.Ports(packet.ESP, some), packet.Of(packet.ESP)},
		{"F6.008 another number means all ports", packet.Ports(packet.SCTP, some), packet.Of(packet.SCTP)},
		{"all ports of icmp are icmp", packet.Ports(packet.ICMP, packet.PortRange{First: 0, Last: 65535}), packet.Of(packet.ICMP)},
		{"icmp has no ports", packet.Ports(packet.ICMP, some), packet.Service{}},
		{"icmpv6 has no ports", packet.Ports(packet.ICMPv6, some), packet.Service{}},
		{"upside down", packet.Ports(packet.TCP, upsideDown), packet.Service{}},
		{"tcp has no types", packet.ICMPType(packet.TCP, 8), packet.Service{}},
		{"tcp has no codes", packet.ICMPTypeCode(packet.TCP, 3, 4), packet.Service{}},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestServiceAccessors(t *testing.T) {
	type answer struct {
		valid, all bool
		proto      packet.Protocol
		hasProto   bool
		ports      packet.PortRange
		hasPorts   bool
	}
	all := packet.PortRange{First: 0, Last: 65535}
	tests := []struct {
		name string
		s    packet.Service
		want answer
	}{
		{"zero", packet.Service{}, answer{}},
		{"all", packet.All(), answer{valid: true, all: true}},
		{"tcp", packet.Of(packet.TCP), answer{true, false, packet.TCP, true, all, true}},
		{"tcp/80-90", packet.MustParseService("tcp/80-90"), answer{true, false, packet.TCP, true, packet.PortRange{First: 80, Last: 90}, true}},
		{"esp", packet.Of(packet.ESP), answer{valid: true, proto: packet.ESP, hasProto: true}},
		{"hopopt", packet.Of(0), answer{valid: true, hasProto: true}},
		{"icmp/8", packet.ICMPType(packet.ICMP, 8), answer{valid: true, proto: packet.ICMP, hasProto: true}},
	}
	for _, tt := range tests {
		got := answer{valid: tt.s.IsValid(), all: tt.s.IsAll()}
		got.proto, got.hasProto = tt.s.Protocol()
		got.ports, got.hasPorts = tt.s.PortRange()
		if got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestServiceJSON(t *testing.T) {
	type rule struct{ Service packet.Service }
	tests := []struct {
		s    packet.Service
		want string
	}{
		{packet.Service{}, `{"Service":""}`},
		{packet.All(), `{"Service":"all"}`},
		{packet.MustParseService("tcp/443"), `{"Service":"tcp/443"}`},
		{packet.ICMPTypeCode(packet.ICMP, 3, 4), `{"Service":"icmp/3/4"}`},
		{packet.Of(200), `{"Service":"200"}`},
	}
	for _, tt := range tests {
		text, err := json.Marshal(rule{tt.s})
		if err != nil || string(text) != tt.want {
			t.Errorf("Marshal(%q) = %s, %v, want %s", tt.s, text, err, tt.want)
		}
		got := rule{packet.Of(packet.GRE)} // "" has to overwrite it
		if err := json.Unmarshal(text, &got); err != nil || got.Service != tt.s {
			t.Errorf("%s came back as %q, %v", text, got.Service, err)
		}
	}
	kept := packet.All()
	if err := kept.UnmarshalText([]byte("tcp/x")); err == nil || kept != packet.All() {
		t.Errorf("UnmarshalText: error %v, service %q: want an error and the old value", err, kept)
	}
}
