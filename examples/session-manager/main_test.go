package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// What the lesson claims, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	const works, both = "host: Session Manager: works", "host: Session Manager: ssm and ssmmessages are missing"
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "A37 ssm alone", Line: "host: Session Manager: ssmmessages is missing"},
		{Name: "item 174 ssm and ssmmessages", Line: works},
		{Name: "A37 all three", Line: works},
		{Name: "item 174 nobody calls it from outside", Line: "internet -> host tcp/22: request dropped at internet gateway igw: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"},
		{Name: "item 174 nor from inside: no inbound rules", Line: "neighbour -> host tcp/22: request dropped at security group host-sg: SG_HAS_NO_RULES"},
		{Name: "F7.105 nor do the endpoints", Line: "vpce-ssm -> host tcp/22: request dropped at interface endpoint vpce-ssm: VPCE_INTRA_VPC_TRAFFIC"},
		{Name: "A37 item 85 the group is emptied", Line: both},
		{Name: "item 174 outbound 443 to the endpoints", Line: works},
		{Name: "A38 A35 no private DNS, a closed group", Line: both},
		{Name: "item 174 or by a NAT gateway", Line: works},
	})
}

// row is what a check has to say of one service.
type row struct {
	name, aws string
	network   lesson.Network
	private   bool   // what its name leads to
	problem   string // part of it; "": it works
}

// TestRows holds the tables line by line.
func TestRows(t *testing.T) {
	const noRoute, noRules = "NO_ROUTE_TO_DESTINATION", "SG_HAS_NO_RULES"
	all := with("ssm", "ssmmessages", "ec2messages")
	for _, want := range []row{
		{"A37 ssm has its endpoint", "ssm", with("ssm"), true, ""},
		{"A37 ssmmessages resolves publicly, no route", "ssmmessages", with("ssm"), false, noRoute},
		{"item 174 ssmmessages has its endpoint", "ssmmessages", with("ssm", "ssmmessages"), true, ""},
		{"A37 ec2messages has its endpoint", "ec2messages", all, true, ""},
		{"A37 the host's group lets nothing out", "ssm", closed, true, "security group host-sg of host does not let tcp/443 out: " + noRules},
		{"F7.108 private DNS is off", "ssm", plain, false, "endpoint vpce-ssm has private DNS off"},
		{"A35 F7.103 the endpoint's group lets nothing in", "ssmmessages", plain, true, "security group vpce-ssmmessages-sg does not let tcp/443 in: " + noRules},
		{"item 174 by the NAT gateway", "ssmmessages", natted, false, ""},
	} {
		t.Run(want.name, func(t *testing.T) {
			b := packetwalk.New()
			want.network(b)
			n, err := b.Build()
			require.NoError(t, err)
			r, err := n.Check("host", packetwalk.SessionManager)
			require.NoError(t, err)
			for _, got := range r.Rows {
				if got.AWS == want.aws {
					assert.Equal(t, want.problem == "", got.OK(), "%+v", r)
					assert.Equal(t, want.private, got.Address().IsPrivate(), "%+v", r)
					assert.Contains(t, got.Problem, want.problem)
					return
				}
			}
			t.Errorf("no row for %s in %+v", want.aws, r)
		})
	}
}
