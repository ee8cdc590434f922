package packetwalk_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
)

// pinged is AWS's own example of a ping: interface eni-1235b8ca123456789 at 172.31.16.139 in account 123456789010, an ACL that lets ICMP in.
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

// lines gives the flow's records as text; AWS's example sees the reply first at another second than the request.
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
