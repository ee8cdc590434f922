// Package vpctest checks a packetwalk network in a Go test: what has to be reachable, and what must not be.
//
// A test describes a network, builds it with [Build], and then says what should hold:
//
//	func TestNetwork(t *testing.T) {
//		b := packetwalk.New()
//		app := b.VPC("app", "10.0.0.0/16")
//		web := app.Subnet("front", "10.0.1.0/24").Instance("web")
//		app.Subnet("back", "10.0.2.0/24").Instance("db").Allow("tcp/5432", web)
//
//		n := vpctest.Build(t, b)
//		vpctest.Reach(t, n, "web", "db", "tcp/5432")
//		vpctest.Block(t, n, "web", "db", "tcp/22", trace.ENISGRulesMismatch)
//	}
//
// [Reach] and [Block] ask one question each and give the [packetwalk.Flow], so that a test can go on to look
// at its hops or flow-log records. Block wants the code that blocks: a packet can be stopped by something
// else than what the test is about, and then the test would pass for the wrong reason. [Matrix] asks many
// questions at once, by a table of who may reach what. Whatever fails is reported with the way of the packet,
// hop by hop, and the rule that decided.
//
// [Resolves] checks what a name leads to, [Via] by which gateway or endpoint a connection goes, and [Passes]
// that all is there that Session Manager or an image pull needs. [Allow] and [Deny] ask the policies of
// endpoints and buckets as well.
//
// Names are those of [packetwalk.Network.Probe]: the ID of an instance, of a network interface or of another
// resource that has one, an IP address, or "internet". A name that does not exist fails the test: it never
// counts as unreachable.
package vpctest
