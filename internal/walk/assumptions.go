package walk

import (
	"time"

	"github.com/packetwalk/packetwalk/subnet"
)

// What AWS does not say, and what we assume. The README says that these are assumptions. Those that are a
// yes or a no are constants, so that one real capture can correct them here:
const (
	// logsFailedCheck: a packet that fails the source/destination check leaves no record.
	logsFailedCheck = false

	// logsDeniedEgress: a packet that the sender's own groups or ACL deny is one REJECT
	// record at the sender (F1.507).
	logsDeniedEgress = true

	// returnToSenderIgnoresRoutes: the answer to a NAT gateway over a peering goes back by that peering
	// even where the responder's table leads elsewhere (F4.210 speaks of a table without a route).
	returnToSenderIgnoresRoutes = true
)

// How long a control remembers a connection that is idle, where no fact says so or AWS lets nobody set it:
const (
	// tcpNotEstablished is for TCP before the handshake is done, and after the first FIN: two minutes. AWS says
	// nothing of these states.
	tcpNotEstablished = 120 * time.Second

	// icmpIdle is for ICMP, of which AWS says nothing: as long as for UDP.
	icmpIdle = subnet.DefaultUDP

	// otherIdle is for protocols that are not TCP, UDP or ICMP (F5.206).
	otherIdle = 600 * time.Second

	// natIdle is for NAT gateways (F4.212), and, as we assume, for egress-only internet gateways.
	natIdle = 350 * time.Second

	// endpointIdle is for TCP through interface endpoints (F7.115). The service behind a gateway endpoint, of
	// which AWS says nothing, remembers a connection as long as security groups do by default.
	endpointIdle = 350 * time.Second

	// natConnections is how many connections an address of a NAT gateway has to one destination, port and
	// protocol (F4.213).
	natConnections = 55000
)

// The others are the order of the code itself:
//
//   - A packet that its own interface's groups and ACL let out is recorded as accepted there, though a route,
//     a blackhole or a gateway drops it later (F1.510): leave records before it takes the route.
//   - A packet that the ACL of the receiver's subnet denies is one REJECT record at the receiver, though it
//     never came that far (F1.506): enter records after it asked both.
//   - Where an ACL and a group both deny, the first on the way is the one that is named (F6.017).
//   - What has a public address of this network leaves by the internet gateway and comes in again, translated
//     both times (F4.011): outside.
//   - Where a VPC has both an internet gateway and an egress-only one, what comes from the internet comes to
//     the one by which the receiver's subnet would answer, so that an egress-only gateway keeps its promise
//     (F4.101): fromInternet.
//   - What Block Public Access drops is one REJECT: at the interface that sent it to the gateway, whose
//     record is then changed, or at the one that holds the public address (F1.512): blockedOut, blockedIn.
//   - A regional NAT gateway records what it drops as a zonal one does, ACCEPT (F1.509, F1.514), and nobody's
//     next hop is it (F1.156): crossingNAT. What its sender's own groups or ACL deny takes no way, so that
//     its record shows neither path nor next hop (F1.129, F1.150): setsOff, meets. Through what stands in the
//     VPC the path is 1 (F1.307), and none where no code fits (F1.308): pathBy.
//   - What is dropped for want of encryption (F3.202) is a REJECT at the endpoint's interface, though its
//     groups and its ACL let it in: droppedPlain. What somebody's own service gets never counts as encrypted,
//     as AWS names only services of its own (F1.157).
//   - What is too long is reported from the router's address in the subnet of who sent it to the gateway, and
//     only to the inside (F6.022): sayTooBig. AWS says that what goes to the router is not logged (F1.607);
//     nor is that: sendBack. What goes on in pieces is walked as one packet.
//   - What comes to a zone that has failed, or from an internet gateway to an interface that takes nothing
//     from there (F4.015), is dropped before ACL and groups are asked, and not recorded: zoneFails,
//     fromInternet.
//   - An interface that names no instance is taken to be that of a service of AWS's, which runs; but a route
//     to one of the standard kind is a blackhole (F4.304), since only an instance could forward.
//   - What the VPC's router answers at its reserved address is not known: UNKNOWN_DESTINATION. Nor is what
//     the VPC's own services say to a NAT gateway that asks them for an IPv6 host (F4.215): reach64.
//   - A NAT gateway drops what NAT64 would lead into the client's own subnet (F4.216), as
//     NO_POSSIBLE_DESTINATION: reach64.
//   - What comes from a zone in which a regional NAT gateway is not yet leaves by the first Elastic IP of the
//     others (F4.219): throughRegionalNAT. Inside the VPC too it is known by that Elastic IP, as it has no
//     other address; what its own table leads elsewhere is undecided: leaveRegionalNAT. Block Public Access
//     looks at its VPC alone: barred. It goes on without the Elastic IPs of zones that have failed, and has
//     forgotten what it sent from them: intoRegionalNAT, sendsFrom.
//   - Whom a Gateway Load Balancer endpoint hands a packet to lets it by, unchanged (F7.206):
//     throughInspector. To an endpoint in its own subnet the outbound entries of the ACL are asked, and no
//     inbound ones (F6.014): nextHop.
//   - A load balancer sends to the first target that works, of those in reach, and where none works to the
//     first: serverFor. It keeps a client's port as a NAT gateway does, has as many of them, and forgets UDP
//     as it forgets TCP (F7.115): elb.Listener.Open, opensToServer. What it does about a segment of a
//     connection that it does not know, beside dropping it, is not walked: balance. An ICMP error about what
//     it opened ends there, and the client is not told: toBalancer.
//   - The second in which an interface sends 1,024 packets to services at link-local addresses (F9.306) is
//     one of the session's: rates.
//   - Behind a resource endpoint nobody looks at ports, and behind a tunnel endpoint nobody looks into
//     GENEVE: what they admit has arrived (F7.208, F7.209): toInterfaceEndpoint.
//   - A NAT instance forgets what is idle as the groups of its interface do, and says nothing of it (F4.303):
//     forward.
//
// And beside the walk, of names: a DNS server of one's own, and hosts on-premises, ask the resolver of their
// own network for what their zones lack (F9.308, F9.305): serverAt and onPremisesServer of the front door.
// The names of an endpoint whose zones have all failed lead to all of its addresses (F7.106): inHealthyZones.
