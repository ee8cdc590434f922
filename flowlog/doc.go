// Package flowlog holds VPC flow log records: what a network interface saw of a flow, as
// the line that AWS would have written.
//
// # Records and formats
//
// A [Record] has every field that versions 2 to 11 know (F1.004, F1.101-F1.154), each with a type of its
// own. A [Format] says which of them a line shows, and in which order: [Default] the fourteen of version 2
// (F1.001), [All] every one, [ParseFormat] any list (F1.002). [ParseLine] reads a line and [Record.Append]
// writes it back byte for byte. Where a line shows "-" the record has the zero value of the field; a number
// whose zero is a value like any other is in [Record.Missing] instead.
//
// # Files
//
// A [Reader] reads files and payloads as AWS delivers them, one record a line: with a header line or
// without, compressed or not, or as JSON of CloudWatch Logs. It tells each line that is wrong, and reads
// on. A [Writer] writes such files.
//
// # What an interface sees
//
// [New] makes the record of a [Sighting]: one interface, one direction, one packet of the flow. It is here
// that the addresses of a record part from those of the packet: on its own side an interface shows its
// primary private IPv4 address, whichever of its addresses was used, and also when it only forwards
// (F1.401-F1.405, [Observe]); the packet's own are in the pkt fields. [TCPFlags] says what of a packet's
// flags shows. [NoData] and [SkipData] make the records of an interval without any.
//
// [Logged] tells the traffic that no flow log shows, such as that with the Amazon DNS server.
// Nothing here reads a clock: times are Unix seconds, and come from the caller.
//
// The rules are those of AWS's pages flow-log-records, flow-logs-records-examples and
// flow-logs-limitations, in https://docs.aws.amazon.com/vpc/latest/userguide/.
package flowlog
