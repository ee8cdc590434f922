package vpctest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/vpctest"
)

// namedShop is a shop with a private zone.
func namedShop() *packetwalk.Builder {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16").DNS(true, true)
	app.Subnet("front", "10.0.1.0/24").Instance("web")
	b.HostedZone("Z1", "shop.internal").Associate(app).Record("db.shop.internal", dns.A, "10.0.2.10", "10.0.2.11")
	return b
}

// A name that leads to the wrong place is reported with what decided.
func ExampleResolves() {
	var t printer
	n := vpctest.Build(t, namedShop())

	vpctest.Resolves(t, n, "web", "db.shop.internal", "10.0.2.10", "10.0.2.11")
	vpctest.Resolves(t, n, "internet", "db.shop.internal", "NXDOMAIN")
	vpctest.Resolves(t, n, "web", "www.shop.internal", "10.0.0.0/16")
	// Output:
	// FAIL: "web" should resolve www.shop.internal to 10.0.0.0/16, and does not: www.shop.internal: NXDOMAIN
	//  1  resolver 10.0.0.2: the Amazon resolver of VPC app
	//  2  private hosted zone Z1: www.shop.internal is not there
}

func TestResolves(t *testing.T) {
	n := build(t, namedShop())
	not := func(want string) []string {
		return []string{fmt.Sprintf(`"web" should resolve db.shop.internal to %s, and does not: db.shop.internal: 10.0.2.10, 10.0.2.11
 1  resolver 10.0.0.2: the Amazon resolver of VPC app
 2  private hosted zone Z1: db.shop.internal A 10.0.2.10, 10.0.2.11`, want)}
	}
	for _, tt := range []struct {
		name, from, ask string
		want            []string
		errors          []string
	}{
		{"all addresses", "web", "db.shop.internal", []string{"10.0.2.11", "10.0.2.10"}, nil},
		{"a range of them", "web", "db.shop.internal", []string{"10.0.2.0/24"}, nil},
		{"an outcome", "web", "no.shop.internal", []string{"nxdomain"}, nil},
		{"one too few", "web", "db.shop.internal", []string{"10.0.2.10"}, not("10.0.2.10")},
		{"one too many", "web", "db.shop.internal", []string{"10.0.2.10", "10.0.2.11", "10.0.2.12"}, not("10.0.2.10, 10.0.2.11, 10.0.2.12")},
		{"a range of others", "web", "db.shop.internal", []string{"10.0.3.0/24"}, not("10.0.3.0/24")},
		{"an outcome, and there is an address", "web", "db.shop.internal", []string{"NXDOMAIN"}, not("NXDOMAIN")},
		{"nothing", "web", "db.shop.internal", nil, []string{`Resolves "db.shop.internal" from "web": want addresses, ranges, or an outcome such as NXDOMAIN`}},
		{"NOERROR says nothing", "web", "db.shop.internal", []string{"NOERROR"}, []string{`Resolves "db.shop.internal" from "web": "NOERROR": want an address, a range, or alone an outcome such as NXDOMAIN`}},
		{"what is no address", "web", "db.shop.internal", []string{"10.0.2"}, []string{`Resolves "db.shop.internal" from "web": "10.0.2": want an address, a range, or alone an outcome such as NXDOMAIN`}},
		{"an origin that is not there", "wbe", "db.shop.internal", []string{"NXDOMAIN"}, []string{`packetwalk: resolve "db.shop.internal" from "wbe": not found: want the ID of an instance or network interface, an IP address, or "internet"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Resolves(&r, n, tt.from, tt.ask, tt.want...)
			r.check(t, told{Errors: tt.errors})
		})
	}
	var r recorder
	assert.Empty(t, vpctest.Resolves(&r, nil, "web", "db.shop.internal", "10.0.2.10"))
	r.check(t, told{Fatal: []string{"no network: want one that Build made"}})
}
