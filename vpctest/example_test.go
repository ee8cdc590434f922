package vpctest_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpctest"
)

// printer stands for the *testing.T of a test: it prints what that would report.
type printer struct{}

func (printer) Helper() {}

func (printer) Errorf(format string, args ...any) { fmt.Printf("FAIL: "+format+"\n", args...) }

func (printer) Fatalf(format string, args ...any) { fmt.Printf("FAIL: "+format+"\n", args...) }

// In a test, t is its *testing.T. Nothing is printed, as all of this holds.
func Example() {
	var t printer

	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	web := app.Subnet("front", "10.0.1.0/24").Instance("web")
	app.Subnet("back", "10.0.2.0/24").Instance("db").Allow("tcp/5432", web)

	n := vpctest.Build(t, b)
	vpctest.Reach(t, n, "web", "db", "tcp/5432")
	vpctest.Block(t, n, "web", "db", "tcp/22", trace.ENISGRulesMismatch)
	vpctest.Block(t, n, "web", "internet", "tcp/443", trace.NoRouteToDestination)
	// Output:
}

// What fails is reported with the way of the packet and the rule that decided.
func ExampleReach() {
	var t printer
	n := vpctest.Build(t, shop())

	vpctest.Reach(t, n, "db", "internet", "tcp/443")
	// Output:
	// FAIL: should work, and does not: db -> internet tcp/443: request dropped at route table app-main-rtb: NO_ROUTE_TO_DESTINATION
	//
	// request  tcp 10.0.2.10:49152 > 203.0.113.10:443 SYN
	//  1  network interface  db-eni           out  leaves
	//  2  security group     db-sg            out  all to 0.0.0.0/0
	//  3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
	//  4  route table        app-main-rtb          no route to 203.0.113.10, main route table:
	//                                                NO_ROUTE_TO_DESTINATION
}

// A check of a security group must not pass because a route is missing.
func ExampleBlock() {
	var t printer
	n := vpctest.Build(t, shop())

	vpctest.Block(t, n, "db", "internet", "tcp/443", trace.ENISGRulesMismatch)
	// Output:
	// FAIL: should be blocked by ENI_SG_RULES_MISMATCH, and is blocked by NO_ROUTE_TO_DESTINATION: db -> internet tcp/443: request dropped at route table app-main-rtb: NO_ROUTE_TO_DESTINATION
	//
	// request  tcp 10.0.2.10:49152 > 203.0.113.10:443 SYN
	//  1  network interface  db-eni           out  leaves
	//  2  security group     db-sg            out  all to 0.0.0.0/0
	//  3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
	//  4  route table        app-main-rtb          no route to 203.0.113.10, main route table:
	//                                                NO_ROUTE_TO_DESTINATION
}

func ExampleMatrix() {
	var t printer
	n := vpctest.Build(t, shop())

	vpctest.Matrix(t, n, `
		           web tcp/443   db tcp/5432   internet tcp/443
		internet   yes           no            -
		web        -             yes           yes
		db         yes           -             yes
	`)
	// Output:
	// FAIL: 1 of 6 answers wrong:
	//
	//             web tcp/443  db tcp/5432  internet tcp/443
	//   internet  yes          no           -
	//   web       -            yes          yes
	//   db        yes          -            want yes, is NO_ROUTE_TO_DESTINATION
	//
	// db -> internet tcp/443: request dropped at route table app-main-rtb: NO_ROUTE_TO_DESTINATION
	//
	// request  tcp 10.0.2.10:49152 > 203.0.113.10:443 SYN
	//  1  network interface  db-eni           out  leaves
	//  2  security group     db-sg            out  all to 0.0.0.0/0
	//  3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
	//  4  route table        app-main-rtb          no route to 203.0.113.10, main route table:
	//                                                NO_ROUTE_TO_DESTINATION
}

// Every mistake is listed. Those of handles begin with the file and line of the call.
func ExampleBuild() {
	var t printer

	vpctest.Build(t, packetwalk.Config{
		Subnets: []subnet.Subnet{
			{ID: "front", VPC: "ap", CIDR: netip.MustParsePrefix("10.0.1.0/24")},
			{ID: "back", VPC: "bp", CIDR: netip.MustParsePrefix("10.0.2.0/24")},
		},
	})
	// Output:
	// FAIL: the network can't be built:
	//   subnet "front": VPC "ap": not found: want the ID of a VPC
	//   subnet "back": VPC "bp": not found: want the ID of a VPC
}
