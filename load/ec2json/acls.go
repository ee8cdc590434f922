package ec2json

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
)

type rawACL struct {
	NetworkAclId, VpcId string
	IsDefault           bool
	Associations        []struct{ SubnetId string }
	Entries             []rawACLEntry
	Tags                []tag
}

type rawACLEntry struct {
	RuleNumber               int
	Egress                   bool
	RuleAction, Protocol     string
	CidrBlock, Ipv6CidrBlock string
	PortRange                *struct{ From, To *int }
	IcmpTypeCode             *struct{ Type, Code *int }
}

func (r rawACL) id() string { return r.NetworkAclId }

// lastACLNumber is the highest number of an entry; AWS prints the final "*" beyond it (F6.002, F6.003).
const lastACLNumber = 32766

// addACLs makes the network ACLs.
func (l *loader) addACLs() {
	served, defaults := claims{}, claims{}
	for _, f := range l.acls.items {
		if !l.hasVPC(f.origin, f.raw.VpcId) {
			continue
		}
		acl := nacl.ACL{ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId}
		acl.Default = f.raw.IsDefault && defaults.claim(l, f.origin, "IsDefault", acl.VPC)
		for i, a := range f.raw.Associations {
			field := fmt.Sprintf("Associations[%d].SubnetId", i)
			if l.hasSubnet(f.origin, field, a.SubnetId) && served.claim(l, f.origin, field, a.SubnetId) {
				acl.Subnets = append(acl.Subnets, a.SubnetId)
			}
		}
		numbers := map[string]bool{}
		for i, r := range f.raw.Entries {
			e, ok := l.aclEntry(f.origin, fmt.Sprintf("Entries[%d].", i), r)
			key := fmt.Sprint(e.Number, e.Direction)
			switch {
			case !ok:
			case numbers[key]:
				l.warn(f.origin, Conflict, fmt.Sprintf("Entries[%d].RuleNumber", i), fmt.Sprint(r.RuleNumber), "left out: an entry before it has the number")
			default:
				numbers[key] = true
				acl.Entries = append(acl.Entries, e)
			}
		}
		l.cfg.NetworkACLs = append(l.cfg.NetworkACLs, acl)
	}
}

// aclEntry reads one entry; ok is false for the final "*", and for what is reported.
func (l *loader) aclEntry(o origin, field string, r rawACLEntry) (e nacl.Entry, ok bool) {
	if r.RuleNumber > lastACLNumber && strings.EqualFold(r.RuleAction, "deny") && r.Protocol == "-1" {
		return e, false // the final "*" (F6.003)
	}
	if r.RuleNumber < 1 || r.RuleNumber > lastACLNumber {
		l.warn(o, Malformed, field+"RuleNumber", fmt.Sprint(r.RuleNumber), "left out: not a number of an entry")
		return e, false
	}
	e = nacl.Entry{Number: r.RuleNumber, Direction: direction(r.Egress)}
	switch {
	case strings.EqualFold(r.RuleAction, "allow"):
		e.Action = nacl.Allow
	case strings.EqualFold(r.RuleAction, "deny"):
		e.Action = nacl.Deny
	default:
		l.warn(o, Malformed, field+"RuleAction", r.RuleAction, "left out: want allow or deny")
		return e, false
	}
	name, text := "CidrBlock", r.CidrBlock
	if text == "" {
		name, text = "Ipv6CidrBlock", r.Ipv6CidrBlock
	}
	if e.CIDR, ok = l.prefix(o, field+name, text); !ok {
		return e, false
	}
	e.Service, ok = l.aclService(o, field, r)
	return e, ok
}

// aclService reads protocol, ports and ICMP type of an entry. Ports count for TCP and UDP only (F6.008).
func (l *loader) aclService(o origin, field string, r rawACLEntry) (packet.Service, bool) {
	protocol, all, ok := l.protocol(o, field+"Protocol", r.Protocol)
	switch {
	case !ok:
		return packet.Service{}, false
	case all:
		return packet.All(), true
	case protocol.HasPorts() && r.PortRange != nil:
		return l.portService(o, field+"PortRange", protocol, r.PortRange.From, r.PortRange.To)
	case protocol.IsICMP() && r.IcmpTypeCode != nil:
		return l.icmpService(o, field+"IcmpTypeCode", protocol, r.IcmpTypeCode.Type, r.IcmpTypeCode.Code)
	}
	return packet.Of(protocol), true
}

// hasSubnet reports whether a subnet that a resource serves is in the dump; where it is not, that is
// reported.
func (l *loader) hasSubnet(o origin, field, id string) bool {
	if _, ok := l.subnetVPC[id]; ok {
		return true
	}
	l.warn(o, Dangling, field, id, "left out: the subnet is not in the dump")
	return false
}

// claims says which resource serves what: a subnet has one table and one ACL, a VPC one main table and one
// default ACL.
type claims map[string]string

// claim gives what to the resource at o; where another has it, as in files of different days, that is
// reported.
func (c claims) claim(l *loader, o origin, field, what string) bool {
	if first, taken := c[what]; taken {
		l.warn(o, Conflict, field, what, "left out: "+first+" serves it")
		return false
	}
	c[what] = o.id
	return true
}
