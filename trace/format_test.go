package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/trace"
)

func TestTraceOneLine(t *testing.T) {
	odd := blocked()
	odd.Verdict.ID = "db\nsg"
	for _, tt := range []struct {
		name  string
		trace trace.Trace
		want  string
	}{
		{"zero", trace.Trace{}, "not sent"},
		{"delivered", delivered(), "tcp 10.0.1.10:49152 > 10.1.1.10:5432: delivered to db-eni"},
		{"dropped", blocked(), "tcp 10.0.1.10:49152 > 10.1.1.10:22: dropped at db-sg: ENI_SG_RULES_MISMATCH"},
		{"rewritten: as it was sent", translated(), "tcp 10.0.1.10:49152 > 198.51.100.7:443: delivered to the internet"},
		{"an ID of two lines", odd, "tcp 10.0.1.10:49152 > 10.1.1.10:22: dropped at db sg: ENI_SG_RULES_MISMATCH"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, tt.trace.String())
			assert.Equal(t, tt.want, fmt.Sprintf("%v", tt.trace))
			assert.Equal(t, tt.want, fmt.Sprintf("%s", &tt.trace))
		})
	}
}

func TestTraceVerbs(t *testing.T) {
	tr := trace.Trace{}
	assert.Equal(t, "not sent", fmt.Sprintf("%+v", tr), "no hops, no table")
	assert.Equal(t, `"not sent"`, fmt.Sprintf("%q", tr))
	assert.Equal(t, "  not sent", fmt.Sprintf("%10v", tr))
	assert.Equal(t, "%!d(string=not sent)", fmt.Sprintf("%d", tr))
	assert.Contains(t, fmt.Sprintf("%#v", tr), "Hops:[]trace.Hop(nil)")

	full := fmt.Sprintf("%+v", blocked())
	assert.Equal(t, blocked().String()+"\n"+blocked().Table(), full)
	assert.Equal(t, fmt.Sprintf("%+v", struct{ T trace.Trace }{blocked()}), "{T:"+full+"}", "inside a struct, by value")
}

func TestTable(t *testing.T) {
	for _, tt := range []struct {
		name  string
		trace trace.Trace
		want  string
	}{
		{"no hops", trace.Trace{}, ""},
		{"delivered", delivered(), `
 1  network interface       web-eni   out  leaves
 2  security group          web-sg    out  all to 0.0.0.0/0
 3  network ACL             app-acl   out  100 allow all to 0.0.0.0/0
 4  route table             app-rtb        10.1.0.0/16 -> pcx-ab, main route table
 5  VPC peering connection  pcx-ab
 6  network ACL             data-acl  in   100 allow all from 0.0.0.0/0
 7  security group          db-sg     in   tcp/5432 from web-sg (web-eni)
 8  network interface       db-eni    in   arrives`},
		{"dropped: the last line ends with the code", blocked(), `
 1  network interface       web-eni   out  leaves
 2  security group          web-sg    out  all to 0.0.0.0/0
 3  network ACL             app-acl   out  100 allow all to 0.0.0.0/0
 4  route table             app-rtb        10.1.0.0/16 -> pcx-ab, main route table
 5  VPC peering connection  pcx-ab
 6  network ACL             data-acl  in   100 allow all from 0.0.0.0/0
 7  security group          db-sg     in   no rule allows tcp/22: ENI_SG_RULES_MISMATCH`},
		{"more in the way: only what drops is shown", blockedTwice(), `
 1  network interface       web-eni   out  leaves
 2  security group          web-sg    out  all to 0.0.0.0/0
 3  network ACL             app-acl   out  100 allow all to 0.0.0.0/0
 4  route table             app-rtb        10.1.0.0/16 -> pcx-ab, main route table
 5  VPC peering connection  pcx-ab
 6  network ACL             data-acl  in   final * entry: SUBNET_ACL_RESTRICTION
also in the way:
 7  security group          db-sg     in   no rule allows tcp/22: ENI_SG_RULES_MISMATCH`},
		{"rewritten: old and new", translated(), `
 1  route table       private    0.0.0.0/0 -> nat-1
 2  NAT gateway       nat-1      new connection
                                 source 10.0.1.10:49152 -> 10.0.0.5:1024
 3  route table       public     0.0.0.0/0 -> igw-1
 4  internet gateway  igw-1      source 10.0.0.5 -> 52.1.2.3
 5  internet                     arrives`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Empty(t, cmp.Diff(strings.TrimPrefix(tt.want, "\n"), tt.trace.Table()))
		})
	}
}

// A table of AWS's own IDs, long names and many groups keeps to the width of a terminal.
// TestTableAnswer: what was sent back stands under the hops.
func TestTableAnswer(t *testing.T) {
	tr := blocked()
	answer := delivered()
	tr.Answer = &answer
	assert.True(t, strings.HasSuffix(tr.Table(), "\nsent back: "+answer.Sent.String()+": delivered to db-eni"), tr.Table())
}

func TestTableWidth(t *testing.T) {
	tr := trace.Trace{Hops: []trace.Hop{
		{Stage: trace.StageEgressOnlyInternetGateway, ID: "eigw-0123456789abcdef0", Action: trace.Drop, Code: trace.EIGWNoSession},
		{
			Stage:  trace.StageSecurityGroup,
			ID:     "sg-0123456789abcdef0,sg-0123456789abcdef1,sg-0123456789abcdef2",
			Rule:   by("tcp/443 from pl-0123456789abcdef0 \"the partners' networks, reviewed each quarter\""),
			Member: "eni-0123456789abcdef0", Note: "tracked connection",
		},
	}}
	want := `
 1  egress-only internet gateway  eigw-0123456789abcdef0    nothing behind the egress-only internet gateway
                                                              opened this connection: EIGW_NO_SESSION
 2  security group                sg-0123456789abcdef0,     tcp/443 from pl-0123456789abcdef0 "the partners'
                                  sg-0123456789abcdef1,       networks, reviewed each quarter"
                                  sg-0123456789abcdef2        (eni-0123456789abcdef0), tracked connection`
	assert.Empty(t, cmp.Diff(strings.TrimPrefix(want, "\n"), tr.Table()))
	for line := range strings.Lines(tr.Table()) {
		assert.LessOrEqual(t, len(strings.TrimSpace(line)), 110)
	}
}

// Twelve hops: the numbers stay aligned on the right, and so does a name that is no ASCII on its left.
func TestTableAlignment(t *testing.T) {
	var tr trace.Trace
	for i := range 12 {
		tr.Hops = append(tr.Hops, trace.Hop{Stage: trace.StageRouter, ID: []string{"größe", "vpc-1"}[i%2], Note: "x"})
	}
	lines := strings.Split(tr.Table(), "\n")
	assert.Equal(t, " 9  router  größe    x", lines[8])
	assert.Equal(t, "10  router  vpc-1    x", lines[9])
}
