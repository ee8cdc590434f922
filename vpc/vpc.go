// Package vpc describes a virtual private cloud: its address blocks, its DNS attributes,
// its DHCP options, and the instances that run in it.
//
// A [VPC] is plain data. Its zero value has no address and is not valid; a useful one has an ID and
// at least one IPv4 block, and [Blocks] writes blocks as literals:
//
//	v := vpc.VPC{ID: "app", Blocks: vpc.Blocks("10.0.0.0/16", "2001:db8:1200::/56")}
//
// The first IPv4 block is the primary one: it decides where the DNS server is ([VPC.DNSServer]) and
// which further blocks AWS lets in. [VPC.Validate] holds a VPC to AWS's rules for blocks and reports
// every mistake at once.
//
// The methods here only read. Values are safe to copy, but copies share their slices.
package vpc

import "net/netip"

// VPC is a virtual private cloud.
type VPC struct {
	ID      string
	Name    string // the Name tag; for people only
	Account string // owner; zero: Build puts "123456789012", the account of AWS's own examples
	Region  string // zero: Build puts "us-east-1"
	Default bool   // AWS made it (F3.014)

	// Blocks are the IPv4 and IPv6 blocks, in the order of their association; the first usable IPv4
	// one is the primary.
	Blocks []Block

	// NoDNSSupport switches enableDnsSupport off; AWS's default is on (F3.019).
	NoDNSSupport bool
	// DNSHostnames is enableDnsHostnames; AWS's default is off, but on in a default VPC (F3.019).
	DNSHostnames bool
	// DHCPOptions is the ID of the DHCP options set; zero is AWS's default set (F9.307).
	DHCPOptions string
}

// Default gives the VPC that AWS makes in each Region of an account: 172.31.0.0/16, with DNS hostnames
// (F3.014, F3.019). Its subnets, internet gateway and tables are resources of their own.
func Default(id, region string) VPC {
	return VPC{ID: id, Region: region, Default: true, Blocks: Blocks("172.31.0.0/16"), DNSHostnames: true}
}

// Primary gives the primary block: the first usable IPv4 one. It is the zero Prefix where there is none.
func (v *VPC) Primary() netip.Prefix {
	if v != nil {
		for _, b := range v.Blocks {
			if b.Usable() && isIPv4(b.CIDR) {
				return b.CIDR
			}
		}
	}
	return netip.Prefix{}
}

// DNSServer gives the address of the Amazon DNS server: the third of the primary block, whatever other
// blocks there are (F3.011). It is the zero Addr where there is no primary block, or none with room for it.
// Whether the server answers is a matter of NoDNSSupport.
func (v *VPC) DNSServer() netip.Addr {
	p := v.Primary()
	if !p.IsValid() {
		return netip.Addr{}
	}
	a := p.Masked().Addr().Next().Next()
	if !p.Contains(a) {
		return netip.Addr{}
	}
	return a
}

// Contains reports whether a usable block of v holds a.
func (v *VPC) Contains(a netip.Addr) bool {
	if v == nil {
		return false
	}
	for _, b := range v.Blocks {
		if b.Usable() && b.CIDR.Contains(a) {
			return true
		}
	}
	return false
}

// IPv4Blocks lists the usable IPv4 blocks, the primary first; nil for none.
func (v *VPC) IPv4Blocks() []netip.Prefix { return v.blocks(isIPv4) }

// IPv6Blocks lists the usable IPv6 blocks; nil for none.
func (v *VPC) IPv6Blocks() []netip.Prefix { return v.blocks(isIPv6) }

func (v *VPC) blocks(want func(netip.Prefix) bool) []netip.Prefix {
	if v == nil {
		return nil
	}
	var list []netip.Prefix
	for _, b := range v.Blocks {
		if b.Usable() && want(b.CIDR) {
			list = append(list, b.CIDR)
		}
	}
	return list
}
