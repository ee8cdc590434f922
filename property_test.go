package packetwalk_test

import (
	"net/netip"

	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/packetwalk/packetwalk/packet"
)

// wholes are the values that are compared as wholes.
var wholes = cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}, packet.Service{})
