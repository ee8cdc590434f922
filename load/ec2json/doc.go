// Package ec2json reads what `aws ec2 describe-*` prints and makes it a [packetwalk.Config].
//
// Save the output of each command as a .json file, in one folder or in many, for one account and
// Region or for several, under any file name: the top-level key ("Vpcs", "Subnets", ...) says what a
// file holds, and one file may hold many keys.
//
//	for what in vpcs dhcp-options subnets route-tables network-acls security-groups instances \
//	    network-interfaces addresses internet-gateways egress-only-internet-gateways nat-gateways \
//	    vpc-endpoints vpc-peering-connections prefix-lists managed-prefix-lists \
//	    security-group-vpc-associations vpc-block-public-access-options vpc-block-public-access-exclusions; do
//	    aws ec2 describe-$what > dump/$what.json
//	done
//
// Then [Load] the folder and build the network from the Config:
//
//	cfg, warnings, err := ec2json.Load(os.DirFS("dump"))
//
// A real account always has something that cannot be used: a transit gateway, a route to what another
// account owns, a rule with an odd address. Nothing of that fails the load and nothing is dropped in
// silence: each is a [Warning] that says where it stands, why, and what was done instead. The error is
// for files that are not JSON at all; it names every one, with line and column, and the Config holds
// what the other files say.
//
// What refers to a resource outside the dump is cut back to what the dump can carry: a route keeps its
// target's ID with the kind [route.Unknown]; a security group rule is kept as stale, or, where its group is
// of a peer VPC, with the ID of that VPC; an association is dropped; a resource without its VPC or subnet is
// left out. A security group that is seen on an interface only stands as a group without rules, so that it
// grants nothing but can be referred to. An interface endpoint without any subnet of the dump is left out.
//
// [route.Unknown]: https://pkg.go.dev/github.com/packetwalk/packetwalk/route#Unknown
package ec2json
