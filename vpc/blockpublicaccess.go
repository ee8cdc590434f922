package vpc

import "github.com/packetwalk/packetwalk/internal/enum"

// BlockPublicAccess is VPC Block Public Access: it keeps an account's VPCs in a Region from the internet,
// whatever their gateways and routes say (F3.101). The zero value blocks nothing.
type BlockPublicAccess struct {
	Account    string // zero: Build puts "123456789012"
	Region     string // zero: Build puts "us-east-1"
	Mode       BPAMode
	Exclusions []BPAExclusion // at most 50 (F3.105)
}

// BPAExclusion lets a VPC, or one subnet, out of Block Public Access (F3.105). Exactly one of VPC and Subnet
// is set.
type BPAExclusion struct {
	VPC    string // with all its subnets
	Subnet string
	Mode   BPAExclusionMode
}

// In gives what b blocks in a subnet of a VPC: its mode, less what an exclusion of the VPC or of the subnet
// lets by (F3.105). What is blocked both ways and may open connections out is [BPAIngress], and what is let
// by is [BPAOff]. Of two exclusions, the VPC's and the subnet's, each lets by what it says: AWS does not say.
// The empty subnet asks about what belongs to the VPC as a whole. A nil b blocks nothing.
func (b *BlockPublicAccess) In(vpc, subnet string) BPAMode {
	if b == nil || b.Mode != BPABidirectional && b.Mode != BPAIngress {
		return BPAOff
	}
	blocked := b.Mode
	for _, e := range b.Exclusions {
		switch {
		case e.VPC == "" && e.Subnet == "", e.VPC != "" && e.VPC != vpc, e.Subnet != "" && e.Subnet != subnet:
		case e.Mode == BPAAllowBidirectional:
			return BPAOff
		case e.Mode == BPAAllowEgress:
			blocked = BPAIngress
		}
	}
	return blocked
}

// BPAMode is what Block Public Access blocks (F3.101).
type BPAMode uint8

// The modes. Unspecified counts as off.
const (
	BPAUnspecified   BPAMode = iota
	BPAOff                   // nothing
	BPABidirectional         // all that passes an internet gateway or an egress-only one (F3.102)
	BPAIngress               // all but what NAT gateways and egress-only gateways open from inside (F3.103)
)

var bpaModes = []string{"", "off", "block-bidirectional", "block-ingress"}

// String gives AWS's name, such as "block-ingress"; "" for unspecified, "BPAMode(9)" for a value without a
// name.
func (m BPAMode) String() string { return enum.String("BPAMode", m, bpaModes) }

// MarshalText gives AWS's name; a value without one is an error.
func (m BPAMode) MarshalText() ([]byte, error) { return enum.Marshal("block mode", m, bpaModes) }

// UnmarshalText reads AWS's name, in any case; a name that AWS does not have is an error.
func (m *BPAMode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("block mode", text, bpaModes, m)
}

// BPAExclusionMode is what an exclusion lets by (F3.105).
type BPAExclusionMode uint8

// The modes. Unspecified is not valid.
const (
	BPAExclusionUnspecified BPAExclusionMode = iota
	BPAAllowBidirectional                    // all, both ways
	BPAAllowEgress                           // what NAT gateways and egress-only gateways open from inside
)

var bpaExclusionModes = []string{"", "allow-bidirectional", "allow-egress"}

// String gives AWS's name, such as "allow-egress"; "" for unspecified, "BPAExclusionMode(9)" for a value
// without a name.
func (m BPAExclusionMode) String() string {
	return enum.String("BPAExclusionMode", m, bpaExclusionModes)
}

// MarshalText gives AWS's name; a value without one is an error.
func (m BPAExclusionMode) MarshalText() ([]byte, error) {
	return enum.Marshal("exclusion mode", m, bpaExclusionModes)
}

// UnmarshalText reads AWS's name, in any case; a name that AWS does not have is an error.
func (m *BPAExclusionMode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("exclusion mode", text, bpaExclusionModes, m)
}
