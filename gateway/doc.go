// Package gateway describes the gateways at a VPC's edge: internet gateways, egress-only internet gateways,
// NAT gateways and virtual private gateways. Each is a plain struct, with a method that says what it does
// with one packet.
//
// An [Internet] gateway swaps addresses one to one: on the way out the public address takes the place of the
// private one, on the way in the other way round; ports stay, and IPv6 stays as it is. An [EgressOnly]
// gateway lets IPv6 out. A [NAT] gateway sends from its own private address and a port of its own; a public
// one stands behind an internet gateway, which makes the Elastic IP of that address; a regional one has
// Elastic IPs of its own. IPv6 for an address in 64:ff9b::/96 leaves it as IPv4. A [VirtualPrivate] gateway
// knows the ranges on-premises to which it leads.
//
// A method never fails: it gives the packet as the gateway sends it on, or a [Refusal] that says why it
// does not. Nothing is remembered here. Who called first, and for whom an answer is, is for the
// caller to know; so is which interface holds an address.
//
// The zero value of each gateway is valid data, detached and without addresses; Validate says what it lacks.
package gateway
