package nacl_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/require"
)

// entry reads what Entry.String writes: "100 allow tcp/443 from 10.0.0.0/16".
func entry(t *testing.T, text string) nacl.Entry {
	t.Helper()
	var e nacl.Entry
	var action, service, preposition, cidr string
	_, err := fmt.Sscan(text, &e.Number, &action, &service, &preposition, &cidr)
	require.NoError(t, err, text)
	require.NoError(t, e.Action.UnmarshalText([]byte(action)), text)
	e.Service, err = packet.ParseService(service)
	require.NoError(t, err, text)
	e.Direction = direction(t, preposition)
	e.CIDR, err = netip.ParsePrefix(cidr)
	require.NoError(t, err, text)
	return e
}

// acl reads entries that are separated by semicolons.
func acl(t *testing.T, entries string) *nacl.ACL {
	t.Helper()
	a := &nacl.ACL{ID: "acl-1"}
	for text := range strings.SplitSeq(entries, ";") {
		if text != "" {
			a.Entries = append(a.Entries, entry(t, text))
		}
	}
	return a
}

// crossing reads a packet and where it goes: "in tcp 10.0.0.1 10.1.0.1 443", with a type and a code for
// the ICMPs and nothing for other protocols. The source port is 50000.
func crossing(t *testing.T, text string) (packet.Direction, packet.Packet) {
	t.Helper()
	words := append(strings.Fields(text), "0", "0")
	p := packet.Packet{Src: netip.MustParseAddr(words[2]), Dst: netip.MustParseAddr(words[3])}
	service, err := packet.ParseService(words[1])
	require.NoError(t, err, text)
	p.Protocol, _ = service.Protocol()
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
