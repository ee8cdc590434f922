package elb_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/packet"
)

var addr = netip.MustParseAddr

func TestTakes(t *testing.T) {
	nlb := elb.LoadBalancer{Listeners: []elb.Listener{
		{Protocol: packet.TCP, Port: 443}, {Protocol: packet.UDP, Port: 53}, {Protocol: packet.TCP, Port: 53},
	}}
	for _, tt := range []struct {
		name string
		p    packet.Packet
		want string
	}{
		{"item 114 its port", packet.Packet{Protocol: packet.TCP, DstPort: 443}, "tcp/443"},
		{"item 114 another port", packet.Packet{Protocol: packet.TCP, DstPort: 22}, ""},
		{"item 114 another protocol", packet.Packet{Protocol: packet.UDP, DstPort: 443}, ""},
		{"F7.102 UDP", packet.Packet{Protocol: packet.UDP, DstPort: 53}, "udp/53"},
		{"F7.102 TCP on the port of a UDP listener", packet.Packet{Protocol: packet.TCP, DstPort: 53}, "tcp/53"},
		{"F7.102 a ping", packet.Packet{Protocol: packet.ICMP, ICMPType: 8}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, nlb.Takes(tt.p).String()) })
	}
	assert.Nil(t, (*elb.LoadBalancer)(nil).Takes(packet.Packet{Protocol: packet.TCP, DstPort: 443}))
	odd := elb.LoadBalancer{Listeners: []elb.Listener{{Protocol: packet.ICMP}}}
	assert.Nil(t, odd.Takes(packet.Packet{Protocol: packet.ICMP}), "a listener that Validate refuses takes nothing")
}

func TestServes(t *testing.T) {
	enabled := []string{"us-east-1a", "us-east-1b"}
	for _, tt := range []struct {
		name         string
		cross        bool
		from, target string
		want         bool
	}{
		{"F9.202 its own zone", false, "us-east-1a", "us-east-1a", true},
		{"F9.202 off by default", false, "us-east-1a", "us-east-1b", false},
		{"F9.202 across zones", true, "us-east-1a", "us-east-1b", true},
		{"F9.203 not to a zone that is not enabled", true, "us-east-1a", "us-east-1c", false},
		{"F9.203 a target outside of the VPC is in no zone", false, "us-east-1a", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, (&elb.LoadBalancer{CrossZone: tt.cross}).Serves(tt.from, tt.target, enabled))
		})
	}
	assert.False(t, (*elb.LoadBalancer)(nil).Serves("a", "b", []string{"b"}))
}

func TestKeepsClient(t *testing.T) {
	instance, address := elb.Target{Instance: "i-1"}, elb.Target{Address: addr("10.0.0.4")}
	for _, tt := range []struct {
		name   string
		of     packet.Protocol
		target elb.Target
		want   bool
	}{
		{"F9.204 instances, TCP", packet.TCP, instance, true},
		{"F9.204 instances, UDP", packet.UDP, instance, true},
		{"F9.204 addresses, TCP", packet.TCP, address, false},
		{"F9.204 addresses, UDP", packet.UDP, address, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, (&elb.Listener{Protocol: tt.of}).KeepsClient(tt.target))
		})
	}
}

func TestOpen(t *testing.T) {
	call := packet.Packet{
		Src: addr("10.0.1.10"), Dst: addr("10.0.1.20"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN, Length: 60,
	}
	l := elb.Listener{Protocol: packet.TCP, Port: 443}
	got := l.Open(call, addr("172.16.1.4"), addr("172.16.2.10"), elb.Target{})
	want := call
	want.Src, want.Dst = addr("172.16.1.4"), addr("172.16.2.10")
	assert.Equal(t, want, got, "F7.202 from the load balancer's address, to the listener's port")

	got = l.Open(call, addr("172.16.1.4"), addr("172.16.2.10"), elb.Target{Port: 8443})
	assert.EqualValues(t, 8443, got.DstPort, "F7.202 to the target's own port")

	call.SrcPort = 1023
	assert.EqualValues(t, 2047, l.Open(call, addr("::1"), addr("::2"), elb.Target{}).SrcPort, "F9.209 from 1024 on")
}

func TestCarry(t *testing.T) {
	ap := netip.MustParseAddrPort
	four := packet.Packet{Src: addr("10.0.0.4"), Dst: addr("10.0.0.5"), Protocol: packet.TCP, Length: 60}
	got := elb.Carry(four, ap("[2001:db8::4]:1"), ap("[2001:db8::5]:2"))
	want := packet.Packet{Src: addr("2001:db8::4"), Dst: addr("2001:db8::5"), SrcPort: 1, DstPort: 2, Protocol: packet.TCP, Length: 80}
	assert.Equal(t, want, got, "F9.204 from IPv4 to IPv6")
	back := elb.Carry(got, ap("10.0.0.4:0"), ap("10.0.0.5:0"))
	assert.Equal(t, four, back, "F9.204 and back")
	four.Length = 0
	assert.Zero(t, elb.Carry(four, ap("[2001:db8::4]:1"), ap("[2001:db8::5]:2")).Length)
}

// Load balancers send from 1024-65535 (F9.209), whatever the client's port.
func TestOpensFromHighPorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := packet.Packet{Protocol: packet.TCP, SrcPort: rapid.Uint16().Draw(t, "port")}
		l := elb.Listener{Protocol: packet.TCP, Port: 1}
		assert.GreaterOrEqual(t, l.Open(p, addr("10.0.0.4"), addr("10.0.0.5"), elb.Target{}).SrcPort, uint16(1024))
	})
}

func TestString(t *testing.T) {
	assert.Equal(t, "", (*elb.Listener)(nil).String())
	assert.Equal(t, "udp/53", (&elb.Listener{Protocol: packet.UDP, Port: 53}).String())
	assert.Equal(t, "web", elb.Target{Instance: "web"}.String())
	assert.Equal(t, "10.0.0.4", elb.Target{Address: addr("10.0.0.4")}.String())
}
