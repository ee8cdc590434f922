package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/endpoint"
)

// validateRanges looks at each of AWS's public ranges that was given.
func validateRanges(c *Config, bad *mistakes) {
	for i := range c.IPRanges {
		bad.addAll(KindIPRange, fmt.Sprintf("IPRanges[%d]", i), c.IPRanges[i].Validate())
	}
}

// maxSteps is how many addresses are tried for a service before the first one is taken as it is.
const maxSteps = 1024

// publicAddress gives the addresses at which a service of AWS's is called over the internet: of a service
// with a prefix list those that the list begins with, so that the routes of its gateway endpoint fit
// (F7.003), else those of [endpoint.PublicAddress]. An address that is part of the network itself is no
// service's: then it is one behind that.
func (n *Network) publicAddress(service string) (v4, v6 netip.Addr) {
	v4, v6 = endpoint.PublicAddress(service, n.config.IPRanges)
	for _, ipv6 := range []bool{false, true} {
		l := listOf(&n.config, service, ipv6)
		if l == nil {
			continue
		}
		if at := firstOf(l.Entries); ipv6 {
			v6 = cmp.Or(at.v6, v6)
		} else {
			v4 = cmp.Or(at.v4, v4)
		}
	}
	return n.notOurs(v4), n.notOurs(v6)
}

// notOurs is the first address from a on that the network does not hold.
func (n *Network) notOurs(a netip.Addr) netip.Addr {
	b := a
	for range maxSteps {
		if !n.holds(b) {
			return b
		}
		b = b.Next()
	}
	return a
}

// whose says in a few words which of AWS's services a public address belongs to, "S3 of AWS in us-east-1",
// and "" where it is none of AWS's.
func (n *Network) whose(a netip.Addr) string {
	service, region, ok := n.services.At(a)
	switch {
	case !ok:
		return ""
	case service == "AMAZON":
		return "AWS in " + region
	}
	return service + " of AWS in " + region
}
