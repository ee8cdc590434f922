package packetwalk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// This file is of sessions whose two ends are part of the network: what one end's controls do to a packet, the other end's
// have to understand.

// without takes the rules of a group in one direction away.
func without(c packetwalk.Config, group string, d packet.Direction) packetwalk.Config {
	for i := range c.SecurityGroups {
		if g := &c.SecurityGroups[i]; g.ID == group {
			g.Rules = slices.DeleteFunc(slices.Clone(g.Rules), func(r sg.Rule) bool { return r.Direction == d })
		}
	}
	return c
}

// TestSessionEndpointCloses: what a service behind an interface endpoint says last is seen once by the endpoint's groups, which
// let nothing out but answers.
func TestSessionEndpointCloses(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	a := v.Subnet("a", "10.0.1.0/24")
	a.Instance("caller")
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", a).Allow("tcp/443", packetwalk.CIDR("10.0.0.0/16"))
	n := mustNetwork(t, without(b.Config(), "sqs-sg", packet.Egress))
	t.Run("F5.010 F1.511 the service resets", func(t *testing.T) {
		k := opens(t, n.NewSession(time.Time{}), "caller", "sqs", "tcp/443")
		k.hears(packet.RST, goesThrough, "RST")
		assert.Zero(t, k.s.Live())
		k.hears(data, trace.VPCEIntraVPCTraffic, "F7.105 data after it")
	})
	t.Run("F5.010 F1.511 the service closes first", func(t *testing.T) {
		k := opens(t, n.NewSession(time.Time{}), "caller", "sqs", "tcp/443")
		k.hears(packet.FIN|packet.ACK, goesThrough, "FIN")
		k.says(packet.FIN|packet.ACK, goesThrough, "FIN and ACK")
		k.hears(packet.SYN, trace.VPCEIntraVPCTraffic, "F7.105 a call in the place of what is closed")
		k.hears(packet.ACK, goesThrough, "the last ACK")
		assert.Zero(t, k.s.Live())
	})
}

// twoEnds are two VPCs with an internet gateway each: "web" answers DNS to all, and "asker" takes nothing but answers. "inner"
// is behind a NAT gateway of the VPC of asker.
func twoEnds() *packetwalk.Builder {
	b := packetwalk.New()
	v, w := b.VPC("app", "10.0.0.0/16"), b.VPC("far", "10.1.0.0/16")
	v.Subnet("servers", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).
		Instance("web").ElasticIP("198.51.100.77").Allow("udp/53", packetwalk.CIDR("198.51.100.0/24")).Allow("icmp", packetwalk.CIDR("198.51.100.0/24"))
	public := w.Subnet("public", "10.1.0.0/24").Route("0.0.0.0/0", w.InternetGateway("far-igw"))
	public.Instance("asker").ElasticIP("198.51.100.78")
	w.Subnet("private", "10.1.1.0/24").Route("0.0.0.0/0", public.NAT("nat")).Instance("inner")
	return b
}

// TestSessionErrorsOverTheInternet: an ICMP error names the packet that it is about as its reader knows it, through every
// translation on the way.
func TestSessionErrorsOverTheInternet(t *testing.T) {
	unreachable := func(p packet.Packet) packet.Packet {
		e := p.TooBig(p.Dst)
		e.ICMPCode = 3 // port unreachable
		return e
	}
	for _, from := range []string{"asker", "inner"} {
		t.Run("F4.002 F5.010 from the server to "+from, func(t *testing.T) {
			k := opens(t, begin(t, twoEnds()), from, "198.51.100.77", "udp/53")
			tr := k.sends("web", unreachable(k.arrived), goesThrough, "nobody listens")
			assert.Equal(t, packet.Quote{Dst: k.request.Dst, SrcPort: k.request.SrcPort, DstPort: 53, Protocol: packet.UDP}, tr.Last.Quoted)
		})
		t.Run("F4.002 F5.010 to the server from "+from, func(t *testing.T) {
			s := begin(t, twoEnds())
			k := opens(t, s, from, "198.51.100.77", "udp/53")
			cfg := without(twoEnds().Config(), "web-sg", packet.Ingress)
			assert.NoError(t, s.Apply(mustNetwork(t, cfg)))
			answer, _ := k.request.Reply()
			k.sends(from, unreachable(answer), goesThrough, "nobody waits for the answer any more")
		})
	}
	t.Run("F4.204 F5.010 about a ping whose identifier the NAT gateway changed", func(t *testing.T) {
		b := twoEnds()
		s := begin(t, b)
		p := packet.Packet{Dst: addr("198.51.100.77"), Protocol: packet.ICMP, ICMPType: packet.ICMPEchoRequest, ICMPID: 7}
		p.Src = addr("10.1.1.99") // another host with the same identifier
		other := b.Config()
		for i := range other.Interfaces {
			if e := &other.Interfaces[i]; e.Attachment.Instance == "inner" {
				e.Private = []subnet.Address{{Private: addr("10.1.1.98")}, {Private: addr("10.1.1.99")}}
			}
		}
		assert.NoError(t, s.Apply(mustNetwork(t, other)))
		k := talk{T: t, s: s, from: "inner", to: "web"}
		k.sends("inner", p, goesThrough, "the first")
		p.Src = addr("10.1.1.98")
		k.request, k.arrived = p, k.sends("inner", p, goesThrough, "the second").Last
		assert.NotEqual(t, p.ICMPID, k.arrived.ICMPID)
		assert.NoError(t, s.Apply(mustNetwork(t, without(other, "web-sg", packet.Ingress))))
		answer, _ := p.Reply()
		tr := k.sends("inner", answer.TooBig(p.Src), goesThrough, "the answer is too long")
		assert.Equal(t, packet.Quote{Dst: k.arrived.Src, SrcPort: k.arrived.ICMPID, Protocol: packet.ICMP}, tr.Last.Quoted)
	})
}
