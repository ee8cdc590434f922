package peering_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/peering"
)

// mistake is a field and what is wrong with it.
type mistake struct {
	Field string
	Err   error
}

// holds asserts that err has these mistakes, in this order, and no other.
func holds(t *testing.T, err error, want []mistake) {
	t.Helper()
	got := fault.Of(err)
	if !assert.Len(t, got, len(want), "%v", err) {
		return
	}
	for i, m := range want {
		assert.Equal(t, m.Field, got[i].Field)
		assert.ErrorIs(t, got[i].Err, m.Err)
	}
}

// between is a peering of a and b with these blocks, in this status.
func between(s peering.Status, a, b []netip.Prefix) peering.Connection {
	return peering.Connection{ID: "pcx", Requester: peering.Side{VPC: "a", Blocks: a}, Accepter: peering.Side{VPC: "b", Blocks: b}, Status: s}
}

func TestValidate(t *testing.T) {
	ten, same := blocks("10.0.0.0/16"), blocks("10.0.5.0/24")
	overlap := []mistake{{"Accepter.Blocks", fault.ErrOverlap}}
	invalid := func(field string) []mistake { return []mistake{{field, fault.ErrInvalid}} }
	tests := []struct {
		name string
		c    peering.Connection
		want []mistake
	}{
		{"both VPCs in the network", between(0, nil, nil), nil},
		{"the blocks of one that is not", between(0, nil, ten), nil},
		{"no requester", peering.Connection{ID: "pcx", Accepter: peering.Side{VPC: "b"}}, invalid("Requester.VPC")},
		{"no accepter", peering.Connection{ID: "pcx", Requester: peering.Side{VPC: "a"}}, invalid("Accepter.VPC")},
		{"a VPC with itself", peering.Connection{ID: "pcx", Requester: peering.Side{VPC: "a"}, Accepter: peering.Side{VPC: "a"}}, invalid("Accepter.VPC")},
		{"host bits", between(0, []netip.Prefix{netip.MustParsePrefix("10.0.0.1/16")}, nil), invalid("Requester.Blocks[0]")},
		{"a block that is none", between(0, nil, make([]netip.Prefix, 1)), invalid("Accepter.Blocks[0]")},
		{"IPv4 written as IPv6", between(0, blocks("::ffff:0:0/96"), nil), invalid("Requester.Blocks[0]")},
		{"a block twice", between(0, nil, blocks("10.0.0.0/16", "10.0.0.0/16")), []mistake{{"Accepter.Blocks[1]", fault.ErrDuplicate}}},
		{"F8.003 blocks apart", between(peering.Active, ten, blocks("10.1.0.0/16")), nil},
		{"F8.003 blocks that overlap", between(peering.Active, ten, same), overlap},
		{"F8.003 unspecified counts as active", between(0, ten, same), overlap},
		{"F8.003 also while it is pending", between(peering.PendingAcceptance, ten, same), overlap},
		{"F8.002 a failed one may overlap", between(peering.Failed, ten, same), nil},
		{"F8.002 a deleted one too", between(peering.Deleted, ten, same), nil},
		{"every mistake at once", peering.Connection{Status: 99}, []mistake{{"ID", fault.ErrInvalid}, {"Status", fault.ErrInvalid}, {"Requester.VPC", fault.ErrInvalid}, {"Accepter.VPC", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.c.Validate(), tt.want) })
	}
	holds(t, (*peering.Connection)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Requester.VPC", fault.ErrInvalid}, {"Accepter.VPC", fault.ErrInvalid}})
}
