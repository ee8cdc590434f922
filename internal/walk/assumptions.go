package walk

// What AWS does not say, and what we assume. Each choice stands here once, so that one real
// capture can correct it in one place. The README says that they are assumptions.
const (
	// logsBeforeRoute: a packet that its own interface's groups and ACL let out is recorded
	// as accepted there, though a route, a blackhole or a gateway drops it later (F1.510).
	logsBeforeRoute = true

	// logsFailedCheck: a packet that fails the source/destination check leaves no record.
	logsFailedCheck = false

	// logsDeniedEgress: a packet that the sender's own groups or ACL deny is one REJECT
	// record at the sender (F1.507).
	logsDeniedEgress = true

	// logsDeniedAtACL: a packet that the ACL of the receiver's subnet denies is one REJECT record at the
	// receiver, though it never came that far (F1.506).
	logsDeniedAtACL = true

	// inboundIPv6UsesInternetGateway: where a VPC has both an internet gateway and an egress-only one,
	// what comes from the internet enters by the internet gateway whatever the receiver's own route says
	// (F2.031); the reply then meets the egress-only gateway, which knows of no connection.
	inboundIPv6UsesInternetGateway = true

	// returnToSenderIgnoresRoutes: the answer to a NAT gateway over a peering goes back by that peering
	// even where the responder's table leads elsewhere (F4.210 speaks of a table without a route).
	returnToSenderIgnoresRoutes = true
)
