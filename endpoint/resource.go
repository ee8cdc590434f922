package endpoint

import (
	"regexp"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// configuration is how AWS names a resource configuration: by its ID, or by its ARN. How long the ID is
// nobody has to count.
var configuration = regexp.MustCompile(
	`^(arn:[a-z0-9-]+:vpc-lattice:[a-z0-9-]+:[0-9]{12}:resourceconfiguration/)?rcfg-[0-9a-z]+$`)

// validateResource: an endpoint to what somebody shares names a resource configuration. It has no private DNS
// here, since only the configuration says the name, and takes no policy but one that allows all: AWS has
// policies for interface and gateway endpoints
// (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html).
func (i *Interface) validateResource(faults *fault.List) {
	if !configuration.MatchString(i.Service) {
		faults.Add("Service", i.Service, fault.ErrInvalid,
			"not a resource configuration: want its ID, such as rcfg-0123456789abcdef0, or its ARN")
	}
	if i.PrivateDNS {
		faults.Add("PrivateDNS", true, fault.ErrInvalid, "a %v endpoint has no private DNS here: want it off, and its names in DNSNames", i.Type)
	}
	if i.PrivateDNSInboundOnly {
		faults.Add("PrivateDNSInboundOnly", true, fault.ErrInvalid, "a %v endpoint has no private DNS here: want it off", i.Type)
	}
	p, err := i.ParsePolicy()
	*faults = append(*faults, fault.Of(err)...)
	if p != nil && !p.allowsAll() {
		faults.Add("Policy", i.Policy, fault.ErrInvalid, "a %v endpoint takes no policy: want none", i.Type)
	}
	faults.Unique("ResourceZones", i.ResourceZones)
}
