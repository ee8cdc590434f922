package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/dns"
)

// HostedZoneHandle describes a hosted zone; see [Builder.HostedZone].
type HostedZoneHandle struct {
	b  *Builder
	at int
}

// HostedZone adds a hosted zone for a name such as "corp.example.com". It is public, until it is associated
// with VPCs or [HostedZoneHandle.Private] says that it is not.
func (b *Builder) HostedZone(id, name string) *HostedZoneHandle {
	b.here(id, "")
	b.cfg.HostedZones = append(b.cfg.HostedZones, dns.Zone{ID: id, Name: name})
	return &HostedZoneHandle{b, len(b.cfg.HostedZones) - 1}
}

func (z *HostedZoneHandle) data() *dns.Zone { return &z.b.cfg.HostedZones[z.at] }

// Private makes the zone private: the public DNS knows nothing of it.
func (z *HostedZoneHandle) Private() *HostedZoneHandle {
	z.data().Private = true
	return z
}

// Associate makes the zone private, and lets the Amazon resolvers of these VPCs know it. The VPCs need both
// DNS attributes for that (F9.304); see [VPCHandle.DNS].
func (z *HostedZoneHandle) Associate(vpcs ...*VPCHandle) *HostedZoneHandle {
	z.data().Private = true
	for _, v := range vpcs {
		if !z.b.nothing(v, KindHostedZone, z.data().ID, "VPCs") {
			z.b.here(z.data().ID, fmt.Sprintf("VPCs[%d]", len(z.data().VPCs)))
			z.data().VPCs = append(z.data().VPCs, v.id)
		}
	}
	return z
}

// Servers says that DNS servers of one's own hold the zone too, by their addresses.
func (z *HostedZoneHandle) Servers(addresses ...string) *HostedZoneHandle {
	for _, text := range addresses {
		field := fmt.Sprintf("Servers[%d]", len(z.data().Servers))
		if a, ok := z.b.addr(KindHostedZone, z.data().ID, field, text); ok {
			z.b.here(z.data().ID, field)
			z.data().Servers = append(z.data().Servers, a)
		}
	}
	return z
}

// Record adds the records of one name and type, with a TTL of 300 seconds. The name is whole,
// "db.corp.example.com"; the values are addresses, or for a CNAME one name.
func (z *HostedZoneHandle) Record(name string, t dns.Type, values ...string) *HostedZoneHandle {
	return z.record(dns.Record{Name: name, Type: t, TTL: 300, Values: values})
}

// Alias adds an alias record: one that stands for another name.
func (z *HostedZoneHandle) Alias(name string, t dns.Type, of string) *HostedZoneHandle {
	return z.record(dns.Record{Name: name, Type: t, Alias: of})
}

func (z *HostedZoneHandle) record(r dns.Record) *HostedZoneHandle {
	z.b.here(z.data().ID, fmt.Sprintf("Records[%d]", len(z.data().Records)))
	z.data().Records = append(z.data().Records, r)
	return z
}

// DNSResolution lets the public host names of a VPC lead to its private addresses for the other side of the
// peering (F8.015): of the VPC that is given, or of both where none is. AWS's default is neither.
func (p *PeeringHandle) DNSResolution(of ...*VPCHandle) *PeeringHandle {
	data := &p.b.cfg.Peerings[p.at]
	if len(of) == 0 {
		data.Requester.DNSResolution, data.Accepter.DNSResolution = true, true
	}
	for _, v := range of {
		switch {
		case p.b.nothing(v, KindPeering, p.id, "DNSResolution"):
		case v.id == data.Requester.VPC:
			data.Requester.DNSResolution = true
		case v.id == data.Accepter.VPC:
			data.Accepter.DNSResolution = true
		default:
			p.b.wrong(KindPeering, p.id, "DNSResolution", v.id, ErrInvalid,
				"want VPC %q or %q, which it joins", data.Requester.VPC, data.Accepter.VPC)
		}
	}
	return p
}
