package endpoint

import "strings"

// Offer says by which kinds of endpoints a service can be reached.
type Offer struct {
	Gateway     bool // S3, S3 Express and DynamoDB only (F7.001)
	Interface   bool
	Policy      bool // its endpoints take a policy; where they don't, an endpoint allows all (F7.113)
	PrivateDNS  bool // an interface endpoint for it may have private DNS (F7.108)
	CrossRegion bool // an interface endpoint in another Region may lead to it (F7.210)
}

// Offers says by which kinds of endpoints a service can be reached, by its full name, such as
// "com.amazonaws.us-east-1.sqs"; ok is false for what is no name of a service.
//
// The services that people meet in VPCs are listed here, with their names and their particulars. One that is
// not, "com.amazonaws.us-east-1.new", is taken for a service that has interface endpoints with a policy, and
// the one name "new.us-east-1.amazonaws.com". A service of somebody's own,
// "com.amazonaws.vpce.us-east-1.vpce-svc-0123", has interface endpoints without a policy (F7.113), and with
// private DNS where it has a name for that. Whether a service is there in each Region is not known.
func Offers(service string) (o Offer, ok bool) {
	switch {
	case !isService(service):
		return Offer{}, false
	case !isAWS(service):
		return Offer{Interface: true, PrivateDNS: true}, true
	}
	l := listed(service)
	if l == nil {
		return Offer{Interface: true, Policy: true, PrivateDNS: true}, true
	}
	return Offer{
		Gateway: l.gateway, Interface: !l.gatewayOnly, Policy: !l.noPolicy,
		PrivateDNS: !l.gatewayOnly && !l.noPrivate, CrossRegion: l.crossRegion,
	}, true
}

// IsOffered reports whether the name of a service is that of one that somebody offers by PrivateLink,
// "com.amazonaws.vpce.us-east-1.vpce-svc-0123", and not of one of AWS's own. It looks at how the name begins
// only; what [Offers] does not know is no service at all.
func IsOffered(service string) bool {
	return strings.HasPrefix(strings.TrimPrefix(service, "cn."), "com.amazonaws.vpce.")
}

// isAWS reports whether a service is AWS's own, and not one that somebody offers by PrivateLink.
func isAWS(service string) bool { return isService(service) && !IsOffered(service) }
