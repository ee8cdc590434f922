package vpc

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// AmazonProvidedDNS stands for the Amazon DNS server in a DHCP options set; it is what AWS's default
// set holds (F9.307).
const AmazonProvidedDNS = "AmazonProvidedDNS"

// DHCPOptions is a DHCP options set.
type DHCPOptions struct {
	ID                string
	Name              string // the Name tag; for people only
	DomainName        string
	DomainNameServers []string // [AmazonProvidedDNS] or addresses
	NTPServers        []netip.Addr
}

// Validate reports every mistake that can be seen in the set alone: a missing ID, and servers that are no
// address or are named twice. A nil DHCPOptions is reported like a zero one.
func (d *DHCPOptions) Validate() error {
	if d == nil {
		d = &DHCPOptions{}
	}
	var faults fault.List
	validateID(&faults, d.ID)
	d.validateNameServers(&faults)
	d.validateNTPServers(&faults)
	return faults.Err()
}

func (d *DHCPOptions) validateNameServers(faults *fault.List) {
	seen := make(map[string]int, len(d.DomainNameServers))
	for i, s := range d.DomainNameServers {
		field, key := fmt.Sprintf("DomainNameServers[%d]", i), s
		if s != AmazonProvidedDNS {
			a, err := netip.ParseAddr(s)
			if err != nil {
				faults.Add(field, s, fault.ErrInvalid, "want %s or an address", AmazonProvidedDNS)
				continue
			}
			key = a.String() // one address has several IPv6 spellings
		}
		if first, ok := seen[key]; ok {
			faults.Add(field, s, fault.ErrDuplicate, "DomainNameServers[%d] is the same", first)
			continue
		}
		seen[key] = i
	}
}

func (d *DHCPOptions) validateNTPServers(faults *fault.List) {
	seen := make(map[netip.Addr]int, len(d.NTPServers))
	for i, a := range d.NTPServers {
		field := fmt.Sprintf("NTPServers[%d]", i)
		if !a.IsValid() {
			faults.Add(field, "", fault.ErrInvalid, "want an address")
			continue
		}
		if first, ok := seen[a]; ok {
			faults.Add(field, a, fault.ErrDuplicate, "NTPServers[%d] is the same", first)
			continue
		}
		seen[a] = i
	}
}
