package endpoint_test

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/endpoint"
)

// TestRangeIndex: F1.126, F1.127, F1.155 the index says what the search through the whole list says.
func TestRangeIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.Custom(func(t *rapid.T) netip.Addr {
			if rapid.Bool().Draw(t, "IPv6") {
				return netip.AddrFrom16([16]byte{0: 0x26, 15: rapid.Byte().Draw(t, "last")})
			}
			return netip.AddrFrom4([4]byte{52, 0, rapid.ByteRange(0, 3).Draw(t, "third"), rapid.Byte().Draw(t, "last")})
		})
		var ranges []endpoint.IPRange
		for range rapid.IntRange(0, 12).Draw(t, "ranges") {
			a := address.Draw(t, "address")
			bits := rapid.IntRange(a.BitLen()-14, a.BitLen()).Draw(t, "bits")
			ranges = append(ranges, endpoint.IPRange{
				Prefix: netip.PrefixFrom(a, bits).Masked(), Region: rapid.SampledFrom([]string{"us-east-1", "eu-west-1"}).Draw(t, "region"),
				Service: rapid.SampledFrom([]string{"AMAZON", "EC2", "S3"}).Draw(t, "service"),
			})
		}
		x := endpoint.NewRangeIndex(ranges)
		for range 20 {
			a := address.Draw(t, "asked")
			service, region, ok := x.At(a)
			wantService, wantRegion, wantOK := endpoint.AWSServiceAt(a, ranges)
			if service != wantService || region != wantRegion || ok != wantOK {
				t.Fatalf("%s: %q %q %v, want %q %q %v", a, service, region, ok, wantService, wantRegion, wantOK)
			}
		}
	})
}

// TestRangeIndexZero: the zero index knows nothing, and the zero address is nobody's.
func TestRangeIndexZero(t *testing.T) {
	var none endpoint.RangeIndex
	builtIn := endpoint.NewRangeIndex(nil)
	for _, a := range []netip.Addr{{}, netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("2600::1")} {
		if s, _, ok := none.At(a); ok {
			t.Errorf("the zero index says that %v is of %s", a, s)
		}
	}
	if s, _, ok := builtIn.At(netip.Addr{}); ok {
		t.Errorf("the zero address is of %s", s)
	}
}
