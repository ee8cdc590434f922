package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// checkEncryptionControls: one for each VPC (F3.201), and in a VPC that enforces nothing that does not go
// with that (F3.202, F3.203).
func (c *checker) checkEncryptionControls() {
	first := make(map[string]bool)
	enforced := make(map[string]*vpc.EncryptionControl)
	for i := range c.EncryptionControls {
		e := &c.EncryptionControls[i]
		c.bad.addAll(KindEncryptionControl, e.VPC, e.Validate())
		if e.VPC != "" {
			find(c, c.vpcs, KindEncryptionControl, e.VPC, "VPC", e.VPC, KindVPC)
		}
		if e.State == vpc.EncryptionDeleted {
			continue
		}
		if first[e.VPC] {
			c.bad.add(KindEncryptionControl, e.VPC, "VPC", e.VPC, fault.ErrDuplicate, "the VPC has one already: want one, with all exclusions")
		}
		first[e.VPC] = true
		if e.Enforces() {
			enforced[e.VPC] = e
		}
	}
	if len(enforced) == 0 {
		return
	}
	f := enforcement{c, enforced}
	f.checkGateways()
	f.checkPeerings()
	f.checkInterfaces()
	f.checkUnsupported()
}

// enforcement looks at the VPCs that enforce encryption in transit.
type enforcement struct {
	*checker
	controls map[string]*vpc.EncryptionControl // by VPC; those alone that enforce
}

// needs reports a resource in a VPC that enforces, unless that has the exclusion (F3.202).
func (f *enforcement) needs(e vpc.EncryptionExclusion, in string, kind Kind, id, field, value string) {
	if control := f.controls[in]; control != nil && !control.Excludes(e) {
		f.bad.add(kind, id, field, value, fault.ErrInvalid,
			"VPC %q enforces encryption in transit: want the exclusion %s in its EncryptionControl, or the mode monitor", in, e)
	}
}

// checkGateways: each kind of gateway needs its exclusion (F3.202).
func (f *enforcement) checkGateways() {
	for i := range f.InternetGateways {
		g := &f.InternetGateways[i]
		f.needs(vpc.ExcludeInternetGateway, g.VPC, KindInternetGateway, g.ID, "VPC", g.VPC)
	}
	for i := range f.EgressOnlyGateways {
		g := &f.EgressOnlyGateways[i]
		f.needs(vpc.ExcludeEgressOnlyInternetGateway, g.VPC, KindEgressOnly, g.ID, "VPC", g.VPC)
	}
	for i := range f.VirtualPrivateGateways {
		g := &f.VirtualPrivateGateways[i]
		f.needs(vpc.ExcludeVirtualPrivateGateway, g.VPC, KindVirtualPrivate, g.ID, "VPC", g.VPC)
	}
	for i := range f.NATGateways {
		g := &f.NATGateways[i]
		in, field, value := g.VPC, "VPC", g.VPC
		if s := f.subnets[g.Subnet]; s != nil {
			in, field, value = s.VPC, "Subnet", g.Subnet
		}
		if g.State != gateway.NATDeleted && g.State != gateway.NATFailed {
			f.needs(vpc.ExcludeNATGateway, in, KindNATGateway, g.ID, field, value)
		}
	}
}

// checkPeerings: both VPCs enforce, without any exclusions, in one Region; else each that enforces needs an
// exclusion (F3.203). Of a VPC outside of the network nobody says here whether it enforces: it is taken to.
func (f *enforcement) checkPeerings() {
	for i := range f.Peerings {
		p := &f.Peerings[i]
		if !p.Active() || f.isStrict(p.Requester) && f.isStrict(p.Accepter) && f.sameRegion(p) {
			continue
		}
		f.needs(vpc.ExcludeVPCPeering, p.Requester.VPC, KindPeering, p.ID, "Requester.VPC", p.Requester.VPC)
		f.needs(vpc.ExcludeVPCPeering, p.Accepter.VPC, KindPeering, p.ID, "Accepter.VPC", p.Accepter.VPC)
	}
}

// isStrict reports whether the VPC of a side enforces and has no exclusions.
func (f *enforcement) isStrict(s peering.Side) bool {
	if f.vpcs[s.VPC] == nil {
		return true
	}
	e := f.controls[s.VPC]
	return e != nil && len(e.Exclusions) == 0
}

// sameRegion reports whether both sides of a peering are in one Region, as far as the network says.
func (f *enforcement) sameRegion(p *peering.Connection) bool {
	a, b := f.regionOf(p.Requester), f.regionOf(p.Accepter)
	return a == b || a == "" || b == ""
}

// regionOf is the Region of a side as the side names it, else that of its VPC.
func (f *enforcement) regionOf(s peering.Side) string {
	if v := f.vpcs[s.VPC]; v != nil && s.Region == "" {
		return v.Region
	}
	return s.Region
}

// checkInterfaces: functions need their exclusion (F3.202); Gateway Load Balancers do not go with enforcing
// at all, nor do their endpoints, be they of a Network Firewall (F3.203). An endpoint that is described is
// reported itself.
func (f *enforcement) checkInterfaces() {
	described := make(map[string]bool)
	for i := range f.GatewayLoadBalancerEndpoints {
		described[f.GatewayLoadBalancerEndpoints[i].Interface] = true
	}
	for i := range f.Interfaces {
		e := &f.Interfaces[i]
		in := f.vpcOf(e)
		switch {
		case e.Kind == subnet.Lambda:
			f.needs(vpc.ExcludeLambda, in, KindInterface, e.ID, "Kind", e.Kind.String())
		case e.Kind == subnet.GatewayLoadBalancer, e.Kind == subnet.GatewayLoadBalancerEndpoint && !described[e.ID]:
			f.refuses(in, KindInterface, e.ID, "Kind", e.Kind.String())
		}
	}
}

// checkUnsupported: no Gateway Load Balancer endpoints, and no subnets in Local Zones (F3.203).
func (f *enforcement) checkUnsupported() {
	for i := range f.GatewayLoadBalancerEndpoints {
		if g := &f.GatewayLoadBalancerEndpoints[i]; g.State.Exists() {
			f.refuses(g.VPC, KindGWLBEndpoint, g.ID, "VPC", g.VPC)
		}
	}
	for i := range f.Subnets {
		if s := &f.Subnets[i]; localZone.MatchString(s.Zone) {
			f.refuses(s.VPC, KindSubnet, s.ID, "Zone", s.Zone)
		}
	}
}

// refuses reports what has no exclusion.
func (f *enforcement) refuses(in string, kind Kind, id, field, value string) {
	if f.controls[in] != nil {
		f.bad.add(kind, id, field, value, fault.ErrInvalid,
			"VPC %q enforces encryption in transit, for which %s has no exclusion: want it elsewhere, or the mode monitor",
			in, what(kind, value))
	}
}

// what names a resource that can't be where encryption is enforced.
func what(kind Kind, value string) string {
	switch kind {
	case KindSubnet:
		return fmt.Sprintf("a subnet in Local Zone %q", value)
	case KindInterface:
		return fmt.Sprintf("an interface of the kind %s", value)
	}
	return withArticle(kind)
}
