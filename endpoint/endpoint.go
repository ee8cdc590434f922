package endpoint

// Gateway is a gateway endpoint, for Amazon S3, S3 Express or DynamoDB (F7.001).
type Gateway struct {
	ID          string
	Name        string // the Name tag; for people only
	VPC         string
	Service     string   // "com.amazonaws.us-east-1.s3"
	RouteTables []string // the tables that get the service's route (F7.002)
	State       State    // zero counts as Available
	Policy      string   // the policy document, kept as it is; empty allows all (F7.007)
}

// Interface is an interface endpoint: a network interface in each of its subnets (F7.101).
type Interface struct {
	ID         string
	Name       string // the Name tag; for people only
	VPC        string
	Service    string   // "com.amazonaws.us-east-1.sqs"
	Subnets    []string // at most one a zone (F7.101)
	Interfaces []string // the IDs of the network interfaces; those that are missing, Build makes
	Groups     []string // none: the VPC's default group (F7.103)
	State      State    // zero counts as Available
	PrivateDNS bool     // the service's own name resolves to this endpoint
	Policy     string   // the policy document, kept as it is; empty allows all
}
