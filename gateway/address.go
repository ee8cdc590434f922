package gateway

import "net/netip"

// private4 reports whether a is an IPv4 address of RFC 1918.
func private4(a netip.Addr) bool { return a.Is4() && a.IsPrivate() }

// shared4 reports whether a is in 100.64.0.0/10, the shared space of RFC 6598.
func shared4(a netip.Addr) bool {
	if !a.Is4() {
		return false
	}
	b := a.As4()
	return b[0] == 100 && b[1]&0xc0 == 64
}

// unrouted4 reports whether nobody on the internet answers to a: 0/8, 127/8, 169.254/16, and
// 224/3, which is multicast, the reserved addresses and broadcast. What is no IPv4 address is unrouted too.
// The ranges for documentation (203.0.113.0/24 and its like) are routed: examples use them as internet hosts.
func unrouted4(a netip.Addr) bool {
	if !a.Is4() {
		return true
	}
	return a.As4()[0] == 0 || a.IsLoopback() || a.IsLinkLocalUnicast() || a.As4()[0] >= 224
}

// global6 reports whether the internet routes the IPv6 address a: neither unspecified, loopback,
// multicast nor link-local, not a unique local address (fc00::/7), and none of [NAT64Prefix], which leads to
// a NAT gateway or nowhere (F4.215). 2001:db8::/32, which is for documentation, is global: examples use it as
// AWS uses its own ranges.
func global6(a netip.Addr) bool {
	return a.Is6() && !a.Is4In6() && a.IsGlobalUnicast() && !a.IsPrivate() && !NAT64Prefix.Contains(a)
}
