package route_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/route"
)

// A subnet's table: the VPC itself, a peered VPC whose connection is gone, and the internet.
var front = route.Table{ID: "rtb-front", Routes: []route.Route{
	{Destination: netip.MustParsePrefix("10.0.0.0/16"), Target: route.Target{Kind: route.Local}},
	{Destination: netip.MustParsePrefix("10.1.0.0/16"), Target: route.Target{Kind: route.PeeringConnection, ID: "pcx-ab"}, State: route.Blackhole},
	{Destination: netip.MustParsePrefix("0.0.0.0/0"), Target: route.Target{Kind: route.InternetGateway, ID: "igw-1"}},
}}

func ExampleTable_Lookup() {
	for _, dst := range []string{"10.0.1.5", "10.1.1.5", "8.8.8.8", "2001:db8::1"} {
		if m, ok := front.Lookup(netip.MustParseAddr(dst), nil); ok {
			fmt.Println(dst, "takes", m.Route)
		} else {
			fmt.Println(dst, "has no route")
		}
	}
	// Output:
	// 10.0.1.5 takes 10.0.0.0/16 -> local
	// 10.1.1.5 takes 10.1.0.0/16 -> pcx-ab (blackhole)
	// 8.8.8.8 takes 0.0.0.0/0 -> igw-1
	// 2001:db8::1 has no route
}

func ExampleTable_Candidates() {
	for _, c := range front.Candidates(netip.MustParseAddr("10.1.1.5"), nil) {
		fmt.Printf("%s: %s\n", c.Route, c.Loss)
	}
	// Output:
	// 10.1.0.0/16 -> pcx-ab (blackhole): taken
	// 0.0.0.0/0 -> igw-1: less-specific
}

func ExampleTable_CheckAgainst() {
	t := route.Table{ID: "rtb-front", Routes: []route.Route{
		{Destination: netip.MustParsePrefix("10.0.1.0/25"), Target: route.Target{Kind: route.NetworkInterface, ID: "eni-fw"}},
	}}
	vpc, subnet := netip.MustParsePrefix("10.0.0.0/16"), netip.MustParsePrefix("10.0.1.0/24")
	fmt.Println(t.CheckAgainst([]netip.Prefix{vpc}, []netip.Prefix{subnet}))
	// Output:
	// Routes[0].Destination "10.0.1.0/25": invalid: want the whole CIDR of a subnet for a route more specific than local (F2.011)
}
