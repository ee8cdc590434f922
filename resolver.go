package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/walk"
)

// nameServer is a resolver as somebody sees it: what it tells depends on where it is asked from.
type nameServer struct {
	network *Network
	// own are the zones that the server holds itself, and its address or ID as a step names it.
	own   []*dns.Zone
	ownID string
	// vpc is the VPC whose Amazon resolver is asked, nil for the public DNS; asker is the interface that asks
	// it.
	vpc   *walk.VPC
	asker *walk.Interface
}

// resolve asks for both families and puts the answers together.
func (s *nameServer) resolve(a *Answer) {
	v4, v6 := dns.Follow(a.Name, dns.A, s.ask), dns.Follow(a.Name, dns.AAAA, s.ask)
	a.Addresses = slices.Concat(v4.Addresses, v6.Addresses)
	switch {
	case len(a.Addresses) > 0:
		a.Outcome = dns.Answered
	case v4.Outcome == dns.Failed || v6.Outcome == dns.Failed:
		a.Outcome = dns.Failed
	case v4.Outcome == dns.NoName && v6.Outcome == dns.NoName:
		a.Outcome = dns.NoName
	default:
		a.Outcome = dns.NoData
	}
	for _, r := range []dns.Reply{v4, v6} {
		if a.OK() && len(r.Addresses) == 0 {
			continue // that there is no other family decided nothing
		}
		for _, step := range r.Steps {
			if !slices.Contains(a.Steps, step) {
				a.Steps = append(a.Steps, step)
			}
		}
	}
}

// ask answers one name and type. A DNS server of one's own knows its zones, and forwards the rest.
func (s *nameServer) ask(name string, t dns.Type) dns.Reply {
	if z := dns.Best(s.own, name); z != nil {
		r := z.Ask(name, t)
		for i := range r.Steps {
			r.Steps[i].Said += ", held by " + s.ownID
		}
		return r
	}
	r := s.askAmazon(name, t)
	if t != dns.AAAA || r.Outcome != dns.NoData || s.asker == nil || !s.asker.Subnet.Data.DNS64 {
		return r
	}
	if v4 := s.askAmazon(name, dns.A); len(v4.Addresses) > 0 {
		return synthesized(name, v4, s.asker.Subnet.Data.ID)
	}
	return r
}

// synthesized is the answer of a resolver with DNS64 for a name that has IPv4 addresses only (F4.217).
func synthesized(name string, v4 dns.Reply, subnet string) dns.Reply {
	out := dns.Reply{Outcome: dns.Answered, Steps: v4.Steps}
	for _, a := range v4.Addresses {
		out.Addresses = append(out.Addresses, gateway.Synthesize(a))
	}
	out.Steps = append(out.Steps, dns.Step{By: dns.DNS64, ID: subnet, Name: name, Said: "AAAA " + joinAddresses(out.Addresses)})
	return out
}

// joinAddresses lists addresses: "10.0.0.5, 10.0.1.5".
func joinAddresses(list []netip.Addr) string {
	texts := make([]string, len(list))
	for i, a := range list {
		texts[i] = a.String()
	}
	return strings.Join(texts, ", ")
}

// askAmazon is the Amazon resolver of a VPC, or the public DNS. What is private to the VPC comes first: of
// that the longest zone decides, and what it lacks is not looked for elsewhere.
func (s *nameServer) askAmazon(name string, t dns.Type) dns.Reply {
	var notes []dns.Step
	if s.vpc != nil {
		d := s.network.names
		z := dns.Best(d.private[s.vpc.Data.ID], name)
		switch {
		case z != nil && namesPrivately(s.vpc): // F9.304
			return d.askZone(z, name, t)
		case z != nil:
			notes = append(notes, dns.Step{By: d.authority(z), ID: z.ID, Name: name,
				Said: fmt.Sprintf("is not asked for there: VPC %s has enableDnsHostnames off", s.vpc.Data.ID)})
		}
		if r, ok := s.askPrivateHostname(name, t); ok {
			return r
		}
	}
	r := s.askPublic(name, t)
	r.Steps = append(notes, r.Steps...)
	return r
}

// namesPrivately reports whether private zones and private host names are there for a VPC: both DNS
// attributes are on (F9.304).
func namesPrivately(v *walk.VPC) bool { return !v.Data.NoDNSSupport && v.Data.DNSHostnames }

// askZone is [dns.Zone.Ask], in the name of who has the zone.
func (d *directory) askZone(z *dns.Zone, name string, t dns.Type) dns.Reply {
	r := z.Ask(name, t)
	for i := range r.Steps {
		r.Steps[i].By = d.authority(z)
	}
	return r
}

// authority is who has a zone.
func (d *directory) authority(z *dns.Zone) dns.Authority {
	switch by, made := d.made[z]; {
	case made:
		return by
	case z.Private:
		return dns.PrivateZone
	}
	return dns.PublicZone
}

// askPublic is the public DNS: the names of endpoints (F7.107), of hosts with public addresses (F9.303), of
// AWS's services, and the public hosted zones. From a VPC a host's name may lead to its private address all
// the same.
func (s *nameServer) askPublic(name string, t dns.Type) dns.Reply {
	d := s.network.names
	if z := dns.Best(d.own, name); z != nil {
		return d.askZone(z, name, t)
	}
	if r, ok := s.askPublicHostname(name, t); ok {
		return r
	}
	if z := dns.Best(d.public, name); z != nil {
		return d.askZone(z, name, t)
	}
	if service, ok := endpoint.ServiceNamed(name); ok {
		return s.network.askService(service, name, t)
	}
	nobody := dns.Step{By: dns.PublicDNS, Name: name, Said: "is in no public hosted zone of the network, and no name of AWS's"}
	return dns.Reply{Outcome: dns.NoName, Steps: []dns.Step{nobody}}
}

// askService gives the public address of a service. A name that is not dual-stack has none of IPv6 (F7.012).
func (n *Network) askService(service, name string, t dns.Type) dns.Reply {
	a, v6 := n.publicAddress(service)
	if t == dns.AAAA {
		a = netip.Addr{}
		if endpoint.IsDualstack(name) {
			a = v6
		}
	}
	return says(dns.AWSService, service, name, t, a, "")
}

// says is the reply of a single address, or that there is none of the type. The note says why it is that one.
func says(by dns.Authority, id, name string, t dns.Type, a netip.Addr, note string) dns.Reply {
	if !a.IsValid() || a.Is6() != (t == dns.AAAA) {
		return dns.Reply{Outcome: dns.NoData, Steps: []dns.Step{{By: by, ID: id, Name: name, Said: fmt.Sprintf("has no %v record", t)}}}
	}
	step := dns.Step{By: by, ID: id, Name: name, Said: fmt.Sprintf("%v %s", t, a)}
	if note != "" {
		step.Said += ", " + note
	}
	return dns.Reply{Outcome: dns.Answered, Addresses: []netip.Addr{a}, Steps: []dns.Step{step}}
}
