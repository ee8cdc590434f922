package route_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
)

// mistakes lists the faults of err as "field: reason".
func mistakes(err error) []string {
	var got []string
	for _, f := range fault.Of(err) {
		reason := "?"
		for _, r := range []error{fault.ErrNotFound, fault.ErrOverlap, fault.ErrOutside, fault.ErrDuplicate, fault.ErrInvalid, fault.ErrLimit} {
			if errors.Is(f, r) {
				reason = r.Error()
			}
		}
		got = append(got, f.Field+": "+reason)
	}
	return got
}

func wantMistakes(t *testing.T, err error, want ...string) {
	t.Helper()
	if d := cmp.Diff(want, mistakes(err), cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s\n%v", d, err)
	}
}

func to(dst string, k route.TargetKind) route.Route {
	r := route.Route{Target: route.Target{Kind: k, ID: "x"}}
	if p, err := netip.ParsePrefix(dst); err == nil {
		r.Destination = p
	} else {
		r.PrefixList = dst
	}
	if k == route.Local {
		r.Target.ID = ""
	}
	return r
}

func TestValidateRoute(t *testing.T) {
	both := to("10.1.0.0/16", route.NATGateway)
	both.PrefixList = "pl-a"
	noID := to("10.1.0.0/16", route.NATGateway)
	noID.Target.ID = ""
	localID := to("10.0.0.0/16", route.Local)
	localID.Target.ID = "x"
	learnedLocal := to("10.0.0.0/16", route.Local)
	learnedLocal.Origin = route.Propagated

	const destination, kind, id = "Routes[0].Destination: invalid", "Routes[0].Target.Kind: invalid", "Routes[0].Target.ID: invalid"
	for _, c := range []struct {
		name string
		r    route.Route
		want []string
	}{
		{"F2.009 a local route", to("10.0.0.0/16", route.Local), nil},
		{"F2.009 a local route has no prefix list", to("pl-a", route.Local), []string{kind}},
		{"F2.009 a local route is not propagated", learnedLocal, []string{"Routes[0].Origin: invalid"}},
		{"a local target has no ID", localID, []string{id}},

		{"F2.015 equal to 169.254.168.0/22", to("169.254.168.0/22", route.InternetGateway), []string{destination}},
		{"F2.015 inside 169.254.168.0/22", to("169.254.169.254/32", route.InternetGateway), []string{destination}},
		{"F2.015 the last address of 169.254.168.0/22", to("169.254.171.255/32", route.InternetGateway), []string{destination}},
		{"F2.015 larger than 169.254.168.0/22", to("169.254.0.0/16", route.InternetGateway), nil},
		{"F2.015 beside 169.254.168.0/22", to("169.254.172.0/22", route.InternetGateway), nil},
		{"F2.015 equal to fd00:ec2::/32", to("fd00:ec2::/32", route.NATGateway), []string{destination}},
		{"F2.015 inside fd00:ec2::/32", to("fd00:ec2::254/128", route.NATGateway), []string{destination}},
		{"F2.015 larger than fd00:ec2::/32", to("fd00::/16", route.NATGateway), nil},

		{"F2.017 host bits", to("100.68.0.18/18", route.NATGateway), []string{destination}},
		{"an IPv4-mapped destination", to("::ffff:10.0.0.0/104", route.NATGateway), []string{destination}},
		{"F2.018 no destination", route.Route{Target: route.Target{Kind: route.NATGateway, ID: "nat"}}, []string{destination}},
		{"F2.018 two destinations", both, []string{destination}},
		{"F2.018 no target", leads("10.1.0.0/16", route.Target{}), []string{kind}},
		{"F2.018 a target without an ID", noID, []string{id}},
		{"F2.018 a kind out of range", to("10.1.0.0/16", 99), []string{kind}},

		{"F2.019 carrier gateway", to("0.0.0.0/0", route.CarrierGateway), nil},
		{"F2.019 core network", to("0.0.0.0/0", route.CoreNetwork), nil},
		{"F2.019 egress-only internet gateway", to("::/0", route.EgressOnlyInternetGateway), nil},
		{"F2.019 egress-only internet gateway is not for IPv4", to("0.0.0.0/0", route.EgressOnlyInternetGateway), []string{kind}},
		{"F2.019 internet gateway", to("0.0.0.0/0", route.InternetGateway), nil},
		{"F2.019 virtual private gateway", to("192.168.0.0/16", route.VirtualPrivateGateway), nil},
		{"F2.019 instance", to("0.0.0.0/0", route.Instance), nil},
		{"F2.019 local gateway", to("0.0.0.0/0", route.LocalGateway), nil},
		{"F2.019 NAT gateway", to("0.0.0.0/0", route.NATGateway), nil},
		{"F2.019 network interface", to("0.0.0.0/0", route.NetworkInterface), nil},
		{"F2.019 ODB network", to("10.3.0.0/16", route.ODBNetwork), nil},
		{"F2.019 transit gateway", to("10.0.0.0/8", route.TransitGateway), nil},
		{"F2.019 Gateway Load Balancer endpoint", to("0.0.0.0/0", route.GatewayLoadBalancerEndpoint), nil},
		{"F2.019 VPC peering connection", to("10.1.0.0/16", route.PeeringConnection), nil},
		{"a target that could not be described", to("10.1.0.0/16", route.Unknown), nil},
		{"F2.020 IPv6 to a NAT gateway", to("64:ff9b::/96", route.NATGateway), nil},
		{"F2.021 prefix list to a GWLB endpoint", to("pl-a", route.GatewayLoadBalancerEndpoint), []string{kind}},
		{"F2.022 prefix list to a gateway endpoint", to("pl-a", route.GatewayEndpoint), nil},
		{"F2.022 CIDR block to a gateway endpoint", to("52.216.0.0/15", route.GatewayEndpoint), []string{kind}},
		{"a customer's prefix list", to("pl-a", route.TransitGateway), nil},

		{"F2.023 a state out of range", in(4, to("10.1.0.0/16", route.NATGateway)), []string{"Routes[0].State: invalid"}},
		{"F2.023 an origin out of range", from(5, to("10.1.0.0/16", route.NATGateway)), []string{"Routes[0].Origin: invalid"}},
		{"F2.002 a way out of range", withVia(from(route.Propagated, to("10.1.0.0/16", route.VirtualPrivateGateway)), 4), []string{"Routes[0].Via: invalid"}},
		{"F2.002 only propagated routes have a way", withVia(to("10.1.0.0/16", route.NATGateway), route.VPNBGP), []string{"Routes[0].Via: invalid"}},
		{"all at once", route.Route{State: 9, Origin: 9, Via: 9}, []string{destination, kind, "Routes[0].State: invalid", "Routes[0].Origin: invalid", "Routes[0].Via: invalid"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantMistakes(t, table(c.r).Validate(), c.want...) })
	}
}

func leads(dst string, target route.Target) route.Route {
	return route.Route{Destination: netip.MustParsePrefix(dst), Target: target}
}

func from(o route.Origin, r route.Route) route.Route {
	r.Origin = o
	return r
}

func TestValidateTable(t *testing.T) {
	edge := func(r route.Route) *route.Table {
		return &route.Table{ID: "rtb", Gateways: []string{"igw"}, Routes: []route.Route{r}}
	}
	const kind = "Routes[0].Target.Kind: invalid"
	for _, c := range []struct {
		name string
		t    *route.Table
		want []string
	}{
		{"a nil table", nil, nil},
		{"no ID", &route.Table{}, []string{"ID: invalid"}},
		{"F2.013 a table serves many subnets", &route.Table{ID: "rtb", Subnets: []string{"a", "b"}}, nil},
		{"F2.013 a subnet twice", &route.Table{ID: "rtb", Subnets: []string{"a", "b", "a"}}, []string{"Subnets[2]: duplicate"}},
		{"associations without IDs", &route.Table{ID: "rtb", Subnets: []string{"", ""}, Gateways: []string{""}}, []string{"Subnets[0]: invalid", "Subnets[1]: invalid", "Gateways[0]: invalid"}},
		{"F2.014 a main table with subnets", &route.Table{ID: "rtb", Main: true, Subnets: []string{"a"}}, nil},
		{"F2.014 a gateway route table can't be main", &route.Table{ID: "rtb", Main: true, Gateways: []string{"igw"}}, []string{"Gateways: invalid"}},

		{"F2.018 two targets for one block", table(static("10.1.0.0/16", "a"), static("10.2.0.0/16", "b"), static("10.1.0.0/16", "b")), []string{"Routes[2].Destination: duplicate"}},
		{"F2.018 two targets for one prefix list", table(listed("pl-a", "a"), listed("pl-b", "a"), listed("pl-a", "b")), []string{"Routes[2].PrefixList: duplicate"}},
		{"F2.022 one endpoint route per service", table(listed("pl-s3", "vpce-1"), listed("pl-s3", "vpce-2")), []string{"Routes[1].PrefixList: duplicate"}},
		{"F2.017 F2.018 the same block after canonicalising", table(static("10.1.0.0/16", "a"), static("10.1.2.3/16", "b")), []string{"Routes[1].Destination: invalid", "Routes[1].Destination: duplicate"}},
		{"F2.010 a local route and its replacement", table(local("10.0.0.0/16"), static("10.0.0.0/16", "eni")), []string{"Routes[1].Destination: duplicate"}},
		{"F2.004 static and propagated", table(static("10.1.0.0/16", "a"), learned("10.1.0.0/16", "b", 0)), nil},
		{"F2.002 propagated twice, by different ways", table(learned("10.1.0.0/16", "a", route.VPNBGP), learned("10.1.0.0/16", "a", route.VPNStatic)), nil},
		{"F2.018 propagated twice, the same way", table(learned("10.1.0.0/16", "a", route.VPNBGP), learned("10.1.0.0/16", "b", route.VPNBGP)), []string{"Routes[1].Destination: duplicate"}},
		{"F2.016 both default routes", table(static("0.0.0.0/0", "a"), static("::/0", "b")), nil},

		{"F2.027 gateway: local", edge(to("10.0.0.0/16", route.Local)), nil},
		{"F2.027 gateway: an interface", edge(to("10.0.1.0/24", route.NetworkInterface)), nil},
		{"F2.027 gateway: an instance's interface", edge(to("10.0.1.0/24", route.Instance)), nil},
		{"F2.027 gateway: GWLB endpoint", edge(to("10.0.1.0/24", route.GatewayLoadBalancerEndpoint)), nil},
		{"F2.027 gateway: no NAT gateway", edge(to("10.0.1.0/24", route.NATGateway)), []string{kind}},
		{"F2.027 gateway: no internet gateway", edge(to("0.0.0.0/0", route.InternetGateway)), []string{kind}},
		{"F2.027 gateway: no peering connection", edge(to("10.1.0.0/16", route.PeeringConnection)), []string{kind}},
		{"F2.027 gateway: no prefix list", edge(to("pl-a", route.NetworkInterface)), []string{"Routes[0].PrefixList: invalid"}},
		{"F2.027 gateway: no propagation", edge(from(route.Propagated, to("10.0.1.0/24", route.NetworkInterface))), []string{"Routes[0].Origin: invalid"}},
		{"F2.023 gateway: a route server's route", edge(from(route.Advertised, to("10.0.1.0/24", route.NetworkInterface))), nil},
	} {
		t.Run(c.name, func(t *testing.T) { wantMistakes(t, c.t.Validate(), c.want...) })
	}
}

func TestValidateSaysWhatWouldBeRight(t *testing.T) {
	err := table(static("100.68.0.18/18", "pcx")).Validate()
	assert.EqualError(t, err, `Routes[0].Destination "100.68.0.18/18": invalid: host bits are set: want 100.68.0.0/18`)
}
