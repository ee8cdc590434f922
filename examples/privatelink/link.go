package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const (
	addresses = "10.0.0.0/16" // of both VPCs

	providers = "111111111111" // the account of the provider
	consumers = "222222222222"
	consumer  = "arn:aws:iam::222222222222:root" // everybody in the consumer's account

	// The names of the endpoint: its own, and the one that the provider wants it to have.
	ofEndpoint = "link.vpce-svc-orders.us-east-1.vpce.amazonaws.com"
	ofService  = "orders.example.com"
)

// offer is a provider with a service "orders" behind a load balancer, and a consumer of another account with
// an application, and not yet an endpoint.
type offer struct {
	provider, consumer *packetwalk.VPCHandle
	front, endpoints   *packetwalk.SubnetHandle
	balancer           *packetwalk.LoadBalancerHandle
	orders             *packetwalk.InstanceHandle
}

func newOffer(b *packetwalk.Builder) offer {
	o := offer{
		provider: b.VPC("provider", addresses).Account(providers),
		consumer: b.VPC("consumer", addresses).Account(consumers).DNS(true, true),
	}
	o.front = o.provider.Subnet("front", "10.0.1.0/24")
	o.balancer = o.provider.NetworkLoadBalancer("nlb", o.front)
	o.orders = o.provider.Subnet("back", "10.0.2.0/24").Instance("orders").PrivateIP("10.0.2.10")
	o.balancer.Listen("tcp/443", o.orders).TargetPort(8443)

	o.endpoints = o.consumer.Subnet("endpoints", "10.0.1.0/24")
	o.consumer.Subnet("apps", "10.0.2.0/24").Instance("app").PrivateIP("10.0.2.20").Allow("all", packetwalk.Anywhere)
	return o
}

// endpoint offers the service to these principals, and makes the consumer's endpoint for it.
func (o offer) endpoint(principals ...string) (*packetwalk.EndpointServiceHandle, *packetwalk.InterfaceEndpointHandle) {
	service := o.balancer.EndpointService("vpce-svc-orders", principals...).PrivateDNSName(ofService)
	return service, o.consumer.ServiceEndpoint("link", service, o.endpoints).Allow("all", o.consumer)
}

// linked has the endpoint, with private DNS.
func linked(b *packetwalk.Builder) { newLinked(b) }

func newLinked(b *packetwalk.Builder) offer {
	o := newOffer(b)
	o.orders.Allow("tcp/8443", o.balancer)
	_, link := o.endpoint(consumer)
	link.PrivateDNS()
	return o
}

// mistaken has a service whose group lets the consumer's subnet in, and not the load balancer's.
func mistaken(b *packetwalk.Builder) {
	o := newOffer(b)
	o.orders.Allow("tcp/8443", packetwalk.CIDR("10.0.2.0/24"))
	o.endpoint(consumer)
}

// peered would join the two VPCs.
func peered(b *packetwalk.Builder) {
	o := newOffer(b)
	b.Peer(o.provider, o.consumer)
}

// guarded has a load balancer in a group, which lets HTTPS in from this block.
func guarded(from packetwalk.CIDR) lesson.Network {
	return func(b *packetwalk.Builder) {
		o := newLinked(b)
		group := o.provider.Group("nlb-sg").Allow("tcp/443", from)
		o.balancer.Groups(group)
	}
}

// elsewhere has the endpoint in a zone in which the provider has no load balancer.
func elsewhere(b *packetwalk.Builder) {
	o := newOffer(b)
	o.endpoints.Zone("us-east-1b")
	o.endpoint(consumer)
}

func links() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Two VPCs with the same addresses, and a service in one that the other wants to use.",
		Asked: []lesson.Question{
			lesson.Refused("a peering", peered),
			lesson.Ask("an endpoint", linked, "app", "link", "tcp/443").Hops(),
		},
		Why: "The consumer calls an address of its own. To the provider it is the load balancer that calls, at the target's port.",
	}, {
		Title: "What else does the endpoint lead to, and who can come back by it?",
		Asked: []lesson.Question{
			lesson.Ask("another port", linked, "app", "link", "tcp/22"),
			lesson.Ask("another protocol", linked, "app", "link", "udp/443"),
			lesson.Ask("a ping", linked, "app", "link", "icmp/echo-request"),
			lesson.Ask("the endpoint calls", linked, "link", "app", "tcp/443"),
			lesson.Ask("the service calls", linked, "orders", "app", "tcp/443"),
		},
		Why: "One service, one direction. A peering would have opened all ports, both ways, to whatever the groups let by.",
	}, {
		Title: "By which names?",
		Asked: []lesson.Question{
			lesson.Resolve("the endpoint's", linked, "app", ofEndpoint),
			lesson.Resolve("the service's", linked, "app", ofService),
			lesson.Resolve("the service's, asked by the provider", linked, "orders", ofService),
			lesson.Ask("the service's", linked, "app", ofService, "tcp/443").Way(),
		},
		Why: "The provider may choose a name of its own, which leads to the endpoint for who has one, with private DNS.",
	}, {
		Title: "Whom do the provider's groups see? The consumer's subnet is 10.0.2.0/24, the load balancer's 10.0.1.0/24.",
		Asked: []lesson.Question{
			lesson.Ask("the service's lets the load balancer in", linked, "app", "link", "tcp/443"),
			lesson.Ask("the service's lets the consumer in", mistaken, "app", "link", "tcp/443"),
			lesson.Ask("the load balancer's lets the consumer in", guarded("10.0.2.0/24"), "app", "link", "tcp/443"),
			lesson.Ask("the load balancer's lets itself in", guarded("10.0.1.0/24"), "app", "link", "tcp/443"),
		},
		Why: "A group of the load balancer sees the consumer's own address. Behind it nobody knows that address any more.",
	}}
}
