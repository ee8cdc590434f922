package packetwalk_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// endpoints: instance "i" in an isolated subnet of us-east-1 with an interface endpoint "vpce-<service>" for
// each service, and a gateway endpoint for s3; their groups let in HTTPS from the VPC.
func endpoints(services ...string) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.DNS(true, true)
		for _, service := range services {
			full := "com.amazonaws.us-east-1." + service
			if service == "s3" {
				v.GatewayEndpoint("vpce-s3", full, s)
				continue
			}
			v.InterfaceEndpoint("vpce-"+service, full, s).PrivateDNS().Allow("tcp/443", v)
		}
	}
}

// checkCase is a check, what is missing of it, and what the first problem has in it.
type checkCase struct {
	name    string
	given   func(*packetwalk.Builder)
	check   packetwalk.Check
	missing []string
	problem string
}

func runChecks(t *testing.T, cases []checkCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := networkOf(t, c.given).Check("i", c.check)
			require.NoError(t, err)
			var missing []string
			for _, row := range r.Missing() {
				missing = append(missing, row.Need.String())
			}
			assert.Equal(t, c.missing, missing, "%+v", r)
			assert.Equal(t, len(c.missing) == 0, r.OK())
			if len(c.missing) > 0 {
				assert.Contains(t, r.Missing()[0].Problem, c.problem)
			}
		})
	}
}

// TestScenariosOfChecks: what the first look at a time-out does not tell.
func TestScenariosOfChecks(t *testing.T) {
	shut := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.DNS(true, true).InterfaceEndpoint("vpce-ssm", "com.amazonaws.us-east-1.ssm", s).PrivateDNS().Allow("tcp/80", v)
		v.InterfaceEndpoint("vpce-ssmmessages", "com.amazonaws.us-east-1.ssmmessages", s).PrivateDNS().Allow("tcp/443", v)
	}
	emptied := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		s.Instance("web").NoDefaultEgress()
		v.DNS(true, true).InterfaceEndpoint("vpce-ssm", "com.amazonaws.us-east-1.ssm", s).PrivateDNS().Allow("tcp/443", v)
	}
	noHostnames := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.DNS(true, false).InterfaceEndpoint("vpce-ssm", "com.amazonaws.us-east-1.ssm", s).Allow("tcp/443", v)
	}
	otherTable := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.RouteTable("i-rtb").Associate(s)
		v.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", v.Subnet("other", "10.0.9.0/24"))
	}
	natted := func(b *packetwalk.Builder) { natGateway(b) }
	runChecks(t, []checkCase{
		{"item 174 Session Manager by its endpoints", endpoints("ssm", "ssmmessages"), packetwalk.SessionManager, nil, ""},
		{"item 174 or by a NAT gateway", natted, packetwalk.SessionManager, nil, ""},
		{"A37 ssm alone", endpoints("ssm"), packetwalk.SessionManager, []string{"ssmmessages"},
			"ssmmessages.us-east-1.amazonaws.com leads to a public address, and no route of vpc-main-rtb goes there: NO_ROUTE_TO_DESTINATION"},
		{"A35 a private address in the time-out: the endpoint's group", shut, packetwalk.SessionManager, []string{"ssm"},
			"leads to the private address of endpoint vpce-ssm, as it should; security group vpce-ssm-sg does not let tcp/443 in: ENI_SG_RULES_MISMATCH"},
		{"A36 no ecr.api", endpoints("ecr.dkr", "s3"), packetwalk.ECRPull, []string{"ecr.api"}, "api.ecr.us-east-1.amazonaws.com leads to a public address"},
		{"A36 no s3", endpoints("ecr.dkr", "ecr.api"), packetwalk.ECRPull, []string{"s3"}, "want a gateway endpoint for com.amazonaws.us-east-1.s3"},
		{"A36 all three", endpoints("ecr.dkr", "ecr.api", "s3"), packetwalk.ECRPull, nil, ""},
		{"A36 and the logs of a task", endpoints("ecr.dkr", "ecr.api", "s3"), packetwalk.FargateTask, []string{"logs"}, "want an interface endpoint"},
		{"item 111 first the attributes of DNS", noHostnames, packetwalk.SessionManager, []string{"ssm", "ssmmessages"}, "endpoint vpce-ssm has private DNS off"},
		{"item 111 then the tables", otherTable, packetwalk.S3, []string{"s3"}, "no route of i-rtb goes there: NO_ROUTE_TO_DESTINATION; endpoint vpce-s3 is not associated with it"},
		{"an EKS node", endpoints("ec2", "ecr.api", "ecr.dkr", "s3"), packetwalk.EKSNode, nil, ""},
		{"an EKS node without ec2", endpoints("ecr.api", "ecr.dkr", "s3"), packetwalk.EKSNode, []string{"ec2"}, "ec2.us-east-1.amazonaws.com leads"},
		{"CloudWatch Logs", endpoints("logs"), packetwalk.CloudWatchLogs, nil, ""},
		{"S3 by an endpoint", endpoints("s3"), packetwalk.S3, nil, ""},
		{"no internet by endpoints", endpoints("s3", "logs"), packetwalk.PlainInternet, []string{"internet"}, "internet is 203.0.113.10, and no route"},
		{"the internet by a NAT gateway", natted, packetwalk.PlainInternet, nil, ""},
	})
	t.Run("A37 its own group lets nothing out", func(t *testing.T) {
		r, err := networkOf(t, emptied).Check("web", packetwalk.SessionManager)
		require.NoError(t, err)
		require.Len(t, r.Missing(), 2)
		assert.Contains(t, r.Missing()[0].Problem, "security group web-sg of web does not let tcp/443 out: SG_HAS_NO_RULES")
	})
	t.Run("item 174 no inbound rule is needed", func(t *testing.T) {
		n := networkOf(t, endpoints("ssm", "ssmmessages"))
		for _, g := range n.Config().SecurityGroups {
			for _, rule := range g.Rules {
				assert.False(t, g.ID == "i-sg" && rule.Direction.String() == "ingress", "%v", rule)
			}
		}
		r, err := n.Check("i", packetwalk.SessionManager)
		require.NoError(t, err)
		assert.True(t, r.OK())
	})
	t.Run("A33 the group lets out to the endpoint's group alone", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			v, s := isolated(b)
			s.Instance("task").NoDefaultEgress().AllowOut("tcp/443", v.Group("endpoint-sg"))
			v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
		})
		r, err := n.Check("task", packetwalk.S3)
		require.NoError(t, err)
		require.Len(t, r.Missing(), 1)
		assert.Contains(t, r.Missing()[0].Problem, "security group task-sg of task does not let tcp/443 out")
	})
	t.Run("A32 the ACL of the subnet is closed", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			endpoints("s3")(b)
			v := b.VPC("peer", "10.1.0.0/16")
			s := v.Subnet("data", "10.1.0.0/24")
			s.Instance("db")
			v.ACL("data-acl").For(s)
			v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
		})
		r, err := n.Check("db", packetwalk.S3)
		require.NoError(t, err)
		require.Len(t, r.Missing(), 1)
		assert.Contains(t, r.Missing()[0].Problem, "dropped at network ACL data-acl: SUBNET_ACL_RESTRICTION")
	})
}

// A check is of the Region of the VPC, unless it says another, and its names have the account where AWS's
// have one.
// TestCheckOfSeveralGroups: A37, which of several groups should let it out is for the reader to say.
func TestCheckOfSeveralGroups(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.Route("0.0.0.0/0", v.InternetGateway("igw"))
	v.Subnet("front", "10.0.1.0/24").Instance("web").PublicIP()
	cfg := b.Config()
	cfg.SecurityGroups = append(cfg.SecurityGroups, sg.Group{ID: "a", Name: "a", VPC: "app"}, sg.Group{ID: "b", Name: "b", VPC: "app"})
	for i := range cfg.Interfaces {
		cfg.Interfaces[i].Groups = []string{"a", "b"}
	}
	r, err := mustNetwork(t, cfg).Check("web", packetwalk.CloudWatchLogs)
	require.NoError(t, err)
	assert.Contains(t, r.Missing()[0].Problem, "none of the security groups a,b of web lets tcp/443 out: SG_HAS_NO_RULES")
}

func TestCheckNames(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) {
		v, _ := isolated(b)
		v.Region("eu-west-1").Account("111122223333")
	})
	for _, tt := range []struct {
		region string
		want   []string
	}{
		{"", []string{"api.ecr.eu-west-1.amazonaws.com", "111122223333.dkr.ecr.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"}},
		{"us-east-2", []string{"api.ecr.us-east-2.amazonaws.com", "111122223333.dkr.ecr.us-east-2.amazonaws.com", "s3.us-east-2.amazonaws.com"}},
	} {
		c := packetwalk.ECRPull
		c.Region = tt.region
		r, err := n.Check("i", c)
		require.NoError(t, err)
		var names []string
		for _, row := range r.Rows {
			names = append(names, row.Name)
			assert.Equal(t, "tcp/443", row.Service)
		}
		assert.Equal(t, tt.want, names)
	}
}

// A check of one's own, with all that a row may say.
func TestCheckOfOnesOwn(t *testing.T) {
	b := packetwalk.New()
	v, s := isolated(b)
	v.DNS(true, true)
	s.Instance("db").PrivateIP("10.0.0.9").Allow("tcp/5432", v)
	n := mustNetwork(t, b)

	own := packetwalk.Check{Name: "shop"}.With(
		packetwalk.Need{To: "db", Service: "tcp/5432"},
		packetwalk.Need{To: "db", Service: "tcp/22", Optional: true},
		packetwalk.Need{To: "db.corp.example", Service: "tcp/5432"},
		packetwalk.Need{To: "EXAMPLE108C897D9B2F1B21D5EXAMPLE.sk1.us-east-1.eks.amazonaws.com", Optional: true, Why: "the cluster"},
	)
	r, err := n.Check("i", own)
	require.NoError(t, err)
	assert.Equal(t, "i: shop: db.corp.example is missing", r.String())
	assert.Equal(t, `i: shop: db.corp.example is missing

  db               tcp/5432  10.0.0.9  works
  db               tcp/22    10.0.0.9  no
      db is 10.0.0.9; security group db-sg does not let tcp/22 in: ENI_SG_RULES_MISMATCH (optional)
  db.corp.example  tcp/5432  -         no
      db.corp.example leads to no address: NXDOMAIN
  EXAMPLE108C897D9B2F1B21D5EXAMPLE.sk1.us-east-1.eks.amazonaws.com
                   tcp/443   -         no
      EXAMPLE108C897D9B2F1B21D5EXAMPLE.sk1.us-east-1.eks.amazonaws.com leads to no address: NXDOMAIN
      (optional: the cluster)
`, fmt.Sprintf("%+v", r))
	assert.Equal(t, packetwalk.Way{}, r.Rows[0].Flow.Way())
	assert.Equal(t, packetwalk.Report{From: "i", Check: "none"}, must(n.Check("i", packetwalk.Check{Name: "none"})))
	assert.Empty(t, packetwalk.Check{}.Needs, "With leaves the first as it is")
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// With does not write into the check that it comes from: those of the package are everybody's.
func TestCheckWith(t *testing.T) {
	a := packetwalk.SessionManager.With(packetwalk.Need{AWS: "kms"})
	b := packetwalk.SessionManager.With(packetwalk.Need{AWS: "logs"})
	assert.Len(t, packetwalk.SessionManager.Needs, 3)
	assert.Equal(t, "kms", a.Needs[3].AWS)
	assert.Equal(t, "logs", b.Needs[3].AWS)
}

// The table keeps to its width with IDs as AWS has them.
func TestCheckWidth(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) {
		v := b.VPC("vpc-0a1b2c3d4e5f67890", "10.0.0.0/16").DNS(true, true)
		s := v.Subnet("subnet-0a1b2c3d4e5f67890", "10.0.0.0/24")
		s.Instance("i-0a1b2c3d4e5f67890")
		v.InterfaceEndpoint("vpce-0a1b2c3d4e5f67890", "com.amazonaws.us-east-1.elasticloadbalancing", s).PrivateDNS()
	})
	r, err := n.Check("i-0a1b2c3d4e5f67890", packetwalk.EKSNode)
	require.NoError(t, err)
	for line := range strings.Lines(fmt.Sprintf("%+v", r)) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 110, line)
	}
}

// All mistakes of a check come at once; an origin that is none comes first.
func TestCheckMistakes(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) { isolated(b) })
	_, err := n.Check("nobody", packetwalk.S3)
	require.ErrorIs(t, err, packetwalk.ErrNotFound)
	_, err = n.Check("i", packetwalk.Check{Name: "c", Needs: []packetwalk.Need{
		{AWS: "s3", To: "internet"}, {AWS: "a b"}, {To: "i", Service: "https"}, {To: "nobody"}, {},
	}})
	require.Error(t, err)
	for _, want := range []string{
		`check "c" from "i": "s3": invalid: it has To "internet" as well`,
		`"a b": invalid: want the short name of a service`,
		`"i": packet.ParseService("https")`, `"nobody": destination: not found`, `"": invalid: it is empty: want AWS`,
	} {
		assert.ErrorContains(t, err, want)
	}
	assert.Len(t, strings.Split(err.Error(), "\n"), 5)
}

// Nothing of the network is between the internet and AWS's public services (F7.001); and an address that a
// need names is not explained by itself.
func TestCheckFromOutside(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) { isolated(b) })
	for _, from := range []string{"internet", "198.51.100.77"} {
		for _, c := range []packetwalk.Check{packetwalk.S3, packetwalk.SessionManager, packetwalk.ECRPull} {
			r, err := n.Check(from, c)
			require.NoError(t, err)
			assert.True(t, r.OK(), "%+v", r)
		}
	}
	r, err := n.Check("i", packetwalk.Check{Needs: []packetwalk.Need{{To: "10.9.9.9"}}})
	require.NoError(t, err)
	assert.Equal(t, "10.9.9.9 is called, and no route of vpc-main-rtb goes there: NO_ROUTE_TO_DESTINATION", r.Rows[0].Problem)
}

// TestVia: what a request went by, and by what it went out.
func TestVia(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) {
		_, s := natGateway(b)
		b.VPC("other", "10.9.0.0/16")
		s.Instance("db")
	})
	f := probe(t, n, "i", "internet", "tcp/443")
	for id, want := range map[string]bool{"nat": true, "igw": true, "i-eni": true, "priv-rtb": true, "db-eni": false, "vpc": false, "": false} {
		assert.Equal(t, want, f.Via(id), id)
	}
	assert.Equal(t, "NAT gateway nat", f.Way().String())
	inside := probe(t, n, "i", "db", "tcp/443")
	assert.Equal(t, packetwalk.Way{}, inside.Way())
	assert.Empty(t, inside.Way().String())
	bad := networkOf(t, func(b *packetwalk.Builder) {
		v, igw := world(b)
		v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw).Instance("i")
	})
	f = probe(t, bad, "i", "internet", "tcp/443")
	assert.Equal(t, trace.IGWPublicIPAssociationForEgress, f.Verdict().Code)
	assert.True(t, f.Via("igw"))
	assert.Equal(t, packetwalk.Way{}, f.Way(), "it dropped the request")
}
