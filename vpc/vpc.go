// Package vpc describes a virtual private cloud: its address blocks, its DNS attributes,
// its DHCP options, and the instances that run in it.
package vpc

import "net/netip"

// VPC is a virtual private cloud.
type VPC struct {
	ID      string
	Name    string // the Name tag; for people only
	Account string // owner; zero: Build puts "123456789012", the account of AWS's own examples
	Region  string // zero: Build puts "us-east-1"
	Default bool   // AWS made it (F3.014)

	// Blocks are the IPv4 and IPv6 blocks; the first IPv4 one is the primary.
	Blocks []Block

	// NoDNSSupport switches enableDnsSupport off; AWS's default is on (F3.019).
	NoDNSSupport bool
	// DNSHostnames is enableDnsHostnames; AWS's default is off, but on in a default VPC (F3.019).
	DNSHostnames bool
	// DHCPOptions is the ID of the DHCP options set; zero is AWS's default set (F9.307).
	DHCPOptions string
}

// Block is an address block that is associated with a VPC.
type Block struct {
	CIDR  netip.Prefix
	State BlockState // zero counts as associated
}

// BlockState is the state of a block's association (F3.004). Only an associated block is usable.
type BlockState uint8

const (
	BlockUnspecified BlockState = iota // counts as associated
	Associating
	Associated
	Disassociating
	Disassociated
	Failing
	Failed
)

// DHCPOptions is a DHCP options set.
type DHCPOptions struct {
	ID                string
	Name              string
	DomainName        string
	DomainNameServers []string // "AmazonProvidedDNS" or addresses
	NTPServers        []netip.Addr
}

// Instance is a virtual machine. Its network interfaces refer to it by their attachment.
type Instance struct {
	ID    string
	Name  string        // the Name tag; for people only
	State InstanceState // zero counts as running
}

// InstanceState is where an instance is in its life. Only a running one sends and receives.
type InstanceState uint8

const (
	InstanceUnspecified InstanceState = iota // counts as running
	Pending
	Running
	ShuttingDown
	Terminated
	Stopping
	Stopped
)

// Usable reports whether addresses of b can be used: unspecified counts as associated.
func (b Block) Usable() bool { return b.State == BlockUnspecified || b.State == Associated }

// Running reports whether the instance sends and receives: unspecified counts as running.
func (i Instance) Running() bool { return i.State == InstanceUnspecified || i.State == Running }

// Contains reports whether a usable block of v holds a.
func (v *VPC) Contains(a netip.Addr) bool {
	for _, b := range v.Blocks {
		if b.Usable() && b.CIDR.Contains(a) {
			return true
		}
	}
	return false
}
