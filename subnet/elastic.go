package subnet

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// ElasticIP is a public IPv4 address that an account holds.
type ElasticIP struct {
	ID        string // allocation ID
	PublicIP  netip.Addr
	Interface string     // the interface that it is associated with; zero: none
	PrivateIP netip.Addr // which address of that interface; zero: the primary
}

// Validate reports every mistake that can be seen in the Elastic IP address alone: a missing ID, a public
// address that is none, and a private address that is not IPv4 or names no interface. Whether the interface
// exists and has the address is not seen here. A nil ElasticIP is reported like a zero one.
func (a *ElasticIP) Validate() error {
	if a == nil {
		a = &ElasticIP{}
	}
	var faults fault.List
	validateID(&faults, a.ID)
	validatePublic(&faults, "PublicIP", a.PublicIP)
	if a.PrivateIP.IsValid() {
		validateIPv4(&faults, "PrivateIP", a.PrivateIP)
		if a.Interface == "" {
			faults.Add("PrivateIP", a.PrivateIP, fault.ErrInvalid, "want the interface that has it in Interface too")
		}
	}
	return faults.Err()
}
