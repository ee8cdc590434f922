package main

import "github.com/packetwalk/packetwalk"

// everywhere is the destination of a default route.
const everywhere = "0.0.0.0/0"

// design is what the steps have made so far. A step uses what those before it have made.
type design struct {
	b               *packetwalk.Builder
	vpc             *packetwalk.VPCHandle
	public, private *packetwalk.SubnetHandle
	web, db         *packetwalk.InstanceHandle
	igw             *packetwalk.GatewayHandle
	acl             *packetwalk.ACLHandle
}

func steps(b *packetwalk.Builder) []step {
	d := &design{b: b}
	all := []step{{
		title: "A VPC, two subnets, and an instance in each.",
		change: func() {
			d.vpc = d.b.VPC("lab", "10.0.0.0/16")
			d.public = d.vpc.Subnet("public", "10.0.1.0/24")
			d.private = d.vpc.Subnet("private", "10.0.2.0/24")
			d.web, d.db = d.public.Instance("web"), d.private.Instance("db")
		},
		from: "web", to: "db", service: "tcp/5432",
		why: "The local route of every table joins the subnets of a VPC. But a new security group lets nothing in.",
	}}
	all = append(all, d.waysOut()...)
	return append(all, d.filters()...)
}

// waysOut lead from the subnets to the internet.
func (d *design) waysOut() []step {
	return []step{{
		title:  "An internet gateway.",
		change: func() { d.igw = d.vpc.InternetGateway("igw") },
		from:   "web", to: "internet", service: "tcp/443",
		why: "It is attached, and changes nothing: no route leads to it.",
	}, {
		title:  "A route table for the public subnet, with a default route to the gateway.",
		change: func() { d.vpc.RouteTable("public-rtb").Route(everywhere, d.igw).Associate(d.public) },
		from:   "web", to: "internet", service: "tcp/443",
		why: "The packet comes to the gateway now. But the web server has no public address for it to put on.",
	}, {
		title:  "An Elastic IP address for the web server.",
		change: func() { d.web.ElasticIP("198.51.100.10") },
		from:   "web", to: "internet", service: "tcp/443",
		why: "Gateway, route and public address: it takes all three.",
	}, {
		title: "A NAT gateway in the public subnet, and a default route to it from the private one.",
		change: func() {
			nat := d.public.NAT("nat")
			d.vpc.RouteTable("private-rtb").Route(everywhere, nat).Associate(d.private)
		},
		from: "db", to: "internet", service: "tcp/443",
		why: "The database borrows the address of the NAT gateway. Nobody can call it by that one.",
	}}
}

// filters say what may pass.
func (d *design) filters() []step {
	return []step{{
		title:  "A network ACL for the public subnet, still empty.",
		change: func() { d.acl = d.vpc.ACL("public-acl").For(d.public) },
		from:   "web", to: "internet", service: "tcp/443",
		why: "The default ACL allowed all. One of our own denies all until it has entries.",
	}, {
		title: "Its entries: 443, and the high ports for answers, each way.",
		change: func() {
			d.acl.AllowIn(100, "tcp/443", everywhere).AllowIn(110, "tcp/1024-65535", everywhere).
				AllowOut(100, "tcp/443", everywhere).AllowOut(110, "tcp/1024-65535", everywhere)
		},
		from: "web", to: "internet", service: "tcp/443",
		why: "An ACL remembers nothing: the answer needs an entry too, to the port of the client.",
	}, {
		title:  "A security group rule: anybody may call the web server.",
		change: func() { d.web.Allow("tcp/443", packetwalk.Anywhere) },
		from:   "internet", to: "web", service: "tcp/443",
		why: "A group remembers: the answer needs no rule.",
	}, {
		title:  "A security group rule: the web server may call the database.",
		change: func() { d.db.Allow("tcp/5432", d.web) },
		from:   "web", to: "db", service: "tcp/5432",
		why: "The rule names the group of the web server, and so holds whatever its address.",
	}}
}
