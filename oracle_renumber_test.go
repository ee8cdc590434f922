package packetwalk_test

import (
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/vpc"
)

// Some networks have a VPC with blocks of two private ranges, 172.20.0.0/16 and 10.8.0.0/16 say. AWS adds no
// such block to a VPC (F3.005), and Build refuses it. So that their flows can be compared all the same, the
// ranges 172.16.0.0/12 and 192.168.0.0/16 are moved as a whole into 100.64.0.0/10, which AWS allows beside
// 10.0.0.0/8. What contains what stays as it is, and nothing else is there; for an internet gateway, either
// is not the internet's (F4.006).

// wantRefused wants Build to refuse the network for the blocks of its VPCs and for nothing else.
func wantRefused(t *testing.T, name string, net []byte) {
	_, err := oracleConfig(t, net).Build()
	require.Error(t, err, name)
	for _, e := range configErrors(t, err) {
		assert.Equal(t, packetwalk.KindVPC, e.Kind, "%s: %v", name, e)
		assert.True(t, strings.HasPrefix(e.Field, "Blocks["), "%s: %v", name, e)
	}
}

var ipv4 = regexp.MustCompile(`[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+`)

// renumbered moves every address of the two ranges in a text.
func renumbered(text []byte) []byte {
	return ipv4.ReplaceAllFunc(text, func(s []byte) []byte {
		a, err := netip.ParseAddr(string(s))
		if err != nil {
			return s
		}
		b := a.As4()
		switch {
		case b[0] == 172 && b[1]&0xf0 == 16:
			b[0], b[1] = 100, b[1]-16+64
		case b[0] == 192 && b[1] == 168:
			b[0], b[1] = 100, 127
		}
		return []byte(netip.AddrFrom4(b).String())
	})
}

// privatePrimaries puts the block that is still private first: the others may stand beside it, not the other
// way round (F3.005).
func privatePrimaries(vpcs []vpc.VPC) {
	for _, v := range vpcs {
		for i, b := range v.Blocks {
			if b.CIDR.Addr().IsPrivate() {
				v.Blocks[0], v.Blocks[i] = b, v.Blocks[0]
				break
			}
		}
	}
}
