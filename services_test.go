package packetwalk_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// servicesNet is a VPC in eu-west-1 with a gateway endpoint for S3 in a private subnet, an interface endpoint
// with private DNS for SQS, and a public subnet.
func servicesNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16").Region("eu-west-1").DNS(true, true)
	igw := v.InternetGateway("igw")
	private, public := v.Subnet("private", "10.0.1.0/24"), v.Subnet("public", "10.0.2.0/24").Route("0.0.0.0/0", igw)
	private.Instance("host")
	public.Instance("web").PublicIP()
	v.RouteTable("private-rtb").Associate(private)
	v.GatewayEndpoint("s3", "com.amazonaws.eu-west-1.s3", private)
	v.InterfaceEndpoint("sqs", "com.amazonaws.eu-west-1.sqs", private).PrivateDNS().Allow("tcp/443", v)
	return b
}

// What a service's name means, as that of the service or as that of its host, and where the packet ends.
func TestProbeServices(t *testing.T) {
	n := mustNetwork(t, servicesNet())
	noRoute := drops(trace.NoRouteToDestination, "private-rtb")
	for _, c := range []struct {
		walkCase
		stage trace.Stage // of the request's last hop, where the connection works
		note  string      // there
	}{
		{walkCase{"A31 S3 of the Region, by the endpoint", "host", "s3.eu-west-1.amazonaws.com", "tcp/443", works}, trace.StageService, ""},
		{walkCase{"A31 S3 of the Region, by the service's name", "host", "com.amazonaws.eu-west-1.s3", "tcp/443", works}, trace.StageService, ""},
		{walkCase{"item 94 a bucket of the Region", "host", "photos.s3.eu-west-1.amazonaws.com", "tcp/443", works}, trace.StageService, ""},
		{walkCase{"A31 S3 of another Region", "host", "s3.us-east-1.amazonaws.com", "tcp/443", noRoute}, 0, ""},
		{walkCase{"item 94 a bucket of another Region", "host", "photos.s3.us-east-1.amazonaws.com", "tcp/443", noRoute}, 0, ""},
		{walkCase{"item 94 a name from before Regions", "host", "photos.s3.amazonaws.com", "tcp/443", noRoute}, 0, ""},
		{walkCase{"F7.003 S3 of another Region goes to the internet", "web", "s3.us-east-1.amazonaws.com", "tcp/443", works}, trace.StageInternet, "S3 of AWS in us-east-1"},
		{walkCase{"F7.002 other tables keep the public path", "web", "com.amazonaws.eu-west-1.s3", "tcp/443", works}, trace.StageInternet, "S3 of AWS in eu-west-1"},
		{walkCase{"item 89 an endpoint for S3 is none for DynamoDB", "host", "com.amazonaws.eu-west-1.dynamodb", "tcp/443", noRoute}, 0, ""},
		{walkCase{"item 89 DynamoDB has an address of its own", "web", "com.amazonaws.eu-west-1.dynamodb", "tcp/443", works}, trace.StageInternet, "DYNAMODB of AWS in eu-west-1"},
		{walkCase{"item 103 SQS by its interface endpoint", "host", "com.amazonaws.eu-west-1.sqs", "tcp/443", works}, trace.StageInterfaceEndpoint, ""},
		{walkCase{"item 103 that serves the whole VPC", "web", "com.amazonaws.eu-west-1.sqs", "tcp/443", works}, trace.StageInterfaceEndpoint, ""},
		{walkCase{"item 103 a service without endpoint", "host", "com.amazonaws.eu-west-1.sns", "tcp/443", noRoute}, 0, ""},
		{walkCase{"F7.003 one that has no ranges of its own", "web", "com.amazonaws.eu-west-1.sns", "tcp/443", works}, trace.StageInternet, "AWS in eu-west-1"},
		{walkCase{"F7.003 one whose names all begin with another label", "web", "com.amazonaws.eu-west-1.ecr.dkr", "tcp/443", works}, trace.StageInternet, "AWS in eu-west-1"},
		{walkCase{"F7.003 a service that is not listed", "web", "com.amazonaws.eu-west-1.new", "tcp/443", works}, trace.StageInternet, "AWS in eu-west-1"},
		{walkCase{"F7.003 what is nobody's is the internet", "web", "internet", "tcp/443", works}, trace.StageInternet, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, c.walkCase)
			if f.OK() {
				last := f.Forward.Hops[len(f.Forward.Hops)-1]
				assert.Equal(t, c.stage, last.Stage, "%+v", f)
				assert.Equal(t, c.note, last.Note, "%+v", f)
			}
		})
	}
}

// The ranges of the Config take the place of those that are built in: where names lead, what routes cover,
// what the last hop says.
func TestIPRangesOfTheConfig(t *testing.T) {
	cfg := servicesNet().Config()
	cfg.IPRanges = []endpoint.IPRange{
		{Prefix: netip.MustParsePrefix("198.18.0.0/16"), Region: "eu-west-1", Service: "S3"},
		{Prefix: netip.MustParsePrefix("198.19.0.0/16"), Region: "eu-west-1", Service: "AMAZON"},
	}
	n := mustNetwork(t, cfg)
	runWalks(t, n, []walkCase{
		{"F7.002 the routes of the gateway endpoint", "host", "198.18.0.9", "tcp/443", works},
		{"F7.014 no more what is built in", "host", s3Here, "tcp/443", drops(trace.NoRouteToDestination, "private-rtb")},
		{"F7.002 where the name leads", "host", "s3.eu-west-1.amazonaws.com", "tcp/443", works},
	})
	f, err := n.Probe("web", "com.amazonaws.eu-west-1.sns", "tcp/443")
	require.NoError(t, err)
	assert.True(t, netip.MustParsePrefix("198.19.0.0/16").Contains(f.Forward.Sent.Dst), "%+v", f)
	assert.Equal(t, "AWS in eu-west-1", f.Forward.Hops[len(f.Forward.Hops)-1].Note)
}

// A VPC may have public addresses for its own (F3.002): the service is called at another one.
func TestServicesAreOutside(t *testing.T) {
	v4, _ := endpoint.PublicAddress("com.amazonaws.eu-west-1.sns", nil)
	own, err := v4.Prefix(28)
	require.NoError(t, err)
	b := servicesNet()
	b.VPC("odd", own.String())
	f, err := mustNetwork(t, b).Probe("web", "com.amazonaws.eu-west-1.sns", "tcp/443")
	require.NoError(t, err)
	assert.False(t, own.Contains(f.Forward.Sent.Dst), "%s in %s", f.Forward.Sent.Dst, own)
	assert.Equal(t, "AWS in eu-west-1", f.Forward.Hops[len(f.Forward.Hops)-1].Note)
}

func TestMistakesInIPRanges(t *testing.T) {
	_, err := packetwalk.Build(packetwalk.Config{
		VPCs: []vpc.VPC{{ID: "app", Blocks: []vpc.Block{{CIDR: netip.MustParsePrefix("10.0.0.0/16")}}}},
		IPRanges: []endpoint.IPRange{
			{Prefix: netip.MustParsePrefix("52.216.0.0/15"), Region: "us-east-1", Service: "S3"},
			{Prefix: netip.MustParsePrefix("52.216.0.1/15"), Region: "us-east-1"},
		},
	})
	require.Error(t, err)
	var fields []string
	for _, one := range err.(interface{ Unwrap() []error }).Unwrap() {
		var e *packetwalk.ConfigError
		require.True(t, errors.As(one, &e), "%v", one)
		assert.Equal(t, packetwalk.KindIPRange, e.Kind)
		assert.Equal(t, "IPRanges[1]", e.ID)
		assert.ErrorIs(t, e, packetwalk.ErrInvalid)
		fields = append(fields, e.Field)
	}
	assert.Equal(t, []string{"Prefix", "Service"}, fields)
}

func TestServicesWithoutPrivateDNS(t *testing.T) {
	for service, want := range map[string]bool{
		"com.amazonaws.eu-west-1.dynamodb":         false,
		"com.amazonaws.eu-west-1.dynamodb-streams": false,
		"com.amazonaws.eu-west-1.kms":              true,
		"com.amazonaws.eu-west-1.new.api":          true,
	} {
		t.Run("F7.108 "+service, func(t *testing.T) {
			cfg := servicesNet().Config()
			cfg.InterfaceEndpoints[0].Service = service
			_, err := cfg.Build()
			if want {
				assert.NoError(t, err)
				return
			}
			var e *packetwalk.ConfigError
			require.ErrorAs(t, err, &e)
			assert.Equal(t, []any{packetwalk.KindInterfaceEndpoint, "sqs", "PrivateDNS"}, []any{e.Kind, e.ID, e.Field})
		})
	}
}
