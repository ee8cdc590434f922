package peering_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/peering"
)

func ExampleOverlap() {
	app := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16"), netip.MustParsePrefix("10.8.0.0/16")}
	data := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("10.8.4.0/24")}
	if x, y, ok := peering.Overlap(app, data); ok {
		fmt.Println(x, "and", y, "overlap")
	}
	// Output: 10.8.0.0/16 and 10.8.4.0/24 overlap
}

func ExampleConnection_Other() {
	c := peering.Connection{ID: "pcx", Requester: peering.Side{VPC: "app"}, Accepter: peering.Side{VPC: "data"}}
	other, ok := c.Other("data")
	fmt.Println(other, ok)
	_, ok = c.Other("lab")
	fmt.Println(ok)
	// Output:
	// app true
	// false
}
