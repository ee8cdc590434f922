package ec2json

import (
	"strings"

	"github.com/packetwalk/packetwalk/gateway"
)

// addRegionalNAT makes a NAT gateway of a whole VPC: without subnet and network interface, with a table of
// its own and Elastic IPs for each zone (F4.219).
func (l *loader) addRegionalNAT(f found[rawNAT]) {
	if !l.hasVPC(f.origin, f.raw.VpcId) {
		return
	}
	g := gateway.NAT{
		ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId, AvailabilityMode: gateway.Regional,
		Connectivity: enumText[gateway.Connectivity](l, f.origin, "ConnectivityType", f.raw.ConnectivityType),
		State:        enumText[gateway.NATState](l, f.origin, "State", f.raw.State),
		RouteTable:   l.regionalTable(f),
		ManualZones:  l.manualZones(f),
	}
	for _, r := range l.natAddressesInUse(f, g.State) {
		a := gateway.NATAddress{Public: l.addr4(f.origin, "NatGatewayAddresses.PublicIp", r.PublicIp), Zone: r.AvailabilityZone}
		switch {
		case !a.Public.IsValid() && r.PublicIp != "": // reported
		case !a.Public.IsValid():
			l.warn(f.origin, Malformed, "NatGatewayAddresses.PublicIp", "", "left out: an address that is none")
		case a.Zone == "":
			l.warn(f.origin, Malformed, "NatGatewayAddresses.AvailabilityZone", "", "left out: "+r.PublicIp+" is for no zone")
		case !l.inRegion(f.origin, "NatGatewayAddresses.AvailabilityZone", a.Zone, g.VPC): // reported
		case l.addressHeld.claim(l, f.origin, "NatGatewayAddresses.PublicIp", r.PublicIp):
			g.Addresses = append(g.Addresses, a)
		}
	}
	if err := g.Validate(); err != nil {
		l.warn(f.origin, Unsupported, "AvailabilityMode", f.raw.AvailabilityMode, "left out: "+strings.ReplaceAll(err.Error(), "\n", "; "))
		return
	}
	l.gatewayKnown[f.id], l.gatewayVPC[f.id] = natGateway, g.VPC
	l.cfg.NATGateways = append(l.cfg.NATGateways, g)
}

// regionalTable gives the gateway's own table, "" where the dump does not hold it.
func (l *loader) regionalTable(f found[rawNAT]) string {
	id := f.raw.RouteTableId
	if id == "" {
		return ""
	}
	if t, ok := l.tables.get(id); !ok || t.raw.VpcId != f.raw.VpcId {
		l.warn(f.origin, Dangling, "RouteTableId", id, "a table that leads to the internet gateway stands for it: it is not in the dump")
		return ""
	}
	return id
}

// manualZones reports whether the zones of a gateway are set by hand (F4.220).
func (l *loader) manualZones(f found[rawNAT]) bool {
	switch strings.ToLower(f.raw.AutoProvisionZones) {
	case "disabled":
		return true
	case "", "enabled":
	default:
		l.warn(f.origin, Unsupported, "AutoProvisionZones", f.raw.AutoProvisionZones, "taken as enabled")
	}
	return false
}
