package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// offered has an endpoint for a service that these principals may use.
func offered(principals ...string) lesson.Network {
	return func(b *packetwalk.Builder) {
		o := newOffer(b)
		o.orders.Allow("tcp/8443", o.balancer)
		o.endpoint(principals...)
	}
}

// waiting has an endpoint for a service whose provider wants to accept it, and has accepted these.
func waiting(accepted ...string) lesson.Network {
	return func(b *packetwalk.Builder) {
		o := newOffer(b)
		o.orders.Allow("tcp/8443", o.balancer)
		service, _ := o.endpoint(consumer)
		service.AcceptanceRequired().Accept(accepted...)
	}
}

func consents() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Who may have an endpoint? The consumer is account " + consumers + ".",
		Asked: []lesson.Question{
			lesson.Refused("nobody else", offered()),
			lesson.Refused("another account", offered("arn:aws:iam::333333333333:root")),
			lesson.Ask("the consumer's account", offered(consumer), "app", "link", "tcp/443"),
			lesson.Ask("everybody", offered("*"), "app", "link", "tcp/443"),
		},
		Why: "A service is for nobody but its owner, until it names who may use it.",
	}, {
		Title: "The provider wants to accept each endpoint.",
		Asked: []lesson.Question{
			lesson.Ask("not yet", waiting(), "app", "link", "tcp/443"),
			lesson.Ask("accepted", waiting("link"), "app", "link", "tcp/443"),
		},
		Why: "The endpoint is there with its address, and carries nothing until it is available.",
	}, {
		Title: "The endpoint is to be in a zone where the load balancer is not.",
		Asked: []lesson.Question{lesson.Refused("", elsewhere)},
		Why:   "An endpoint can stand in the zones of its service only. Clients in other zones may call it there.",
	}}
}
