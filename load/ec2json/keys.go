package ec2json

import "encoding/json"

// readers say what to do with the array under each key that is modelled.
var readers = map[string]func(l *loader, o origin, values []json.RawMessage){
	"Vpcs":                           into(func(l *loader) *shelf[rawVPC] { return &l.vpcs }),
	"DhcpOptions":                    into(func(l *loader) *shelf[rawDHCPOptions] { return &l.dhcp }),
	"DhcpOptionsSets":                into(func(l *loader) *shelf[rawDHCPOptions] { return &l.dhcp }),
	"Subnets":                        into(func(l *loader) *shelf[rawSubnet] { return &l.subnets }),
	"NetworkInterfaces":              into(func(l *loader) *shelf[rawInterface] { return &l.interfaces }),
	"Reservations":                   readReservations,
	"Instances":                      readInstances,
	"Addresses":                      into(func(l *loader) *shelf[rawAddress] { return &l.addresses }),
	"RouteTables":                    into(func(l *loader) *shelf[rawTable] { return &l.tables }),
	"PrefixLists":                    readPrefixLists,
	"ManagedPrefixLists":             readPrefixLists,
	"InternetGateways":               into(func(l *loader) *shelf[rawInternetGateway] { return &l.internet }),
	"EgressOnlyInternetGateways":     into(func(l *loader) *shelf[rawEgressOnlyGateway] { return &l.egressOnly }),
	"NatGateways":                    into(func(l *loader) *shelf[rawNAT] { return &l.nats }),
	"NetworkAcls":                    into(func(l *loader) *shelf[rawACL] { return &l.acls }),
	"SecurityGroups":                 into(func(l *loader) *shelf[rawGroup] { return &l.groups }),
	"SecurityGroupRules":             into(func(l *loader) *shelf[rawGroupRule] { return &l.groupRules }),
	"SecurityGroupVpcAssociations":   into(func(l *loader) *shelf[rawGroupAssociation] { return &l.associations }),
	"VpcBlockPublicAccessOptions":    into(func(l *loader) *shelf[rawBlockAccess] { return &l.blockAccess }),
	"VpcBlockPublicAccessExclusions": into(func(l *loader) *shelf[rawExclusion] { return &l.exclusions }),
	"VpcEncryptionControls":          into(func(l *loader) *shelf[rawEncryptionControl] { return &l.encryption }),
	"FlowLogs":                       into(func(l *loader) *shelf[rawFlowLog] { return &l.flowLogs }),
	"VpcEndpoints":                   into(func(l *loader) *shelf[rawEndpoint] { return &l.endpoints }),
	"LoadBalancers":                  into(func(l *loader) *shelf[rawLoadBalancer] { return &l.loadBalancers }),
	"Attributes":                     readAttributes,
	"Listeners":                      into(func(l *loader) *shelf[rawListener] { return &l.listeners }),
	"TargetGroups":                   into(func(l *loader) *shelf[rawTargetGroup] { return &l.targetGroups }),
	"TargetHealthDescriptions":       readTargetHealths,
	"ServiceConfigurations":          into(func(l *loader) *shelf[rawService] { return &l.services }),
	"ServiceDetails":                 readDetails,
	"ServiceNames":                   readServiceNames,
	"AllowedPrincipals":              readPrincipals,
	"Buckets":                        into(func(l *loader) *shelf[rawBucket] { return &l.buckets }),
	"HostedZones":                    into(func(l *loader) *shelf[rawZone] { return &l.zones }),
	"HostedZoneSummaries":            readZoneSummaries,
	"ResourceRecordSets":             readRecords,
	"VpcPeeringConnections":          into(func(l *loader) *shelf[rawPeering] { return &l.peerings }),
}

// single are the keys that hold one object where the others hold an array.
var single = map[string]bool{"VpcBlockPublicAccessOptions": true}

// withoutEffect are keys of describe-* outputs that change nothing about where a packet goes.
var withoutEffect = map[string]bool{
	"AccountAttributes":              true,
	"AvailabilityZones":              true,
	"DelegationSet":                  true,
	"Images":                         true,
	"InstanceStatuses":               true,
	"InstanceTypes":                  true,
	"IsTruncated":                    true,
	"KeyPairs":                       true,
	"LaunchTemplates":                true,
	"MaxItems":                       true,
	"NextToken":                      true,
	"Owner":                          true,
	"PlacementGroups":                true,
	"Regions":                        true,
	"ResponseMetadata":               true,
	"Snapshots":                      true,
	"Tags":                           true,
	"Volumes":                        true,
	"IamInstanceProfileAssociations": true,
}

// into decodes each value and puts it on a shelf.
func into[T resource](of func(*loader) *shelf[T]) func(*loader, origin, []json.RawMessage) {
	return func(l *loader, o origin, values []json.RawMessage) {
		for _, value := range values {
			if raw, ok := decode[T](l, o, value); ok {
				of(l).put(l, o, raw)
			}
		}
	}
}
