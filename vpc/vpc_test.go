package vpc_test

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/packetwalk/packetwalk/vpc"
	"github.com/stretchr/testify/assert"
)

var netipValues = cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{})

func TestBlocks(t *testing.T) {
	want := []vpc.Block{
		{CIDR: netip.MustParsePrefix("10.0.0.0/16")},
		{},
		{CIDR: netip.MustParsePrefix("10.1.0.5/16")},
	}
	if diff := cmp.Diff(want, vpc.Blocks("10.0.0.0/16", "ten", "10.1.0.5/16"), netipValues); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	assert.Empty(t, vpc.Blocks())
}

func TestUsable(t *testing.T) {
	tests := []struct {
		name  string
		state vpc.BlockState
		want  bool
	}{
		{"unspecified counts as associated", vpc.BlockUnspecified, true},
		{"F3.004 associating", vpc.Associating, false},
		{"F3.004 associated is usable", vpc.Associated, true},
		{"F3.004 disassociating", vpc.Disassociating, false},
		{"F3.004 disassociated", vpc.Disassociated, false},
		{"F3.004 failing", vpc.Failing, false},
		{"F3.004 failed", vpc.Failed, false},
		{"no state", vpc.BlockState(9), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := vpc.VPC{Blocks: []vpc.Block{{CIDR: netip.MustParsePrefix("10.0.0.0/16"), State: tt.state}}}
			assert.Equal(t, tt.want, v.Blocks[0].Usable())
			assert.Equal(t, tt.want, v.Contains(netip.MustParseAddr("10.0.0.4")))
			assert.Equal(t, tt.want, v.Primary().IsValid())
			assert.Equal(t, tt.want, v.DNSServer().IsValid())
			assert.Equal(t, tt.want, len(v.IPv4Blocks()) == 1)
		})
	}
}

func TestPrimaryAndDNSServer(t *testing.T) {
	tests := []struct {
		name    string
		blocks  []vpc.Block
		primary string // "" for none
		dns     string // "" for none
	}{
		{"F3.011 base+2 of the block", vpc.Blocks("10.0.0.0/16"), "10.0.0.0/16", "10.0.0.2"},
		{"F3.011 of the primary only", vpc.Blocks("10.0.0.0/24", "10.8.0.0/16"), "10.0.0.0/24", "10.0.0.2"},
		{"the first IPv4 block is the primary", vpc.Blocks("2001:db8:1200::/56", "10.0.0.0/16"), "10.0.0.0/16", "10.0.0.2"},
		{"host bits do not count", vpc.Blocks("10.0.0.77/16"), "10.0.0.77/16", "10.0.0.2"},
		{"IPv6 alone", vpc.Blocks("2001:db8:1200::/56"), "", ""},
		{"IPv4-mapped", vpc.Blocks("::ffff:10.0.0.0/112"), "", ""},
		{"no room", vpc.Blocks("10.0.0.0/31"), "10.0.0.0/31", ""},
		{"end of the addresses", vpc.Blocks("255.255.255.255/32"), "255.255.255.255/32", ""},
		{"zero Prefix", vpc.Blocks("none"), "", ""},
		{"none", nil, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := vpc.VPC{Blocks: tt.blocks}
			assert.Equal(t, tt.primary, text(v.Primary()))
			assert.Equal(t, tt.dns, text(v.DNSServer()))
		})
	}
}

// text is the text of a netip value, "" for the zero one.
func text(v interface{ MarshalText() ([]byte, error) }) string {
	b, _ := v.MarshalText()
	return string(b)
}

func TestBlocksByFamily(t *testing.T) {
	v := vpc.VPC{Blocks: vpc.Blocks("10.0.0.0/16", "2001:db8:1200::/56", "10.1.0.0/16", "none")}
	v.Blocks = append(v.Blocks, vpc.Block{CIDR: netip.MustParsePrefix("10.2.0.0/16"), State: vpc.Failed})
	want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16"), netip.MustParsePrefix("10.1.0.0/16")}
	assert.Equal(t, want, v.IPv4Blocks())
	assert.Equal(t, []netip.Prefix{netip.MustParsePrefix("2001:db8:1200::/56")}, v.IPv6Blocks())
}

func TestDefault(t *testing.T) {
	t.Run("F3.014 the default VPC is 172.31.0.0/16, F3.019 with DNS hostnames", func(t *testing.T) {
		want := vpc.VPC{ID: "vpc-1", Region: "eu-west-1", Default: true, DNSHostnames: true, Blocks: []vpc.Block{{CIDR: netip.MustParsePrefix("172.31.0.0/16")}}}
		got := vpc.Default("vpc-1", "eu-west-1")
		if diff := cmp.Diff(want, got, netipValues); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		assert.NoError(t, got.Validate())
	})
	t.Run("F3.019 elsewhere DNS support is on and hostnames are off", func(t *testing.T) {
		var v vpc.VPC
		assert.False(t, v.NoDNSSupport)
		assert.False(t, v.DNSHostnames)
	})
	t.Run("F9.307 no ID is AWS's default options, with AmazonProvidedDNS", func(t *testing.T) {
		assert.Empty(t, vpc.Default("vpc-1", "").DHCPOptions)
		assert.Equal(t, "AmazonProvidedDNS", vpc.AmazonProvidedDNS)
	})
}

func TestRunning(t *testing.T) {
	for state := range vpc.InstanceState(9) {
		want := state == vpc.InstanceUnspecified || state == vpc.Running
		assert.Equal(t, want, vpc.Instance{State: state}.Running(), state.String())
	}
}

func TestNilVPC(t *testing.T) {
	var v *vpc.VPC
	assert.Zero(t, v.Primary())
	assert.Zero(t, v.DNSServer())
	assert.Nil(t, v.IPv4Blocks())
	assert.Nil(t, v.IPv6Blocks())
	assert.False(t, v.Contains(netip.MustParseAddr("10.0.0.1")))
	assert.Error(t, v.Validate())
	assert.Error(t, (*vpc.DHCPOptions)(nil).Validate())
	assert.Error(t, (*vpc.Instance)(nil).Validate())
}
