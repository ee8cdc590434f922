package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/peering"
)

// hostNamesNet has "web" in a VPC with both DNS attributes, a peer "near" of it, and "far", which is no peer.
func hostNamesNet(edit func(app, near *packetwalk.VPCHandle, p *packetwalk.PeeringHandle)) *packetwalk.Builder {
	b := packetwalk.New()
	app, near, far := b.VPC("app", "10.0.0.0/16").DNS(true, true), b.VPC("near", "10.1.0.0/16").DNS(true, true), b.VPC("far", "10.2.0.0/16").DNS(true, true)
	pub := app.Subnet("front", "10.0.1.0/24").Route("0.0.0.0/0", app.InternetGateway("igw"))
	pub.Instance("web").PrivateIP("10.0.1.10").ElasticIP("203.0.113.25")
	pub.Instance("bare").PrivateIP("10.0.1.20")
	near.Subnet("near-front", "10.1.1.0/24").Instance("peer").PrivateIP("10.1.1.10")
	far.Subnet("far-front", "10.2.1.0/24").Instance("stranger").PrivateIP("10.2.1.10")
	p := b.Peer(app, near)
	edit(app, near, p)
	return b
}

const (
	webPublicName  = "ec2-203-0-113-25.compute-1.amazonaws.com"
	webPrivateName = "ip-10-0-1-10.ec2.internal"
)

// TestResolveHostNames: the names that AWS gives to hosts lead inside to the private address, and outside to
// the public one.
func TestResolveHostNames(t *testing.T) {
	n := mustNetwork(t, hostNamesNet(func(_, _ *packetwalk.VPCHandle, _ *packetwalk.PeeringHandle) {}))
	runNames(t, n, []nameCase{
		{"F9.303 the public name, inside its VPC", "bare", webPublicName, "10.0.1.10"},
		{"F9.303 for the host itself", "web", webPublicName, "10.0.1.10"},
		{"F9.303 on the internet", "internet", webPublicName, "203.0.113.25"},
		{"F8.015 item 125 from a peer, by default", "peer", webPublicName, "203.0.113.25"},
		{"F9.303 from another VPC", "stranger", webPublicName, "203.0.113.25"},
		{"F9.303 the name of a host without a public address", "web", "ec2-10-0-1-20.compute-1.amazonaws.com", "NXDOMAIN"},
		{"F9.303 an address that nobody has", "web", "ec2-203-0-113-26.compute-1.amazonaws.com", "NXDOMAIN"},
		{"F9.303 in the domain of another Region", "web", "ec2-203-0-113-25.eu-west-1.compute.amazonaws.com", "NXDOMAIN"},
		{"item 155 the private name, inside its VPC", "bare", webPrivateName, "10.0.1.10"},
		{"the private name is none on the internet", "internet", webPrivateName, "NXDOMAIN"},
		{"the private name is none to a peer", "peer", webPrivateName, "NXDOMAIN"},
		{"an address that nobody has here", "bare", "ip-10-0-1-99.ec2.internal", "NXDOMAIN"},
		{"no address", "bare", "ip-10-0-1.ec2.internal", "NXDOMAIN"},
		{"below a host", "bare", "a.ip-10-0-1-10.ec2.internal", "NXDOMAIN"},
		{"in the domain of another Region, private", "bare", "ip-10-0-1-10.eu-west-1.compute.internal", "NXDOMAIN"},
		{"the domain itself", "bare", "ec2.internal", "NXDOMAIN"},
	})
}

// TestResolveHostNamesOfRegions: the domains are those of the Region.
func TestResolveHostNamesOfRegions(t *testing.T) {
	n := mustNetwork(t, hostNamesNet(func(app, _ *packetwalk.VPCHandle, _ *packetwalk.PeeringHandle) { app.Region("eu-west-1") }))
	runNames(t, n, []nameCase{
		{"F9.303 the public name", "internet", "ec2-203-0-113-25.eu-west-1.compute.amazonaws.com", "203.0.113.25"},
		{"F9.303 not that of us-east-1", "internet", webPublicName, "NXDOMAIN"},
		{"the private name", "bare", "ip-10-0-1-10.eu-west-1.compute.internal", "10.0.1.10"},
		{"not that of us-east-1", "bare", webPrivateName, "NXDOMAIN"},
	})
}

// TestResolveHostNamesNeedAttributes: without both attributes there are no host names (F9.303).
func TestResolveHostNamesNeedAttributes(t *testing.T) {
	n := mustNetwork(t, hostNamesNet(func(app, _ *packetwalk.VPCHandle, _ *packetwalk.PeeringHandle) { app.DNS(true, false) }))
	runNames(t, n, []nameCase{
		{"F9.303 hostnames off: no public name", "internet", webPublicName, "NXDOMAIN"},
		{"F9.303 inside neither", "bare", webPublicName, "NXDOMAIN"},
		{"nor a private one", "bare", webPrivateName, "NXDOMAIN"},
	})
	a, err := n.Resolve("bare", webPrivateName)
	require.NoError(t, err)
	assert.Contains(t, stepsOf(a), "private host name app: "+webPrivateName+" is not there: the VPC has enableDnsHostnames off")
	n = mustNetwork(t, hostNamesNet(func(app, _ *packetwalk.VPCHandle, _ *packetwalk.PeeringHandle) { app.DNS(false, true) }))
	runNames(t, n, []nameCase{
		{"F9.303 support off: no public name", "internet", webPublicName, "NXDOMAIN"},
		{"F9.302 and no resolver inside", "bare", webPublicName, "UNREACHABLE"},
	})
}

// TestResolveOverPeering: items 125 and 157, the peering's DNS option: each owner lets the other side resolve
// the names of his VPC to private addresses (F8.015).
func TestResolveOverPeering(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(app, near *packetwalk.VPCHandle, p *packetwalk.PeeringHandle)
		want string
		why  string // that the last step gives
	}{
		{"item 125 off", func(_, _ *packetwalk.VPCHandle, _ *packetwalk.PeeringHandle) {}, "203.0.113.25", "has no DNS resolution for names of VPC app"},
		{"item 125 on for both", func(_, _ *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) { p.DNSResolution() }, "10.0.1.10", "private by peering connection app-near-pcx"},
		{"item 157 F8.015 on for the side of the name", func(app, _ *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) { p.DNSResolution(app) }, "10.0.1.10", "private by"},
		{"F8.015 on for the other side only", func(_, near *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) { p.DNSResolution(near) }, "203.0.113.25", "no DNS resolution"},
		{"F8.015 the peering is not active", func(_, _ *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) {
			p.DNSResolution().Status(peering.PendingAcceptance)
		}, "203.0.113.25", "is not active"},
		{"F8.015 the asking VPC needs both attributes too", func(_, near *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) {
			near.DNS(true, false)
			p.DNSResolution()
		}, "203.0.113.25", "VPC near has enableDnsHostnames off"},
		{"F8.015 and so does the VPC of the name", func(app, _ *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) {
			app.DNS(true, false)
			p.DNSResolution()
		}, "NXDOMAIN", ""},
		{"F8.015 between Regions too", func(_, near *packetwalk.VPCHandle, p *packetwalk.PeeringHandle) {
			near.Region("eu-west-1")
			p.DNSResolution()
		}, "10.0.1.10", "private by"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, hostNamesNet(c.edit))
			a, err := n.Resolve("peer", webPublicName)
			require.NoError(t, err)
			assert.Equal(t, c.want, said(a), "%+v", a)
			steps := stepsOf(a)
			assert.Contains(t, steps[len(steps)-1], c.why)
			runNames(t, n, []nameCase{{"F8.015 who is no peer is told the public address, if any", "internet", webPublicName, map[bool]string{true: "NXDOMAIN", false: "203.0.113.25"}[c.want == "NXDOMAIN"]}})
		})
	}
}
