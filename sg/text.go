package sg

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
)

// String says the rule in one line: "tcp/443 from 10.0.0.0/16", "tcp/5432 to sg-db", with the VPC of a
// group outside of the network, "(stale)" for a stale rule, and the description in quotes after it where
// there is one: "tcp/22 from sg-far of vpc-far (stale)". A nil rule is "none".
func (r *Rule) String() string {
	if r == nil {
		return "none"
	}
	words := []string{orNone(r.Service.String()), r.preposition(), orNone(strings.Join(r.peers(), " and "))}
	if r.GroupVPC != "" {
		words = append(words, "of", r.GroupVPC)
	}
	if r.Stale {
		words = append(words, "(stale)")
	}
	if r.Description != "" {
		words = append(words, strconv.Quote(r.Description))
	}
	return strings.Join(words, " ")
}

// preposition gives "from" or "to", and "at" where the rule has no direction, which Validate reports.
func (r *Rule) preposition() string {
	switch r.Direction {
	case packet.Ingress:
		return "from"
	case packet.Egress:
		return "to"
	}
	return "at"
}

// peers names the peers that are set: one, in a valid rule (F5.005).
func (r *Rule) peers() []string {
	var peers []string
	if r.CIDR != (netip.Prefix{}) {
		peers = append(peers, r.CIDR.String())
	}
	if r.PrefixList != "" {
		peers = append(peers, r.PrefixList)
	}
	if r.Group != "" {
		peers = append(peers, r.Group)
	}
	return peers
}

// orNone stands in for the empty text of what is unspecified, so that the words of a line keep
// their places.
func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}
