package packetwalk_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// teller knows, from the Config and the facts alone, which addresses somebody could be told by a name at all.
// It has no order among those who know a name: whatever any of them could say counts.
type teller struct{ packetwalk.Config }

// asker is somebody in front of the resolvers that he may ask.
type asker struct {
	servers []string // addresses of DNS servers of one's own
	amazon  []string // VPCs whose Amazon resolvers may be asked, by him or by such a server
	dns64   bool     // from a subnet with DNS64
	asks    bool     // there is anybody who may answer
}

// asker says whom an instance may ask; "internet" is in no VPC.
func (o teller) asker(from string) (a asker) {
	if from == packetwalk.Internet {
		return asker{asks: true}
	}
	e := o.interfaceOf(func(e *subnet.Interface) bool { return e.Attachment.Instance == from && e.Attachment.DeviceIndex == 0 })
	v := o.vpcOf(e)
	own := []string{vpc.AmazonProvidedDNS}
	for _, d := range o.DHCPOptions {
		if d.ID == v.DHCPOptions && len(d.DomainNameServers) > 0 {
			own = d.DomainNameServers
		}
	}
	for _, s := range own {
		if s == vpc.AmazonProvidedDNS {
			a.addAmazon(v, o.dns64(e))
			continue
		}
		a.servers, a.asks = append(a.servers, s), true
		for i := range o.Interfaces {
			if at := &o.Interfaces[i]; at.Owns(addr(s)) || slices.ContainsFunc(at.Private, func(p subnet.Address) bool { return p.Public == addr(s) }) {
				a.addAmazon(o.vpcOf(at), o.dns64(at))
				for _, p := range at.Private { // by whichever it is called, it is one server
					a.servers = append(a.servers, p.Private.String(), p.Public.String())
				}
			}
		}
	}
	return a
}

// addAmazon: F9.302, without DNS support the Amazon resolver does not answer.
func (a *asker) addAmazon(v *vpc.VPC, dns64 bool) {
	if !v.NoDNSSupport {
		a.amazon, a.asks, a.dns64 = append(a.amazon, v.ID), true, a.dns64 || dns64
	}
}

func (o teller) dns64(e *subnet.Interface) bool {
	return slices.ContainsFunc(o.Subnets, func(s subnet.Subnet) bool { return s.ID == e.Subnet && s.DNS64 })
}

func (o teller) interfaceOf(is func(*subnet.Interface) bool) *subnet.Interface {
	for i := range o.Interfaces {
		if is(&o.Interfaces[i]) {
			return &o.Interfaces[i]
		}
	}
	return nil
}

func (o teller) vpcOf(e *subnet.Interface) *vpc.VPC {
	for _, s := range o.Subnets {
		if s.ID == e.Subnet {
			return o.vpc(s.VPC)
		}
	}
	return nil
}

func (o teller) vpc(id string) *vpc.VPC {
	i := slices.IndexFunc(o.VPCs, func(v vpc.VPC) bool { return v.ID == id })
	return &o.VPCs[i]
}

// both: F9.303, F9.304.
func both(v *vpc.VPC) bool { return !v.NoDNSSupport && v.DNSHostnames }

// could reports whether somebody could be told an address by a name.
func (o teller) could(a asker, name string, at netip.Addr) bool {
	if v4, ok := strings.CutPrefix(at.StringExpanded(), "0064:ff9b:0000:0000:0000:0000:"); ok { // F4.217
		var b [4]byte
		fmt.Sscanf(strings.ReplaceAll(v4, ":", ""), "%02x%02x%02x%02x", &b[0], &b[1], &b[2], &b[3])
		return a.dns64 && o.could(a, name, netip.AddrFrom4(b))
	}
	return o.by(a, name, at, make(map[string]bool))
}

// by asks of a name all who may know it, and of the names that those lead to; once of each.
func (o teller) by(a asker, name string, at netip.Addr, asked map[string]bool) bool {
	if asked[name] {
		return false
	}
	asked[name] = true
	return o.byZone(a, name, at, asked) || o.byEndpoint(a, name, at) || o.byHost(a, name, at) || o.byService(name, at)
}

// byZone: the zones that are public, that the DNS server holds, or that are associated with the VPC (F9.304).
func (o teller) byZone(a asker, name string, at netip.Addr, asked map[string]bool) bool {
	for _, z := range o.HostedZones {
		told := !z.Private
		for _, s := range z.Servers {
			told = told || slices.Contains(a.servers, s.String())
		}
		for _, v := range z.VPCs {
			told = told || slices.Contains(a.amazon, v) && both(o.vpc(v))
		}
		for _, r := range z.Records {
			fits := r.Name == name || strings.HasPrefix(r.Name, "*.") && strings.HasSuffix(name, r.Name[1:])
			switch {
			case !told || !fits:
			case r.Alias != "" && o.by(a, r.Alias, at, asked):
				return true
			case r.Type == dns.CNAME && r.Alias == "" && o.by(a, r.Values[0], at, asked):
				return true
			case slices.Contains(r.Values, at.String()):
				return true
			}
		}
	}
	return false
}

// byEndpoint: the endpoint's own names are for all (F7.107), private DNS for its VPC while it is available
// (F7.108, F7.109, F7.111), and not where that is for inbound endpoints only (F7.116).
func (o teller) byEndpoint(a asker, name string, at netip.Addr) bool {
	for _, p := range o.InterfaceEndpoints {
		e := o.interfaceOf(func(e *subnet.Interface) bool { return e.Owns(at) && slices.Contains(p.Interfaces, e.ID) })
		switch {
		case e == nil:
		case strings.HasPrefix(strings.TrimPrefix(name, "*."), p.ID) && strings.HasSuffix(name, ".vpce.amazonaws.com"):
			return true
		case name == "sqs.us-east-1.amazonaws.com" && strings.HasSuffix(p.Service, ".sqs"):
			if p.PrivateDNS && !p.PrivateDNSInboundOnly && p.State <= endpoint.Available && slices.Contains(a.amazon, p.VPC) && both(o.vpc(p.VPC)) {
				return true
			}
		}
	}
	return false
}

// byHost: host names are there with both attributes; the public one leads to the public address, inside the
// VPC and for a peer whose peering says so to the private one (F9.303, F8.015); the private one only inside
// the VPC.
func (o teller) byHost(a asker, name string, at netip.Addr) bool {
	for i := range o.Interfaces {
		e := &o.Interfaces[i]
		v := o.vpcOf(e)
		if !both(v) {
			continue
		}
		for _, p := range e.Private {
			switch name {
			case "ec2-" + dashes(p.Public) + ".compute-1.amazonaws.com":
				if at == p.Public || at == p.Private && slices.ContainsFunc(a.amazon, func(w string) bool { return w == v.ID || o.lets(w, v.ID) }) {
					return true
				}
			case "ip-" + dashes(p.Private) + ".ec2.internal":
				if at == p.Private && slices.Contains(a.amazon, v.ID) {
					return true
				}
			}
		}
	}
	return false
}

func dashes(a netip.Addr) string { return strings.ReplaceAll(a.String(), ".", "-") }

// lets reports whether the names of VPC of lead to private addresses for VPC who (F8.015).
func (o teller) lets(who, of string) bool {
	for _, p := range o.Peerings {
		if p.Status > peering.StatusUnspecified && p.Status != peering.Active || !both(o.vpc(who)) || !both(o.vpc(of)) {
			continue
		}
		if p.Requester.VPC == who && p.Accepter.VPC == of && p.Accepter.DNSResolution || p.Accepter.VPC == who && p.Requester.VPC == of && p.Requester.DNSResolution {
			return true
		}
	}
	return false
}

// byService: AWS's public names lead into AWS's public ranges.
func (o teller) byService(name string, at netip.Addr) bool {
	if !strings.HasSuffix(name, ".us-east-1.amazonaws.com") {
		return false
	}
	for _, l := range o.PrefixLists {
		if endpoint.Covers(l.Entries, at) {
			return true
		}
	}
	_, _, ok := endpoint.AWSServiceAt(at, o.IPRanges)
	return ok
}
