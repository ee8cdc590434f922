package packetwalk_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/subnet"
)

// line is the place of the caller's own line, as an error tells it.
func line() string {
	_, _, n, _ := runtime.Caller(1)
	return place(n)
}

// lineAbove is the place of the line above the caller's.
func lineAbove() string {
	_, _, n, _ := runtime.Caller(1)
	return place(n - 1)
}

func place(n int) string { return fmt.Sprintf("builder_test.go:%d", n) }

// TestHandleMistake: what a handle is told wrongly is reported by Build, with the line that told it.
func TestHandleMistake(t *testing.T) {
	type made struct {
		b   *packetwalk.Builder
		v   *packetwalk.VPCHandle
		s   *packetwalk.SubnetHandle
		igw *packetwalk.GatewayHandle
	}
	for _, c := range []struct {
		name string
		call func(m made) string // gives its own line
		want mistake
	}{
		{"no CIDR block", func(m made) string { m.b.VPC("x", "10.1.0.0"); return line() },
			mistake{packetwalk.KindVPC, "x", "Blocks[0].CIDR", "10.1.0.0", packetwalk.ErrInvalid, "want a CIDR block such as 10.0.0.0/16"}},
		{"F3.001 a /15", func(m made) string { m.b.VPC("x", "10.2.0.0/15"); return line() },
			mistake{packetwalk.KindVPC, "x", "Blocks[0].CIDR", "10.2.0.0/15", packetwalk.ErrInvalid, "want an IPv4 block from /16 to /28"}},
		{"F3.009 a subnet outside", func(m made) string { m.v.Subnet("x", "10.9.0.0/24"); return line() },
			mistake{packetwalk.KindSubnet, "x", "CIDR", "10.9.0.0/24", packetwalk.ErrOutside, "10.0.0.0/16"}},
		{"two IPv4 ranges for a subnet", func(m made) string { m.v.Subnet("x", "10.0.7.0/24", "10.0.8.0/24"); return line() },
			mistake{packetwalk.KindSubnet, "x", "CIDR", "10.0.8.0/24", packetwalk.ErrDuplicate, "one IPv4 and one IPv6"}},
		{"F4.219 an Elastic IP that is no address", func(m made) string { m.v.RegionalNAT("x").Zone("us-east-1a", "eipalloc-1"); return line() },
			mistake{packetwalk.KindNATGateway, "x", "Addresses[0].Public", "eipalloc-1", packetwalk.ErrInvalid, "want a public IPv4 address such as"}},
		{"F4.219 an Elastic IP that is not public", func(m made) string {
			g := m.v.RegionalNAT("x")
			g.Zone("us-east-1a", "10.0.0.9")
			return lineAbove()
		},
			mistake{packetwalk.KindNATGateway, "x", "Addresses[0].Public", "10.0.0.9", packetwalk.ErrInvalid, "want a public IPv4 address"}},
		{"ports upside down", func(m made) string { m.v.Group("x").Allow("tcp/90-80", packetwalk.Anywhere); return line() },
			mistake{packetwalk.KindSecurityGroup, "x", "Rules[0].Service", "tcp/90-80", packetwalk.ErrInvalid, `want "80-90"`}},
		{"a service that is none", func(m made) string { m.v.Group("x").AllowOut("web", packetwalk.Anywhere); return line() },
			mistake{packetwalk.KindSecurityGroup, "x", "Rules[0].Service", "web", packetwalk.ErrInvalid, "ParseService"}},
		{"a rule without a peer", func(m made) string { m.v.Group("x").Allow("tcp/80"); return line() },
			mistake{packetwalk.KindSecurityGroup, "x", "Rules[0]", "tcp/80", packetwalk.ErrInvalid, "want at least one peer"}},
		{"a peer that is no CIDR block", func(m made) string { m.v.Group("x").Allow("tcp/80", packetwalk.CIDR("10.0.0.0")); return line() },
			mistake{packetwalk.KindSecurityGroup, "x", "Rules[0].CIDR", "10.0.0.0", packetwalk.ErrInvalid, "want a CIDR block"}},
		{"F5.005 host bits in a rule", func(m made) string { m.v.Group("x").Allow("tcp/80", packetwalk.CIDR("10.0.0.1/8")); return line() },
			mistake{packetwalk.KindSecurityGroup, "x", "Rules[0].CIDR", "10.0.0.1/8", packetwalk.ErrInvalid, "want 10.0.0.0/8"}},
		{"F6.002 an entry numbered 0", func(m made) string { m.v.ACL("x").AllowIn(0, "all", "0.0.0.0/0"); return line() },
			mistake{packetwalk.KindNetworkACL, "x", "Entries[0].Number", "0", packetwalk.ErrInvalid, "want 1 to 32766"}},
		{"an entry for a service that is none", func(m made) string { m.v.ACL("x").DenyOut(1, "tcp/x", "0.0.0.0/0"); return line() },
			mistake{packetwalk.KindNetworkACL, "x", "Entries[0].Service", "tcp/x", packetwalk.ErrInvalid, "ParseService"}},
		{"F2.018 two targets", func(m made) string { m.v.Route("0.0.0.0/0", m.igw); m.v.Route("0.0.0.0/0", m.igw); return line() },
			mistake{packetwalk.KindRouteTable, "v-main-rtb", "Routes[1].Destination", "0.0.0.0/0", packetwalk.ErrDuplicate, "want one target"}},
		{"F2.015 a route to AWS's own services", func(m made) string { m.s.Route("169.254.169.254/32", m.igw); return line() },
			mistake{packetwalk.KindRouteTable, "s-rtb", "Routes[0].Destination", "169.254.169.254/32", packetwalk.ErrInvalid, "169.254.168.0/22"}},
		{"a route to what is no CIDR block", func(m made) string { m.s.Route("everywhere", m.igw); return line() },
			mistake{packetwalk.KindSubnet, "s", "Route", "everywhere", packetwalk.ErrInvalid, "want a CIDR block"}},
		{"F3.010 a reserved address", func(m made) string { m.s.Instance("x").PrivateIP("10.0.1.3"); return line() },
			mistake{packetwalk.KindInterface, "x-eni", "Private[0].Private", "10.0.1.3", packetwalk.ErrOutside, "first four"}},
		{"a private address that is none", func(m made) string { m.s.Instance("x").PrivateIP("10.0.1"); return line() },
			mistake{packetwalk.KindInterface, "x-eni", "Private[0].Private", "10.0.1", packetwalk.ErrInvalid, "want an IP address"}},
		{"an interface attached twice", func(m made) string {
			e := m.s.Interface("e")
			m.s.Instance("x").Attach(e)
			m.s.Instance("y").Attach(e)
			return lineAbove()
		},
			mistake{packetwalk.KindInterface, "e", "Attachment", "y", packetwalk.ErrDuplicate, "want an interface that is free"}},
		{"F4.001 a second internet gateway", func(m made) string { m.v.InternetGateway("x"); return line() },
			mistake{packetwalk.KindInternetGateway, "x", "VPC", "v", packetwalk.ErrDuplicate, "it can have one"}},
		{"F8.003 peers that overlap", func(m made) string { m.b.PeerWithoutRoutes(m.v, m.b.VPC("x", "10.0.0.0/17")); return line() },
			mistake{packetwalk.KindPeering, "v-x-pcx", "Accepter.VPC", "x", packetwalk.ErrOverlap, "can't be peered"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("v", "10.0.0.0/16")
			s := v.Subnet("s", "10.0.1.0/24")
			s.Instance("web")
			at := c.call(made{b, v, s, v.InternetGateway("igw")})
			_, err := b.Build()
			require.Error(t, err)
			var found *packetwalk.ConfigError
			for _, e := range configErrors(t, err) {
				if e.Kind == c.want.kind && e.ID == c.want.id && e.Field == c.want.field && e.Value == c.want.value {
					found = e
				}
			}
			require.NotNil(t, found, "%v", err)
			assert.ErrorIs(t, found, c.want.reason)
			assert.Contains(t, found.Error(), c.want.wouldBeOK)
			assert.Equal(t, at, found.Pos)
			assert.True(t, strings.HasPrefix(found.Error(), found.Pos+": "), "%v", found)
		})
	}
}

// TestHandlesNeverPanic calls handles in ways that make no sense.
func TestHandlesNeverPanic(t *testing.T) {
	for _, c := range []struct {
		name string
		call func(b *packetwalk.Builder, v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle)
	}{
		{"everything nameless", func(b *packetwalk.Builder, v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			e := b.VPC("").Subnet("")
			e.Instance("").PublicIP().SecondaryIP("").IPv6("").Allow("").Groups()
			e.NAT("")
			e.Route("", e.PrivateNAT("x"))
			b.VPC("").ACL("").For(e, s).AllowIn(-1, "", "")
		}},
		{"a VPC that is its own peer", func(b *packetwalk.Builder, v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) { b.Peer(v, v) }},
		{"two main tables", func(b *packetwalk.Builder, v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			v.RouteTable("m").Main()
			v.RouteTable("n").Main().Associate(s, s)
		}},
		{"more zones than a default VPC has room for", func(b *packetwalk.Builder, v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			b.DefaultVPC("d", strings.Split("a b c d e f g h i j k l m n o p q r", " ")...)
		}},
		{"a subnet's routes twice", func(b *packetwalk.Builder, v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			v.Subnet("s", "10.0.1.0/24").Route("0.0.0.0/0", s.NAT("nat"))
			s.Route("0.0.0.0/0", s.NAT("nat"))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("v", "10.0.0.0/16")
			c.call(b, v, v.Subnet("s", "10.0.1.0/24"))
			assert.NotPanics(t, func() {
				_, err := b.Build()
				assert.Error(t, err)
			})
		})
	}
}

// TestOrderOfCalls: handles say what is meant, in any order: the completed Config is the same, up to its own
// order.
func TestOrderOfCalls(t *testing.T) {
	want := ""
	for seed := range uint64(200) {
		n, err := scrambled(rand.New(rand.NewPCG(seed, 12))).Build()
		require.NoError(t, err, "seed %d", seed)
		got := sorted(t, n.Config())
		if want == "" {
			want = got
		}
		require.Empty(t, gocmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")), "seed %d", seed)
	}
}

// scrambled makes a network by handles: first what others stand on, then what is said of it, each in a drawn
// order.
func scrambled(r *rand.Rand) *packetwalk.Builder {
	b := packetwalk.New()
	var (
		v, w                      *packetwalk.VPCHandle
		public, private, isolated *packetwalk.SubnetHandle
		back                      *packetwalk.SubnetHandle
		igw, nat                  *packetwalk.GatewayHandle
		web, app                  *packetwalk.InstanceHandle
		db                        *packetwalk.InterfaceHandle
		shared                    *packetwalk.GroupHandle
		nlb                       *packetwalk.LoadBalancerHandle
		s3                        *packetwalk.GatewayEndpointHandle
		custom                    *packetwalk.RouteTableHandle
		acl                       *packetwalk.ACLHandle
	)
	inAnyOrder := func(calls ...func()) {
		r.Shuffle(len(calls), func(i, j int) { calls[i], calls[j] = calls[j], calls[i] })
		for _, call := range calls {
			call()
		}
	}
	inAnyOrder(func() { v = b.VPC("v", "10.0.0.0/16") }, func() { w = b.VPC("w", "10.1.0.0/16") })
	inAnyOrder(
		func() { public = v.Subnet("public", "10.0.1.0/24") },
		func() { private = v.Subnet("private", "10.0.2.0/24") },
		func() { isolated = v.Subnet("isolated", "10.0.3.0/24") },
		func() { back = w.Subnet("back", "10.1.1.0/24") },
		func() { igw = v.InternetGateway("igw") },
		func() { shared = v.Group("shared") },
		func() { custom = v.RouteTable("custom") },
		func() { acl = v.ACL("acl") },
	)
	early := r.IntN(2) == 0
	if early {
		public.MapPublicIP()
	}
	inAnyOrder(
		func() { web = public.Instance("web") },
		func() { app = private.Instance("app") },
		func() { db = isolated.Interface("db") },
		func() { back.Instance("batch") },
		func() { nat = public.NAT("nat") },
		func() { nlb = v.NetworkLoadBalancer("nlb", private) },
		func() { s3 = v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", isolated, private) },
	)
	if !early {
		public.MapPublicIP()
	}
	inAnyOrder(
		func() { public.Route("0.0.0.0/0", igw) },
		func() { private.Route("0.0.0.0/0", nat) },
		func() { custom.Associate(private) },
		func() { acl.For(isolated).AllowIn(100, "tcp/5432", "10.0.2.0/24") },
		func() { acl.AllowOut(100, "tcp/1024-65535", "10.0.2.0/24") },
		func() { web.Allow("tcp/443", packetwalk.Anywhere) },
		func() { app.Allow("tcp/8080", web) },
		func() { app.Allow("tcp/22", back) },
		func() { db.Allow("tcp/5432", app).NoDefaultEgress() },
		func() { db.AllowOut("tcp/443", v) },
		func() { web.Groups(shared) },
		func() { shared.Allow("icmp", app) },
		func() { app.SecondaryIP("10.0.2.77") },
		func() { w.Route("192.168.0.0/16", b.PeerWithoutRoutes(w, b.VPC("x", "192.168.0.0/16"))) },
		func() { b.Peer(v, w).Status(peering.Active) },
		func() { db.AllowOut("tcp/443", s3) },
		func() { nlb.Groups(shared) },
		func() { app.Allow("tcp/8443", nlb) },
		func() { v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", isolated).Allow("tcp/443", app) },
	)
	return b
}

// sorted gives a Config as JSON, one line for each resource, with all lists in the order of their text.
func sorted(t *testing.T, c packetwalk.Config) string {
	t.Helper()
	for i := range c.Interfaces {
		slices.SortFunc(c.Interfaces[i].Private[1:], func(a, b subnet.Address) int { return a.Private.Compare(b.Private) })
	}
	var lines []string
	for _, list := range lists(&c) {
		for i := range list.Len() {
			lines = append(lines, sortedResource(t, list.Index(i)))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func sortedResource(t *testing.T, v reflect.Value) string {
	for i := range v.NumField() {
		list := v.Field(i)
		if list.Kind() != reflect.Slice || v.Type().Field(i).Name == "Private" {
			continue
		}
		texts := make(map[any]string)
		elems := make([]any, list.Len())
		for j := range elems {
			elems[j] = list.Index(j).Interface()
			text, err := json.Marshal(elems[j])
			require.NoError(t, err)
			texts[elems[j]] = string(text)
		}
		slices.SortFunc(elems, func(a, b any) int { return cmp.Compare(texts[a], texts[b]) })
		for j, e := range elems {
			list.Index(j).Set(reflect.ValueOf(e))
		}
	}
	text, err := json.Marshal(v.Interface())
	require.NoError(t, err)
	return v.Type().String() + " " + string(text)
}
