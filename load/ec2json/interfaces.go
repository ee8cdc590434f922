package ec2json

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/subnet"
)

type rawInterface struct {
	NetworkInterfaceId, Description, SubnetId, OwnerId, InterfaceType string

	PrivateIpAddress   string
	PrivateIpAddresses []rawPrivateAddress
	Association        rawAssociation
	Ipv6Addresses      []struct{ Ipv6Address string }

	Groups          []rawGroupName
	SourceDestCheck *bool
	TagSet          []tag

	DenyAllIgwTraffic               bool
	ConnectionTrackingConfiguration rawTracking

	Attachment struct {
		InstanceId  string
		DeviceIndex int
	}
}

type rawPrivateAddress struct {
	PrivateIpAddress string
	Primary          bool
	Association      rawAssociation
}

type rawAssociation struct{ PublicIp string }

type rawGroupName struct{ GroupId, GroupName string }

func (r rawInterface) id() string { return r.NetworkInterfaceId }

// addInterfaces makes the interfaces: those printed by themselves, then those that stand inside an
// instance only, then one for each instance that is printed without.
func (l *loader) addInterfaces() {
	l.interfaceAt, l.interfaceOwner = map[string]int{}, map[string]string{}
	l.addressHeld, l.deviceHeld = claims{}, claims{}
	for _, f := range l.interfaces.items {
		if inside, ok := l.embedded.get(f.id); ok && f.raw.Attachment.InstanceId == "" {
			f.raw.Attachment = inside.raw.Attachment
		}
		l.addInterface(f)
	}
	for _, f := range l.embedded.items {
		if _, ok := l.interfaces.get(f.id); !ok {
			l.addInterface(f)
		}
	}
	l.addMissingInterfaces()
}

func (l *loader) addInterface(f found[rawInterface]) {
	r := f.raw
	if _, ok := l.subnetVPC[r.SubnetId]; !ok {
		l.warn(f.origin, Dangling, "SubnetId", r.SubnetId, "left out: its subnet is not in the dump")
		return
	}
	n := subnet.Interface{
		ID: r.NetworkInterfaceId, Description: r.Description, Subnet: r.SubnetId, Account: r.OwnerId,
		Kind:              interfaceKind(r.InterfaceType),
		Private:           l.privateAddresses(f),
		Groups:            l.groupIDs(f, r.Groups),
		NoSourceDestCheck: r.SourceDestCheck != nil && !*r.SourceDestCheck,
		DenyAllIGWTraffic: r.DenyAllIgwTraffic,
		Tracking:          l.tracking(f),
		Tags:              l.tags(f.origin, "TagSet", r.TagSet),
	}
	for i, a := range r.Ipv6Addresses {
		if addr, ok := l.addr(f.origin, fmt.Sprintf("Ipv6Addresses[%d].Ipv6Address", i), a.Ipv6Address); ok {
			field := fmt.Sprintf("Ipv6Addresses[%d].Ipv6Address", i)
			if l.lies(f.origin, field, addr, r.SubnetId) && l.addressHeld.claim(l, f.origin, field, addr.String()) {
				n.IPv6 = append(n.IPv6, addr)
			}
		}
	}
	if id := r.Attachment.InstanceId; l.instanceKnown[id] {
		n.Attachment = subnet.Attachment{Instance: id, DeviceIndex: l.deviceIndex(f)}
	} else if id != "" {
		l.warn(f.origin, Dangling, "Attachment.InstanceId", id, "taken as not attached: the instance is not in the dump")
	}
	l.dropGroups(f.origin, &n)
	l.dropPublic(f.origin, &n)
	l.interfaceAt[n.ID] = len(l.cfg.Interfaces)
	l.cfg.Interfaces = append(l.cfg.Interfaces, n)
}

// privateAddresses reads the private IPv4 addresses, the primary first, with what stands for them in public.
func (l *loader) privateAddresses(f found[rawInterface]) (addresses []subnet.Address) {
	raws := f.raw.PrivateIpAddresses
	if len(raws) == 0 && f.raw.PrivateIpAddress != "" {
		raws = []rawPrivateAddress{{f.raw.PrivateIpAddress, true, f.raw.Association}}
	}
	for i, r := range raws {
		field := fmt.Sprintf("PrivateIpAddresses[%d].", i)
		a := subnet.Address{
			Private: l.addr4(f.origin, field+"PrivateIpAddress", r.PrivateIpAddress),
			Public:  l.addr4(f.origin, field+"Association.PublicIp", r.Association.PublicIp),
		}
		if !a.Private.IsValid() || !l.lies(f.origin, field+"PrivateIpAddress", a.Private, f.raw.SubnetId) {
			continue
		}
		if a.Public.IsValid() && !l.addressHeld.claim(l, f.origin, field+"Association.PublicIp", a.Public.String()) {
			a.Public = netip.Addr{}
		}
		switch {
		case !l.addressHeld.claim(l, f.origin, field+"PrivateIpAddress", f.raw.SubnetId+" "+a.Private.String()):
		case r.Primary:
			addresses = append([]subnet.Address{a}, addresses...)
		default:
			addresses = append(addresses, a)
		}
	}
	return addresses
}

// deviceIndex gives the index at which an interface is attached. Instances with several network cards
// count anew on each card; the Config has one card, so an index that is taken becomes the next free one.
func (l *loader) deviceIndex(f found[rawInterface]) int {
	a := f.raw.Attachment
	index, key := max(0, a.DeviceIndex), func(i int) string { return fmt.Sprint(a.InstanceId, " ", i) }
	for l.deviceHeld[key(index)] != "" {
		index++
	}
	l.deviceHeld[key(index)] = f.id
	if index != a.DeviceIndex {
		l.warn(f.origin, Assumed, "Attachment.DeviceIndex", fmt.Sprint(a.DeviceIndex), fmt.Sprintf("taken as %d: another interface of the instance has it", index))
	}
	return index
}

// groupIDs gives the IDs of an interface's groups. One that is not in the dump stands in the
// Config without rules: it grants nothing, and rules may refer to it.
func (l *loader) groupIDs(f found[rawInterface], groups []rawGroupName) (ids []string) {
	for _, g := range groups {
		if g.GroupId == "" {
			continue
		}
		vpc := l.subnetVPC[f.raw.SubnetId]
		known, ok := l.groups.get(g.GroupId)
		if ok && !l.serves(f.origin, known, vpc) {
			continue
		}
		ids = append(ids, g.GroupId)
		if ok {
			continue
		}
		l.warn(f.origin, Dangling, "Groups.GroupId", g.GroupId, "a group without rules stands for it")
		l.groups.put(l, f.origin, rawGroup{
			GroupId: g.GroupId, GroupName: g.GroupName, VpcId: vpc,
		})
	}
	return unique(ids)
}

// dropGroups takes the groups from a NAT gateway's interface, where they have no effect (F4.208).
func (l *loader) dropGroups(o origin, n *subnet.Interface) {
	if n.Kind == subnet.NATGateway && len(n.Groups) > 0 {
		l.warn(o, Ignored, "Groups", strings.Join(n.Groups, " "), "a NAT gateway has no security groups")
		n.Groups = nil
	}
}

// dropPublic takes the public addresses from an interface that takes nothing from internet gateways, where
// they have no effect (F4.015).
func (l *loader) dropPublic(o origin, n *subnet.Interface) {
	for i := range n.Private {
		if a := &n.Private[i]; n.DenyAllIGWTraffic && a.Public.IsValid() {
			l.warn(o, Conflict, fmt.Sprintf("PrivateIpAddresses[%d].Association.PublicIp", i), a.Public.String(),
				"left out: the interface takes nothing from internet gateways")
			a.Public = netip.Addr{}
		}
	}
}

// addMissingInterfaces makes an interface for each instance that has an address and a subnet and is
// printed without interfaces.
func (l *loader) addMissingInterfaces() {
	attached := map[string]bool{}
	taken := map[string]bool{}
	for _, n := range l.cfg.Interfaces {
		attached[n.Attachment.Instance] = true
		for _, a := range n.Private {
			taken[n.Subnet+" "+a.Private.String()] = true
		}
	}
	for _, f := range l.instances.items {
		r := f.raw
		if attached[f.id] || r.PrivateIpAddress == "" || r.SubnetId == "" || taken[r.SubnetId+" "+r.PrivateIpAddress] {
			continue
		}
		raw := rawInterface{
			NetworkInterfaceId: f.id + "-eni", SubnetId: r.SubnetId, Groups: r.SecurityGroups, SourceDestCheck: r.SourceDestCheck,
			PrivateIpAddress: r.PrivateIpAddress, Association: rawAssociation{r.PublicIpAddress},
		}
		if r.Ipv6Address != "" {
			raw.Ipv6Addresses = append(raw.Ipv6Addresses, struct{ Ipv6Address string }{r.Ipv6Address})
		}
		raw.Attachment.InstanceId = f.id
		l.warn(f.origin, Assumed, "NetworkInterfaces", raw.NetworkInterfaceId, "made: the instance is printed without its interface")
		l.addInterface(found[rawInterface]{f.origin, raw})
	}
}

// interfaceKind reads an interface type. AWS writes some in two ways ("natGateway", "nat_gateway").
func interfaceKind(text string) subnet.InterfaceKind {
	switch strings.ToLower(strings.ReplaceAll(text, "_", "")) {
	case "":
		return subnet.KindUnspecified
	case "interface", "efa", "efaonly", "trunk", "branch":
		return subnet.Standard
	case "natgateway":
		return subnet.NATGateway
	case "vpcendpoint":
		return subnet.VPCEndpoint
	case "lambda":
		return subnet.Lambda
	case "loadbalancer":
		return subnet.LoadBalancer
	case "networkloadbalancer":
		return subnet.NetworkLoadBalancer
	case "gatewayloadbalancer":
		return subnet.GatewayLoadBalancer
	case "gatewayloadbalancerendpoint":
		return subnet.GatewayLoadBalancerEndpoint
	case "transitgateway":
		return subnet.TransitGateway
	}
	return subnet.Other
}

// publicOf gives the public address that stands for an address of an interface; a zero private is the
// primary.
func publicOf(n *subnet.Interface, private netip.Addr) netip.Addr {
	for _, a := range n.Private {
		if a.Private == private || !private.IsValid() {
			return a.Public
		}
	}
	return netip.Addr{}
}
