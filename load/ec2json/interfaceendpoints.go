package ec2json

import (
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/subnet"
)

// addInterfaceEndpoint makes an interface endpoint. named says which names are taken in which VPC.
func (l *loader) addInterfaceEndpoint(f found[rawEndpoint], named claims) {
	e := endpoint.Interface{
		ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId, Service: f.raw.ServiceName,
		Type:          typeOf(f.raw),
		State:         enumText[endpoint.State](l, f.origin, "State", f.raw.State),
		Policy:        f.raw.PolicyDocument,
		Account:       l.ownerOf(f),
		DNSNames:      dnsNames(f.raw),
		IPAddressType: enumText[endpoint.IPAddressType](l, f.origin, "IpAddressType", f.raw.IpAddressType),
	}
	if e.Type.ToResources() {
		e.Service = f.raw.ResourceConfigurationArn
	} else if !l.canLead(f) {
		return
	}
	e.Subnets = l.withIPv4(f, l.oneSubnetAZone(f.origin, "SubnetIds", f.raw.SubnetIds, f.raw.VpcId), e.IPAddressType)
	if len(e.Subnets) == 0 {
		l.warn(f.origin, Dangling, "SubnetIds", strings.Join(f.raw.SubnetIds, " "), "left out: none of its subnets is in the dump")
		return
	}
	for _, id := range unique(f.raw.NetworkInterfaceIds) {
		i, ok := l.interfaceAt[l.ownInterface(f.origin, "NetworkInterfaceIds", id, subnet.VPCEndpoint)]
		if !ok {
			continue
		}
		if in := l.cfg.Interfaces[i].Subnet; !slices.Contains(e.Subnets, in) {
			l.warn(f.origin, Conflict, "NetworkInterfaceIds", id, "left out: the endpoint is not in "+in)
			continue
		}
		if l.isFree(f.origin, "NetworkInterfaceIds", &l.cfg.Interfaces[i]) {
			e.Interfaces = append(e.Interfaces, id)
		}
	}
	l.readPolicy(f, &e)
	var groups []string
	for _, g := range f.raw.Groups {
		groups = append(groups, g.GroupId)
	}
	e.Groups = l.groupsOf(f.origin, "Groups.GroupId", groups, f.raw.VpcId)
	l.readPrivateDNS(f, &e, named)
	if err := e.Validate(); err != nil {
		field := "ServiceName"
		if e.Type.ToResources() {
			field = "ResourceConfigurationArn"
		}
		l.warn(f.origin, Unsupported, field, e.Service, "left out: "+err.Error())
		return
	}
	l.cfg.InterfaceEndpoints = append(l.cfg.InterfaceEndpoints, e)
}

// typeOf gives the type of an endpoint with network interfaces; that of an interface endpoint needs no words.
func typeOf(r rawEndpoint) endpoint.Type {
	var t endpoint.Type
	if t.UnmarshalText([]byte(endpointType(r))) != nil || t == endpoint.TypeInterface {
		return 0
	}
	return t
}

// readPrivateDNS reads whether the service's own names lead to the endpoint. Those of a resource are not
// read: only its configuration says them, which is no part of the dump.
func (l *loader) readPrivateDNS(f found[rawEndpoint], e *endpoint.Interface, named claims) {
	if e.Type.ToResources() {
		if f.raw.PrivateDnsEnabled {
			l.warn(f.origin, Unsupported, "PrivateDnsEnabled", "true", "taken as off: the dump does not say the names of the resource")
		}
		return
	}
	e.PrivateDNS = l.privateDNS(f, e.State, named)
	e.PrivateDNSInboundOnly = e.PrivateDNS && f.raw.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint
}

// readPolicy keeps what stands for the policy. Where the service takes none, AWS shows one that allows all,
// and another one has no effect (F7.113); resources take none either.
func (l *loader) readPolicy(f found[rawEndpoint], e *endpoint.Interface) {
	_, err := e.ParsePolicy()
	e.Policy = l.readable(f.origin, e.Policy, err)
	alone := endpoint.Interface{ID: e.ID, Type: e.Type, Service: e.Service, Policy: e.Policy}
	without := alone
	without.Policy = ""
	if without.Validate() == nil && alone.Validate() != nil {
		l.warn(f.origin, Ignored, "PolicyDocument", "", "left out: the service takes no policy, and its endpoints allow all (F7.113)")
		e.Policy = ""
	}
}

// dnsNames gives the names that are the endpoint's own. Those of its service, which private DNS lets lead to
// it, are known.
func dnsNames(r rawEndpoint) (names []string) {
	for _, d := range r.DnsEntries {
		if name := domainName(d.DnsName); strings.Contains(name, r.VpcEndpointId) {
			names = append(names, name)
		}
	}
	return unique(names)
}

// ownerOf gives the account of an endpoint. Only the owner of a VPC makes endpoints in it (F7.117); a service
// of AWS's that made one for the owner is printed as its owner.
func (l *loader) ownerOf(f found[rawEndpoint]) string {
	v := &l.cfg.VPCs[l.vpcAt[f.raw.VpcId]]
	if v.Account == "" {
		v.Account = f.raw.OwnerId
	}
	if f.raw.OwnerId != "" && f.raw.OwnerId != v.Account {
		l.warn(f.origin, Conflict, "OwnerId", f.raw.OwnerId, "taken as of account "+v.Account+", as its VPC")
	}
	return v.Account
}

// canLead reports whether an endpoint can lead to its service from the Region of its VPC (F7.210).
func (l *loader) canLead(f found[rawEndpoint]) bool {
	service, region := f.raw.ServiceName, l.regionOfVPC(f.raw.VpcId)
	offer, known := endpoint.Offers(service)
	if r := endpoint.Region(service); r == "" || r == region || !known || offer.CrossRegion || endpoint.IsOffered(service) {
		return true
	}
	l.warn(f.origin, Conflict, "ServiceName", service, "left out: its VPC is in "+region+", and the service is not known to let other Regions in")
	return false
}

// withIPv4 takes subnets without an IPv4 range from an endpoint that has IPv4 addresses (F7.112).
func (l *loader) withIPv4(f found[rawEndpoint], subnets []string, t endpoint.IPAddressType) (fitting []string) {
	for _, id := range subnets {
		if t != endpoint.IPv6 && !l.cfg.Subnets[l.subnetAt[id]].CIDR.IsValid() {
			l.warn(f.origin, Conflict, "SubnetIds", id, "left out: the subnet has no IPv4 range, and the endpoint is of IPv4")
			continue
		}
		fitting = append(fitting, id)
	}
	return fitting
}

// oneSubnetAZone gives those of the subnets that are in the dump, in the VPC, and the first of their zone.
func (l *loader) oneSubnetAZone(o origin, field string, ids []string, vpc string) (subnets []string) {
	zones := map[string]bool{}
	for _, id := range unique(ids) {
		if !l.hasSubnet(o, field, id) {
			continue
		}
		if of := l.subnetVPC[id]; of != vpc {
			l.warn(o, Conflict, field, id, "left out: the subnet is in VPC "+of)
			continue
		}
		zone := l.zoneOf(id)
		if zones[zone] {
			l.warn(o, Conflict, field, id, "left out: there is a subnet in zone "+zone+" already (F7.101)")
			continue
		}
		zones[zone] = true
		subnets = append(subnets, id)
	}
	return subnets
}

// groupsOf gives those of the security groups that are in the dump and can be in the VPC.
func (l *loader) groupsOf(o origin, field string, ids []string, vpc string) (groups []string) {
	for _, id := range unique(ids) {
		at, ok := l.groupAt[id]
		if !ok {
			l.warn(o, Dangling, field, id, "left out: the group is not in the dump")
			continue
		}
		if known, _ := l.groups.get(id); !l.serves(o, known, vpc) {
			continue
		}
		l.cfg.SecurityGroups[at].VPCs = l.groupVPCs[id]
		groups = append(groups, id)
	}
	return groups
}
