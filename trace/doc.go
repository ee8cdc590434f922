// Package trace holds what a packet met on its way through a network: the hops, what decided at each,
// and what became of the packet.
//
// A [Trace] is one packet going one way. Its [Verdict] says whether the packet arrived, and if not, which
// resource dropped it and why. Its Hops are everything that looked at the packet, in walking order: network
// interfaces, security groups, network ACLs, route tables and gateways. Each [Hop] holds the very rule, entry
// or route that decided, and the header before and after, as an internet gateway or a NAT gateway rewrites
// it.
//
// Print a trace with %v for one line and with %+v for a numbered table of its hops. Marshalled to JSON it
// is an object that other programs can read. A drop has a [Code], AWS Reachability Analyzer's explanation
// code where one fits, so what a test here asserts can be looked up in AWS's documentation:
//
//	if t.Verdict.Code == trace.SubnetACLRestriction { ... }
//
// The walk does not stop at a filter that denies: [Trace.Drops] lists every drop, first the one that
// counts and then those that the packet would have met behind it.
package trace
