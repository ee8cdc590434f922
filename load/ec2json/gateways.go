package ec2json

import (
	"cmp"
	"fmt"
	"net/netip"
	"sort"
	"strings"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/subnet"
)

type rawAttachments []struct{ State, VpcId string }

type rawInternetGateway struct {
	InternetGatewayId string
	Attachments       rawAttachments
	Tags              []tag
}

func (r rawInternetGateway) id() string { return r.InternetGatewayId }

type rawEgressOnlyGateway struct {
	EgressOnlyInternetGatewayId string
	Attachments                 rawAttachments
	Tags                        []tag
}

func (r rawEgressOnlyGateway) id() string { return r.EgressOnlyInternetGatewayId }

// gatewayKind tells the gateways of the Config apart, for routes that name one by its ID only.
type gatewayKind uint8

const (
	_ gatewayKind = iota
	internetGateway
	egressOnlyGateway
	natGateway
)

// addGateways makes the internet and egress-only internet gateways.
func (l *loader) addGateways() {
	l.gatewayKnown, l.gatewayVPC = map[string]gatewayKind{}, map[string]string{}
	internet, egressOnly := claims{}, claims{}
	for _, f := range l.internet.items {
		if vpc, ok := l.attachedTo(f.origin, f.raw.Attachments, internet); ok {
			l.gatewayVPC[f.id] = vpc
			l.gatewayKnown[f.id] = internetGateway
			l.cfg.InternetGateways = append(l.cfg.InternetGateways,
				gateway.Internet{ID: f.id, Name: nameOf(f.raw.Tags), VPC: vpc})
		}
	}
	for _, f := range l.egressOnly.items {
		if vpc, ok := l.attachedTo(f.origin, f.raw.Attachments, egressOnly); ok {
			l.gatewayVPC[f.id] = vpc
			l.gatewayKnown[f.id] = egressOnlyGateway
			l.cfg.EgressOnlyGateways = append(l.cfg.EgressOnlyGateways,
				gateway.EgressOnly{ID: f.id, Name: nameOf(f.raw.Tags), VPC: vpc})
		}
	}
}

// attachedTo gives the VPC of a gateway, "" for a detached one. A gateway of a VPC that is not in the
// dump is reported, and ok is false: as a detached one it would make black holes of its routes.
func (l *loader) attachedTo(o origin, attachments rawAttachments, one claims) (vpc string, ok bool) {
	for _, a := range attachments {
		if strings.HasPrefix(strings.ToLower(a.State), "detach") {
			continue
		}
		return a.VpcId, l.hasVPC(o, a.VpcId) && one.claim(l, o, "Attachments.VpcId", a.VpcId)
	}
	return "", true
}

type rawNAT struct {
	NatGatewayId, SubnetId, VpcId             string
	ConnectivityType, AvailabilityMode, State string
	AutoProvisionZones, RouteTableId          string // of a regional one
	NatGatewayAddresses                       []rawNATAddress
	Tags                                      []tag
}

type rawNATAddress struct {
	NetworkInterfaceId, PrivateIp, PublicIp string
	AvailabilityZone                        string // of a regional gateway
	IsPrimary                               *bool
	Status                                  string
}

func (r rawNAT) id() string { return r.NatGatewayId }

// addNATs makes the NAT gateways.
func (l *loader) addNATs() {
	for _, f := range l.nats.items {
		mode := enumText[gateway.AvailabilityMode](l, f.origin, "AvailabilityMode", f.raw.AvailabilityMode)
		if mode == gateway.Regional {
			l.addRegionalNAT(f)
			continue
		}
		if _, ok := l.subnetVPC[f.raw.SubnetId]; !ok {
			l.warn(f.origin, Dangling, "SubnetId", f.raw.SubnetId, "left out: its subnet is not in the dump")
			continue
		}
		g := gateway.NAT{
			ID: f.id, Name: nameOf(f.raw.Tags), Subnet: f.raw.SubnetId,
			Connectivity: enumText[gateway.Connectivity](l, f.origin, "ConnectivityType", f.raw.ConnectivityType),
			State:        enumText[gateway.NATState](l, f.origin, "State", f.raw.State),

			AvailabilityMode: mode,
		}
		g.Addresses = l.natAddresses(f, g.State)
		if g.Available() && g.IsPublic() && !hasPublic(g.Addresses) {
			l.warn(f.origin, Malformed, "NatGatewayAddresses", fmt.Sprint(len(f.raw.NatGatewayAddresses)), "left out: a public NAT gateway without a public address")
			continue
		}
		l.gatewayKnown[f.id], l.gatewayVPC[f.id] = natGateway, l.subnetVPC[g.Subnet]
		l.cfg.NATGateways = append(l.cfg.NATGateways, g)
	}
}

func hasPublic(addresses []gateway.NATAddress) bool {
	for _, a := range addresses {
		if a.Public.IsValid() {
			return true
		}
	}
	return false
}

// natAddresses reads the addresses of a zonal gateway.
func (l *loader) natAddresses(f found[rawNAT], s gateway.NATState) (addresses []gateway.NATAddress) {
	for _, r := range l.natAddressesInUse(f, s) {
		a := gateway.NATAddress{
			Interface: l.ownInterface(f.origin, "NatGatewayAddresses.NetworkInterfaceId", r.NetworkInterfaceId, subnet.NATGateway),
			Private:   l.addr4(f.origin, "NatGatewayAddresses.PrivateIp", r.PrivateIp),
			Public:    l.addr4(f.origin, "NatGatewayAddresses.PublicIp", r.PublicIp),
		}
		if a.Private.IsValid() && !l.lies(f.origin, "NatGatewayAddresses.PrivateIp", a.Private, f.raw.SubnetId) {
			a.Private = netip.Addr{}
		}
		if at, ok := l.interfaceAt[a.Interface]; ok && l.cfg.Interfaces[at].Subnet != f.raw.SubnetId {
			l.warn(f.origin, Conflict, "NatGatewayAddresses.NetworkInterfaceId", a.Interface, "left out: it is not in "+f.raw.SubnetId)
			a.Interface = ""
		}
		addresses = append(addresses, a)
	}
	return addresses
}

// natAddressesInUse gives the addresses, the primary first. A gateway that is gone or failed holds none: AWS
// goes on printing those that it had, and others may have them by now.
func (l *loader) natAddressesInUse(f found[rawNAT], s gateway.NATState) (inUse []rawNATAddress) {
	raws := append([]rawNATAddress(nil), f.raw.NatGatewayAddresses...)
	if s == gateway.NATDeleted || s == gateway.NATFailed {
		if len(raws) > 0 {
			l.warn(f.origin, Ignored, "NatGatewayAddresses", fmt.Sprint(len(raws)), "a gateway in state "+f.raw.State+" holds no address")
		}
		return nil
	}
	sort.SliceStable(raws, func(i, j int) bool {
		primary := func(a rawNATAddress) bool { return a.IsPrimary != nil && *a.IsPrimary }
		return primary(raws[i]) && !primary(raws[j])
	})
	for _, r := range raws {
		switch strings.ToLower(r.Status) {
		case "failed", "unassigning", "disassociating":
			l.warn(f.origin, Ignored, "NatGatewayAddresses.Status", r.Status, "left out: the address is not in use")
			continue
		}
		inUse = append(inUse, r)
	}
	return inUse
}

// ownInterface gives the ID of an interface that AWS runs for a gateway or an endpoint, and marks the
// interface as such; "" for one that is not in the dump, which is reported.
func (l *loader) ownInterface(o origin, field, id string, kind subnet.InterfaceKind) string {
	if id == "" {
		return ""
	}
	i, ok := l.interfaceAt[id]
	if !ok {
		l.warn(o, Dangling, field, id, "left out: the network interface is not in the dump")
		return ""
	}
	n := &l.cfg.Interfaces[i]
	if n.Kind == subnet.KindUnspecified || n.Kind == subnet.Standard {
		n.Kind = kind
	}
	l.dropGroups(o, n)
	return id
}

// isFree reports whether an interface is at no instance and of no other resource than that at o, which has it
// then. The other one is reported.
func (l *loader) isFree(o origin, field string, n *subnet.Interface) bool {
	if owner := cmp.Or(l.interfaceOwner[n.ID], n.Attachment.Instance, o.id); owner != o.id {
		l.warn(o, Conflict, field, n.ID, "left out: the network interface belongs to "+owner)
		return false
	}
	l.interfaceOwner[n.ID] = o.id
	return true
}
