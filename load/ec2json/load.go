package ec2json

import (
	"io/fs"

	"github.com/packetwalk/packetwalk"
)

// Load reads every .json file of fsys, in its folders too, in the order of their paths. What it could
// not take as it stands is in the warnings, in a stable order.
//
// The error joins one error for each file that could not be read or is no JSON; the others are
// loaded all the same. A nil fsys is an error. Load never panics, whatever the files hold.
func Load(fsys fs.FS) (packetwalk.Config, []Warning, error) {
	l := new(loader)
	err := l.readAll(fsys)
	l.assemble()
	return l.cfg, l.warnings, err
}

// loader first collects what the files say, resource by resource, and then assembles the Config, when every
// reference can be looked up.
type loader struct {
	vpcs           shelf[rawVPC]
	dns            []dnsAttributes
	dhcp           shelf[rawDHCPOptions]
	subnets        shelf[rawSubnet]
	instances      shelf[rawInstance]
	interfaces     shelf[rawInterface]
	embedded       shelf[rawInterface] // those that stand inside instances
	addresses      shelf[rawAddress]
	tables         shelf[rawTable]
	prefixLists    shelf[rawPrefixList]
	internet       shelf[rawInternetGateway]
	egressOnly     shelf[rawEgressOnlyGateway]
	nats           shelf[rawNAT]
	acls           shelf[rawACL]
	groups         shelf[rawGroup]
	groupRules     shelf[rawGroupRule]
	associations   shelf[rawGroupAssociation]
	blockAccess    shelf[rawBlockAccess]
	exclusions     shelf[rawExclusion]
	encryption     shelf[rawEncryptionControl]
	flowLogs       shelf[rawFlowLog]
	endpoints      shelf[rawEndpoint]
	peerings       shelf[rawPeering]
	loadBalancers  shelf[rawLoadBalancer]
	attributes     []attributeGroup // of load balancers
	listeners      shelf[rawListener]
	targetGroups   shelf[rawTargetGroup]
	targetHealths  []targetHealths
	services       shelf[rawService] // as their providers see them
	details        shelf[rawDetail]  // as their consumers do
	principals     []found[rawPrincipal]
	buckets        shelf[rawBucket]
	policies       []bucketPolicy
	zones          shelf[rawZone]
	zoneVPCs       []zoneVPC
	summaries      []found[rawZone] // of list-hosted-zones-by-vpc
	records        []recordGroup
	cfg            packetwalk.Config
	warnings       []Warning
	vpcAt          map[string]int    // place in cfg, by ID; so the others
	subnetVPC      map[string]string // a subnet's VPC
	subnetAt       map[string]int
	interfaceAt    map[string]int
	interfaceOwner map[string]string // of those that AWS runs for a resource
	groupAt        map[string]int
	groupVPCs      map[string][]string // those with which a group is associated
	groupByName    map[string]string   // "vpc/name"
	prefixListAt   map[string]int
	gatewayAt      map[string]int // gateway endpoints
	loadBalancerAt map[string]int // by ARN
	serviceAt      map[string]int
	instanceKnown  map[string]bool
	gatewayKnown   map[string]gatewayKind
	gatewayVPC     map[string]string
	addressHeld    claims // by interfaces: public ones, private ones by subnet
	deviceHeld     claims // "instance index"
}

// assemble makes the Config. What others refer to comes first.
func (l *loader) assemble() {
	l.addDHCPOptions()
	l.addVPCs()
	l.setRegions()
	l.addSubnets()
	l.dropZoneIDs()
	l.addGateways()
	l.addInstances()
	l.addGroupVPCs()
	l.addInterfaces()
	l.addNATs()
	l.addPrefixLists()
	l.addPeerings()
	l.addGroups()
	l.addZones()
	l.addLoadBalancers()
	l.addServices()
	l.addEndpoints()
	l.letIn()
	l.addTables()
	l.addServiceLists()
	l.fitFamilies()
	l.addACLs()
	l.addElasticIPs()
	l.addBlockAccess()
	l.addEncryptionControls()
	l.addBuckets()
	l.addFlowLogs()
}
