// Package gen makes networks and traffic for benchmarks and property tests, each from a seed: the same seed
// gives the same Config and the same packets on every machine.
//
// [World] is the network that speed is measured in, as large as one asks for, and shaped as people write
// theirs or at random. [Small] is a network of a few resources in which anything may stand: overlapping VPCs,
// blackholes, stopped instances, routes to every kind of target. [Flows] draws connections for either; a good
// part of them is delivered, so that a network in which everything is denied does not look fast.
//
// What is made here is accepted by packetwalk.Build, and it never panics.
package gen
