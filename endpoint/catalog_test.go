package endpoint

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// someRegions are one of each domain, one with names from before Regions,
// and one that the table of ranges lacks.
var someRegions = []string{"us-east-1", "eu-west-1", "ap-south-1", "us-gov-west-1", "cn-north-1"}

func eachListed(t *testing.T, visit func(t *testing.T, service, region string)) {
	for i := range catalog {
		for _, region := range someRegions {
			visit(t, catalog[i].in(region), region)
		}
	}
}

// Each name of each service leads back to the service, and no name belongs to two.
func TestNamesLeadBack(t *testing.T) {
	owner := map[string]string{}
	eachListed(t, func(t *testing.T, service, _ string) {
		names := PublicNames(service)
		require.NotEmpty(t, names, service)
		for _, name := range names {
			got, ok := ServiceNamed(name)
			assert.True(t, ok, name)
			assert.Equal(t, service, got, name)
			if other := owner[name]; other != "" {
				assert.Equal(t, other, service, name)
			}
			owner[name] = service
		}
		for _, name := range PrivateNames(service) {
			assert.Contains(t, names, name)
		}
	})
}

// Each listed service has a name that Validate takes, and endpoints of at least one kind.
func TestListedServicesAreServices(t *testing.T) {
	eachListed(t, func(t *testing.T, service, _ string) {
		offer, ok := Offers(service)
		assert.True(t, ok, service)
		assert.True(t, offer.Gateway || offer.Interface, service)
		if offer.Gateway {
			assert.NoError(t, (&Gateway{ID: "vpce", Service: service}).Validate())
		}
		if offer.Interface {
			assert.NoError(t, (&Interface{ID: "vpce", Service: service}).Validate())
		}
	})
}

// Each listed service has an address of its own in each Region, which is AWS's where the Region has ranges,
// and not another's.
func TestPublicAddressesApart(t *testing.T) {
	type at struct{ region, address string }
	owner := map[at]string{}
	for i := range catalog {
		for _, region := range append(someRegions, regionsOf(builtIn)...) {
			service := catalog[i].in(region)
			if Region(service) == "" && region != oldRegion {
				continue
			}
			v4, v6 := PublicAddress(service, nil)
			require.True(t, v4.Is4() && v6.Is6(), service)
			for _, a := range []netip.Addr{v4, v6} {
				if other := owner[at{region, a.String()}]; other != "" {
					assert.Equal(t, other, service, a)
				}
				owner[at{region, a.String()}] = service
			}
			if name, where, ok := AWSServiceAt(v4, nil); ok {
				assert.Equal(t, region, where, service)
				if own := rangeNames[Short(service)]; own == "S3" || own == "DYNAMODB" {
					assert.Equal(t, own, name)
				} else {
					assert.Equal(t, all, name, service)
				}
			} else {
				assert.NotContains(t, regionsOf(builtIn), region, service)
			}
		}
	}
}

func regionsOf(ranges []IPRange) (regions []string) {
	seen := map[string]bool{}
	for _, r := range ranges {
		if !seen[r.Region] {
			regions = append(regions, r.Region)
		}
		seen[r.Region] = true
	}
	return regions
}

// The ranges of the built-in table are whole blocks, each of one service in one Region (F7.003).
func TestBuiltInRangesApart(t *testing.T) {
	for i := range builtIn {
		assert.NoError(t, builtIn[i].Validate())
		for j := range builtIn[:i] {
			assert.False(t, builtIn[i].Prefix.Overlaps(builtIn[j].Prefix), "%v and %v", builtIn[i], builtIn[j])
		}
	}
	assert.Len(t, regionsOf(builtIn), 7)
}
