package packet_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/packet"
)

var (
	exemptDNS    = netip.MustParseAddr("10.0.0.2")
	exemptRouter = netip.MustParseAddr("10.0.1.1")
)

func TestExempt(t *testing.T) {
	const none = packet.ExemptKind(0)
	const (
		host, other = "10.0.1.10", "10.0.2.20"
		host6       = "2001:db8:1::10"
	)
	for _, tt := range []struct {
		name             string
		proto            packet.Protocol
		src              string
		srcPort          uint16
		dst              string
		dstPort          uint16
		want             packet.ExemptKind
		onlyWithVPCAddrs bool
	}{
		{"F1.601 query to VPC+2 over UDP", packet.UDP, host, 49152, "10.0.0.2", 53, packet.AmazonDNS, true},
		{"F1.601 query to VPC+2 over TCP", packet.TCP, host, 49152, "10.0.0.2", 53, packet.AmazonDNS, true},
		{"F1.601 answer of VPC+2", packet.UDP, "10.0.0.2", 53, host, 49152, packet.AmazonDNS, true},
		{"F1.601 169.254.169.253", packet.UDP, host, 49152, "169.254.169.253", 53, packet.AmazonDNS, false},
		{"F1.601 answer of 169.254.169.253", packet.UDP, "169.254.169.253", 53, host, 49152, packet.AmazonDNS, false},
		{"F1.601 fd00:ec2::253", packet.UDP, host6, 49152, "fd00:ec2::253", 53, packet.AmazonDNS, false},
		{"F1.601 F9.308 one's own DNS server is ordinary", packet.UDP, host, 49152, other, 53, none, false},
		{"F1.601 another port of VPC+2 is ordinary", packet.TCP, host, 49152, "10.0.0.2", 443, none, false},
		{"F1.601 a ping of VPC+2 is ordinary", packet.ICMP, host, 0, "10.0.0.2", 0, none, false},
		{"F1.601 from port 53 to VPC+2 is no answer", packet.UDP, host, 53, "10.0.0.2", 5353, none, false},

		{"F1.602 169.254.169.250", packet.TCP, host, 49152, "169.254.169.250", 1688, packet.WindowsLicense, false},
		{"F1.602 169.254.169.251", packet.TCP, host, 49152, "169.254.169.251", 1688, packet.WindowsLicense, false},
		{"F1.602 reply", packet.TCP, "169.254.169.250", 1688, host, 49152, packet.WindowsLicense, false},
		{"F1.602 another port is ordinary", packet.TCP, host, 49152, "169.254.169.250", 80, none, false},
		{"F1.602 UDP is ordinary", packet.UDP, host, 49152, "169.254.169.250", 1688, none, false},
		{"F1.602 a licence server of one's own is ordinary", packet.TCP, host, 49152, other, 1688, none, false},

		{"F1.603 169.254.169.254", packet.TCP, host, 49152, "169.254.169.254", 80, packet.InstanceMetadata, false},
		{"F1.603 reply", packet.TCP, "169.254.169.254", 80, host, 49152, packet.InstanceMetadata, false},
		{"F1.603 fd00:ec2::254", packet.TCP, host6, 49152, "fd00:ec2::254", 80, packet.InstanceMetadata, false},
		{"F1.603 any other link-local address is ordinary", packet.TCP, host, 49152, "169.254.1.1", 80, none, false},

		{"F1.604 169.254.169.123", packet.UDP, host, 49152, "169.254.169.123", 123, packet.TimeSync, false},
		{"F1.604 reply", packet.UDP, "169.254.169.123", 123, host, 49152, packet.TimeSync, false},
		{"F1.604 fd00:ec2::123", packet.UDP, host6, 49152, "fd00:ec2::123", 123, packet.TimeSync, false},
		{"F1.604 NTP with anybody else is ordinary", packet.UDP, host, 49152, other, 123, none, false},

		{"F1.605 discover", packet.UDP, "0.0.0.0", 68, "255.255.255.255", 67, packet.DHCP, false},
		{"F1.605 offer", packet.UDP, "10.0.1.1", 67, host, 68, packet.DHCP, false},
		{"F1.605 DHCPv6 solicit", packet.UDP, "fe80::1", 546, "ff02::1:2", 547, packet.DHCP, false},
		{"F1.605 DHCPv6 advertise", packet.UDP, "fe80::2", 547, "fe80::1", 546, packet.DHCP, false},
		{"F1.605 one port of the two is ordinary", packet.UDP, host, 49152, other, 67, none, false},
		{"F1.605 one port of the two over IPv6 is ordinary", packet.UDP, host6, 546, "fe80::2", 49152, none, false},
		{"F1.605 TCP is ordinary", packet.TCP, host, 68, other, 67, none, false},
		{"F1.605 the IPv6 ports over IPv4 are ordinary", packet.UDP, host, 546, other, 547, none, false},
		{"F1.605 the IPv4 ports over IPv6 are ordinary", packet.UDP, host6, 68, "fe80::2", 67, none, false},

		{"F1.607 to the router's address", packet.ICMP, host, 0, "10.0.1.1", 0, packet.Router, true},
		{"F1.607 from the router's address", packet.ICMP, "10.0.1.1", 0, host, 0, packet.Router, true},
		{"F1.607 F3.012 fe80:ec2::1", packet.ICMPv6, "fe80::1", 0, "fe80:ec2::1", 0, packet.Router, false},
		{"F1.607 through the router is ordinary", packet.TCP, host, 49152, other, 443, none, false},

		{"F5.012 F6.016 169.254.170.2", packet.TCP, host, 49152, "169.254.170.2", 80, packet.ECSTaskMetadata, false},
		{"F5.012 F6.016 reply of 169.254.170.2", packet.TCP, "169.254.170.2", 80, host, 49152, packet.ECSTaskMetadata, false},
		{"F5.012 F6.016 ordinary IPv6", packet.TCP, host6, 49152, "2001:db8:2::20", 443, none, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := packet.Packet{
				Src: netip.MustParseAddr(tt.src), SrcPort: tt.srcPort,
				Dst: netip.MustParseAddr(tt.dst), DstPort: tt.dstPort,
				Protocol: tt.proto,
			}
			got, ok := packet.Exempt(p, exemptDNS, exemptRouter)
			assert.Equal(t, tt.want.String(), got.String())
			assert.Equal(t, tt.want != none, ok)

			if tt.onlyWithVPCAddrs {
				got, ok = packet.Exempt(p, netip.Addr{}, netip.Addr{})
				assert.Equal(t, "", got.String(), "without the VPC's addresses")
				assert.False(t, ok)
			}
		})
	}
}

// A packet without addresses is not for the resolver or the router that a VPC does not have.
func TestExemptInvalidAddress(t *testing.T) {
	for _, p := range []packet.Packet{{}, {Protocol: packet.UDP, DstPort: 53}} {
		for _, dns := range []netip.Addr{{}, exemptDNS} {
			kind, ok := packet.Exempt(p, dns, netip.Addr{})
			assert.Zero(t, kind)
			assert.False(t, ok)
		}
	}
}

func TestExemptKindEffects(t *testing.T) {
	for _, tt := range []struct {
		name                 string
		kind                 packet.ExemptKind
		unfiltered, unlogged bool
	}{
		{"ordinary traffic is filtered and logged", 0, false, false},
		{"F1.601 F5.012 F6.016 Amazon DNS", packet.AmazonDNS, true, true},
		{"F1.602 F5.012 F6.016 Windows licence", packet.WindowsLicense, true, true},
		{"F1.603 F5.012 F6.016 instance metadata", packet.InstanceMetadata, true, true},
		{"F1.604 F5.012 F6.016 Time Sync", packet.TimeSync, true, true},
		{"F1.605 F5.012 F6.016 DHCP", packet.DHCP, true, true},
		{"F5.012 F6.016 ECS task metadata, on the host only", packet.ECSTaskMetadata, true, true},
		{"F1.607 F5.012 F6.016 router", packet.Router, true, true},
		{"a value without a name", 200, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.unfiltered, tt.kind.Unfiltered())
			assert.Equal(t, tt.unlogged, tt.kind.Unlogged())
		})
	}
}

func TestExemptKindText(t *testing.T) {
	for kind, want := range map[packet.ExemptKind]string{
		0:                       `""`,
		packet.AmazonDNS:        `"amazon-dns"`,
		packet.WindowsLicense:   `"windows-license"`,
		packet.InstanceMetadata: `"instance-metadata"`,
		packet.TimeSync:         `"time-sync"`,
		packet.DHCP:             `"dhcp"`,
		packet.ECSTaskMetadata:  `"ecs-task-metadata"`,
		packet.Router:           `"router"`,
	} {
		text, err := json.Marshal(kind)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		var back packet.ExemptKind
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, kind, back)
	}
	_, err := packet.ExemptKind(200).MarshalText()
	assert.Error(t, err)
	assert.Equal(t, "ExemptKind(200)", packet.ExemptKind(200).String())
	assert.Error(t, new(packet.ExemptKind).UnmarshalText([]byte("ntp")))
}

func TestExemptAllocatesNothing(t *testing.T) {
	p := packet.Packet{
		Src: netip.MustParseAddr("10.0.1.10"), SrcPort: 49152,
		Dst: netip.MustParseAddr("169.254.169.254"), DstPort: 80,
		Protocol: packet.TCP,
	}
	assert.Zero(t, testing.AllocsPerRun(100, func() { packet.Exempt(p, exemptDNS, exemptRouter) }))
}

func BenchmarkExempt(b *testing.B) {
	for _, dst := range []string{"10.0.2.20", "169.254.169.254"} {
		p := packet.Packet{
			Src: netip.MustParseAddr("10.0.1.10"), SrcPort: 49152,
			Dst: netip.MustParseAddr(dst), DstPort: 80,
			Protocol: packet.TCP,
		}
		b.Run(dst, func(b *testing.B) {
			for b.Loop() {
				packet.Exempt(p, exemptDNS, exemptRouter)
			}
		})
	}
}

func ExampleExempt() {
	vpcDNS, router := netip.MustParseAddr("10.0.0.2"), netip.MustParseAddr("10.0.1.1")
	p := packet.Packet{
		Src: netip.MustParseAddr("10.0.1.10"), SrcPort: 49152,
		Dst: netip.MustParseAddr("169.254.169.254"), DstPort: 80,
		Protocol: packet.TCP,
	}
	kind, ok := packet.Exempt(p, vpcDNS, router)
	fmt.Println(kind, ok, kind.Unfiltered(), kind.Unlogged())
	// Output: instance-metadata true true true
}

// ExemptTo is about the way to a service only: an answer of one, or what pretends to be it, is none (F5.012).
func TestExemptTo(t *testing.T) {
	dns, router := netip.MustParseAddr("10.0.0.2"), netip.MustParseAddr("10.0.1.1")
	a := netip.MustParseAddr
	for name, c := range map[string]struct {
		p    packet.Packet
		want packet.ExemptKind
		ok   bool
	}{
		"F1.601 to the resolver":          {packet.Packet{Src: a("10.0.1.9"), Dst: dns, Protocol: packet.UDP, DstPort: 53}, packet.AmazonDNS, true},
		"F1.601 from the resolver":        {packet.Packet{Src: dns, Dst: a("10.0.1.9"), Protocol: packet.UDP, SrcPort: 53}, 0, false},
		"F1.605 DHCP to everybody":        {packet.Packet{Dst: a("255.255.255.255"), Protocol: packet.UDP, SrcPort: 68, DstPort: 67}, packet.DHCP, true},
		"F1.605 DHCP to the router":       {packet.Packet{Dst: router, Protocol: packet.UDP, SrcPort: 68, DstPort: 67}, packet.DHCP, true},
		"F1.605 DHCPv6 to all servers":    {packet.Packet{Dst: a("ff02::1:2"), Protocol: packet.UDP, SrcPort: 546, DstPort: 547}, packet.DHCP, true},
		"F1.605 those ports to elsewhere": {packet.Packet{Dst: a("8.8.8.8"), Protocol: packet.UDP, SrcPort: 68, DstPort: 67}, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := packet.ExemptTo(c.p, dns, router)
			assert.Equal(t, c.ok, ok)
			if ok {
				assert.Equal(t, c.want, got)
			}
		})
	}
}
