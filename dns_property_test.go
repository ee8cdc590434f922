package packetwalk_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// TestNamesTellNoSecrets: a name never resolves to an address that who asks could not have been told, by
// whatever name it is and whoever answers; and where there is nobody to ask, there is no answer.
func TestNamesTellNoSecrets(t *testing.T) {
	told := make(map[dns.Authority]int)
	seeds := uint64(250)
	if testing.Short() {
		seeds = 50
	}
	for seed := range seeds {
		n := namedNetwork(t, seed)
		o := teller{n.Config()}
		for _, from := range askersOf(&o.Config) {
			a := o.asker(from)
			for _, name := range namesOf(&o.Config) {
				answer, err := n.Resolve(from, name)
				require.NoError(t, err)
				for _, at := range answer.Addresses {
					assert.True(t, o.could(a, name, at), "seed %d: %s is told %s by %s, and could not be: %+v", seed, from, at, name, answer)
				}
				assert.True(t, a.asks || answer.Outcome == dns.Unreachable, "seed %d: %s has nobody to ask: %+v", seed, from, answer)
				if answer.OK() {
					told[answer.Steps[len(answer.Steps)-1].By]++
				}
			}
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	for by := dns.PrivateZone; by <= dns.DNS64; by++ {
		if by != dns.Resolver {
			assert.Greater(t, told[by], int(seeds)/10, "answers by %s", by)
		}
	}
}

// TestNamesAreHeard: what a teller could say by one name alone, and to one address alone, is said: a record
// of the only zone for its name, to who can ask a resolver that is told of it.
func TestNamesAreHeard(t *testing.T) {
	heard := 0
	for seed := range uint64(100) {
		n := namedNetwork(t, seed)
		o := teller{n.Config()}
		for _, from := range askersOf(&o.Config) {
			for _, z := range o.HostedZones {
				if z.Private || zonesAbove(&o.Config, z.Name) > 1 {
					continue
				}
				for _, r := range z.Records {
					answer, err := n.Resolve(from, r.Name)
					require.NoError(t, err)
					if r.Type == dns.A && r.Alias == "" && answer.Outcome != dns.Unreachable {
						heard++
						assert.Contains(t, answer.Addresses, addr(r.Values[0]), "seed %d: %s asks for %s: %+v", seed, from, r.Name, answer)
					}
				}
			}
		}
	}
	assert.Greater(t, heard, 50)
}

// zonesAbove counts the zones that a name is in.
func zonesAbove(c *packetwalk.Config, name string) (n int) {
	for _, z := range c.HostedZones {
		if dns.Under(name, z.Name) || dns.Under(z.Name, name) {
			n++
		}
	}
	return n
}

// namedNetwork is a generated network with names: attributes, zones, DHCP options, private DNS, DNS
// resolution over peerings, DNS64, and perhaps a zone that fails.
func namedNetwork(t *testing.T, seed uint64) *packetwalk.Network {
	t.Helper()
	plain, err := packetwalk.Build(gen.Small(seed))
	require.NoError(t, err, "seed %d", seed)
	g := naming{rand.New(rand.NewPCG(seed, 17)), plain.Config()}
	g.attributes()
	g.servers()
	for i := range 2 + g.IntN(4) {
		g.zone(i)
	}
	n, err := packetwalk.Build(g.cfg)
	require.NoError(t, err, "seed %d", seed)
	return n
}

// naming is a network that is given names.
type naming struct {
	*rand.Rand
	cfg packetwalk.Config
}

func (g *naming) one(n int) bool { return g.IntN(n) == 0 }

func (g *naming) attributes() {
	hostnames := make(map[string]bool)
	for i := range g.cfg.VPCs {
		v := &g.cfg.VPCs[i]
		v.DNSHostnames = !g.one(4)
		hostnames[v.ID] = v.DNSHostnames && !v.NoDNSSupport
	}
	for i := range g.cfg.InterfaceEndpoints {
		p := &g.cfg.InterfaceEndpoints[i]
		p.PrivateDNS = strings.HasSuffix(p.Service, ".sqs") && hostnames[p.VPC] && !g.one(3)
	}
	for i := range g.cfg.Peerings {
		p := &g.cfg.Peerings[i]
		p.Requester.DNSResolution, p.Accepter.DNSResolution = g.one(2), g.one(2)
	}
	for i := range g.cfg.Subnets {
		s := &g.cfg.Subnets[i]
		s.DNS64 = s.IPv6CIDR.IsValid() && g.one(2)
	}
	if g.one(4) {
		g.cfg.ImpairedZones = []string{g.cfg.Subnets[g.IntN(len(g.cfg.Subnets))].Zone}
	}
}

// servers gives some VPCs DHCP options with DNS servers of one's own, which may be anybody.
func (g *naming) servers() {
	for i := range g.cfg.VPCs {
		if !g.one(3) {
			continue
		}
		set := vpc.DHCPOptions{ID: fmt.Sprintf("dopt-%d", i)}
		for range 1 + g.IntN(2) {
			server := vpc.AmazonProvidedDNS
			if !g.one(3) {
				server = g.address().String()
			}
			if !slices.Contains(set.DomainNameServers, server) {
				set.DomainNameServers = append(set.DomainNameServers, server)
			}
		}
		g.cfg.DHCPOptions = append(g.cfg.DHCPOptions, set)
		g.cfg.VPCs[i].DHCPOptions = set.ID
	}
}

// address is one of an interface, private or public, or one on the internet.
func (g *naming) address() netip.Addr {
	var all []netip.Addr
	for _, e := range g.cfg.Interfaces {
		for _, a := range e.Private {
			all = append(all, a.Private)
			if a.Public.IsValid() {
				all = append(all, a.Public)
			}
		}
	}
	if len(all) == 0 || g.one(4) {
		return netip.MustParseAddr("203.0.113.53")
	}
	return all[g.IntN(len(all))]
}

// zone adds a hosted zone. Most of its addresses are its own, so that who is told of them was told of the
// zone.
func (g *naming) zone(i int) {
	z := dns.Zone{ID: fmt.Sprintf("Z%d", i), Name: []string{"corp", "x.corp", "y.x.corp", "example.com"}[g.IntN(4)], Private: !g.one(3)}
	for _, v := range g.cfg.VPCs {
		if z.Private && g.one(2) && !g.taken(z.Name, v.ID) {
			z.VPCs = append(z.VPCs, v.ID)
		}
	}
	for _, d := range g.cfg.DHCPOptions {
		for _, s := range d.DomainNameServers {
			if s != vpc.AmazonProvidedDNS && g.one(3) && !slices.Contains(z.Servers, addr(s)) {
				z.Servers = append(z.Servers, addr(s))
			}
		}
	}
	for j, label := range []string{"a.", "b.", "*.", "c.x.", "d.", "e."} {
		r := dns.Record{Name: label + z.Name, Type: dns.A, Values: []string{fmt.Sprintf("172.20.%d.%d", i, j)}}
		switch g.IntN(6) {
		case 0:
			r.Type, r.Values = dns.AAAA, []string{fmt.Sprintf("fd00:%d::%d", i+1, j+1)}
		case 1:
			r.Type, r.Values = dns.CNAME, []string{g.name()}
		case 2:
			r.Values, r.Alias = nil, g.name()
		case 3:
			continue
		}
		z.Records = append(z.Records, r)
	}
	g.cfg.HostedZones = append(g.cfg.HostedZones, z)
}

func (g *naming) taken(name, v string) bool {
	return slices.ContainsFunc(g.cfg.HostedZones, func(z dns.Zone) bool { return z.Name == name && slices.Contains(z.VPCs, v) })
}

// name is any that there may be.
func (g *naming) name() string {
	all := append(namesOf(&g.cfg), "a.corp", "b.x.corp", "a.example.com")
	return all[g.IntN(len(all))]
}

// namesOf are the names that a network has to do with, and a few that it has not.
func namesOf(c *packetwalk.Config) []string {
	names := []string{"sqs.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com", "www.nobody.example", "any.corp", "z.y.x.corp", "corp"}
	for _, z := range c.HostedZones {
		for _, r := range z.Records {
			names = append(names, r.Name)
		}
	}
	for _, e := range c.Interfaces {
		for _, a := range e.Private {
			names = append(names, "ip-"+dashes(a.Private)+".ec2.internal")
			if a.Public.IsValid() {
				names = append(names, "ec2-"+dashes(a.Public)+".compute-1.amazonaws.com")
			}
		}
	}
	for _, p := range c.InterfaceEndpoints {
		names = append(names, p.ID+".sqs.us-east-1.vpce.amazonaws.com", p.ID+"-us-east-1a.sqs.us-east-1.vpce.amazonaws.com")
	}
	return names
}

// askersOf are the instances that have an interface, and the internet.
func askersOf(c *packetwalk.Config) []string {
	list := []string{packetwalk.Internet}
	for _, i := range c.Instances {
		if slices.ContainsFunc(c.Interfaces, func(e subnet.Interface) bool { return e.Attachment.Instance == i.ID && e.Attachment.DeviceIndex == 0 }) {
			list = append(list, i.ID)
		}
	}
	return list
}
