package gateway_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// at is a NAT gateway's address.
func at(private, public string) gateway.NATAddress {
	return gateway.NATAddress{Private: addr(private), Public: addr(public)}
}

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

func TestNATValidate(t *testing.T) {
	type addresses = []gateway.NATAddress
	var nine, eight addresses
	for i := range 9 {
		a := at("10.0.0.10", "52.1.1.10")
		for range i {
			a.Private, a.Public = a.Private.Next(), a.Public.Next()
		}
		nine = append(nine, a)
	}
	eight = nine[:8]
	invalid := func(field string) []mistake { return []mistake{{field, fault.ErrInvalid}} }
	regional := func(list addresses, edit func(g *gateway.NAT)) gateway.NAT {
		g := gateway.NAT{ID: "n", VPC: "v", AvailabilityMode: gateway.Regional, Addresses: list}
		if edit != nil {
			edit(&g)
		}
		return g
	}
	tests := []struct {
		name string
		g    gateway.NAT
		want []mistake
	}{
		{"F4.201 public with an Elastic IP", gateway.NAT{ID: "n", Connectivity: gateway.Public, Addresses: addresses{at("10.0.0.9", "52.1.1.1")}}, nil},
		{"F4.201 unspecified counts as public", gateway.NAT{ID: "n"}, invalid("Addresses")},
		{"F4.201 public without an Elastic IP", gateway.NAT{ID: "n", Connectivity: gateway.Public, Addresses: addresses{at("10.0.0.9", "")}}, invalid("Addresses")},
		{"F4.201 its private address may be allocated", gateway.NAT{ID: "n", Addresses: addresses{at("", "52.1.1.1")}}, nil},
		{"F4.201 private without an Elastic IP", gateway.NAT{ID: "n", Connectivity: gateway.Private, Addresses: addresses{at("10.0.0.9", "")}}, nil},
		{"F4.201 private without addresses", gateway.NAT{ID: "n", Connectivity: gateway.Private}, nil},
		{"F4.201 private with an Elastic IP", gateway.NAT{ID: "n", Connectivity: gateway.Private, Addresses: addresses{at("10.0.0.9", "52.1.1.1")}}, invalid("Addresses[0].Public")},
		{"F4.201 failed may lack addresses", gateway.NAT{ID: "n", State: gateway.NATFailed}, nil},
		{"F4.201 deleted may lack addresses", gateway.NAT{ID: "n", State: gateway.NATDeleted}, nil},
		{"F4.201 available may not", gateway.NAT{ID: "n", State: gateway.NATAvailable}, invalid("Addresses")},
		{"F4.213 eight addresses", gateway.NAT{ID: "n", Addresses: eight}, nil},
		{"F4.213 nine addresses", gateway.NAT{ID: "n", Addresses: nine}, []mistake{{"Addresses", fault.ErrLimit}}},
		{"one private address twice", gateway.NAT{ID: "n", Addresses: addresses{at("10.0.0.9", "52.1.1.1"), at("10.0.0.9", "52.1.1.2")}}, []mistake{{"Addresses[1].Private", fault.ErrDuplicate}}},
		{"one Elastic IP twice", gateway.NAT{ID: "n", Addresses: addresses{at("10.0.0.9", "52.1.1.1"), at("10.0.0.8", "52.1.1.1")}}, []mistake{{"Addresses[1].Public", fault.ErrDuplicate}}},
		{"one interface for two addresses", gateway.NAT{ID: "n", Addresses: addresses{{Interface: "eni", Public: addr("52.1.1.1")}, {Interface: "eni", Public: addr("52.1.1.2")}}}, nil},
		{"an Elastic IP that is private", gateway.NAT{ID: "n", Addresses: addresses{at("10.0.0.9", "10.0.0.8")}}, invalid("Addresses[0].Public")},
		{"an Elastic IP that is IPv6", gateway.NAT{ID: "n", Addresses: addresses{at("10.0.0.9", "2001:db8::1")}}, invalid("Addresses[0].Public")},
		{"a private address that is IPv6", gateway.NAT{ID: "n", Addresses: addresses{at("2001:db8::1", "52.1.1.1")}}, invalid("Addresses[0].Private")},
		{"a private address that is mapped", gateway.NAT{ID: "n", Addresses: addresses{at("::ffff:10.0.0.9", "52.1.1.1")}}, invalid("Addresses[0].Private")},
		{"F4.219 regional", regional(addresses{{Public: addr("52.1.1.1"), Zone: "a"}}, nil), nil},
		{"F4.219 regional, pending, without addresses", regional(nil, func(g *gateway.NAT) { g.State = gateway.NATPending }), nil},
		{"F4.219 regional, available, without addresses", regional(nil, nil), invalid("Addresses")},
		{"F4.219 regional, in a subnet", regional(addresses{{Public: addr("52.1.1.1"), Zone: "a"}}, func(g *gateway.NAT) { g.Subnet = "s" }), invalid("Subnet")},
		{"F4.219 regional, without a VPC", regional(addresses{{Public: addr("52.1.1.1"), Zone: "a"}}, func(g *gateway.NAT) { g.VPC = "" }), invalid("VPC")},
		{"F4.219 regional, an address without a zone", regional(addresses{{Public: addr("52.1.1.1")}}, nil), invalid("Addresses[0].Zone")},
		{"F4.219 regional, with what a zonal one has", regional(addresses{{Interface: "eni", Private: addr("10.0.0.9"), Public: addr("52.1.1.1"), Zone: "a"}}, nil),
			[]mistake{{"Addresses[0].Interface", fault.ErrInvalid}, {"Addresses[0].Private", fault.ErrInvalid}}},
		{"F4.201 zonal, with what a regional one has", gateway.NAT{ID: "n", VPC: "v", RouteTable: "r", ManualZones: true, Addresses: addresses{{Public: addr("52.1.1.1"), Zone: "a"}}},
			[]mistake{{"VPC", fault.ErrInvalid}, {"RouteTable", fault.ErrInvalid}, {"ManualZones", fault.ErrInvalid}, {"Addresses[0].Zone", fault.ErrInvalid}}},
		{"every mistake at once", gateway.NAT{Connectivity: 9, State: 9}, []mistake{{"ID", fault.ErrInvalid}, {"Connectivity", fault.ErrInvalid}, {"State", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.g.Validate(), tt.want) })
	}
}

func TestValidateID(t *testing.T) {
	missing := []mistake{{"ID", fault.ErrInvalid}}
	assert.NoError(t, (&gateway.Internet{ID: "igw"}).Validate(), "detached is fine")
	assert.NoError(t, (&gateway.EgressOnly{ID: "eigw"}).Validate(), "detached is fine")
	holds(t, (&gateway.Internet{}).Validate(), missing)
	holds(t, (&gateway.EgressOnly{}).Validate(), missing)
	holds(t, (*gateway.Internet)(nil).Validate(), missing)
	holds(t, (*gateway.EgressOnly)(nil).Validate(), missing)
	holds(t, (*gateway.NAT)(nil).Validate(), append(missing, mistake{"Addresses", fault.ErrInvalid}))
}
