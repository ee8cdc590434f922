package ec2json

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/subnet"
)

type rawSubnet struct {
	SubnetId, VpcId, AvailabilityZone, SubnetArn string
	AvailabilityZoneId, OutpostArn               string
	CidrBlock                                    string
	Ipv6CidrBlockAssociationSet                  []struct {
		Ipv6CidrBlock      string
		Ipv6CidrBlockState state
	}
	MapPublicIpOnLaunch, DefaultForAz, EnableDns64 bool
	Tags                                           []tag
}

func (r rawSubnet) id() string { return r.SubnetId }

// addSubnets makes the subnets.
func (l *loader) addSubnets() {
	l.subnetVPC, l.subnetAt = map[string]string{}, map[string]int{}
	for _, f := range l.subnets.items {
		r := f.raw
		if !l.hasVPC(f.origin, r.VpcId) || !l.inRegion(f.origin, "AvailabilityZone", r.AvailabilityZone, r.VpcId) {
			continue
		}
		s := subnet.Subnet{
			ID: r.SubnetId, Name: nameOf(r.Tags), VPC: r.VpcId, Zone: r.AvailabilityZone,
			IPv6CIDR:            l.subnetIPv6(f),
			MapPublicIPOnLaunch: r.MapPublicIpOnLaunch,
			DefaultForZone:      r.DefaultForAz,
			DNS64:               r.EnableDns64,
			ZoneID:              r.AvailabilityZoneId,
			OutpostARN:          r.OutpostArn,
		}
		if s.OutpostARN != "" && !subnet.IsOutpostARN(s.OutpostARN) {
			l.warn(f.origin, Malformed, "OutpostArn", s.OutpostARN, "left out: no ARN of an Outpost")
			s.OutpostARN = ""
		}
		if r.CidrBlock != "" {
			s.CIDR, _ = l.prefix(f.origin, "CidrBlock", r.CidrBlock)
		}
		if !s.CIDR.IsValid() && !s.IPv6CIDR.IsValid() {
			l.warn(f.origin, Malformed, "CidrBlock", r.CidrBlock, "left out: a subnet without a CIDR")
			continue
		}
		l.subnetVPC[s.ID], l.subnetAt[s.ID] = s.VPC, len(l.cfg.Subnets)
		l.cfg.Subnets = append(l.cfg.Subnets, s)
	}
}

// subnetIPv6 gives the block that is associated; those on their way out are no part of the subnet.
func (l *loader) subnetIPv6(f found[rawSubnet]) (p netip.Prefix) {
	for i, a := range f.raw.Ipv6CidrBlockAssociationSet {
		field := fmt.Sprintf("Ipv6CidrBlockAssociationSet[%d].", i)
		if s := a.Ipv6CidrBlockState.State; s != "" && !strings.EqualFold(s, "associated") {
			l.warn(f.origin, Ignored, field+"Ipv6CidrBlockState.State", s, "the block is not associated")
			continue
		}
		block, ok := l.prefix(f.origin, field+"Ipv6CidrBlock", a.Ipv6CidrBlock)
		switch {
		case !ok:
		case p.IsValid():
			l.warn(f.origin, Unsupported, field+"Ipv6CidrBlock", a.Ipv6CidrBlock, "left out: one IPv6 block a subnet is modelled")
		default:
			p = block
		}
	}
	return p
}

// lies reports whether an interface can have an address in a subnet: one of its ranges, and none that
// AWS reserves (F3.010, F3.012). Where it cannot, that is reported.
func (l *loader) lies(o origin, field string, a netip.Addr, id string) bool {
	s := l.cfg.Subnets[l.subnetAt[id]]
	switch {
	case !s.Contains(a):
		l.warn(o, Conflict, field, a.String(), "left out: it is not in the range of "+id)
		return false
	case s.Reserved(a):
		l.warn(o, Conflict, field, a.String(), "left out: AWS reserves it in "+id)
		return false
	}
	return true
}

// zoneOf gives the Availability Zone of a subnet.
func (l *loader) zoneOf(id string) string {
	if f, ok := l.subnets.get(id); ok {
		return f.raw.AvailabilityZone
	}
	return ""
}

// setRegions puts the Region into each VPC, as far as anything in the dump says it.
func (l *loader) setRegions() {
	say := func(vpc, region string) {
		if i, ok := l.vpcAt[vpc]; ok && l.cfg.VPCs[i].Region == "" {
			l.cfg.VPCs[i].Region = regionOf(region)
		}
	}
	for _, f := range l.subnets.items {
		say(f.raw.VpcId, f.raw.AvailabilityZone)
		say(f.raw.VpcId, arnRegion(f.raw.SubnetArn))
	}
	for _, f := range l.nats.items {
		for _, a := range f.raw.NatGatewayAddresses {
			say(f.raw.VpcId, a.AvailabilityZone)
		}
	}
	for _, f := range l.groups.items {
		say(f.raw.VpcId, arnRegion(f.raw.SecurityGroupArn))
	}
	for _, f := range l.peerings.items {
		say(f.raw.RequesterVpcInfo.VpcId, f.raw.RequesterVpcInfo.Region)
		say(f.raw.AccepterVpcInfo.VpcId, f.raw.AccepterVpcInfo.Region)
	}
	for _, f := range l.exclusions.items {
		if i, ok := l.vpcAt[l.excludedVPC(f.raw.ResourceArn)]; ok {
			v := &l.cfg.VPCs[i]
			say(v.ID, arnRegion(f.raw.ResourceArn))
			v.Account = cmp.Or(v.Account, arnAccount(f.raw.ResourceArn))
		}
	}
	for _, f := range l.endpoints.items {
		say(f.raw.VpcId, serviceRegion(f.raw.ServiceName))
	}
}

// inRegion reports whether a zone is in the Region of a VPC, as far as its name tells (F3.009). What is in a
// zone of another Region Build would refuse.
func (l *loader) inRegion(o origin, field, zone, vpc string) bool {
	region := l.regionOfVPC(vpc)
	if r := regionOf(zone); r == "" || r == region {
		return true
	}
	l.warn(o, Conflict, field, zone, "left out: VPC "+vpc+" is in "+region)
	return false
}

// defaultRegion and defaultAccount are those that Build puts where nothing says them.
const (
	defaultRegion  = "us-east-1"
	defaultAccount = "123456789012"
)

// regionOfVPC gives the Region of a VPC of the dump; where nothing says it, that which Build puts.
func (l *loader) regionOfVPC(id string) string {
	return cmp.Or(l.cfg.VPCs[l.vpcAt[id]].Region, defaultRegion)
}

// arnRegion gives the Region of an ARN: the fourth of its fields.
func arnRegion(arn string) string {
	if fields := strings.Split(arn, ":"); len(fields) > 3 {
		return fields[3]
	}
	return ""
}

// arnAccount gives the account of an ARN: the fifth of its fields.
func arnAccount(arn string) string {
	if fields := strings.Split(arn, ":"); len(fields) > 4 {
		return fields[4]
	}
	return ""
}

// arnResource gives the kind and the ID of what an ARN names: its last field, "subnet/subnet-1".
func arnResource(arn string) (kind, id string) {
	kind, id, _ = strings.Cut(arn[strings.LastIndexByte(arn, ':')+1:], "/")
	return kind, id
}

// serviceRegion gives the Region of an endpoint's service: "com.amazonaws.us-east-1.s3".
func serviceRegion(service string) string {
	for _, field := range strings.Split(service, ".") {
		if r := regionOf(field); r != "" && r == field {
			return r
		}
	}
	return ""
}
