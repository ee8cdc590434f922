package gateway_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
)

func TestNATTranslate(t *testing.T) {
	from := func(proto packet.Protocol, port uint16) packet.Packet {
		return packet.Packet{Src: addr("10.0.1.5"), Dst: addr("8.8.8.8"), SrcPort: port, DstPort: 53, Protocol: proto}
	}
	ping := packet.Packet{Src: addr("10.0.1.5"), Dst: addr("8.8.8.8"), Protocol: packet.ICMP, ICMPType: 8}
	tooBig := packet.Packet{Src: addr("10.0.1.5"), Dst: addr("8.8.8.8"), Protocol: packet.ICMP, ICMPType: 3, ICMPCode: 4}
	const nat = "10.0.0.9"
	tests := []struct {
		name     string
		p        packet.Packet
		private  string
		want     gateway.Refusal
		wantSrc  string
		wantPort uint16
	}{
		{"F4.203 TCP", from(packet.TCP, 40000), nat, gateway.Forwards, nat, 40000},
		{"F4.203 UDP", from(packet.UDP, 40000), nat, gateway.Forwards, nat, 40000},
		{"F4.203 ICMP echo has no port", ping, nat, gateway.Forwards, nat, 0},
		{"F4.203 ICMP of every type", tooBig, nat, gateway.Forwards, nat, 0},
		{"F4.203 ESP is dropped", from(packet.ESP, 0), nat, gateway.ProtocolNotForwarded, "10.0.1.5", 0},
		{"F4.203 GRE is dropped", from(packet.GRE, 0), nat, gateway.ProtocolNotForwarded, "10.0.1.5", 0},
		{"F4.203 AH is dropped", from(packet.AH, 0), nat, gateway.ProtocolNotForwarded, "10.0.1.5", 0},
		{"F4.203 SCTP is dropped", from(packet.SCTP, 0), nat, gateway.ProtocolNotForwarded, "10.0.1.5", 0},
		{"F4.203 ICMPv6 in IPv4 is dropped", from(packet.ICMPv6, 0), nat, gateway.ProtocolNotForwarded, "10.0.1.5", 0},
		{"F4.203 IPv6 is dropped", tcp("2001:db8::5", "2600::1"), nat, gateway.ProtocolNotForwarded, "2001:db8::5", 40000},
		{"F4.204 the lowest port that stays", from(packet.TCP, 1024), nat, gateway.Forwards, nat, 1024},
		{"F4.204 the highest port", from(packet.UDP, 65535), nat, gateway.Forwards, nat, 65535},
		{"F4.204 the highest port that moves", from(packet.TCP, 1023), nat, gateway.Forwards, nat, 2047},
		{"F4.204 port zero", from(packet.UDP, 0), nat, gateway.Forwards, nat, 1024},
		{"F4.205 to a private destination", tcp("10.0.1.5", "10.9.0.1"), nat, gateway.Forwards, nat, 40000},
		{"F4.221 inside the VPC", tcp("10.0.1.5", "10.0.2.1"), nat, gateway.Forwards, nat, 40000},
		{"no address to send from", from(packet.TCP, 40000), "", gateway.NoPublicAddress, "10.0.1.5", 40000},
	}
	var g gateway.NAT
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := tt.p
			want.Src, want.SrcPort = addr(tt.wantSrc), tt.wantPort
			got, refusal := g.Translate(tt.p, addr(tt.private))
			assert.Equal(t, tt.want, refusal)
			if diff := cmp.Diff(want, got, equal); diff != "" {
				t.Errorf("packet (-want +got):\n%s", diff)
			}
		})
	}
}

// anyAddr draws an address of either family, or none.
func anyAddr(t *rapid.T, label string) (text string) {
	return rapid.SampledFrom([]string{
		"", "0.0.0.0", "8.8.8.8", "10.0.0.4", "100.64.0.1", "127.0.0.1", "169.254.1.1", "255.255.255.255",
		"::", "::1", "2001:db8::4", "fd80::4", "fe80::4%eth0", "ff02::1", "::ffff:8.8.8.8", "::ffff:10.0.0.4",
	}).Draw(t, label)
}

// Whatever the packet: no gateway panics, a refused packet comes back as it was, and a forwarded
// one has changed in the field that its gateway rewrites and in no other.
func TestGatewaysChangeOneField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := packet.Packet{
			Src: addr(anyAddr(t, "src")), Dst: addr(anyAddr(t, "dst")),
			SrcPort: rapid.Uint16().Draw(t, "srcPort"), DstPort: rapid.Uint16().Draw(t, "dstPort"),
			Protocol: packet.Protocol(rapid.Byte().Draw(t, "protocol")), Flags: packet.Flags(rapid.Byte().Draw(t, "flags")),
			ICMPType: rapid.Byte().Draw(t, "type"), ICMPCode: rapid.Byte().Draw(t, "code"), Length: rapid.Uint32().Draw(t, "length"),
		}
		other := addr(anyAddr(t, "other"))

		out, refusal := (*gateway.Internet)(nil).Out(p, other)
		assert.True(t, refusal == gateway.Forwards || out == p, "out")
		out.Src = p.Src
		assert.Equal(t, p, out)

		in, refusal := (*gateway.Internet)(nil).In(p, other)
		assert.True(t, refusal == gateway.Forwards || in == p, "in")
		in.Dst = p.Dst
		assert.Equal(t, p, in)

		sent, refusal := (*gateway.NAT)(nil).Translate(p, other)
		assert.True(t, refusal == gateway.Forwards || sent == p, "translate")
		assert.True(t, refusal != gateway.Forwards || !p.Protocol.HasPorts() || sent.SrcPort >= 1024, "F4.204 port %d", sent.SrcPort)
		sent.Src, sent.SrcPort = p.Src, p.SrcPort
		assert.Equal(t, p, sent)

		if (*gateway.EgressOnly)(nil).Out(p) == gateway.Forwards {
			assert.True(t, p.Is6(), "F4.101")
		}
	})
}

func TestGatewaysDoNotAllocate(t *testing.T) {
	var igw gateway.Internet
	var eigw gateway.EgressOnly
	var nat gateway.NAT
	p, six, other := tcp("10.0.0.4", "8.8.8.8"), tcp("2001:db8::4", "2600::1"), addr("52.1.1.1")
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		igw.Out(p, other)
		igw.In(p, other)
		igw.Out(six, other)
		igw.In(six, other)
		eigw.Out(six)
		nat.Translate(p, other)
	}))
}
