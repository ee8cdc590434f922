package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
)

// s3 is an address of S3 in us-east-1.
const s3 = "52.216.1.1"

// unseen has a server that calls what stands around every server, and a DNS server of its own.
func unseen(b *packetwalk.Builder) {
	v := b.VPC("office", "10.0.0.0/16")
	s := v.Subnet("desks", "10.0.1.0/24")
	s.Instance("desk").PrivateIP("10.0.1.10")
	s.Instance("resolver").PrivateIP("10.0.1.53").Allow("udp/53", s)
	v.FlowLog("fl")
}

// crossroads has a way out of each kind. The format says which one a packet takes.
func crossroads(b *packetwalk.Builder) {
	v, far := b.VPC("shop", "10.0.0.0/16"), b.VPC("far", "10.1.0.0/16")
	public := v.Subnet("public", "10.0.0.0/24").Route(everywhere, v.InternetGateway("igw"))
	private := v.Subnet("private", "10.0.1.0/24")
	public.Instance("front").PrivateIP("10.0.0.9").PublicIP()
	private.Instance("app").PrivateIP("10.0.1.5")
	private.Instance("cache").PrivateIP("10.0.1.6").Allow("tcp/6379", v)
	far.Subnet("there", "10.1.0.0/24").Instance("db").PrivateIP("10.1.0.7").Allow("tcp/5432", v)
	v.GatewayEndpoint("s3-endpoint", "com.amazonaws.us-east-1.s3", private)
	b.Peer(v, far)
	const format = "${version} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-dst-aws-service} ${traffic-path} ${next-hop-interface-id} ${action}"
	b.FlowLog("fl-front", "front-eni").Format(format)
	b.FlowLog("fl-app", "app-eni").Format(format)
}

const small = "${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${action}"

// levels has a flow log on the VPC, one on the subnet and one on an interface.
func levels(b *packetwalk.Builder) {
	v := b.VPC("site", "10.0.0.0/16")
	s := v.Subnet("public", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw"))
	s.Instance("web").PrivateIP("10.0.1.4").PublicIP().Allow("tcp/443", packetwalk.Anywhere).FlowLog("fl-interface").
		Only(flowlog.Reject).Format(small)
	v.FlowLog("fl-vpc").Format(small)
	s.FlowLog("fl-subnet").Only(flowlog.Accept).Format(small)
}

// limits are about what flow logs do not say, and what they can be made to say.
func limits() []scene {
	once, giveUp := packetwalk.Traffic{}, packetwalk.Traffic{Retries: -1}
	return []scene{{
		title: "What is never logged.", network: unseen,
		steps: []step{
			call("desk", "10.0.0.2", "udp/53", once),
			call("desk", "169.254.169.254", "tcp/80", once),
			call("desk", "169.254.169.123", "udp/123", once),
			call("desk", "169.254.169.250", "tcp/1688", once),
			call("desk", "10.0.1.1", "icmp", once),
			call("desk", "255.255.255.255", "udp/67", packetwalk.Traffic{SourcePort: 68}), read, // DHCP
			call("desk", "10.0.1.53", "udp/53", once), read,
		},
		why: "Amazon's DNS server, instance metadata, the time, Windows licences, the router and DHCP leave no line. Nor does ARP,\n" +
			"   nor mirrored traffic at its source. A DNS server of one's own is a host like any other.",
	}, {
		title: "A custom format: which way did it go, and to what?", network: crossroads,
		steps: []step{
			call("front", laptop, "tcp/443", once), call("front", s3, "tcp/443", once), read,
			call("app", s3, "tcp/443", once), call("app", "cache", "tcp/6379", once), call("app", "db", "tcp/5432", once),
			call("app", laptop, "tcp/443", giveUp), read,
		},
		why: "traffic-path is of what goes out: 8 an internet gateway, 7 a gateway endpoint, 1 the same VPC, 4 a peer in the Region.\n" +
			"   What has no route is ACCEPT all the same: the groups and the ACL let it by. The next hop makes it version 11.",
	}, {
		title: "One flow log on the VPC, for all; one on the subnet, for ACCEPT; one on the interface, for REJECT.", network: levels,
		steps: []step{call(laptop, "web", "tcp/443", once), call(laptop, "web", "tcp/22", giveUp), read},
		why:   "What is above sees all that is below it, and each flow log writes for itself.",
	}}
}
