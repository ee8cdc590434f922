package packetwalk_test

import (
	"strings"
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// fourInstances is the network of the advanced example in AWS's guide to VPC Block Public Access: A and B in
// public subnets, C and D in a private one, out by a NAT gateway in B's subnet over IPv4, by an egress-only
// gateway over IPv6.
func fourInstances() packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("vpc", "10.0.0.0/16", "2001:db8:1::/56")
	igw, eigw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("eigw")
	group := v.Group("instances").Allow("tcp/22", packetwalk.Anywhere).Allow("icmp/-1/-1", packetwalk.Anywhere)
	subnetA := v.Subnet("subnet-a", "10.0.1.0/24").Route("0.0.0.0/0", igw)
	subnetB := v.Subnet("subnet-b", "10.0.2.0/24").Route("0.0.0.0/0", igw)
	subnetC := v.Subnet("subnet-c", "10.0.3.0/24", "2001:db8:1:3::/64").Route("0.0.0.0/0", subnetB.NAT("nat")).Route("::/0", eigw)
	subnetA.Instance("a").PublicIP().Groups(group)
	subnetB.Instance("b").PublicIP().Groups(group)
	subnetC.Instance("c").Groups(group)
	subnetC.Instance("d").IPv6("2001:db8:1:3::10").Groups(group)
	return b.Config()
}

// TestBlockPublicAccessAdvancedExample holds the six scenarios of that guide: who is pinged from the
// internet, and who pings a site there. The answers are those that the guide shows.
func TestBlockPublicAccessAdvancedExample(t *testing.T) {
	const off, both, ingress = vpc.BPAOff, vpc.BPABidirectional, vpc.BPAIngress
	pings := []struct {
		name, from, to, service, gateway string
	}{
		{">a", "internet", "a", "icmp/echo-request", "igw"},
		{">b", "internet", "b", "icmp/echo-request", "igw"},
		{"a>", "a", "internet", "icmp/echo-request", "igw"},
		{"b>", "b", "internet", "icmp/echo-request", "igw"},
		{"c>", "c", "internet", "icmp/echo-request", "igw"},
		{"d>", "d", "2001:db8:ffff::10", "icmpv6/echo-request", "eigw"},
	}
	for _, c := range []struct {
		name      string
		mode      vpc.BPAMode
		exclusion vpc.BPAExclusionMode // of A's subnet
		works     string
	}{
		{"F3.101 scenario 1: without it", off, 0, ">a >b a> b> c> d>"},
		{"F3.102 scenario 2: bidirectional", both, 0, ""},
		{"F3.103 scenario 3: ingress-only", ingress, 0, "c> d>"},
		{"F3.105 scenario 4: and A's subnet excluded both ways", ingress, bothWays, ">a a> c> d>"},
		{"F3.105 scenario 5: and A's subnet excluded outward", ingress, outward, "c> d>"},
		{"F3.105 scenario 6: bidirectional, A's subnet excluded outward", both, outward, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var exclusions []vpc.BPAExclusion
			if c.exclusion != 0 {
				exclusions = append(exclusions, ofSubnet("subnet-a", c.exclusion))
			}
			n := blocking(t, fourInstances(), c.mode, exclusions...)
			for _, p := range pings {
				want := drops(trace.VPCBlockPublicAccessEnabled, p.gateway)
				if strings.Contains(" "+c.works+" ", " "+p.name+" ") {
					want = works
				}
				checkWalk(t, n, walkCase{from: p.from, to: p.to, service: p.service, want: want})
			}
		})
	}
}
