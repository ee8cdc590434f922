package subnet

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Allocator hands out the addresses of one block, without the reserved ones (F3.010, F3.012). Addresses
// are never given back. The zero Allocator, and a nil one, has no addresses. It is not safe for concurrent
// use.
type Allocator struct {
	cidr  netip.Prefix
	next  netip.Addr // every address below is reserved or taken
	taken map[netip.Addr]bool
}

// NewAllocator makes an allocator for an IPv4 or IPv6 block, of which only the reserved addresses are
// taken. For an invalid block it makes one without addresses.
func NewAllocator(cidr netip.Prefix) *Allocator {
	if !cidr.IsValid() {
		return &Allocator{}
	}
	cidr = cidr.Masked()
	return &Allocator{cidr: cidr, next: cidr.Addr(), taken: make(map[netip.Addr]bool)}
}

// Take marks one address as taken. The error wraps ErrOutside where the block does not hold it or AWS
// reserves it, and ErrDuplicate where it is taken.
func (l *Allocator) Take(a netip.Addr) error {
	switch {
	case l == nil || !l.cidr.IsValid():
		return fmt.Errorf("%w: the subnet has no block of its own: want one first", fault.ErrOutside)
	case !l.cidr.Contains(a):
		return fmt.Errorf("%w: not in %s: want an address of it that is free", fault.ErrOutside, l.cidr)
	case reserved(l.cidr, a):
		return fmt.Errorf("%w: AWS reserves the first four addresses of %s and the last one", fault.ErrOutside, l.cidr)
	case l.taken[a]:
		return fmt.Errorf("%w: taken already: want an address of %s that is free", fault.ErrDuplicate, l.cidr)
	}
	l.taken[a] = true
	return nil
}

// Next takes the lowest free address and gives it; ok is false where none is left. All calls together
// walk the block once.
func (l *Allocator) Next() (a netip.Addr, ok bool) {
	if l == nil {
		return netip.Addr{}, false
	}
	for l.cidr.Contains(l.next) {
		a, l.next = l.next, l.next.Next()
		if !l.taken[a] && !reserved(l.cidr, a) {
			l.taken[a] = true
			return a, true
		}
	}
	return netip.Addr{}, false
}
