// Package ec2json reads what `aws ec2 describe-*` prints, and some commands of elbv2, route53 and s3api, and
// makes it a [packetwalk.Config].
//
// Save the output of each command as a .json file, in one folder or in many, for one account and
// Region or for several, under any file name: the top-level key ("Vpcs", "Subnets", ...) says what a
// file holds, and one file may hold many keys.
//
//	for what in vpcs dhcp-options subnets route-tables network-acls security-groups instances \
//	    network-interfaces addresses internet-gateways egress-only-internet-gateways nat-gateways \
//	    vpc-endpoints vpc-peering-connections prefix-lists managed-prefix-lists flow-logs \
//	    security-group-vpc-associations vpc-block-public-access-options vpc-block-public-access-exclusions \
//	    vpc-encryption-controls; do
//	    aws ec2 describe-$what > dump/$what.json
//	done
//
// Names, policies and PrivateLink want more, as far as an account has them. Those outputs do not say of what
// they are; then the file's path says it, by the ID or the name in it.
//
//	for id in $(aws ec2 describe-vpcs --query Vpcs[].VpcId --output text); do
//	    for what in enableDnsSupport enableDnsHostnames; do
//	        aws ec2 describe-vpc-attribute --vpc-id $id --attribute $what > dump/$id-$what.json
//	    done
//	done
//	aws route53 list-hosted-zones > dump/zones.json
//	for id in $(aws route53 list-hosted-zones --query HostedZones[].Id --output text); do
//	    aws route53 get-hosted-zone --id $id > dump/zone-${id##*/}.json
//	    aws route53 list-resource-record-sets --hosted-zone-id $id > dump/records-${id##*/}.json
//	done
//	aws ec2 describe-vpc-endpoint-services > dump/services.json
//	aws ec2 describe-vpc-endpoint-service-configurations > dump/configurations.json
//	for id in $(aws ec2 describe-vpc-endpoint-service-configurations \
//	    --query ServiceConfigurations[].ServiceId --output text); do
//	    aws ec2 describe-vpc-endpoint-service-permissions --service-id $id > dump/principals-$id.json
//	done
//	aws elbv2 describe-load-balancers > dump/balancers.json
//	for arn in $(aws elbv2 describe-load-balancers --query LoadBalancers[].LoadBalancerArn --output text); do
//	    aws elbv2 describe-listeners --load-balancer-arn $arn > dump/listeners-${arn##*/}.json
//	    aws elbv2 describe-load-balancer-attributes --load-balancer-arn $arn > dump/attributes-${arn##*/}.json
//	done
//	aws elbv2 describe-target-groups > dump/groups.json
//	for arn in $(aws elbv2 describe-target-groups --query TargetGroups[].TargetGroupArn --output text); do
//	    aws elbv2 describe-target-health --target-group-arn $arn > dump/targets-${arn##*/}.json
//	done
//	aws s3api list-buckets > dump/buckets.json
//	for name in $(aws s3api list-buckets --query Buckets[].Name --output text); do
//	    aws s3api get-bucket-policy --bucket $name > dump/policy-$name.json || rm dump/policy-$name.json
//	done
//	curl -o dump/ip-ranges.json https://ip-ranges.amazonaws.com/ip-ranges.json
//
// Where the path does not say it, record sets go to the one zone that their names fit, targets to the one
// target group that they fit, and a policy to the one bucket that it names; else they are reported. The zones
// of other accounts, which list-hosted-zones-by-vpc prints, are read from files whose path has the VPC's ID.
// A hosted zone without its record sets is left out: as an empty one it would say of its names that there are
// none. Of records with one name and a routing policy the first stands for all. A load balancer's ID is its
// ARN.
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
// grants nothing but can be referred to. An interface endpoint without any subnet of the dump is left out. A
// policy that can't be read is replaced by one of which nobody can tell what it says.
//
// [route.Unknown]: https://pkg.go.dev/github.com/packetwalk/packetwalk/route#Unknown
package ec2json
