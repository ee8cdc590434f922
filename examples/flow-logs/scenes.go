package main

import (
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
)

const everywhere = "0.0.0.0/0"

// laptop is a host outside.
const laptop = "203.0.113.12"

// server is a web server that is pinged: by its group or not, and with an ACL of two entries, the second of
// which some forget.
func server(group, out bool) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v := b.VPC("site", "172.31.0.0/16")
		public := v.Subnet("public", "172.31.16.0/20").Route(everywhere, v.InternetGateway("igw"))
		web := public.Instance("web").PrivateIP("172.31.16.139").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
		if group {
			web.Allow("icmp", packetwalk.Anywhere)
		}
		acl := v.ACL("acl").For(public).AllowIn(100, "icmp", everywhere)
		if out {
			acl.AllowOut(100, "icmp", everywhere)
		}
		v.FlowLog("fl")
	}
}

// pings are about one ping, and who stops it.
func pings() []scene {
	ping := call(laptop, "web", "icmp", packetwalk.Traffic{Packets: 4, Request: 56})
	return []scene{{
		title: "Four pings. The group lets them in; the ACL lets them in too, and nothing out.", network: server(true, false),
		steps: []step{ping, read},
		why:   "ACCEPT in and REJECT out: the reply needs no rule of a group, which remembers the request. An ACL does not.",
	}, {
		title: "The ACL has an entry for the reply.", network: server(true, true),
		steps: []step{ping, read},
		why:   "Two lines, as always when it works: each direction has its own.",
	}, {
		title: "The group does not let them in.", network: server(false, true),
		steps: []step{ping, read},
		why:   "One line: what was never let in is not answered.",
	}}
}

// shop is a server that calls out by a NAT gateway, and is itself called by what stands beside the NAT
// gateway.
func shop(b *packetwalk.Builder) (private, public *packetwalk.SubnetHandle) {
	v := b.VPC("shop", "10.0.0.0/16")
	public = v.Subnet("public", "10.0.0.0/24").Route(everywhere, v.InternetGateway("igw"))
	private = v.Subnet("private", "10.0.1.0/24").Route(everywhere, public.NAT("nat"))
	app := private.Instance("app").PrivateIP("10.0.1.5")
	front := public.Instance("front").PrivateIP("10.0.0.9").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	app.Allow("tcp/8080", front)
	return private, public
}

// frontLogged has a flow log of the server that everybody may call.
func frontLogged(b *packetwalk.Builder) {
	shop(b)
	b.FlowLog("fl", "front-eni")
}

// natLogged has a flow log of each subnet, which show both addresses of a packet.
func natLogged(b *packetwalk.Builder) {
	private, public := shop(b)
	const format = "${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr}"
	private.FlowLog("fl-private").Format(format)
	public.FlowLog("fl-public").Format(format)
}

// minutes has a flow log that shows what flags the packets of a minute had.
func minutes(b *packetwalk.Builder) {
	shop(b)
	b.FlowLog("fl", "app-eni").Format("${srcaddr} ${dstport} ${packets} ${bytes} ${start} ${end} ${tcp-flags} ${action} ${log-status}")
}

// lines are about how to read what is there.
func lines() []scene {
	page := packetwalk.Traffic{Request: 500, Response: 20_000}
	return []scene{{
		title: "A web page is fetched. What does each column of the request's line say?", network: frontLogged,
		steps: []step{call(laptop, "front", "tcp/443", page), explain},
		why:   "A line tells how much of what went where, and whether it was let by. Of the page itself it has nothing.",
	}, {
		title: "A private server calls out by the NAT gateway: what both subnets' flow logs have.", network: natLogged,
		steps: []step{call("app", "203.0.113.5", "tcp/443", packetwalk.Traffic{}), read},
		why: "The server's interface has two lines and the NAT gateway's four, as each packet comes in there and goes out.\n" +
			"   pkt-srcaddr and pkt-dstaddr are the packet's own addresses. The NAT gateway's public address is in none.",
	}, {
		title: "A connection that is open for two minutes, silence, and when one gets to know of it.", network: minutes,
		steps: []step{
			open("front", "app", "tcp/8080"),
			wait(time.Minute), asks(packet.ACK|packet.PSH, 540), answers(packet.ACK|packet.PSH, 1500),
			wait(time.Minute), asks(packet.ACK|packet.FIN, 40), answers(packet.ACK|packet.FIN, 40), asks(packet.ACK, 40), collect,
			wait(6 * time.Minute), collect,
			wait(2 * time.Minute), collect,
		},
		why: "A line is of one minute, here. tcp-flags are those of all its packets: 2 is SYN, 18 SYN with ACK, 1 FIN; ACK alone is 0.\n" +
			"   It comes some five minutes after its minute. A minute without traffic is NODATA, once there was some.",
	}}
}
