package endpoint

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Admits reports whether a gateway endpoint takes p in: TCP and ICMP echo only (F7.013).
func (g *Gateway) Admits(p packet.Packet) bool { return true }

// Returns reports whether a gateway endpoint lets p out: TCP and ICMP echo replies only (F7.013).
func (g *Gateway) Returns(p packet.Packet) bool { return true }

// Admits reports whether an interface endpoint takes p in: TCP and UDP only (F7.102).
func (i *Interface) Admits(p packet.Packet) bool { return true }

// Ranges gives the address ranges of a service with gateway endpoints, from a small built-in
// table; ok is false for a service or Region that it does not hold.
func Ranges(service string) (ranges []netip.Prefix, ok bool) { return nil, false }

// Validate reports every mistake that can be seen in the endpoint alone.
func (g *Gateway) Validate() error { return nil }

// Validate reports every mistake that can be seen in the endpoint alone.
func (i *Interface) Validate() error { return nil }
