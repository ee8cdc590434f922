package endpoint

// Gateway is a gateway endpoint, for Amazon S3, S3 Express or DynamoDB (F7.001).
type Gateway struct {
	ID          string
	Name        string // the Name tag; for people only
	VPC         string
	Service     string   // "com.amazonaws.us-east-1.s3"
	RouteTables []string // the tables that get the service's route (F7.002)
	State       State    // zero counts as Available
	Policy      string   // the policy document, kept as it is; empty allows all; see [Gateway.ParsePolicy] (F7.007)
	// IPAddressType says of which families the endpoint is: which prefix lists are routed (F7.011). Zero counts
	// as IPv4.
	IPAddressType IPAddressType
}

// Interface is an interface endpoint: a network interface in each of its subnets (F7.101). By its Type it is
// a resource endpoint (F7.208) or a tunnel endpoint (F7.209), which stand in a network in the same way.
type Interface struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string
	// Type says what it leads to. Zero counts as [TypeInterface]: to a service.
	Type Type
	// Service is the name of the service, "com.amazonaws.us-east-1.sqs". Where Type says so it is the resource
	// configuration instead: its ID, "rcfg-0123456789abcdef0", or its ARN.
	Service    string
	Subnets    []string // at most one a zone (F7.101)
	Interfaces []string // the IDs of the network interfaces; those that are missing, Build makes
	Groups     []string // none: the VPC's default group (F7.103)
	State      State    // zero counts as Available
	Policy     string   // the policy document, kept as it is; empty allows all; see [Interface.ParsePolicy]
	Account    string   // owner; zero: that of the VPC (F7.117)

	// PrivateDNS lets the service's own name resolve to this endpoint (F7.108).
	PrivateDNS bool
	// DNSNames are the names that AWS gave the endpoint, as describe-vpc-endpoints prints them, since part of
	// them is random: "vpce-1-5kr9dae.sqs.us-east-1.vpce.amazonaws.com" (F7.107). None: they are made of the ID.
	DNSNames []string
	// PrivateDNSInboundOnly is PrivateDnsOnlyForInboundResolverEndpoint: inside the VPC the name of S3 goes on
	// leading to the gateway endpoint, which there has to be (F7.116).
	PrivateDNSInboundOnly bool
	// IPAddressType says of which families its interfaces are (F7.112). Zero counts as IPv4.
	IPAddressType IPAddressType
	// ResourceZones are the Availability Zones of the resource gateway behind a resource or tunnel endpoint, by
	// the names that they have in the endpoint's account: it stands in one of them at least (F7.208). None: they
	// are not known, and nothing is checked.
	ResourceZones []string `json:",omitempty"`
}
