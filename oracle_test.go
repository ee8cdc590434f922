package packetwalk_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/shareddata"
	"github.com/packetwalk/packetwalk/load/ec2json"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// TestOracle compares the walk with an independent analyser of AWS configurations, flow by flow: delivered
// or not, where it stopped and why, which ACL entries it met, and how its addresses were rewritten.
func TestOracle(t *testing.T) {
	compareWithOracle(t, "core", func(packetwalk.Config, []ec2json.Warning) bool { return true })
}

// compareWithOracle wants at least 99 % agreement over all the networks of a set that are to be compared.
func compareWithOracle(t *testing.T, set string, wanted func(packetwalk.Config, []ec2json.Warning) bool) {
	nets, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "oracle", set), "*"))
	require.NoError(t, err)
	total, agreed := 0, 0
	for _, dir := range nets {
		cfg, warnings, err := ec2json.Load(os.DirFS(dir))
		require.NoError(t, err, dir)
		if !wanted(cfg, warnings) {
			continue
		}
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err, dir)
		for i, c := range oracleCases(t, dir) {
			total++
			if diff := c.compare(n); diff == "" {
				agreed++
			} else {
				t.Logf("%s:%d: %s -> %s %d: %s", filepath.Base(dir), i+1, c.From, c.Dst, c.Proto, diff)
			}
		}
	}
	require.NotZero(t, total)
	t.Logf("%d of %d flows agree", agreed, total)
	if agreed*100 < total*99 {
		t.Errorf("%d of %d flows agree: want at least 99 %%", agreed, total)
	}
}

type oracleCase struct {
	From         string      `json:"from"`
	Src, Dst     netip.Addr  `json:",omitzero"`
	Proto        uint8       `json:"proto"`
	Sport, Dport uint16      `json:",omitzero"`
	ICMP         [2]uint8    `json:"icmp"`
	NoReply      bool        `json:"no_reply"`
	Forward      *oracleSide `json:"forward"`
	Return       *oracleSide `json:"return"`
}

type oracleSide struct {
	Delivered bool
	At, Why   string
	ENI       string
	NACL      []string
	SrcAfter  string `json:"src_after"`
	DstAfter  string `json:"dst_after"`
}

func oracleCases(t *testing.T, dir string) []oracleCase {
	f, err := os.Open(filepath.Join(dir, "cases.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	var cases []oracleCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c oracleCase
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		cases = append(cases, c)
	}
	require.NoError(t, lines.Err())
	return cases
}

// compare walks the flow and says how it differs, or nothing.
func (c oracleCase) compare(n *packetwalk.Network) string {
	p := packet.Packet{Src: c.Src, Dst: c.Dst, Protocol: packet.Protocol(c.Proto)}
	switch {
	case p.Protocol.IsICMP():
		p.ICMPType, p.ICMPCode = c.ICMP[0], c.ICMP[1]
	case p.Protocol.HasPorts():
		p.SrcPort, p.DstPort = c.Sport, c.Dport
	}
	if p.Protocol == packet.TCP {
		p.Flags = packet.SYN
	}
	f, err := n.Connect(c.From, p)
	if err != nil {
		return err.Error()
	}
	if diff := c.Forward.compare(n, f.Forward); diff != "" {
		return "request: " + diff + "\n" + f.Forward.Table()
	}
	if (c.Return == nil) != (f.Return.Verdict.Outcome == trace.NotSent) {
		return fmt.Sprintf("reply: theirs %v, ours %v", c.Return, f.Return.Verdict)
	}
	if c.Return == nil {
		return ""
	}
	if diff := c.Return.compare(n, f.Return); diff != "" {
		return "reply: " + diff + "\n" + f.Return.Table()
	}
	return ""
}

// oracleCodes are the codes that stand for each of the analyser's reasons.
var oracleCodes = map[string][]trace.Code{
	"sg-egress":          {trace.ENISGRulesMismatch, trace.SGHasNoRules},
	"sg-ingress":         {trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.SGReferencesNotPreserved},
	"nacl-egress":        {trace.SubnetACLRestriction},
	"nacl-ingress":       {trace.SubnetACLRestriction},
	"source-check":       {trace.ENISourceDestCheckRestriction},
	"no-route":           {trace.NoRouteToDestination},
	"blackhole":          {trace.BadStateRoute},
	"no-such-host":       {trace.NoSuchHost},
	"no-such-public-ip":  {trace.IGWPrivateIPAssociationForIngress},
	"igw-no-public-ip":   {trace.IGWPublicIPAssociationForEgress},
	"isp-private":        {trace.IGWDestinationAddressNotInRFC1918Egress, trace.UnroutedAddress},
	"nat-no-session":     {trace.NATNoSession},
	"nat-protocol":       {trace.ProtocolRestriction},
	"nat-own-subnet":     {trace.RoutingLoop},
	"peering-no-transit": {trace.PCXRequiresAddressInVPCCIDR},
	"reply-mangled":      {trace.ReplyAddressMismatch, trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.NATNoSession},
	"wrong-host":         {trace.ReplyDeliveredElsewhere},
}

func (s *oracleSide) compare(n *packetwalk.Network, t trace.Trace) string {
	if s.routeFirst(t) {
		return ""
	}
	reason, acl, _ := strings.Cut(s.Why, ":")
	last := t.Hops[len(t.Hops)-1]
	met := aclsOf(t)
	if (reason == "no-route" || reason == "blackhole") && len(met) > len(s.NACL) {
		met = met[:len(met)-1] // the analyser looks at the table before it asks the ACL; AWS asks the ACL first (F6.017)
	}
	switch {
	case s.Delivered != t.Delivered():
		return fmt.Sprintf("theirs delivered %v (%s at %s), ours %v", s.Delivered, s.Why, s.At, t.Verdict)
	case !s.Delivered && !slices.Contains(oracleCodes[reason], t.Verdict.Code):
		return fmt.Sprintf("theirs %s at %s, ours %v", s.Why, s.At, t.Verdict)
	case acl != "" && acl != t.Verdict.ID:
		return fmt.Sprintf("theirs at ACL %s, ours %v", acl, t.Verdict)
	case s.ENI != "" && s.ENI != last.Interface:
		return fmt.Sprintf("theirs at interface %s, ours at %s", s.ENI, last.Interface)
	case acl == "" && !s.at(n, last):
		return fmt.Sprintf("theirs at %s, ours %+v", s.At, t.Verdict)
	case !slices.Equal(s.NACL, met):
		return fmt.Sprintf("theirs met %v, ours %v", s.NACL, met)
	case !rewritten(s.SrcAfter, t, func(p packet.Packet) netip.Addr { return p.Src }):
		return fmt.Sprintf("theirs became source %s, ours %s", s.SrcAfter, t.Last.Src)
	case !rewritten(s.DstAfter, t, func(p packet.Packet) netip.Addr { return p.Dst }):
		return fmt.Sprintf("theirs became destination %s, ours %s", s.DstAfter, t.Last.Dst)
	}
	return ""
}

// routeFirst reports whether the analyser found no way at the table before it asked the ACL, where AWS asks the
// ACL first (F6.017) and the table stands in the way as well.
func (s *oracleSide) routeFirst(t trace.Trace) bool {
	if s.Why != "no-route" && s.Why != "blackhole" || t.Verdict.Code != trace.SubnetACLRestriction {
		return false
	}
	last := t.Hops[len(t.Hops)-1]
	return last.Subnet == s.At && slices.ContainsFunc(t.Beyond, func(h trace.Hop) bool {
		return h.Subnet == s.At && slices.Contains(oracleCodes[s.Why], h.Code)
	})
}

// at reports whether the walk ended at the analyser's node.
func (s *oracleSide) at(n *packetwalk.Network, last trace.Hop) bool {
	switch {
	case s.At == "internet" || s.At == "isp" || s.At == "aws-services":
		return last.Stage == trace.StageInternet || last.Stage == trace.StageInternetGateway
	case strings.HasPrefix(s.At, "vpce-"):
		return last.Stage == trace.StageService || last.Stage == trace.StageInterfaceEndpoint
	case strings.HasPrefix(s.At, "i-") && last.Stage == trace.StageRouter:
		return s.Why == "no-such-host" // a neighbour that nobody is: the analyser stops at the sender
	case strings.HasPrefix(s.At, "i-"):
		return slices.ContainsFunc(n.Config().Interfaces, func(e subnet.Interface) bool {
			return e.ID == last.Interface && e.Attachment.Instance == s.At
		})
	}
	return s.At == last.ID || s.At == last.Subnet || s.At == last.VPC
}

// aclsOf lists the ACL entries that a packet met, as the analyser prints them.
func aclsOf(t trace.Trace) []string {
	var met []string
	for _, h := range t.Hops {
		if h.Stage != trace.StageNetworkACL {
			continue
		}
		rule, action := "*", "deny"
		if e, ok := h.Rule.(*nacl.Entry); ok && e != nil {
			rule, action = fmt.Sprint(e.Number), e.Action.String()
		}
		met = append(met, strings.Join([]string{h.ID, h.Direction.String(), rule, action}, ":"))
	}
	return met
}

// rewritten reports whether an address ended as the analyser says; it says nothing where nothing was rewritten.
func rewritten(after string, t trace.Trace, of func(packet.Packet) netip.Addr) bool {
	if after == "" {
		return of(t.Sent) == of(t.Last) || !t.Delivered()
	}
	want, _, _ := strings.Cut(after, ":")
	return of(t.Last).String() == want || !t.Delivered()
}
