package trace_test

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// rule stands for a rule, entry or route of the vocabularies: here its text is all that counts.
type rule string

func (r *rule) String() string { return string(*r) }

func by(text string) *rule { return (*rule)(&text) }

func tcp(src, dst string) packet.Packet {
	s, d := netip.MustParseAddrPort(src), netip.MustParseAddrPort(dst)
	return packet.Packet{
		Src: s.Addr(), Dst: d.Addr(), SrcPort: s.Port(), DstPort: d.Port(), Protocol: packet.TCP, Flags: packet.SYN,
	}
}

var (
	toPostgres = tcp("10.0.1.10:49152", "10.1.1.10:5432")
	toSSH      = tcp("10.0.1.10:49152", "10.1.1.10:22")
	toWeb      = tcp("10.0.1.10:49152", "198.51.100.7:443")
)

// peered is a packet from one VPC to another, as far as the database's groups.
func peered(p packet.Packet) trace.Trace {
	hops := []trace.Hop{
		{Stage: trace.StageNetworkInterface, Direction: packet.Egress, ID: "web-eni"},
		{Stage: trace.StageSecurityGroup, Direction: packet.Egress, ID: "web-sg", Rule: by("all to 0.0.0.0/0")},
		{Stage: trace.StageNetworkACL, Direction: packet.Egress, ID: "app-acl", Rule: by("100 allow all to 0.0.0.0/0")},
		{Stage: trace.StageRouteTable, ID: "app-rtb", Rule: by("10.1.0.0/16 -> pcx-ab"), Note: "main route table"},
		{Stage: trace.StagePeeringConnection, ID: "pcx-ab"},
		{Stage: trace.StageNetworkACL, Direction: packet.Ingress, ID: "data-acl", Rule: by("100 allow all from 0.0.0.0/0")},
	}
	for i := range hops {
		hops[i].Before, hops[i].After = p, p
	}
	return trace.Trace{Sent: p, Last: p, Hops: hops}
}

// delivered is the connection to the database that works.
func delivered() trace.Trace {
	t := peered(toPostgres)
	t.Verdict = trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageNetworkInterface, ID: "db-eni"}
	t.Hops = append(t.Hops,
		trace.Hop{
			Stage: trace.StageSecurityGroup, Direction: packet.Ingress, ID: "db-sg", Interface: "db-eni",
			Rule: by("tcp/5432 from web-sg"), Member: "web-eni", Before: toPostgres, After: toPostgres,
		},
		trace.Hop{
			Stage: trace.StageNetworkInterface, Direction: packet.Ingress, ID: "db-eni", Action: trace.Arrive,
			Before: toPostgres, After: toPostgres,
		})
	return t
}

// blocked is a connection that the database's groups drop.
func blocked() trace.Trace {
	t := peered(toSSH)
	t.Verdict = trace.Verdict{
		Outcome: trace.Dropped, Code: trace.ENISGRulesMismatch, Stage: trace.StageSecurityGroup, ID: "db-sg",
	}
	t.Hops = append(t.Hops, trace.Hop{
		Stage: trace.StageSecurityGroup, Direction: packet.Ingress, ID: "db-sg",
		Action: trace.Drop, Code: trace.ENISGRulesMismatch, Before: toSSH, After: toSSH,
	})
	return t
}

// blockedTwice is dropped by an ACL, with a group behind it that would drop the packet as well.
func blockedTwice() trace.Trace {
	t := blocked()
	group := t.Hops[6]
	t.Hops = t.Hops[:6:6]
	acl := &t.Hops[5]
	acl.Action, acl.Code, acl.Rule = trace.Drop, trace.SubnetACLRestriction, nil
	t.Verdict = trace.Verdict{
		Outcome: trace.Dropped, Code: trace.SubnetACLRestriction, Stage: trace.StageNetworkACL, ID: "data-acl",
	}
	t.Beyond = []trace.Hop{group, {Stage: trace.StageNetworkInterface, ID: "db-eni", Action: trace.Arrive}}
	return t
}

// translated goes through a NAT gateway and an internet gateway, which rewrite the source.
func translated() trace.Trace {
	atNAT, outside := toWeb, toWeb
	atNAT.Src, atNAT.SrcPort = netip.MustParseAddr("10.0.0.5"), 1024
	outside.Src, outside.SrcPort = netip.MustParseAddr("52.1.2.3"), 1024
	return trace.Trace{
		Verdict: trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageInternet},
		Sent:    toWeb,
		Last:    outside,
		Hops: []trace.Hop{
			{Stage: trace.StageRouteTable, ID: "private", Rule: by("0.0.0.0/0 -> nat-1"), Before: toWeb, After: toWeb},
			{Stage: trace.StageNATGateway, ID: "nat-1", Note: "new connection", Before: toWeb, After: atNAT},
			{Stage: trace.StageRouteTable, ID: "public", Rule: by("0.0.0.0/0 -> igw-1"), Before: atNAT, After: atNAT},
			{Stage: trace.StageInternetGateway, ID: "igw-1", Before: atNAT, After: outside},
			{Stage: trace.StageInternet, Action: trace.Arrive, Before: outside, After: outside},
		},
	}
}
