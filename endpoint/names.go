package endpoint

import (
	"cmp"
	"slices"
	"strings"
)

// PublicNames gives the DNS names by which a service is called over the internet in its Region, the usual one
// first: "sqs.us-east-1.amazonaws.com", then the dual-stack one, "sqs.us-east-1.api.aws". A name that begins
// with "*." stands for every name with one label or more in its place: "*.s3.us-east-1.amazonaws.com" for
// those of the buckets. Which services are known, and what becomes of others, [Offers] says. There are none
// for a service that is not listed and whose short name has a dot, and for what is no name of a service of
// AWS's.
func PublicNames(service string) []string {
	region, l := Region(service), listed(service)
	switch short := Short(service); {
	case l != nil && region == "":
		return l.patterns()
	case l != nil:
	case !isAWS(service) || !isUsual(service) || short == "" || strings.Contains(short, "."):
		return nil
	default:
		l = &listing{short: short, dual: "-"}
	}
	names := l.patterns()
	if region == oldRegion {
		names = append(names, l.old...)
	}
	for i, name := range names {
		names[i] = inRegion(name, region)
	}
	return names
}

// PrivateNames gives the names that lead to an interface endpoint of the service while it has private DNS
// (F7.108): the public ones, but for the names of S3 that are dual-stack and those from before Regions. There
// are none for a service that has no private DNS.
func PrivateNames(service string) []string {
	if offer, _ := Offers(service); !offer.PrivateDNS {
		return nil
	}
	var names []string
	old := listed(service).oldNames()
	for _, name := range PublicNames(service) {
		if !slices.Contains(old, name) && !strings.Contains(name, ".dualstack.") {
			names = append(names, name)
		}
	}
	return names
}

// oldNames are the names from before Regions; a nil listing has none.
func (l *listing) oldNames() []string {
	if l == nil {
		return nil
	}
	return l.old
}

// oldRegion is where names from before Regions lead.
const oldRegion = "us-east-1"

// patterns are the names of a service with {region} for the Region.
func (l *listing) patterns() []string {
	if l.full != "" {
		return slices.Clone(l.more)
	}
	names := []string{cmp.Or(l.usual, l.beginning()+".{region}.amazonaws.com")}
	switch l.dual {
	case "-":
	case "":
		names = append(names, l.beginning()+".{region}.api.aws")
	default:
		names = append(names, l.dual+".{region}.api.aws")
	}
	return append(names, l.more...)
}

// beginning is how the usual name begins.
func (l *listing) beginning() string {
	return cmp.Or(l.host, l.short)
}

// domains are the ends of services' names, and what they are in the Regions of China.
var domains = [][2]string{
	{".amazonaws.com", ".amazonaws.com.cn"},
	{".api.aws", ".api.amazonwebservices.com.cn"},
	{".on.aws", ".on.amazonwebservices.com.cn"},
}

// inRegion puts a Region into a pattern.
func inRegion(pattern, region string) string {
	name := strings.Replace(pattern, "{region}", region, 1)
	for _, d := range domains {
		if head, ok := strings.CutSuffix(name, d[0]); ok && isChina(region) {
			return head + d[1]
		}
	}
	return name
}

// fromChina gives a name the end that it has elsewhere; ok is false for one that does not end as those in
// China do.
func fromChina(name string) (elsewhere string, ok bool) {
	for _, d := range domains {
		if head, found := strings.CutSuffix(name, d[1]); found {
			return head + d[0], true
		}
	}
	return name, false
}

func isChina(region string) bool { return strings.HasPrefix(region, "cn-") }

// ServiceNamed finds the service that a public name belongs to: "com.amazonaws.us-east-1.sqs" for
// "sqs.us-east-1.amazonaws.com", "com.amazonaws.eu-west-1.s3" for "photos.s3.eu-west-1.amazonaws.com".
// Letters may be of either case, and a dot may end the name. A name such as "new.eu-west-1.amazonaws.com", of
// a service that is not listed, is taken for that of "com.amazonaws.eu-west-1.new"; see [Offers]. The names
// of endpoints, "vpce-1.sqs.us-east-1.vpce.amazonaws.com", belong to no service.
func ServiceNamed(host string) (service string, ok bool) {
	host, china := fromChina(strings.ToLower(strings.TrimSuffix(host, ".")))
	labels := strings.Split(host, ".")
	at := -1
	for i, label := range labels {
		if label == "" {
			return "", false
		}
		if isRegion(label) {
			at = i // the last: a bucket may be named like a Region
		}
	}
	if l := namedBy(host); l != nil && !china { // before a Region is looked for: a bucket may have the name of one
		return l.in(oldRegion), true
	}
	if at < 0 || isChina(labels[at]) != china {
		return "", false
	}
	region := labels[at]
	labels[at] = "{region}"
	if strings.HasPrefix(labels[max(at-1, 0)], "s3express-") { // the names of a zone
		return byName["s3express"].in(region), true
	}
	pattern := strings.Join(labels, ".")
	if l := namedBy(pattern); l != nil {
		return l.in(region), true
	}
	service = "com.amazonaws." + region + "." + labels[0]
	if pattern == labels[0]+".{region}"+domains[0][0] && listed(service) == nil && isAWS(service) {
		return service, true
	}
	return "", false
}

// namedBy finds whose pattern fits: the whole name, or the longest one that begins with "*.".
func namedBy(pattern string) *listing {
	if l := byPattern[pattern]; l != nil {
		return l
	}
	for rest := pattern; ; {
		_, after, found := strings.Cut(rest, ".")
		if !found {
			return nil
		}
		if l := byPattern["*."+after]; l != nil {
			return l
		}
		rest = after
	}
}

var byPattern = func() map[string]*listing {
	m := make(map[string]*listing)
	for i := range catalog {
		for _, name := range append(catalog[i].patterns(), catalog[i].old...) {
			m[name] = &catalog[i]
		}
	}
	return m
}()

// in is the full name of the service in a Region.
func (l *listing) in(region string) string {
	if l.full != "" {
		return l.full
	}
	if l.china && isChina(region) {
		return "cn.com.amazonaws." + region + "." + l.short
	}
	return "com.amazonaws." + region + "." + l.short
}

// EndpointNames gives the names of an interface endpoint for a service (F7.107): the Regional one,
// "vpce-1.sqs.us-east-1.vpce.amazonaws.com", and the zonal ones in the order of zones,
// "vpce-1-us-east-1a.sqs.us-east-1.vpce.amazonaws.com". AWS puts a few letters of chance between the ID and
// what follows it; these names have none. Those of S3 begin with "*.": a bucket's name or "bucket" stands
// there. The service may be an endpoint service of somebody's own. There are none for a service without a
// Region.
func EndpointNames(id, service string, zones []string) (regional string, zonal []string) {
	region := Region(service)
	if region == "" {
		return "", nil
	}
	label, star := Short(service), ""
	if l := listed(service); l != nil {
		label = strings.TrimPrefix(l.beginning(), "*.")
		if l.short == "s3" {
			star = "*."
		}
	}
	end := "." + inRegion(label+".{region}.vpce.amazonaws.com", region)
	for _, zone := range zones {
		zonal = append(zonal, star+id+"-"+zone+end)
	}
	return star + id + end, zonal
}

// IsDualstack reports whether a service's public name has addresses of both families: those under api.aws and
// on.aws, and those of S3 with "dualstack" in them. The others have IPv4 only.
func IsDualstack(host string) bool {
	host, _ = fromChina(strings.ToLower(strings.TrimSuffix(host, ".")))
	return strings.HasSuffix(host, ".api.aws") || strings.HasSuffix(host, ".on.aws") || strings.Contains(host, ".dualstack.")
}
