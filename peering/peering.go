package peering

import "net/netip"

// Connection is a VPC peering connection.
type Connection struct {
	ID        string
	Name      string // the Name tag; for people only
	Requester Side
	Accepter  Side
	Status    Status // zero counts as Active
}

// Side is one end of a peering connection.
type Side struct {
	VPC     string
	Account string // zero: that of the VPC
	Region  string // zero: that of the VPC
	// Blocks are the VPC's address blocks, for a VPC that is not part of the network;
	// empty for one that is.
	Blocks []netip.Prefix
	// DNSResolution is AllowDnsResolutionFromRemoteVpc: names of this side resolve to private
	// addresses for the other (F8.015).
	DNSResolution bool
}

// Active reports whether c carries traffic: unspecified counts as active (F8.001). A nil connection does not.
func (c *Connection) Active() bool {
	return c != nil && (c.Status == StatusUnspecified || c.Status == Active)
}

// Other gives the VPC at the other end; ok is false where v is at neither, is empty, or c is nil.
func (c *Connection) Other(v string) (other string, ok bool) {
	if c == nil || v == "" {
		return "", false
	}
	switch v {
	case c.Requester.VPC:
		return c.Accepter.VPC, true
	case c.Accepter.VPC:
		return c.Requester.VPC, true
	}
	return "", false
}

// Admits reports whether p may cross into a VPC: its destination lies in the blocks of the VPC that it
// enters, and its source in those of the VPC that it leaves (F8.009). So nothing passes through a VPC to
// somewhere else, and nothing comes from beyond it (F8.007, F8.008). A nil leaves or enters has no blocks.
func Admits(src, dst netip.Addr, leaves, enters func(netip.Addr) bool) bool {
	return leaves != nil && enters != nil && leaves(src) && enters(dst)
}

// Overlap finds the first block x of a that shares an address with a block y of b; ok is false where
// none does. One such pair is enough to forbid a peering, IPv4 or IPv6, used or not (F8.003). Blocks
// that are not valid overlap with nothing.
func Overlap(a, b []netip.Prefix) (x, y netip.Prefix, ok bool) {
	for _, x := range a {
		for _, y := range b {
			if x.Overlaps(y) {
				return x, y, true
			}
		}
	}
	return netip.Prefix{}, netip.Prefix{}, false
}
