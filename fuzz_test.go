package packetwalk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/gen"
)

// FuzzBuild holds Build to its promise: whatever the data, it never panics, and every mistake is a
// ConfigError. What does build is asked a few questions, prints itself, and builds again to the same.
func FuzzBuild(f *testing.F) {
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"VPCs":[{"ID":"v","Blocks":[{"CIDR":"10.0.0.0/16"}]}],"Subnets":[{"ID":"s","VPC":"v","CIDR":"10.0.1.0/24"}],` +
		`"Instances":[{"ID":"i"}],"Interfaces":[{"ID":"e","Subnet":"s","Attachment":{"Instance":"i"}}]}`))
	for _, b := range []*packetwalk.Builder{threeTiers(), fuzzPeers(), fuzzSixes()} {
		f.Add(asJSON(f, b.Config()))
		n, err := b.Build()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(asJSON(f, n.Config()))
	}
	for seed := range uint64(12) {
		f.Add(asJSON(f, gen.Small(seed)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var cfg packetwalk.Config
		if json.Unmarshal(data, &cfg) != nil {
			return
		}
		n, err := packetwalk.Build(cfg)
		if err != nil {
			onlyConfigErrors(t, err)
			return
		}
		ask(n)
		again, err := packetwalk.Build(n.Config())
		if err != nil {
			t.Fatalf("the completed Config does not build: %v", err)
		}
		if diff := cmp.Diff(n.Config(), again.Config(), wholes); diff != "" {
			t.Fatalf("the completed Config is completed once more:\n%s", diff)
		}
	})
}

func asJSON(tb testing.TB, cfg packetwalk.Config) []byte {
	text, err := json.Marshal(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// onlyConfigErrors wants every joined mistake to be a ConfigError that says something.
func onlyConfigErrors(t *testing.T, err error) {
	list, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("not joined: %v", err)
	}
	for _, e := range list.Unwrap() {
		var c *packetwalk.ConfigError
		if !errors.As(e, &c) || c.Error() == "" || c.Kind == "" {
			t.Fatalf("not a ConfigError: %v", e)
		}
	}
}

// ask probes between a few of what the network has, in every way to print a flow.
func ask(n *packetwalk.Network) {
	names := []string{packetwalk.Internet, "10.0.1.4", "169.254.169.254"}
	cfg := n.Config()
	for i, e := range cfg.Interfaces[:min(len(cfg.Interfaces), 4)] {
		names = append(names, e.ID)
		if i == 0 && len(e.IPv6) > 0 {
			names = append(names, e.IPv6[0].String())
		}
	}
	for _, g := range cfg.NATGateways[:min(len(cfg.NATGateways), 1)] {
		names = append(names, g.ID)
	}
	for _, from := range names {
		for _, to := range names {
			for _, service := range []string{"tcp/443", "icmp/echo-request", "icmpv6/echo-request"} {
				if flow, err := n.Probe(from, to, service); err == nil {
					fmt.Fprintf(io.Discard, "%v %+v %v", flow, flow, flow.Records())
					flow.Blockers()
				}
			}
		}
	}
	for _, w := range n.Warnings() {
		_ = w.String()
	}
}

// fuzzPeers is a network of peers that refer to each other's groups, with an endpoint and an ACL.
func fuzzPeers() *packetwalk.Builder {
	b := packetwalk.New()
	app, data := b.VPC("app", "10.0.0.0/16"), b.VPC("data", "10.1.0.0/16")
	front, back := app.Subnet("front", "10.0.1.0/24"), data.Subnet("back", "10.1.1.0/24")
	web := front.Instance("web")
	back.Instance("db").Allow("tcp/5432", web)
	pcx := b.Peer(app, data)
	app.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", front).Allow("tcp/443", app)
	data.RouteTable("odd").Associate(back).Route("192.168.0.0/16", pcx)
	data.ACL("guard").For(back).AllowIn(100, "all", "10.0.0.0/16").AllowOut(100, "tcp/1024-65535", "0.0.0.0/0")
	app.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", front)
	return b
}

// fuzzSixes is a dual-stack network with all that forwards.
func fuzzSixes() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("v", "10.0.0.0/16", "2001:db8::/56")
	igw, eigw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("eigw")
	public := v.Subnet("public", "10.0.0.0/24", "2001:db8::/64").Route("0.0.0.0/0", igw).Route("::/0", igw)
	nat := public.NATInstance("nat").PublicIP().IPv6("2001:db8::10").Allow("all", packetwalk.Anywhere)
	v.Subnet("private", "10.0.1.0/24", "2001:db8:0:1::/64").Route("0.0.0.0/0", nat).Route("::/0", eigw).
		Instance("host").IPv6("2001:db8:0:1::10").Allow("tcp/443", packetwalk.AnywhereIPv6)
	return b
}
