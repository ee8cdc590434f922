// Package sg describes security groups, the stateful filters at a network interface.
//
// A [Group] is a list of rules that allow; nothing denies. An interface has one or more groups, and
// a packet passes where any [Rule] of any of them allows it. [Match] answers that for one packet and
// names the rule. Groups filter at each interface, also between two hosts of one subnet (F5.011).
//
// A rule's other end is a CIDR, a prefix list, or a security group. A group stands for the private
// addresses of the interfaces that have it (F5.101): it is not a list of rules to copy (F5.103), and
// to be a member of a group allows nothing by itself (F5.004). Who is a member is not known here,
// so [Match] asks a [Peers].
//
// A group belongs to a VPC and may serve others of its Region and account (F5.112): [Group.In] tells which.
// A rule may name a group of a peer VPC (F5.104); of one that is not part of the network it keeps the VPC.
//
// Groups are stateful: the answer to an allowed request passes whatever the rules say (F5.010).
// Match is about the packet that opens a connection; who keeps track of connections asks it only for
// those, and asks nothing about the traffic that groups never filter, such as DNS to Amazon's
// resolver (F5.012).
//
// The types are plain data, which can be written as literals, compared, and marshalled to JSON and
// back. [Group.Validate] reports what AWS would not accept.
package sg
