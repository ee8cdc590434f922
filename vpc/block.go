package vpc

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Block is an address block that is associated with a VPC.
type Block struct {
	CIDR  netip.Prefix
	State BlockState // zero counts as associated
}

// Blocks writes associated blocks as literals: Blocks("10.0.0.0/16", "100.64.0.0/16"). A text that is no
// CIDR block becomes a block with the zero Prefix, which [VPC.Validate] reports by its place; the text is
// lost. Host bits are kept, for Validate to report.
func Blocks(cidrs ...string) []Block {
	list := make([]Block, len(cidrs))
	for i, s := range cidrs {
		if p, err := netip.ParsePrefix(s); err == nil {
			list[i].CIDR = p
		}
	}
	return list
}

// Usable reports whether addresses of b can be used: unspecified counts as associated (F3.004).
func (b Block) Usable() bool { return b.State == BlockUnspecified || b.State == Associated }

// isIPv4 and isIPv6 are both false for the zero Prefix and for IPv4 dressed as IPv6.
func isIPv4(p netip.Prefix) bool { return p.IsValid() && p.Addr().Is4() }
func isIPv6(p netip.Prefix) bool { return p.IsValid() && p.Addr().Is6() && !p.Addr().Is4In6() }

// BlockState is the state of a block's association (F3.004). Only an associated block is usable.
type BlockState uint8

// The states of a block's association, in AWS's order.
const (
	BlockUnspecified BlockState = iota // counts as associated
	Associating
	Associated
	Disassociating
	Disassociated
	Failing
	Failed
)

var blockStates = []string{"", "associating", "associated", "disassociating", "disassociated", "failing", "failed"}

// String gives AWS's name, such as "associating"; "" for unspecified, "BlockState(9)" for a value without a
// name.
func (s BlockState) String() string { return enum.String("BlockState", s, blockStates) }

// MarshalText gives AWS's name; a value without one is an error.
func (s BlockState) MarshalText() ([]byte, error) {
	return enum.Marshal("block state", s, blockStates)
}

// UnmarshalText reads AWS's name, in any case; a name that AWS does not have is an error.
func (s *BlockState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("block state", text, blockStates, s)
}
