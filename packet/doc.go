// Package packet holds the header of a packet and the words that describe traffic. It is the ground
// that the other packages stand on, and knows nothing of networks.
//
// A [Packet] is what one machine sends to another: addresses, a [Protocol], and ports or an ICMP
// type. It carries no payload and no time. [Packet.Reply] gives what the other side would answer.
//
// A [Service] is a kind of traffic, as people and rules name it: "tcp/443", "icmp/echo-request",
// "all". It is used in both directions of thought: [Service.Matches] asks whether a packet is of that
// kind, as a rule of a security group or a network ACL does, and [Service.Open] makes the packet
// that opens a connection to it.
//
// All types are small values that can be compared with == and used as map keys. Protocols,
// services, flags and directions are text in JSON, and the text parses back to the same value; a Packet's
// one line is for people, and nothing parses it. Parsers take any case and print one spelling; their
// errors quote the call and the input:
//
//	packet.ParseService("tcp/99999"): port 99999 is above 65535
package packet
