package gateway_test

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
)

// addr parses an address; "" is the invalid one.
func addr(text string) netip.Addr {
	if text == "" {
		return netip.Addr{}
	}
	return netip.MustParseAddr(text)
}

// tcp is a packet to port 443.
func tcp(src, dst string) packet.Packet {
	return packet.Packet{Src: addr(src), Dst: addr(dst), SrcPort: 40000, DstPort: 443, Protocol: packet.TCP}
}

var equal = cmpopts.EquateComparable(netip.Addr{})

func TestInternetOut(t *testing.T) {
	const forwards = gateway.Forwards
	tests := []struct {
		name     string
		src, dst string
		public   string
		want     gateway.Refusal
		wantSrc  string
	}{
		{"F4.002 source becomes the public address", "10.0.0.4", "8.8.8.8", "52.1.1.1", forwards, "52.1.1.1"},
		{"F4.004 no public address", "10.0.0.4", "8.8.8.8", "", gateway.NoPublicAddress, "10.0.0.4"},
		{"F4.004 an IPv6 address does not stand for IPv4", "10.0.0.4", "8.8.8.8", "2001:db8::1", gateway.NoPublicAddress, "10.0.0.4"},
		{"F4.004 no public address comes before a private destination", "10.0.0.4", "10.9.0.1", "", gateway.NoPublicAddress, "10.0.0.4"},
		{"F4.011 to a public address of the same VPC", "10.0.0.4", "52.1.1.2", "52.1.1.1", forwards, "52.1.1.1"},
		{"F4.014 a private NAT gateway has no public address", "10.0.0.9", "8.8.8.8", "", gateway.NoPublicAddress, "10.0.0.9"},
		{"F4.006 to 10/8", "10.0.0.4", "10.9.0.1", "52.1.1.1", gateway.DestinationRFC1918, "10.0.0.4"},
		{"F4.006 to the last of 10/8", "10.0.0.4", "10.255.255.255", "52.1.1.1", gateway.DestinationRFC1918, "10.0.0.4"},
		{"F4.006 11.0.0.0 is public", "10.0.0.4", "11.0.0.0", "52.1.1.1", forwards, "52.1.1.1"},
		{"F4.006 to 172.16/12", "10.0.0.4", "172.16.0.0", "52.1.1.1", gateway.DestinationRFC1918, "10.0.0.4"},
		{"F4.006 to the last of 172.16/12", "10.0.0.4", "172.31.255.255", "52.1.1.1", gateway.DestinationRFC1918, "10.0.0.4"},
		{"F4.006 172.32.0.0 is public", "10.0.0.4", "172.32.0.0", "52.1.1.1", forwards, "52.1.1.1"},
		{"F4.006 to 192.168/16", "10.0.0.4", "192.168.1.1", "52.1.1.1", gateway.DestinationRFC1918, "10.0.0.4"},
		{"F4.006 100.63.255.255 is public", "10.0.0.4", "100.63.255.255", "52.1.1.1", forwards, "52.1.1.1"},
		{"F4.006 to 100.64/10", "10.0.0.4", "100.64.0.0", "52.1.1.1", gateway.DestinationRFC6598, "10.0.0.4"},
		{"F4.006 to the last of 100.64/10", "10.0.0.4", "100.127.255.255", "52.1.1.1", gateway.DestinationRFC6598, "10.0.0.4"},
		{"F4.006 100.128.0.0 is public", "10.0.0.4", "100.128.0.0", "52.1.1.1", forwards, "52.1.1.1"},
		{"unrouted 0/8", "10.0.0.4", "0.1.2.3", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"unrouted loopback", "10.0.0.4", "127.0.0.1", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"unrouted link-local", "10.0.0.4", "169.254.169.254", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"unrouted multicast", "10.0.0.4", "224.0.0.1", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"unrouted reserved", "10.0.0.4", "240.0.0.1", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"unrouted broadcast", "10.0.0.4", "255.255.255.255", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"unrouted nowhere", "10.0.0.4", "", "52.1.1.1", gateway.DestinationUnrouted, "10.0.0.4"},
		{"223.255.255.255 is public", "10.0.0.4", "223.255.255.255", "52.1.1.1", forwards, "52.1.1.1"},
		{"documentation addresses are internet hosts", "10.0.0.4", "203.0.113.9", "198.51.100.1", forwards, "198.51.100.1"},

		{"F4.009 IPv6 is not translated", "2001:db8::4", "2600::1", "52.1.1.1", forwards, "2001:db8::4"},
		{"F4.009 IPv6 needs no public address", "2001:db8::4", "2600::1", "", forwards, "2001:db8::4"},
		{"F3.021 from a unique local address", "fd80::4", "2600::1", "", gateway.PrivateIPv6, "fd80::4"},
		{"F3.021 from the rest of fc00::/7", "fc00::4", "2600::1", "", gateway.PrivateIPv6, "fc00::4"},
		{"F3.021 from link-local", "fe80::4", "2600::1", "", gateway.PrivateIPv6, "fe80::4"},
		{"F3.021 an IPv4 source in IPv6", "::ffff:10.0.0.4", "2600::1", "", gateway.PrivateIPv6, "::ffff:10.0.0.4"},
		{"F3.021 comes before the destination", "fd80::4", "fd80::5", "", gateway.PrivateIPv6, "fd80::4"},
		{"unrouted IPv6 unique local", "2001:db8::4", "fd80::5", "", gateway.DestinationUnrouted, "2001:db8::4"},
		{"unrouted IPv6 link-local", "2001:db8::4", "fe80::5", "", gateway.DestinationUnrouted, "2001:db8::4"},
		{"unrouted IPv6 multicast", "2001:db8::4", "ff02::1", "", gateway.DestinationUnrouted, "2001:db8::4"},
		{"unrouted IPv6 unspecified", "2001:db8::4", "::", "", gateway.DestinationUnrouted, "2001:db8::4"},
		{"unrouted IPv6 loopback", "2001:db8::4", "::1", "", gateway.DestinationUnrouted, "2001:db8::4"},
		{"F4.215 only a NAT gateway leads to 64:ff9b::/96", "2001:db8::4", "64:ff9b::8.8.8.8", "", gateway.DestinationUnrouted, "2001:db8::4"},
	}
	var g gateway.Internet
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := tcp(tt.src, tt.dst)
			want := p // F4.010: nothing but the source changes
			want.Src = addr(tt.wantSrc)
			got, refusal := g.Out(p, addr(tt.public))
			assert.Equal(t, tt.want, refusal)
			if diff := cmp.Diff(want, got, equal); diff != "" {
				t.Errorf("packet (-want +got):\n%s", diff)
			}
		})
	}
}

func TestInternetIn(t *testing.T) {
	const forwards = gateway.Forwards
	tests := []struct {
		name     string
		src, dst string
		private  string
		want     gateway.Refusal
		wantDst  string
	}{
		{"F4.002 destination becomes the private address", "8.8.8.8", "52.1.1.1", "10.0.0.4", forwards, "10.0.0.4"},
		{"F4.002 a VPC may have public blocks", "8.8.8.8", "52.1.1.1", "44.0.0.4", forwards, "44.0.0.4"},
		{"F4.005 nobody holds it", "8.8.8.8", "52.1.1.1", "", gateway.NotAssociated, "52.1.1.1"},
		{"F4.005 an IPv6 address does not stand behind IPv4", "8.8.8.8", "52.1.1.1", "2001:db8::1", gateway.NotAssociated, "52.1.1.1"},
		{"F4.005 for nobody", "8.8.8.8", "", "10.0.0.4", gateway.NotAssociated, ""},
		{"F4.006 from 10/8", "10.0.0.1", "52.1.1.1", "10.0.0.4", gateway.SourceRFC1918, "52.1.1.1"},
		{"F4.006 from 172.16/12", "172.31.0.1", "52.1.1.1", "10.0.0.4", gateway.SourceRFC1918, "52.1.1.1"},
		{"F4.006 from 192.168/16", "192.168.0.1", "52.1.1.1", "10.0.0.4", gateway.SourceRFC1918, "52.1.1.1"},
		{"F4.006 from 100.64/10", "100.100.0.1", "52.1.1.1", "10.0.0.4", gateway.SourceRFC6598, "52.1.1.1"},
		{"F4.006 comes before the destination", "10.0.0.1", "52.1.1.1", "", gateway.SourceRFC1918, "52.1.1.1"},
		{"F4.011 from a public address of the same VPC", "52.1.1.2", "52.1.1.1", "10.0.0.4", forwards, "10.0.0.4"},
		{"documentation addresses are internet hosts", "203.0.113.9", "198.51.100.1", "10.0.0.4", forwards, "10.0.0.4"},

		{"F4.009 IPv6 comes in as it is", "2600::1", "2001:db8::4", "", forwards, "2001:db8::4"},
		{"F4.009 IPv6 is not translated", "2600::1", "2001:db8::4", "10.0.0.4", forwards, "2001:db8::4"},
		{"F3.021 from a unique local address", "fd80::1", "2001:db8::4", "", gateway.PrivateIPv6, "2001:db8::4"},
		{"F3.021 from link-local", "fe80::1", "2001:db8::4", "", gateway.PrivateIPv6, "2001:db8::4"},
		{"F3.021 to a unique local address", "2600::1", "fd80::4", "", gateway.NotAssociated, "fd80::4"},
	}
	var g gateway.Internet
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := tcp(tt.src, tt.dst)
			want := p // F4.010: nothing but the destination changes
			want.Dst = addr(tt.wantDst)
			got, refusal := g.In(p, addr(tt.private))
			assert.Equal(t, tt.want, refusal)
			if diff := cmp.Diff(want, got, equal); diff != "" {
				t.Errorf("packet (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEgressOnlyOut(t *testing.T) {
	tests := []struct {
		name     string
		src, dst string
		want     gateway.Refusal
	}{
		{"F4.101 IPv6 leaves", "2001:db8::4", "2600::1", gateway.Forwards},
		{"F4.101 IPv4 does not", "10.0.0.4", "8.8.8.8", gateway.ProtocolNotForwarded},
		{"F4.101 nor does nothing", "", "", gateway.ProtocolNotForwarded},
		{"F3.021 from a unique local address", "fd80::4", "2600::1", gateway.PrivateIPv6},
		{"F3.021 to a unique local address", "2001:db8::4", "fd80::5", gateway.DestinationUnrouted},
		{"unrouted multicast", "2001:db8::4", "ff02::1", gateway.DestinationUnrouted},
		{"F4.215 only a NAT gateway leads to 64:ff9b::/96", "2001:db8::4", "64:ff9b::8.8.8.8", gateway.DestinationUnrouted},
	}
	var g gateway.EgressOnly
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, g.Out(tcp(tt.src, tt.dst)))
		})
	}
}

// TestInternetOutQuote: F4.002, an ICMP error about what came for the public address quotes that address
// outside.
func TestInternetOutQuote(t *testing.T) {
	var g gateway.Internet
	p := packet.Packet{
		Src: addr("10.0.0.4"), Dst: addr("8.8.8.8"), Protocol: packet.ICMP, ICMPType: 3, ICMPCode: 3,
		Quoted: packet.Quote{Dst: addr("10.0.0.4"), SrcPort: 53, DstPort: 40000, Protocol: packet.UDP},
	}
	got, refusal := g.Out(p, addr("52.1.1.1"))
	assert.Equal(t, gateway.Forwards, refusal)
	assert.Equal(t, addr("52.1.1.1"), got.Quoted.Dst)
	p.Quoted.Dst = addr("10.0.0.5")
	got, _ = g.Out(p, addr("52.1.1.1"))
	assert.Equal(t, addr("10.0.0.5"), got.Quoted.Dst, "about what was for somebody else")
}
