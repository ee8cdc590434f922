package flowlog_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

func TestObserve(t *testing.T) {
	const in, out = packet.Ingress, packet.Egress
	for _, tt := range []struct {
		name             string
		primary          string // of the interface; "" for none
		dir              packet.Direction
		src, dst         string // of the packet
		wantSrc, wantDst string
	}{
		{"primary address in", "10.0.0.5", in, "10.0.1.9", "10.0.0.5", "10.0.1.9", "10.0.0.5"},
		{"primary address out", "10.0.0.5", out, "10.0.0.5", "10.0.1.9", "10.0.0.5", "10.0.1.9"},
		{"F1.401 in to a secondary shows the primary", "10.0.0.5", in, "10.0.1.9", "10.0.0.6", "10.0.1.9", "10.0.0.5"},
		{"F1.402 in to a foreign address shows the primary", "10.0.0.220", in, "10.0.1.5", "203.0.113.5", "10.0.1.5", "10.0.0.220"},
		{"F1.403 out from a foreign address shows the primary", "10.0.0.220", out, "203.0.113.5", "10.0.1.5", "10.0.0.220", "10.0.1.5"},
		{"F1.404 in from a foreign address shows that", "10.0.0.220", in, "203.0.113.5", "10.0.0.220", "203.0.113.5", "10.0.0.220"},
		{"F1.405 in, translated to the private address", "10.0.0.5", in, "203.0.113.5", "10.0.0.5", "203.0.113.5", "10.0.0.5"},
		{"F1.405 out, not yet translated", "10.0.0.5", out, "10.0.0.5", "203.0.113.5", "10.0.0.5", "203.0.113.5"},
		{"F1.408 out from a secondary shows the primary", "10.0.0.5", out, "10.0.0.6", "10.0.1.9", "10.0.0.5", "10.0.1.9"},
		{"F1.409 IPv6 in stays", "10.0.0.5", in, "2001:db8::9", "2001:db8::6", "2001:db8::9", "2001:db8::6"},
		{"F1.409 IPv6 out stays", "10.0.0.5", out, "2001:db8::6", "2001:db8::9", "2001:db8::6", "2001:db8::9"},
		{"no private IPv4 in", "", in, "10.0.1.9", "10.0.0.6", "10.0.1.9", "10.0.0.6"},
		{"no private IPv4 out", "", out, "10.0.0.6", "10.0.1.9", "10.0.0.6", "10.0.1.9"},
		{"no direction", "10.0.0.5", 0, "10.0.0.6", "10.0.1.9", "10.0.0.6", "10.0.1.9"},
		{"a direction out of range", "10.0.0.5", 9, "10.0.0.6", "10.0.1.9", "10.0.0.6", "10.0.1.9"},

		// AWS's example of a zonal NAT gateway at 10.0.0.220, its four records, and those of the instance.
		{"F1.513 F1.716 from the instance", "10.0.0.220", in, "10.0.1.5", "203.0.113.5", "10.0.1.5", "10.0.0.220"},
		{"F1.513 F1.717 to the host", "10.0.0.220", out, "10.0.0.220", "203.0.113.5", "10.0.0.220", "203.0.113.5"},
		{"F1.513 F1.718 from the host", "10.0.0.220", in, "203.0.113.5", "10.0.0.220", "203.0.113.5", "10.0.0.220"},
		{"F1.513 F1.719 to the instance", "10.0.0.220", out, "203.0.113.5", "10.0.1.5", "10.0.0.220", "10.0.1.5"},
		{"F1.513 F1.720 the instance out", "10.0.1.5", out, "10.0.1.5", "203.0.113.5", "10.0.1.5", "203.0.113.5"},
		{"F1.513 F1.721 the instance in", "10.0.1.5", in, "203.0.113.5", "10.0.1.5", "203.0.113.5", "10.0.1.5"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var eni flowlog.Interface
			if tt.primary != "" {
				eni.PrimaryIPv4 = addr(tt.primary)
			}
			p := packet.Packet{Src: addr(tt.src), Dst: addr(tt.dst), Protocol: packet.TCP}
			src, dst := flowlog.Observe(tt.dir, p, eni)
			assert.Equal(t, tt.wantSrc, src.String())
			assert.Equal(t, tt.wantDst, dst.String())
		})
	}
}

func TestObserveZeroPacket(t *testing.T) {
	eni := flowlog.Interface{PrimaryIPv4: addr("10.0.0.5")}
	src, dst := flowlog.Observe(packet.Ingress, packet.Packet{}, eni)
	assert.Equal(t, netip.Addr{}, src)
	assert.Equal(t, netip.Addr{}, dst)
}

func TestLogged(t *testing.T) {
	vpcDNS, router := addr("10.0.0.2"), addr("10.0.1.1")
	for _, tt := range []struct {
		name    string
		proto   packet.Protocol
		dst     string
		dstPort uint16
		want    bool
	}{
		{"F1.601 Amazon DNS is not", packet.UDP, "10.0.0.2", 53, false},
		{"F1.601 F9.308 one's own DNS server is", packet.UDP, "10.0.2.20", 53, true},
		{"F1.602 Windows licence activation is not", packet.TCP, "169.254.169.250", 1688, false},
		{"F1.603 instance metadata is not", packet.TCP, "169.254.169.254", 80, false},
		{"F1.604 Time Sync is not", packet.UDP, "169.254.169.123", 123, false},
		{"F1.605 DHCP is not", packet.UDP, "255.255.255.255", 67, false},
		{"F1.607 the router's address is not", packet.ICMP, "10.0.1.1", 0, false},
		{"ECS task metadata is not", packet.TCP, "169.254.170.2", 80, false},
		{"anything else is", packet.TCP, "10.0.2.20", 443, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := packet.Packet{
				Src: addr("10.0.1.10"), SrcPort: 68,
				Dst: addr(tt.dst), DstPort: tt.dstPort,
				Protocol: tt.proto,
			}
			assert.Equal(t, tt.want, flowlog.Logged(p, vpcDNS, router))
			p.Src, p.SrcPort, p.Dst, p.DstPort = p.Dst, p.DstPort, p.Src, p.SrcPort
			assert.Equal(t, tt.want, flowlog.Logged(p, vpcDNS, router), "the other way")
		})
	}
}
