package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/peering"
)

// askPrivateHostname answers the names that AWS gives to private IPv4 addresses, "ip-10-0-1-5.ec2.internal"
// in us-east-1 and "ip-10-0-1-5.eu-west-1.compute.internal" elsewhere, inside their own VPC. Both DNS
// attributes have to be on, as AWS's page says of these names too
// (https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html). Ok is false for other names.
func (s *nameServer) askPrivateHostname(name string, t dns.Type) (r dns.Reply, ok bool) {
	domain := privateDomain(s.vpc.Data.Region)
	host, ok := strings.CutSuffix(name, "."+domain)
	if !ok && name != domain {
		return r, false
	}
	step := dns.Step{By: dns.PrivateHostname, ID: s.vpc.Data.ID, Name: name, Said: "is not there"}
	e := s.vpc.Addresses[dashed(host, "ip-")]
	switch {
	case e != nil && namesPrivately(s.vpc):
		return says(dns.PrivateHostname, e.Data.ID, name, t, dashed(host, "ip-"), ""), true
	case e != nil:
		step.Said = "is not there: the VPC has enableDnsHostnames off"
	}
	return dns.Reply{Outcome: dns.NoName, Steps: []dns.Step{step}}, true
}

// privateDomain is the domain of private host names in a Region.
func privateDomain(region string) string {
	if region == defaultRegion {
		return "ec2.internal"
	}
	return region + ".compute.internal"
}

// publicDomain is the domain of public host names in a Region.
func publicDomain(region string) string {
	domain := region + ".compute.amazonaws.com"
	switch {
	case region == defaultRegion:
		return "compute-1.amazonaws.com"
	case strings.HasPrefix(region, "cn-"):
		return domain + ".cn"
	}
	return domain
}

// dashed reads the address of a host name such as "ip-10-0-1-5"; the zero Addr for what is none.
func dashed(host, begins string) netip.Addr {
	text, ok := strings.CutPrefix(host, begins)
	if !ok || strings.Contains(text, ".") {
		return netip.Addr{}
	}
	a, err := netip.ParseAddr(strings.ReplaceAll(text, "-", "."))
	if err != nil || !a.Is4() {
		return netip.Addr{}
	}
	return a
}

// askPublicHostname answers the names that AWS gives to interfaces with a public IPv4 address in a VPC with
// both DNS attributes, "ec2-203-0-113-25.compute-1.amazonaws.com" (F9.303). Inside that VPC they lead to the
// private address, from a peer where the peering says so (F8.015), and from elsewhere to the public one.
func (s *nameServer) askPublicHostname(name string, t dns.Type) (r dns.Reply, ok bool) {
	host, domain, _ := strings.Cut(name, ".")
	a := dashed(host, "ec2-")
	e := s.network.world.Public[a]
	if e == nil || !a.Is4() || !namesPrivately(e.Subnet.VPC) || domain != publicDomain(e.Subnet.VPC.Data.Region) {
		return r, false
	}
	private, why := s.leadsInside(e.Subnet.VPC)
	if private {
		a = e.Data.PrivateOf(a)
	}
	return says(dns.PublicHostname, e.Data.ID, name, t, a, why), true
}

// leadsInside reports whether the public host names of a VPC lead to private addresses for who asks, and why.
func (s *nameServer) leadsInside(v *walk.VPC) (private bool, why string) {
	switch {
	case s.vpc == nil:
		return false, ""
	case s.vpc == v:
		return true, "private inside VPC " + v.Data.ID
	}
	for _, p := range s.network.index.joined[pairOf(s.vpc.Data.ID, v.Data.ID)] {
		switch {
		case !p.Active():
			why = cmp.Or(why, fmt.Sprintf("public: peering connection %s is not active", p.ID))
		case !sideOf(p, v.Data.ID).DNSResolution:
			why = cmp.Or(why, fmt.Sprintf("public: peering connection %s has no DNS resolution for names of VPC %s", p.ID, v.Data.ID))
		case !namesPrivately(s.vpc):
			why = cmp.Or(why, fmt.Sprintf("public: VPC %s has enableDnsHostnames off", s.vpc.Data.ID))
		default:
			return true, fmt.Sprintf("private by peering connection %s", p.ID)
		}
	}
	return false, why
}

// sideOf is the side of a peering that a VPC is.
func sideOf(p *peering.Connection, v string) *peering.Side {
	if p.Requester.VPC == v {
		return &p.Requester
	}
	return &p.Accepter
}
