// Package peering describes VPC peering connections: a private way between exactly two VPCs.
//
// A [Connection] has two sides and a status, and carries traffic only while it is active (F8.001). It
// does nothing by itself: each VPC needs a route to the other (F8.005), and nothing passes through a
// VPC to a third one or to the gateways at its edge (F8.007, F8.008). [Admits] is that rule for
// one packet: from an address of the VPC that it leaves, to an address of the VPC that it enters.
//
// Two VPCs that share a single address cannot be peered (F8.003); [Overlap] finds what they share.
//
// How a packet is delivered on the other side, and how the answer comes back, is not seen here.
package peering
