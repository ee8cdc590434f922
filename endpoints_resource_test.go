package packetwalk_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/trace"
)

const databaseConfiguration = "rcfg-0123456789abcdef0"

// sharedResources has "host", and in the zones a and b of its VPC a resource endpoint "db" and a tunnel
// endpoint "tunnel", which let everything in.
func sharedResources() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	hosts := v.Subnet("hosts", "10.0.1.0/24").Zone("us-east-1a")
	hosts.Instance("host").Allow("all", packetwalk.Anywhere)
	far := v.Subnet("far", "10.0.2.0/24").Zone("us-east-1b")
	v.ResourceEndpoint("db", databaseConfiguration, hosts, far).Allow("all", packetwalk.Anywhere).ResourceZones("us-east-1b", "us-east-1c")
	v.TunnelEndpoint("tunnel", "rcfg-0123456789abcdef1", far).Allow("all", packetwalk.Anywhere).ResourceZones("us-east-1b")
	return b
}

// TestResourceEndpoints: a resource endpoint and a tunnel endpoint are interfaces that take what they are
// for.
func TestResourceEndpoints(t *testing.T) {
	n := mustNetwork(t, sharedResources())
	runWalks(t, n, []walkCase{
		{"F7.208 TCP", "host", "db", "tcp/5432", works},
		{"F7.208 TCP only", "host", "db", "udp/5432", drops(trace.ProtocolRestriction, "db")},
		{"F7.208 no ping", "host", "db", "icmp/echo-request", drops(trace.ProtocolRestriction, "db")},
		{"F7.209 GENEVE", "host", "tunnel", "udp/6081", works},
		{"F7.209 not what is not inside of it", "host", "tunnel", "tcp/5432", drops(trace.ProtocolRestriction, "tunnel")},
		{"F7.209 nor UDP to another port", "host", "tunnel", "udp/53", drops(trace.ProtocolRestriction, "tunnel")},
		{"F7.208 its side opens no connection", "db", "host", "tcp/22", drops(trace.VPCEIntraVPCTraffic, "db")},
		{"F7.209 nor does that of a tunnel", "tunnel", "host", "udp/6081", drops(trace.VPCEIntraVPCTraffic, "tunnel")},
	})
	t.Run("F7.208 it has an interface in each subnet, and the groups filter there", func(t *testing.T) {
		assert.Equal(t, []string{"db-sg"}, endpointENI(t, n, "db-far-eni").Groups)
		cfg := n.Config()
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "db-sg" {
				g.Rules = nil
			}
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{"", "host", "db", "tcp/5432", drops(trace.SGHasNoRules, "db-sg")})
	})
	t.Run("F7.111 one that waits for its owner carries nothing", func(t *testing.T) {
		b := sharedResources()
		cfg := b.Config()
		cfg.InterfaceEndpoints[0].State = endpoint.PendingAcceptance
		checkWalk(t, mustNetwork(t, cfg), walkCase{"", "host", "db", "tcp/5432", drops(trace.BadState, "db")})
	})
}

// TestResourceEndpointZones: F7.208, at least one zone in common with the resource gateway.
func TestResourceEndpointZones(t *testing.T) {
	zones := func(list ...string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.InterfaceEndpoints[0].ResourceZones = list }
	}
	runMistakes(t, sharedResources, []mistakeCase{
		{"F7.208 no zone in common", zones("us-east-1c", "us-east-1d"), "db", "Subnets", packetwalk.ErrInvalid},
		{"F7.209 nor with a tunnel", func(c *packetwalk.Config) { c.InterfaceEndpoints[1].ResourceZones = []string{"us-east-1a"} }, "tunnel", "Subnets", packetwalk.ErrInvalid},
		{"F7.208 a service is no resource", func(c *packetwalk.Config) { c.InterfaceEndpoints[0].Service = sqsService }, "db", "Service", packetwalk.ErrInvalid},
	})
	for name, edit := range map[string]func(*packetwalk.Config){
		"F7.208 one is enough":        zones("us-east-1a"),
		"F7.208 zones not known":      zones(),
		"F7.208 one that was deleted": func(c *packetwalk.Config) { zones("us-east-1d")(c); c.InterfaceEndpoints[0].State = endpoint.Deleted },
	} {
		t.Run(name, func(t *testing.T) {
			cfg := sharedResources().Config()
			edit(&cfg)
			mustNetwork(t, cfg)
		})
	}
}

// TestResourceEndpointKept: a Config keeps what it says of such an endpoint, in JSON and as a copy.
func TestResourceEndpointKept(t *testing.T) {
	cfg := mustNetwork(t, sharedResources()).Config()
	text, err := json.Marshal(cfg.InterfaceEndpoints)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"Type":"Resource"`)
	var back []endpoint.Interface
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, cfg.InterfaceEndpoints, back)

	n := mustNetwork(t, cfg)
	cfg.InterfaceEndpoints[0].ResourceZones[0] = "elsewhere"
	assert.Equal(t, "us-east-1b", n.Config().InterfaceEndpoints[0].ResourceZones[0])
}

// TestResourceEndpointNames: the names that AWS gave a resource endpoint lead to it; nothing makes others.
func TestResourceEndpointNames(t *testing.T) {
	const regional = "vpce-1-snra-2.rcfg-3.4232ccc.vpc-lattice-rsc.us-east-1.on.aws"
	cfg := sharedResources().Config()
	cfg.InterfaceEndpoints[0].DNSNames = []string{regional}
	n := mustNetwork(t, cfg)
	a, err := n.Resolve("host", regional)
	require.NoError(t, err)
	assert.Len(t, a.Addresses, 2, "F7.107 one in each subnet: %v", a)
	f, err := n.Probe("host", regional, "tcp/5432")
	require.NoError(t, err)
	assert.True(t, f.OK(), "F7.208\n%v", f)
}

// TestResourceEndpointQuota: F7.114, the quota of 50 is of interface and Gateway Load Balancer endpoints.
func TestResourceEndpointQuota(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	for i := range 51 {
		v.ResourceEndpoint(fmt.Sprintf("db%d", i), databaseConfiguration, s)
	}
	for _, w := range mustNetwork(t, b).Warnings() {
		assert.NotContains(t, w.String(), "quota", "F7.114")
	}
}
