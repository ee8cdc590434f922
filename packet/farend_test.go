package packet_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

// F5.008, F6.007: what comes in is judged by its source, what goes out by its destination.
func TestFarEnd(t *testing.T) {
	src, dst := netip.MustParseAddr("::ffff:10.0.0.1"), netip.MustParseAddr("10.0.0.2")
	p := packet.Packet{Src: src, Dst: dst}
	for d, want := range map[packet.Direction]netip.Addr{packet.Ingress: src.Unmap(), packet.Egress: dst, 0: {}, 9: {}} {
		if got := p.FarEnd(d); got != want {
			t.Errorf("FarEnd(%v) = %v, want %v", d, got, want)
		}
	}
}
