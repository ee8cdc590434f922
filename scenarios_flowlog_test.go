package packetwalk_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
)

// pinged is AWS's own example of a ping: interface eni-1235b8ca123456789 at 172.31.16.139 in account
// 123456789010, an ACL that lets ICMP in.
func pinged(group, out bool) func(b *packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v := b.VPC("vpc", "172.31.0.0/16").Account("123456789010")
		s := v.Subnet("sub", "172.31.16.0/20").Route(everywhere, v.InternetGateway("igw"))
		e := s.Interface("eni-1235b8ca123456789").PrivateIP("172.31.16.139").ElasticIP("198.51.100.7").NoDefaultEgress()
		if group {
			e.Allow("icmp", packetwalk.Anywhere)
		} else {
			e.Allow("tcp/22", packetwalk.Anywhere)
		}
		a := v.ACL("acl").For(s).AllowIn(100, "icmp", everywhere)
		if out {
			a.AllowOut(100, "icmp", everywhere)
		}
	}
}

// TestScenarioA57 compares flow-log lines byte for byte with AWS's: four packets of 84 bytes each way.
func TestScenarioA57(t *testing.T) {
	const (
		in       = "2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 "
		reply    = "2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 "
		accepted = "ACCEPT OK"
		rejected = "REJECT OK"
	)
	tests := []struct {
		name       string
		group, out bool
		want       []string
	}{
		{"A57 F1.705 F1.706 the ACL denies the reply", true, false, []string{in + accepted, reply + rejected}},
		{"A57 F1.504 the ACL lets the reply by", true, true, []string{in + accepted, reply + accepted}},
		{"A57 F1.502 the group denies the request", false, true, []string{in + rejected}},
	}
	ping := packet.Packet{Dst: netip.MustParseAddr("198.51.100.7"), Protocol: packet.ICMP, ICMPType: 8, Length: 84}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := openWith(t, networkOf(t, pinged(test.group, test.out)), "203.0.113.12", ping)
			f.Packets, f.End = 4, time.Unix(1432917142, 0)
			if diff := cmp.Diff(test.want, lines(f, 1432917027, 1432917094)); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
		})
	}
}

// lines gives the flow's records as text; AWS's example sees the reply first at another second than the
// request.
func lines(f packetwalk.Flow, request, reply int64) (text []string) {
	for i := range f.Records() {
		f.Start = time.Unix(request, 0)
		if i > 0 {
			f.Start = time.Unix(reply, 0)
		}
		text = append(text, f.Records()[i].String())
	}
	return text
}

// fieldsOf are the words of a flow's records, line by line.
func fieldsOf(f packetwalk.Flow) (list [][]string) {
	for _, r := range f.Records() {
		list = append(list, strings.Fields(r.String()))
	}
	return list
}

// TestItemsOfRecords: what a record in the default format says of a connection, by its place in the line
// (F1.001).
func TestItemsOfRecords(t *testing.T) {
	const account, eni, src, dst, protocol, action, status = 1, 2, 3, 4, 7, 12, 13
	web := networkOf(t, func(b *packetwalk.Builder) {
		hostRoutedAtIGW(b).PrivateIP("10.0.0.10").ElasticIP("198.51.100.7").Allow("all", packetwalk.CIDR("203.0.113.0/24"))
	})
	from := func(t *testing.T, caller, service string) [][]string {
		return fieldsOf(probe(t, web, caller, "i", service))
	}
	t.Run("item 139 fourteen fields", func(t *testing.T) {
		for _, line := range from(t, "203.0.113.12", "tcp/443") {
			assert.Len(t, line, 14)
			assert.Equal(t, []string{"2", "i-eni"}, []string{line[0], line[eni]})
			assert.NotEmpty(t, line[account])
		}
	})
	t.Run("item 140 the source before the destination", func(t *testing.T) {
		lines := from(t, "203.0.113.12", "tcp/443")
		require.Len(t, lines, 2)
		assert.Equal(t, []string{"203.0.113.12", "10.0.0.10"}, lines[0][src:dst+1])
		assert.Equal(t, []string{"10.0.0.10", "203.0.113.12"}, lines[1][src:dst+1])
	})
	for service, number := range map[string]string{"icmp/echo-request": "1", "tcp/443": "6", "udp/53": "17"} {
		t.Run("item 141 the protocol of "+service, func(t *testing.T) {
			for _, line := range from(t, "203.0.113.12", service) {
				assert.Equal(t, number, line[protocol])
			}
		})
	}
	t.Run("item 142 let by", func(t *testing.T) { assert.Equal(t, "ACCEPT", from(t, "203.0.113.12", "tcp/443")[0][action]) })
	t.Run("item 142 not let by", func(t *testing.T) { assert.Equal(t, "REJECT", from(t, "192.0.2.9", "tcp/443")[0][action]) })
	t.Run("item 143 the status", func(t *testing.T) { assert.Equal(t, "OK", from(t, "192.0.2.9", "tcp/443")[0][status]) })
	for _, service := range []string{"tcp/766", "tcp/8088"} {
		t.Run("item 148 a scan of "+service+" is one REJECT", func(t *testing.T) {
			lines := from(t, "192.0.2.9", service)
			require.Len(t, lines, 1)
			assert.Equal(t, "REJECT", lines[0][action])
		})
	}
	t.Run("item 146 the group lets in, the ACL stops the answer", func(t *testing.T) {
		f := openWith(t, networkOf(t, pinged(true, false)), "203.0.113.12", packet.Packet{Dst: netip.MustParseAddr("198.51.100.7"), Protocol: packet.ICMP, ICMPType: 8})
		lines := fieldsOf(f)
		require.Len(t, lines, 2)
		assert.Equal(t, []string{"203.0.113.12", "172.31.16.139", "ACCEPT"}, []string{lines[0][src], lines[0][dst], lines[0][action]})
		assert.Equal(t, []string{"172.31.16.139", "203.0.113.12", "REJECT"}, []string{lines[1][src], lines[1][dst], lines[1][action]})
	})
	for to, service := range map[string]string{"10.0.0.2": "udp/53", "169.254.169.254": "tcp/80", "169.254.169.123": "udp/123", "169.254.169.250": "tcp/1688"} {
		t.Run("item 144 no record of "+to, func(t *testing.T) { assert.Empty(t, probe(t, web, "i", to, service).Records()) })
	}
}
