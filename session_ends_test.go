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

// This file is of sessions whose two ends are part of the network: what one end's controls do to a packet,
// the other end's have to understand.

// without takes the rules of a group in one direction away.
func without(c packetwalk.Config, group string, d packet.Direction) packetwalk.Config {
	for i := range c.SecurityGroups {
		if g := &c.SecurityGroups[i]; g.ID == group {
			g.Rules = slices.DeleteFunc(slices.Clone(g.Rules), func(r sg.Rule) bool { return r.Direction == d })
		}
	}
	return c
}

// TestSessionEndpointCloses: what a service behind an interface endpoint says last is seen once by the
// endpoint's groups, which let nothing out but answers.
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

// twoEnds are two VPCs with an internet gateway each: "web" answers DNS to all, and "asker" takes nothing but
// answers. "inner" is behind a NAT gateway of the VPC of asker.
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

// TestSessionErrorsOverTheInternet: an ICMP error names the packet that it is about as its reader knows it,
// through every translation on the way.
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
			cfg := without(without(twoEnds().Config(), "web-sg", packet.Ingress), from+"-sg", packet.Egress)
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

// openEnds are two VPCs that are joined, in which every group is open both ways: that of "near", of the
// Lambda function "function", and of an interface endpoint in the one, of "far" and "web" in the other.
// "inner" reaches all of them but by a NAT gateway.
func openEnds() packetwalk.Config {
	b := packetwalk.New()
	v, w := b.VPC("app", "10.0.0.0/16"), b.VPC("other", "10.1.0.0/16")
	b.Peer(v, w)
	nat := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
	a := v.Subnet("a", "10.0.1.0/24")
	for _, i := range []*packetwalk.InstanceHandle{
		v.Subnet("inside", "10.0.2.0/24").Route("0.0.0.0/0", nat).Route("10.0.1.0/24", nat).Instance("inner"),
		a.Instance("near"), a.Instance("function"), w.Subnet("b", "10.1.0.0/24").Instance("far"),
		w.Subnet("c", "10.1.1.0/24").Route("0.0.0.0/0", w.InternetGateway("other-igw")).Instance("web").ElasticIP("198.51.100.77"),
	} {
		i.Allow("all", packetwalk.Anywhere)
	}
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", v.Subnet("e", "10.0.3.0/24")).Allow("all", packetwalk.Anywhere)
	cfg := b.Config()
	for i := range cfg.Interfaces {
		if e := &cfg.Interfaces[i]; e.Attachment.Instance == "function" {
			e.Kind = subnet.Lambda
		}
	}
	return cfg
}

// TestSessionAlwaysTrackedEnds: at which end groups track what they need not, by the rules that they have.
func TestSessionAlwaysTrackedEnds(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		closes         string // whose group lets nothing in any more
		want           trace.Code
	}{
		{"F5.203 PrivateLink, at the caller", "near", "sqs", "near", goesThrough},
		{"F5.203 PrivateLink, at the endpoint", "near", "sqs", "sqs", goesThrough},
		{"F5.203 F8.021 PrivateLink over a peering, at the caller", "far", "sqs", "far", goesThrough},
		{"F5.203 a Lambda function calls, at the function", "function", "near", "function", goesThrough},
		{"F5.203 a Lambda function calls, at the server", "function", "near", "near", goesThrough},
		{"F5.203 a Lambda function calls over a peering, at the server", "function", "far", "far", goesThrough},
		{"F4.218 a NAT gateway inside the VPC, at the caller", "inner", "near", "inner", goesThrough},
		{"F4.218 a NAT gateway inside the VPC, at the server", "inner", "near", "near", goesThrough},
		{"F5.201 over the internet nobody sees that it came by one", "inner", "198.51.100.77", "web", trace.SGHasNoRules},
		{"F5.201 over a peering, at the server", "near", "far", "far", trace.SGHasNoRules},
		{"F5.201 over a peering, at the caller", "near", "far", "near", trace.SGHasNoRules},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustNetwork(t, openEnds()).NewSession(time.Time{})
			k := opens(t, s, c.from, c.to, "tcp/443")
			assert.NoError(t, s.Apply(mustNetwork(t, without(openEnds(), c.closes+"-sg", packet.Ingress))))
			if c.to == "198.51.100.77" {
				k.to = "web"
			}
			if c.closes == c.from {
				k.hears(data, c.want, "the answer")
			} else {
				k.says(data, c.want, "the caller goes on")
			}
		})
	}
}
