package vpc_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/vpc"
	"github.com/stretchr/testify/assert"
)

func TestValidateBlock(t *testing.T) {
	const (
		size4 = "want an IPv4 block from /16 to /28"
		size6 = "want an IPv6 block from /44 to /60 in steps of 4"
	)
	tests := []struct {
		name string
		cidr string
		want string // part of the error; "" for none
	}{
		{"F3.001 /16", "10.0.0.0/16", ""},
		{"F3.001 /28", "10.0.0.0/28", ""},
		{"F3.001 /15 is too large", "10.0.0.0/15", size4},
		{"F3.001 /29 is too small", "10.0.0.0/29", size4},
		{"F3.001 0.0.0.0/8 is forbidden", "0.1.0.0/16", "no block in 0.0.0.0/8"},
		{"F3.001 127.0.0.0/8 is forbidden", "127.0.0.0/24", "no block in 127.0.0.0/8"},
		{"F3.001 169.254.0.0/16 is forbidden", "169.254.8.0/24", "no block in 169.254.0.0/16"},
		{"F3.001 224.0.0.0/4 is forbidden", "239.1.0.0/16", "no block in 224.0.0.0/4"},
		{"F3.001 223 is below the forbidden range", "223.255.0.0/16", ""},
		{"F3.001 128 is above the forbidden range", "128.0.0.0/16", ""},
		{"F3.002 a public range is allowed", "203.0.113.0/24", ""},
		{"F3.007 Amazon's /56", "2001:db8:1200::/56", ""},
		{"F3.007 /44", "2001:db8:10::/44", ""},
		{"F3.007 /60", "2001:db8:1200::/60", ""},
		{"F3.007 /40 is too large", "2001:db8::/40", size6},
		{"F3.007 /64 is too small", "2001:db8::/64", size6},
		{"F3.007 /58 is no step of 4", "2001:db8::/58", size6},
		{"host bits", "10.0.0.5/16", "host bits are set: want 10.0.0.0/16"},
		{"IPv6 host bits", "2001:db8::1/56", "host bits are set: want 2001:db8::/56"},
		{"IPv4-mapped", "::ffff:10.0.0.0/112", "write IPv4 as IPv4"},
		{"no CIDR", "10.0.0.0", "want an IPv4 or IPv6 CIDR block"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// The good block stands behind, so that the one under test may be the primary.
			v := vpc.VPC{ID: "v", Blocks: vpc.Blocks(tt.cidr, "100.64.0.0/16")}
			err := v.Validate()
			if tt.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorIs(t, err, fault.ErrInvalid)
			assert.ErrorContains(t, err, "Blocks[0].CIDR")
			assert.ErrorContains(t, err, tt.want)
			assert.Len(t, fault.Of(err), 1)
		})
	}
}

// The rows and columns of the table on AWS's page for VPC CIDR blocks (F3.005).
func TestAssociationMatrix(t *testing.T) {
	tests := []struct {
		name   string
		blocks string // the last one is the one to add
		ok     bool
	}{
		{"F3.005 10/8 and other 10/8", "10.2.0.0/16 10.3.0.0/16", true},
		{"F3.005 10/8 and 172.16/12", "10.2.0.0/16 172.16.0.0/16", false},
		{"F3.005 10/8 and 192.168/16", "10.2.0.0/16 192.168.0.0/24", false},
		{"F3.005 10/8 and 198.19/16", "10.2.0.0/16 198.19.0.0/24", false},
		{"F3.005 10/8 and public", "10.2.0.0/16 203.0.113.0/24", true},
		{"F3.005 10/8 and 198.18/16, which is not restricted", "10.2.0.0/16 198.18.0.0/16", true},
		{"F3.005 10/8 and 100.64/10", "10.2.0.0/16 100.64.0.0/16", true},
		{"F3.005 in 10.0/15 and 10.0/16", "10.1.0.0/16 10.0.0.0/16", false},
		{"F3.005 in 10.0/15 and part of 10.0/16", "10.0.0.0/24 10.0.1.0/24", false},
		{"F3.005 in 10.0/15 and the upper end of 10.0/16", "10.1.0.0/16 10.0.255.0/24", false},
		{"F3.005 in 10.0/15 and 10.1/16", "10.0.0.0/16 10.1.0.0/16", true},
		{"F3.005 in 10.0/15 and 10.2/16", "10.0.0.0/16 10.2.0.0/16", true},
		{"F3.005 any block in 10.0/15 closes 10.0/16", "10.2.0.0/16 10.1.0.0/16 10.0.0.0/16", false},
		{"F3.005 10.2/16 leaves 10.0/16 open", "10.2.0.0/16 10.0.0.0/16", true},
		{"F3.005 what is added later closes nothing", "10.2.0.0/16 10.0.0.0/16 10.1.0.0/16", true},
		{"F3.005 172.16/12 and other 172.16/12", "172.16.0.0/16 172.30.0.0/16", true},
		{"F3.005 172.16/12 and 172.31/16", "172.16.0.0/16 172.31.0.0/16", false},
		{"F3.005 172.16/12 and part of 172.31/16", "172.16.0.0/16 172.31.64.0/20", false},
		{"F3.005 172.16/12 and 10/8", "172.16.0.0/16 10.0.0.0/16", false},
		{"F3.005 172.16/12 and 192.168/16", "172.16.0.0/16 192.168.0.0/16", false},
		{"F3.005 172.16/12 and 198.19/16", "172.16.0.0/16 198.19.0.0/16", false},
		{"F3.005 172.16/12 and public", "172.16.0.0/16 203.0.113.0/24", true},
		{"F3.005 172.16/12 and 100.64/10", "172.16.0.0/16 100.127.0.0/16", true},
		{"F3.005 the default VPC and 172.30/16", "172.31.0.0/16 172.30.0.0/16", true},
		{"F3.005 192.168/16 and other 192.168/16", "192.168.0.0/24 192.168.1.0/24", true},
		{"F3.005 192.168/16 and 10/8", "192.168.0.0/16 10.0.0.0/16", false},
		{"F3.005 192.168/16 and 172.16/12", "192.168.0.0/16 172.16.0.0/16", false},
		{"F3.005 192.168/16 and 198.19/16", "192.168.0.0/16 198.19.0.0/16", false},
		{"F3.005 192.168/16 and public", "192.168.0.0/16 203.0.113.0/24", true},
		{"F3.005 192.168/16 and 100.64/10", "192.168.0.0/16 100.64.0.0/16", true},
		{"F3.005 198.19/16 and 10/8", "198.19.0.0/24 10.0.0.0/16", false},
		{"F3.005 198.19/16 and 172.16/12", "198.19.0.0/24 172.16.0.0/16", false},
		{"F3.005 198.19/16 and 192.168/16", "198.19.0.0/24 192.168.0.0/16", false},
		{"F3.005 198.19/16 and public", "198.19.0.0/24 203.0.113.0/24", true},
		{"F3.005 198.19/16 and 100.64/10", "198.19.0.0/24 100.64.0.0/16", true},
		{"F3.005 public and other public", "203.0.113.0/24 198.51.100.0/24", true},
		{"F3.005 public and 100.64/10", "203.0.113.0/24 100.64.0.0/16", true},
		{"F3.005 public and 10/8", "203.0.113.0/24 10.0.0.0/16", false},
		{"F3.005 public and 172.16/12", "203.0.113.0/24 172.16.0.0/16", false},
		{"F3.005 public and 192.168/16", "203.0.113.0/24 192.168.0.0/16", false},
		{"F3.005 public and 198.19/16", "203.0.113.0/24 198.19.0.0/16", false},
		{"F3.005 100.64/10 and 10/8", "100.64.0.0/16 10.0.0.0/16", false},
		{"F3.005 100.64/10 and 198.19/16", "100.64.0.0/16 198.19.0.0/16", false},
		{"F3.005 100.64/10 and other 100.64/10", "100.64.0.0/16 100.65.0.0/16", true},
		{"F3.005 169.254/16 cannot be assigned", "10.2.0.0/16 169.254.0.0/16", false},
		{"F3.005 the primary decides, not a public block between", "10.2.0.0/16 203.0.113.0/24 10.3.0.0/16", true},
		{"F3.005 IPv6 in front is not the primary", "2001:db8::/56 10.2.0.0/16 10.3.0.0/16", true},
		{"F3.005 IPv6 is not restricted", "10.2.0.0/16 2001:db8::/56", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := strings.Fields(tt.blocks)
			v := vpc.VPC{ID: "v", Blocks: vpc.Blocks(list...)}
			err := v.Validate()
			if tt.ok {
				assert.NoError(t, err)
				return
			}
			assert.ErrorIs(t, err, fault.ErrInvalid)
			faults := fault.Of(err)
			if assert.Len(t, faults, 1) {
				assert.Equal(t, list[len(list)-1], faults[0].Value)
			}
		})
	}
}

func TestValidateVPC(t *testing.T) {
	failed := func(cidr string, s vpc.BlockState) vpc.Block {
		return vpc.Block{CIDR: netip.MustParsePrefix(cidr), State: s}
	}
	ten := vpc.Blocks("10.2.0.0/16")
	tests := []struct {
		name string
		vpc  vpc.VPC
		want []string
	}{
		{"good", vpc.VPC{ID: "v", Blocks: ten}, nil},
		{"no ID", vpc.VPC{Blocks: ten}, []string{`ID: invalid: want any name, or AWS's ID`}},
		{"no block", vpc.VPC{ID: "v"}, []string{`Blocks: invalid: want an associated IPv4 block: the primary one cannot be disassociated`}},
		{"IPv6 alone", vpc.VPC{ID: "v", Blocks: vpc.Blocks("2001:db8::/56")}, []string{`Blocks: invalid: want an associated IPv4 block: the primary one cannot be disassociated`}},
		{"F3.004 the primary cannot be disassociated", vpc.VPC{ID: "v", Blocks: []vpc.Block{failed("10.2.0.0/16", vpc.Disassociated)}}, []string{`Blocks: invalid: want an associated IPv4 block: the primary one cannot be disassociated`}},
		{"F3.004 overlap", vpc.VPC{ID: "v", Blocks: vpc.Blocks("10.2.0.0/16", "10.2.8.0/24")}, []string{`Blocks[1].CIDR "10.2.8.0/24": overlaps: Blocks[0] is 10.2.0.0/16: want a block without its addresses`}},
		{"F3.004 the larger one second", vpc.VPC{ID: "v", Blocks: vpc.Blocks("10.2.8.0/24", "10.2.0.0/16")}, []string{`Blocks[1].CIDR "10.2.0.0/16": overlaps: Blocks[0] is 10.2.8.0/24: want a block without its addresses`}},
		{"F3.004 the same again", vpc.VPC{ID: "v", Blocks: vpc.Blocks("10.2.0.0/16", "10.2.0.0/16")}, []string{`Blocks[1].CIDR "10.2.0.0/16": overlaps: Blocks[0] is 10.2.0.0/16: want a block without its addresses`}},
		{"F3.004 IPv6 overlap", vpc.VPC{ID: "v", Blocks: vpc.Blocks("10.2.0.0/16", "2001:db8::/56", "2001:db8::/60")}, []string{`Blocks[2].CIDR "2001:db8::/60": overlaps: Blocks[1] is 2001:db8::/56: want a block without its addresses`}},
		{"F3.004 only usable blocks overlap", vpc.VPC{ID: "v", Blocks: append(vpc.Blocks("10.2.0.0/16"), failed("10.2.0.0/24", vpc.Failed))}, nil},
		{"F3.004 only usable blocks are restricted", vpc.VPC{ID: "v", Blocks: append(vpc.Blocks("10.2.0.0/16"), failed("172.16.0.0/16", vpc.Disassociated))}, nil},
		{"F3.004 an unusable block in front is not the primary", vpc.VPC{ID: "v", Blocks: append([]vpc.Block{failed("172.16.0.0/16", vpc.Failed)}, ten...)}, nil},
		{"no state", vpc.VPC{ID: "v", Blocks: append(vpc.Blocks("10.2.0.0/16"), failed("10.3.0.0/16", 9))}, []string{`Blocks[1].State "9": invalid: want a state such as associated`}},
		{"all at once", vpc.VPC{Blocks: vpc.Blocks("10.2.0.1/16", "x")}, []string{
			`ID: invalid: want any name, or AWS's ID`,
			`Blocks[0].CIDR "10.2.0.1/16": invalid: host bits are set: want 10.2.0.0/16`,
			`Blocks[1].CIDR: invalid: want an IPv4 or IPv6 CIDR block such as "10.0.0.0/16"`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, messages(tt.vpc.Validate())) })
	}
}

func TestValidateOutOfRangePrefix(t *testing.T) {
	p := netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33)
	v := vpc.VPC{ID: "v", Blocks: append(vpc.Blocks("10.2.0.0/16"), vpc.Block{CIDR: p})}
	assert.Equal(t, []string{`Blocks[1].CIDR "invalid Prefix": invalid: the prefix length does not fit the address`}, messages(v.Validate()))
}

func TestValidateDHCPOptions(t *testing.T) {
	addr := netip.MustParseAddr
	tests := []struct {
		name string
		set  vpc.DHCPOptions
		want []string
	}{
		{"F9.307 AWS's default set", vpc.DHCPOptions{ID: "d", DomainNameServers: []string{vpc.AmazonProvidedDNS}}, nil},
		{"own servers", vpc.DHCPOptions{ID: "d", DomainNameServers: []string{"10.0.0.9", "2001:db8::9"}, NTPServers: []netip.Addr{addr("10.0.0.8")}}, nil},
		{"no ID", vpc.DHCPOptions{}, []string{`ID: invalid: want any name, or AWS's ID`}},
		{"no address", vpc.DHCPOptions{ID: "d", DomainNameServers: []string{"ns.example.com"}}, []string{`DomainNameServers[0] "ns.example.com": invalid: want AmazonProvidedDNS or an address`}},
		{"a server twice", vpc.DHCPOptions{ID: "d", DomainNameServers: []string{"2001:db8::9", "2001:DB8:0::9"}}, []string{`DomainNameServers[1] "2001:DB8:0::9": duplicate: DomainNameServers[0] is the same`}},
		{"AmazonProvidedDNS twice", vpc.DHCPOptions{ID: "d", DomainNameServers: []string{"AmazonProvidedDNS", "AmazonProvidedDNS"}}, []string{`DomainNameServers[1] "AmazonProvidedDNS": duplicate: DomainNameServers[0] is the same`}},
		{"NTP", vpc.DHCPOptions{ID: "d", NTPServers: []netip.Addr{addr("10.0.0.8"), {}, addr("10.0.0.8")}}, []string{
			`NTPServers[1]: invalid: want an address`,
			`NTPServers[2] "10.0.0.8": duplicate: NTPServers[0] is the same`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, messages(tt.set.Validate())) })
	}
}

func TestValidateInstance(t *testing.T) {
	tests := []struct {
		name     string
		instance vpc.Instance
		want     []string
	}{
		{"good", vpc.Instance{ID: "i", State: vpc.Stopped}, nil},
		{"unspecified state", vpc.Instance{ID: "i"}, nil},
		{"no ID, no state", vpc.Instance{State: 7}, []string{`ID: invalid: want any name, or AWS's ID`, `State "7": invalid: want a state such as running or stopped`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, messages(tt.instance.Validate())) })
	}
}

// messages lists the faults as text; nil for none.
func messages(err error) []string {
	var list []string
	for _, f := range fault.Of(err) {
		list = append(list, f.Error())
	}
	return list
}

// Whatever the blocks: no panic, and a VPC that passes has a primary block with its DNS server.
func FuzzBlocks(f *testing.F) {
	f.Add("10.0.0.0/16", "100.64.0.0/16", uint8(0))
	f.Add("::ffff:10.0.0.0/112", "255.255.255.255/32", uint8(5))
	f.Add("2001:db8::/56", "x", uint8(99))
	f.Fuzz(func(t *testing.T, a, b string, state uint8) {
		v := vpc.VPC{ID: "v", Blocks: vpc.Blocks(a, b)}
		v.Blocks[0].State = vpc.BlockState(state)
		v.DNSServer()
		if v.Validate() == nil {
			assert.True(t, v.Contains(v.DNSServer()))
		}
	})
}
