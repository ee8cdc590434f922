package trace_test

import (
	"encoding/json"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// broken is a rule whose text cannot be had.
type broken struct{}

func (*broken) String() string { panic("no text") }

// What a hop's row says, after its stage.
func TestDecision(t *testing.T) {
	ping := packet.Packet{Src: toSSH.Src, Dst: toSSH.Dst, Protocol: packet.ICMP, ICMPType: 8}
	esp := packet.Packet{Src: toSSH.Src, Dst: toSSH.Dst, Protocol: packet.ESP}
	back := toSSH
	back.Dst, back.Src = netip.MustParseAddr("2001:db8::2"), netip.MustParseAddr("2001:db8::1")
	moved := back
	moved.Dst, moved.DstPort = netip.MustParseAddr("2001:db8::3"), 8080

	sg, acl, rtb := trace.StageSecurityGroup, trace.StageNetworkACL, trace.StageRouteTable
	for _, tt := range []struct {
		name string
		hop  trace.Hop
		want string
	}{
		{"no rule, tcp", trace.Hop{Stage: sg, Action: trace.Drop, Code: trace.ENISGRulesMismatch, Before: toSSH}, "no rule allows tcp/22: ENI_SG_RULES_MISMATCH"},
		{"no rule, icmp", trace.Hop{Stage: sg, Action: trace.Drop, Code: trace.ENISGRulesMismatch, Before: ping}, "no rule allows icmp/echo-request: ENI_SG_RULES_MISMATCH"},
		{"no rule, no ports", trace.Hop{Stage: sg, Action: trace.Drop, Code: trace.ENISGRulesMismatch, Before: esp}, "no rule allows esp: ENI_SG_RULES_MISMATCH"},
		{"no rule, no packet", trace.Hop{Stage: sg, Action: trace.Drop, Code: trace.ENISGRulesMismatch}, "no rule allows this: ENI_SG_RULES_MISMATCH"},
		{"no rule, with a note", trace.Hop{Stage: sg, Action: trace.Drop, Code: trace.ENISGRulesMismatch, Before: toSSH, Note: "not tracked"}, "no rule allows tcp/22, not tracked: ENI_SG_RULES_MISMATCH"},
		{"groups without rules", trace.Hop{Stage: sg, Action: trace.Drop, Code: trace.SGHasNoRules}, "the security groups have no rules: SG_HAS_NO_RULES"},
		{"F6.003 the final entry denies", trace.Hop{Stage: acl, Action: trace.Drop, Code: trace.SubnetACLRestriction}, "final * entry: SUBNET_ACL_RESTRICTION"},
		{"a nil pointer is no rule", trace.Hop{Stage: acl, Action: trace.Drop, Code: trace.SubnetACLRestriction, Rule: (*rule)(nil)}, "final * entry: SUBNET_ACL_RESTRICTION"},
		{"an entry denies", trace.Hop{Stage: acl, Action: trace.Drop, Code: trace.SubnetACLRestriction, Rule: by("90 deny tcp/22 from 0.0.0.0/0")}, "90 deny tcp/22 from 0.0.0.0/0: SUBNET_ACL_RESTRICTION"},
		{"no route", trace.Hop{Stage: rtb, Action: trace.Drop, Code: trace.NoRouteToDestination, Before: toSSH}, "no route to 10.1.1.10: NO_ROUTE_TO_DESTINATION"},
		{"a blackhole", trace.Hop{Stage: rtb, Action: trace.Drop, Code: trace.BadStateRoute, Rule: by("10.1.0.0/16 -> pcx-ab (blackhole)")}, "10.1.0.0/16 -> pcx-ab (blackhole): BAD_STATE_ROUTE"},
		{"a note explains the drop", trace.Hop{Stage: trace.StageNATGateway, Action: trace.Drop, Code: trace.BadState, Note: "state deleted"}, "state deleted: BAD_STATE"},
		{"else the code's meaning does", trace.Hop{Stage: trace.StageRouter, Action: trace.Drop, Code: trace.NoSuchHost}, "no network interface of the VPC has this address: NO_SUCH_HOST"},
		{"a drop without a code", trace.Hop{Stage: trace.StageRouter, Action: trace.Drop}, "dropped"},
		{"a tracked connection", trace.Hop{Stage: sg, Note: "tracked connection"}, "tracked connection"},
		{"arrives", trace.Hop{Stage: trace.StageService, Action: trace.Arrive, Note: "Amazon DNS server"}, "arrives, Amazon DNS server"},
		{"a text of two lines", trace.Hop{Stage: sg, Rule: by("tcp/22\nfrom all")}, "tcp/22 from all"},
		{"a rule without a text", trace.Hop{Stage: sg, Rule: new(broken)}, "%!v(PANIC=String method: no text)"},
		{"one address rewritten", trace.Hop{Stage: trace.StageRouter, Before: toSSH, After: toPostgres}, "destination 10.1.1.10:22 -> 10.1.1.10:5432"},
		{"IPv6 with ports", trace.Hop{Stage: trace.StageRouter, Before: back, After: moved}, "destination [2001:db8::2]:22 -> [2001:db8::3]:8080"},
		{"a header known on one side only", trace.Hop{Stage: trace.StageRouter, Before: toSSH}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			table := trace.Trace{Hops: []trace.Hop{tt.hop}}.Table()
			_, row, _ := strings.Cut(table, tt.hop.Stage.String())
			assert.Equal(t, tt.want, strings.TrimSpace(row))
		})
	}
}

// Numbers that are no stage, action, direction or code are shown as such.
func TestTableOutOfRange(t *testing.T) {
	tr := trace.Trace{
		Verdict: trace.Verdict{Outcome: 200, Code: 201, Stage: 202},
		Hops:    []trace.Hop{{Stage: 203, Direction: 204, Action: 205, Code: 206}, {Action: trace.Drop, Code: 207}},
		Beyond:  []trace.Hop{{}, {Action: trace.Drop, Stage: 208, Lost: []trace.Lost{{}}}},
	}
	assert.Equal(t, "Outcome(200) at the Stage(202): Code(201)", tr.String())
	assert.Equal(t, strings.Join([]string{
		" 1  Stage(203)",
		" 2                  unknown code: Code(207)",
		"also in the way:",
		" 4  Stage(208)      dropped",
	}, "\n"), tr.Table())
}

// Whatever a network's data holds, each hop is a row of its own and no line breaks inside a cell.
func FuzzTable(f *testing.F) {
	f.Add(uint8(2), uint8(1), uint8(1), uint8(18), "sg-1,sg-2", "tcp/22 from all", "web-eni", "tracked connection")
	f.Add(uint8(99), uint8(99), uint8(99), uint8(255), "a\nb", "\x00\xff", "\u2028", "\r")
	f.Fuzz(func(t *testing.T, stage, direction, action, code uint8, id, text, member, note string) {
		hop := trace.Hop{
			Stage: trace.Stage(stage), Direction: packet.Direction(direction), ID: id,
			Action: trace.Action(action), Code: trace.Code(code), Rule: by(text), Member: member, Note: note,
		}
		tr := trace.Trace{Hops: []trace.Hop{hop, hop}}
		lines := strings.Split(tr.Table(), "\n")
		require.Zero(t, len(lines)%2, "the same hop twice is the same rows twice")
		second := lines[len(lines)/2:]
		assert.Equal(t, strings.TrimPrefix(lines[0], " 1"), strings.TrimPrefix(second[0], " 2"))
		assert.Equal(t, lines[1:len(lines)/2], second[1:])
		for _, line := range lines {
			assert.Equal(t, strings.TrimRight(line, " "), line)
		}
		_, err := json.Marshal(tr)
		valid := stage < 15 && direction < 3 && action < 3 && int(code) <= len(trace.Codes())
		assert.Equal(t, valid, err == nil, "%v", err)
	})
}

func TestDrops(t *testing.T) {
	for _, tt := range []struct {
		name  string
		trace trace.Trace
		want  []string
	}{
		{"zero", trace.Trace{}, nil},
		{"delivered", delivered(), nil},
		{"dropped", blocked(), []string{"db-sg"}},
		{"in walking order, beyond as well", blockedTwice(), []string{"data-acl", "db-sg"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, hop := range tt.trace.Drops() {
				got = append(got, hop.ID)
			}
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.trace.Verdict.Outcome == trace.Delivered, tt.trace.Delivered())
		})
	}
}
