package route_test

import (
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/route"
)

func TestPrefixListMatch(t *testing.T) {
	l := &route.PrefixList{Entries: prefixes("10.0.0.0/8", "10.9.8.0/24", "10.9.0.0/16", "2600:1fa0::/32", "::/0")}
	for _, c := range []struct{ name, addr, want string }{
		{"the longest entry", "10.9.8.7", "10.9.8.0/24"},
		{"a shorter one", "10.9.1.1", "10.9.0.0/16"},
		{"none", "11.0.0.1", "invalid Prefix"},
		{"F2.016 IPv6", "2600:1fa0::1", "2600:1fa0::/32"},
		{"F2.016 an IPv4-mapped address", "::ffff:10.9.8.7", "invalid Prefix"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, ok := l.Match(netip.MustParseAddr(c.addr))
			assert.Equal(t, c.want, p.String())
			assert.Equal(t, p.IsValid(), ok)
		})
	}
	_, ok := (*route.PrefixList)(nil).Match(netip.MustParseAddr("10.0.0.1"))
	assert.False(t, ok, "a nil list")
}

// many gives n different /32 entries.
func many(n int) []netip.Prefix {
	ps := make([]netip.Prefix, n)
	for i := range ps {
		var a [4]byte
		binary.BigEndian.PutUint32(a[:], 10<<24+uint32(i))
		ps[i] = netip.PrefixFrom(netip.AddrFrom4(a), 32)
	}
	return ps
}

func TestPrefixListValidate(t *testing.T) {
	const aws = "com.amazonaws.us-east-1.s3"
	for _, c := range []struct {
		name string
		l    *route.PrefixList
		want []string
	}{
		{"a nil list", nil, nil},
		{"no ID", &route.PrefixList{}, []string{"ID: invalid"}},
		{"an empty list", &route.PrefixList{ID: "pl"}, nil},
		{"F2.037 one family", &route.PrefixList{ID: "pl", Entries: prefixes("10.0.0.0/8", "10.9.0.0/16")}, nil},
		{"F2.037 two families", &route.PrefixList{ID: "pl", Entries: prefixes("10.0.0.0/8", "2001:db8::/32", "2001:db9::/32")}, []string{"Entries[1]: invalid"}},
		{"F2.037 two families in a list of AWS", &route.PrefixList{ID: "pl", Name: aws, Entries: prefixes("10.0.0.0/8", "2001:db8::/32")}, nil},
		{"F2.037 1000 entries", &route.PrefixList{ID: "pl", Entries: many(1000)}, nil},
		{"F2.037 1001 entries", &route.PrefixList{ID: "pl", Entries: many(1001)}, []string{"Entries: over the limit"}},
		{"F2.037 1001 entries in a list of AWS", &route.PrefixList{ID: "pl", Name: aws, Entries: many(1001)}, nil},
		{"F2.037 room for 1000", &route.PrefixList{ID: "pl", MaxEntries: 1000}, nil},
		{"F2.037 room for 1001", &route.PrefixList{ID: "pl", MaxEntries: 1001}, []string{"MaxEntries: over the limit"}},
		{"F2.036 as many as it has room for", &route.PrefixList{ID: "pl", MaxEntries: 2, Entries: many(2)}, nil},
		{"F2.036 more than it has room for", &route.PrefixList{ID: "pl", MaxEntries: 2, Entries: many(3)}, []string{"Entries: over the limit"}},
		{"negative room", &route.PrefixList{ID: "pl", MaxEntries: -1}, []string{"MaxEntries: invalid"}},
		{"host bits", &route.PrefixList{ID: "pl", Entries: prefixes("10.0.0.1/8")}, []string{"Entries[0]: invalid"}},
		{"no block", &route.PrefixList{ID: "pl", Entries: make([]netip.Prefix, 1)}, []string{"Entries[0]: invalid"}},
		{"an IPv4-mapped block", &route.PrefixList{ID: "pl", Entries: prefixes("::ffff:10.0.0.0/104")}, []string{"Entries[0]: invalid"}},
		{"twice", &route.PrefixList{ID: "pl", Entries: prefixes("10.0.0.0/8", "10.9.0.0/16", "10.0.0.0/8")}, []string{"Entries[2]: duplicate"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantMistakes(t, c.l.Validate(), c.want...) })
	}
}

func TestPrefixListWeight(t *testing.T) {
	for _, c := range []struct {
		name string
		l    *route.PrefixList
		want int
	}{
		{"a nil list", nil, 0},
		{"F2.036 the maximum, not today's entries", &route.PrefixList{Entries: many(3), MaxEntries: 20}, 20},
		{"F2.036 without a maximum the entries", &route.PrefixList{Entries: many(3)}, 3},
		{"F2.036 S3", &route.PrefixList{Name: "com.amazonaws.us-east-1.s3", Entries: many(3)}, 1},
		{"F2.036 DynamoDB", &route.PrefixList{Name: "com.amazonaws.us-east-1.dynamodb", Entries: many(3)}, 1},
		{"F2.036 CloudFront", &route.PrefixList{Name: "com.amazonaws.global.cloudfront.origin-facing"}, 55},
		{"F2.036 VPC Lattice", &route.PrefixList{Name: "com.amazonaws.us-east-1.vpc-lattice"}, 10},
		{"F2.036 VPC Lattice, IPv6", &route.PrefixList{Name: "com.amazonaws.us-east-1.ipv6.vpc-lattice"}, 10},
		{"F2.036 EC2 Instance Connect", &route.PrefixList{Name: "com.amazonaws.us-east-1.ec2-instance-connect"}, 2},
		{"F2.036 Route 53 health checks", &route.PrefixList{Name: "com.amazonaws.us-east-1.route53-healthchecks"}, 25},
		{"F2.036 Ground Station", &route.PrefixList{Name: "com.amazonaws.global.groundstation"}, 5},
		{"F2.036 S3 Express", &route.PrefixList{Name: "com.amazonaws.us-east-1.s3express"}, 6},
		{"F2.036 Secrets Manager", &route.PrefixList{Name: "com.amazonaws.us-east-1.secretsmanager"}, 20},
		{"a list of AWS that is not in the table", &route.PrefixList{Name: "com.amazonaws.us-east-1.new", Entries: many(4)}, 4},
		{"a customer's list of that name", &route.PrefixList{Name: "s3", Entries: many(4)}, 4},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, c.l.Weight()) })
	}
}
