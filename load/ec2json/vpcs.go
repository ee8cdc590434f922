package ec2json

import (
	"fmt"

	"github.com/packetwalk/packetwalk/vpc"
)

type rawVPC struct {
	VpcId, OwnerId, DhcpOptionsId string
	IsDefault                     bool
	CidrBlock                     string
	CidrBlockAssociationSet       []struct {
		CidrBlock      string
		CidrBlockState state
	}
	Ipv6CidrBlockAssociationSet []struct {
		Ipv6CidrBlock      string
		Ipv6CidrBlockState state
	}
	Tags []tag
}

func (r rawVPC) id() string { return r.VpcId }

// addVPCs makes the VPCs and their blocks.
func (l *loader) addVPCs() {
	l.vpcAt = map[string]int{}
	for _, f := range l.vpcs.items {
		r := f.raw
		v := vpc.VPC{
			ID: r.VpcId, Name: nameOf(r.Tags), Account: r.OwnerId,
			Default:      r.IsDefault,
			DNSHostnames: r.IsDefault, // AWS's default (F3.019); describe-vpcs does not print it
			Blocks:       l.vpcBlocks(f),
			DHCPOptions:  l.dhcpOptionsOf(f),
		}
		if !v.Primary().IsValid() {
			l.warn(f.origin, Malformed, "CidrBlock", r.CidrBlock, "left out: a VPC without an IPv4 block")
			continue
		}
		l.vpcAt[v.ID] = len(l.cfg.VPCs)
		l.cfg.VPCs = append(l.cfg.VPCs, v)
	}
	l.setDNSAttributes()
}

// vpcBlocks reads the blocks, the primary first.
func (l *loader) vpcBlocks(f found[rawVPC]) (blocks []vpc.Block) {
	add := func(field, text, state string) {
		if p, ok := l.prefix(f.origin, field+"CidrBlock", text); ok {
			block := vpc.Block{CIDR: p, State: enumText[vpc.BlockState](l, f.origin, field+"CidrBlockState.State", state)}
			if text == f.raw.CidrBlock { // the primary
				blocks = append([]vpc.Block{block}, blocks...)
				return
			}
			blocks = append(blocks, block)
		}
	}
	for i, a := range f.raw.CidrBlockAssociationSet {
		add(fmt.Sprintf("CidrBlockAssociationSet[%d].", i), a.CidrBlock, a.CidrBlockState.State)
	}
	if len(f.raw.CidrBlockAssociationSet) == 0 && f.raw.CidrBlock != "" {
		add("", f.raw.CidrBlock, "")
	}
	for i, a := range f.raw.Ipv6CidrBlockAssociationSet {
		add(fmt.Sprintf("Ipv6CidrBlockAssociationSet[%d].Ipv6", i), a.Ipv6CidrBlock, a.Ipv6CidrBlockState.State)
	}
	return blocks
}

// hasVPC reports whether the VPC of a resource is in the dump; where it is not, the resource
// is reported as left out.
func (l *loader) hasVPC(o origin, id string) bool {
	if _, ok := l.vpcAt[id]; ok {
		return true
	}
	l.warn(o, Dangling, "VpcId", id, "left out: its VPC is not in the dump")
	return false
}
