package subnet_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/subnet"
)

func Example() {
	s := subnet.Subnet{ID: "front", VPC: "app", CIDR: netip.MustParsePrefix("10.0.1.0/24")}
	fmt.Println("mistakes:", s.Validate())
	fmt.Println("router:", s.Router())
	fmt.Println("usable addresses:", s.Usable())
	// Output:
	// mistakes: <nil>
	// router: 10.0.1.1
	// usable addresses: 251
}

func ExampleAllocator() {
	free := subnet.NewAllocator(netip.MustParsePrefix("10.0.1.0/28"))
	fmt.Println(free.Take(netip.MustParseAddr("10.0.1.4")))
	fmt.Println(free.Take(netip.MustParseAddr("10.0.1.1")))
	fmt.Println(free.Next())
	// Output:
	// <nil>
	// outside: AWS reserves the first four addresses of 10.0.1.0/28 and the last one
	// 10.0.1.5 true
}

func ExampleInterface_PrivateOf() {
	e := subnet.Interface{ID: "web", Private: []subnet.Address{{
		Private: netip.MustParseAddr("10.0.1.4"),
		Public:  netip.MustParseAddr("203.0.113.4"),
	}}}
	fmt.Println(e.PrivateOf(netip.MustParseAddr("203.0.113.4")))
	// Output: 10.0.1.4
}
