package ec2json

import (
	"fmt"

	"github.com/packetwalk/packetwalk/peering"
)

type rawPeering struct {
	VpcPeeringConnectionId            string
	RequesterVpcInfo, AccepterVpcInfo rawPeeringSide
	Status                            struct{ Code string }
	Tags                              []tag
}

type rawPeeringSide struct {
	VpcId, OwnerId, Region string
	CidrBlock              string
	CidrBlockSet           []struct{ CidrBlock string }
	Ipv6CidrBlockSet       []struct{ Ipv6CidrBlock string }
	PeeringOptions         struct{ AllowDnsResolutionFromRemoteVpc bool }
}

func (r rawPeering) id() string { return r.VpcPeeringConnectionId }

// addPeerings makes the peering connections.
func (l *loader) addPeerings() {
	for _, f := range l.peerings.items {
		c := peering.Connection{
			ID: f.id, Name: nameOf(f.raw.Tags),
			Requester: l.peeringSide(f.origin, "RequesterVpcInfo.", f.raw.RequesterVpcInfo),
			Accepter:  l.peeringSide(f.origin, "AccepterVpcInfo.", f.raw.AccepterVpcInfo),
			Status:    enumText[peering.Status](l, f.origin, "Status.Code", f.raw.Status.Code),
		}
		if c.Requester.VPC == "" || c.Accepter.VPC == "" {
			l.warn(f.origin, Malformed, "VpcId", "", "left out: a side without a VPC")
			continue
		}
		_, requester := l.vpcAt[c.Requester.VPC]
		_, accepter := l.vpcAt[c.Accepter.VPC]
		switch {
		case !requester && !accepter:
			l.warn(f.origin, Dangling, "RequesterVpcInfo.VpcId", c.Requester.VPC, "left out: neither VPC is in the dump")
			continue
		case !requester && len(c.Requester.Blocks) == 0:
			l.warn(f.origin, Dangling, "RequesterVpcInfo.VpcId", c.Requester.VPC, "left out: the VPC is not in the dump, nor are its blocks")
			continue
		case !accepter && len(c.Accepter.Blocks) == 0:
			l.warn(f.origin, Dangling, "AccepterVpcInfo.VpcId", c.Accepter.VPC, "left out: the VPC is not in the dump, nor are its blocks")
			continue
		}
		l.cfg.Peerings = append(l.cfg.Peerings, c)
	}
}

// peeringSide reads one end. Its blocks are kept for a VPC that is not in the dump; one that is has its own.
func (l *loader) peeringSide(o origin, field string, r rawPeeringSide) peering.Side {
	side := peering.Side{
		VPC: r.VpcId, Account: r.OwnerId, Region: r.Region,
		DNSResolution: r.PeeringOptions.AllowDnsResolutionFromRemoteVpc,
	}
	if _, ok := l.vpcAt[r.VpcId]; ok {
		return side
	}
	add := func(field, text string) {
		if p, ok := l.prefix(o, field, text); ok {
			side.Blocks = append(side.Blocks, p)
		}
	}
	for i, b := range r.CidrBlockSet {
		add(fmt.Sprintf("%sCidrBlockSet[%d].CidrBlock", field, i), b.CidrBlock)
	}
	if len(r.CidrBlockSet) == 0 && r.CidrBlock != "" {
		add(field+"CidrBlock", r.CidrBlock)
	}
	for i, b := range r.Ipv6CidrBlockSet {
		add(fmt.Sprintf("%sIpv6CidrBlockSet[%d].Ipv6CidrBlock", field, i), b.Ipv6CidrBlock)
	}
	side.Blocks = unique(side.Blocks)
	return side
}
