package packetwalk_test

import (
	"encoding/json"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

func TestServiceMistakes(t *testing.T) {
	nlb := func(c *packetwalk.Config) *elb.LoadBalancer { return &c.LoadBalancers[0] }
	target := func(tg elb.Target) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { nlb(c).Listeners[2].Targets = []elb.Target{tg} }
	}
	runMistakes(t, linkNet, []mistakeCase{
		{"F7.201 nobody but the owner by default", func(c *packetwalk.Config) { c.EndpointServices[0].Principals = nil }, "link", "Service", packetwalk.ErrInvalid},
		{"F7.201 another account", func(c *packetwalk.Config) {
			c.EndpointServices[0].Principals = []string{"arn:aws:iam::333333333333:root"}
		}, "link", "Service", packetwalk.ErrInvalid},
		{"F7.201 an endpoint that waits is asked for now", func(c *packetwalk.Config) {
			c.EndpointServices[0].Principals, c.EndpointServices[0].AcceptanceRequired = nil, true
		}, "link", "Service", packetwalk.ErrInvalid},
		{"F7.203 a zone in which the service is not", func(c *packetwalk.Config) { nlb(c).Subnets = nlb(c).Subnets[:1] }, "link", "Subnets[1]", packetwalk.ErrInvalid},
		{"F7.210 another Region", func(c *packetwalk.Config) {
			c.VPCs[1].Region = "eu-west-1"
			for i := range c.Subnets {
				if s := &c.Subnets[i]; s.VPC == "consumer" {
					s.Zone = "eu-west-1" + s.Zone[len(s.Zone)-1:]
				}
			}
		}, "link", "Service", packetwalk.ErrInvalid},
		{"F7.201 a principal that is none", func(c *packetwalk.Config) { c.EndpointServices[0].Principals = []string{consumerAccount} }, "vpce-svc-1", "Principals[0]", packetwalk.ErrInvalid},
		{"F7.201 a load balancer that is not there", func(c *packetwalk.Config) { c.EndpointServices[0].LoadBalancers[0] = "gone" }, "vpce-svc-1", "LoadBalancers[0]", packetwalk.ErrNotFound},
		{"F7.201 a load balancer of another account", func(c *packetwalk.Config) { c.EndpointServices[0].Account = consumerAccount }, "vpce-svc-1", "LoadBalancers[0]", packetwalk.ErrInvalid},
		{"F7.201 a load balancer of another Region", func(c *packetwalk.Config) { c.EndpointServices[0].Region = "eu-west-1" }, "vpce-svc-1", "LoadBalancers[0]", packetwalk.ErrInvalid},
		{"F7.201 a name of its own", func(c *packetwalk.Config) {
			c.EndpointServices = append(c.EndpointServices, endpoint.Service{ID: "two", Name: "com.amazonaws.vpce.us-east-1.vpce-svc-1"})
		}, "two", "Name", packetwalk.ErrDuplicate},
		{"an ID of its own", func(c *packetwalk.Config) { c.EndpointServices[0].ID = "nlb" }, "nlb", "ID", packetwalk.ErrDuplicate},

		{"a VPC that is not there", func(c *packetwalk.Config) { nlb(c).VPC = "gone" }, "nlb", "VPC", packetwalk.ErrNotFound},
		{"a subnet that is not there", func(c *packetwalk.Config) { nlb(c).Subnets[0] = "gone" }, "nlb", "Subnets[0]", packetwalk.ErrNotFound},
		{"a subnet of another VPC", func(c *packetwalk.Config) { nlb(c).Subnets[0] = "ep-a" }, "nlb", "Subnets[0]", packetwalk.ErrInvalid},
		{"one subnet a zone", func(c *packetwalk.Config) { nlb(c).Subnets[1] = "back" }, "nlb", "Subnets[1]", packetwalk.ErrDuplicate},
		{"a group that is not there", func(c *packetwalk.Config) { nlb(c).Groups = []string{"gone"} }, "nlb", "Groups[0]", packetwalk.ErrNotFound},
		{"a group of another VPC", func(c *packetwalk.Config) { nlb(c).Groups = []string{"client-sg"} }, "nlb", "Groups[0]", packetwalk.ErrInvalid},
		{"an interface in another subnet", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "back", Kind: subnet.NetworkLoadBalancer})
			nlb(c).Interfaces = []string{"e"}
		}, "nlb", "Interfaces[0]", packetwalk.ErrInvalid},
		{"an instance's interface", func(c *packetwalk.Config) {
			c.Instances = append(c.Instances, vpc.Instance{ID: "other"})
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "front-a", Attachment: subnet.Attachment{Instance: "other"}})
			nlb(c).Interfaces = []string{"e"}
		}, "nlb", "Interfaces[0]", packetwalk.ErrInvalid},
		{"an interface of two load balancers", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "front-a"})
			nlb(c).Interfaces = []string{"e"}
			c.LoadBalancers = append(c.LoadBalancers, elb.LoadBalancer{ID: "two", VPC: "provider", Subnets: []string{"front-a"}, Interfaces: []string{"e"}})
		}, "two", "Interfaces[0]", packetwalk.ErrDuplicate},
		{"a target that is not there", target(elb.Target{Instance: "gone"}), "nlb", "Listeners[2].Targets[0].Instance", packetwalk.ErrNotFound},
		{"a target of another VPC", target(elb.Target{Instance: "client"}), "nlb", "Listeners[2].Targets[0].Instance", packetwalk.ErrInvalid},
		{"a public address as target", target(elb.Target{Address: addr("198.51.100.7")}), "nlb", "Listeners[2].Targets[0].Address", packetwalk.ErrOutside},
	})
}

// Who takes a permission away, or leaves a zone, cuts off nobody who was accepted before: AWS says so of
// permissions on docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html (F7.201).
func TestPermissionIsAskedOnce(t *testing.T) {
	cfg := linkNet().Config()
	cfg.EndpointServices[0].Principals = nil
	cfg.InterfaceEndpoints[0].State = endpoint.Available
	checkWalk(t, mustNetwork(t, cfg), walkCase{from: "client", to: "link", service: "tcp/443", want: works})
}

func TestServicesAreCompleted(t *testing.T) {
	cfg := linkNet().Config()
	cfg.EndpointServices[0].AcceptanceRequired = true
	n, err := packetwalk.Build(cfg)
	require.NoError(t, err)
	done := n.Config()
	assert.Equal(t, "com.amazonaws.vpce.us-east-1.vpce-svc-1", done.EndpointServices[0].Name, "F7.201 made of Region and ID")
	assert.Equal(t, "111111111111", done.EndpointServices[0].Account)
	assert.Equal(t, endpoint.PendingAcceptance, done.InterfaceEndpoints[0].State, "F7.201 it waits")
	assert.Equal(t, []string{"nlb-front-a-eni", "nlb-front-b-eni"}, done.LoadBalancers[0].Interfaces)
	again, err := packetwalk.Build(done)
	require.NoError(t, err)
	equal := []cmp.Option{cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}, packet.Service{}), cmpopts.EquateEmpty()}
	assert.Empty(t, cmp.Diff(done, again.Config(), equal...), "completing what is complete changes nothing")

	text, err := json.Marshal(done)
	require.NoError(t, err)
	var back packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Empty(t, cmp.Diff(done, back, equal...), "JSON keeps all")
}

func TestServiceHandleMistakes(t *testing.T) {
	b, other := packetwalk.New(), packetwalk.New()
	v := b.VPC("v", "10.0.0.0/16")
	s := v.Subnet("s", "10.0.1.0/24")
	stranger := other.VPC("w", "10.0.0.0/16").Subnet("x", "10.0.1.0/24").Instance("i")
	nlb := v.NetworkLoadBalancer("nlb", s, nil).TargetPort(1).
		Listen("tcp/1-2").Listen("icmp").Listen("tcp/443", stranger, nil, packetwalk.TargetIP("ten")).Groups(nil)
	svc := nlb.EndpointService("svc").LoadBalancers(nil).Accept("nobody")
	v.ServiceEndpoint("e1", nil, s)
	v.ServiceEndpoint("e2", other.VPC("y", "10.0.0.0/16").NetworkLoadBalancer("l").EndpointService("far"), s)
	v.ServiceEndpoint("e3", svc, s)
	_, err := b.Build()
	for _, want := range []string{
		`load balancer "nlb": Subnets "nil"`, `load balancer "nlb": Listeners "1"`, `load balancer "nlb": Listeners[0] "tcp/1-2"`,
		`load balancer "nlb": Listeners[0] "icmp"`, `load balancer "nlb": Listeners[0].Targets[0] "i"`, `load balancer "nlb": Listeners[0].Targets[1] "nil"`,
		`load balancer "nlb": Listeners[0].Targets[2].Address "ten"`, `load balancer "nlb": Groups "nil"`,
		`endpoint service "svc": LoadBalancers "nil"`, `endpoint service "svc": Accept "nobody"`,
		`interface endpoint "e1": Service "nil"`, `interface endpoint "e2": Service "far"`,
	} {
		assert.ErrorContains(t, err, want)
	}
	assert.ErrorContains(t, err, "mistakes_services_test.go:", "with the caller's line")
	assert.NotContains(t, err.Error(), `"e3"`)
}
