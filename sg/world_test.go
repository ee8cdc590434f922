package sg_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/stretchr/testify/require"
)

// world answers for a small network: the private addresses of interfaces with groups, and prefix lists.
type world struct {
	members map[string]map[string]string // group, address, interface
	lists   map[string]string            // prefix list, its one CIDR
}

var _ sg.Peers = world{}

func (w world) Member(group string, a netip.Addr) (networkInterface string, ok bool) {
	networkInterface, ok = w.members[group][a.String()]
	return networkInterface, ok
}

func (w world) Listed(prefixList string, a netip.Addr) bool {
	cidr, ok := w.lists[prefixList]
	return ok && netip.MustParsePrefix(cidr).Contains(a)
}

// small has one interface in sg-app, with two private addresses and an IPv6 address, one in sg-db,
// and the prefix list pl-office. Nobody has a public address in it: those are no members (F5.101).
var small = world{
	members: map[string]map[string]string{
		"sg-app": {"10.0.0.1": "eni-app", "10.0.0.2": "eni-app", "2001:db8::1": "eni-app"},
		"sg-db":  {"10.0.9.9": "eni-db"},
	},
	lists: map[string]string{"pl-office": "198.51.100.0/24", "pl-office6": "2001:db8:f::/48"},
}

// rule reads what Rule.String writes: "tcp/443 from 10.0.0.0/16".
func rule(t *testing.T, text string) sg.Rule {
	t.Helper()
	var r sg.Rule
	var service, preposition, peer string
	_, err := fmt.Sscan(text, &service, &preposition, &peer)
	require.NoError(t, err, text)
	r.Service, err = packet.ParseService(service)
	require.NoError(t, err, text)
	r.Direction = direction(t, preposition)
	r.Stale = strings.HasSuffix(text, "(stale)")
	switch {
	case strings.HasPrefix(peer, "pl-"):
		r.PrefixList = peer
	case strings.HasPrefix(peer, "sg-"):
		r.Group = peer
	default:
		r.CIDR, err = netip.ParsePrefix(peer)
		require.NoError(t, err, text)
	}
	return r
}

// groups reads groups separated by "|", each with rules separated by semicolons. Their IDs are sg-1, sg-2...
func groups(t *testing.T, text string) []*sg.Group {
	t.Helper()
	var all []*sg.Group
	for i, rules := range strings.Split(text, "|") {
		g := &sg.Group{ID: fmt.Sprintf("sg-%d", i+1)}
		for one := range strings.SplitSeq(rules, ";") {
			if one != "" {
				g.Rules = append(g.Rules, rule(t, one))
			}
		}
		all = append(all, g)
	}
	return all
}

// crossing reads a packet and where it goes: "in tcp 10.0.0.1 10.1.0.1 443", with a type and a code for
// the ICMPs and nothing for other protocols. The source port is 50000.
func crossing(t *testing.T, text string) (packet.Direction, packet.Packet) {
	t.Helper()
	words := append(strings.Fields(text), "0", "0")
	p := packet.Packet{Src: netip.MustParseAddr(words[2]), Dst: netip.MustParseAddr(words[3])}
	var err error
	p.Protocol, err = packet.ParseProtocol(words[1])
	require.NoError(t, err, text)
	var x, y uint16
	_, err = fmt.Sscan(words[4]+" "+words[5], &x, &y)
	require.NoError(t, err, text)
	switch {
	case p.Protocol.HasPorts():
		p.SrcPort, p.DstPort = 50000, x
	case p.Protocol.IsICMP():
		p.ICMPType, p.ICMPCode = uint8(x), uint8(y)
	}
	return direction(t, words[0]), p
}

func direction(t *testing.T, word string) packet.Direction {
	t.Helper()
	switch word {
	case "in", "from":
		return packet.Ingress
	case "out", "to":
		return packet.Egress
	}
	require.Fail(t, "no direction", word)
	return 0
}
