package packetwalk_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// oracleSide is what the analyser says of one direction of a flow.
type oracleSide struct {
	Delivered bool
	At, Why   string
	ENI       string
	NACL      []string
	SrcAfter  string `json:"src_after"`
	DstAfter  string `json:"dst_after"`
}

// oracleCodes are the codes that stand for each of the analyser's reasons.
var oracleCodes = map[string][]trace.Code{
	"sg-egress":         {trace.ENISGRulesMismatch, trace.SGHasNoRules},
	"sg-ingress":        {trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.SGReferencesNotPreserved},
	"nacl-egress":       {trace.SubnetACLRestriction},
	"nacl-ingress":      {trace.SubnetACLRestriction},
	"source-check":      {trace.ENISourceDestCheckRestriction},
	"no-route":          {trace.NoRouteToDestination},
	"blackhole":         {trace.BadStateRoute},
	"no-such-host":      {trace.NoSuchHost},
	"no-such-public-ip": {trace.IGWPrivateIPAssociationForIngress},
	"igw-no-public-ip":  {trace.IGWPublicIPAssociationForEgress},
	// A private destination: what leaves is dropped at the gateway (F4.006), what the internet sends for one
	// never meets it (F4.005).
	"isp-private": {
		trace.IGWDestinationAddressNotInRFC1918Egress, trace.IGWDestinationAddressNotInRFC6598Egress, trace.UnroutedAddress,
		trace.IGWPrivateIPAssociationForIngress,
	},
	"nat-no-session":     {trace.NATNoSession},
	"nat-protocol":       {trace.ProtocolRestriction},
	"nat-own-subnet":     {trace.RoutingLoop},
	"peering-no-transit": {trace.PCXRequiresAddressInVPCCIDR},
	"reply-mangled":      {trace.ReplyAddressMismatch, trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.NATNoSession},
	"wrong-host":         {trace.ReplyDeliveredElsewhere},
}

// compare says how the walk differs, or nothing.
func (s *oracleSide) compare(n *packetwalk.Network, t trace.Trace) string {
	return s.compareMet(n, t, aclsOf(t))
}

// compareMet is compare for a packet that met these ACL entries.
func (s *oracleSide) compareMet(n *packetwalk.Network, t trace.Trace, met []string) string {
	if s.routeFirst(t) {
		return ""
	}
	reason, acl, _ := strings.Cut(s.Why, ":")
	last := t.Hops[len(t.Hops)-1]
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
	case acl == "" && !s.at(n, t):
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

// routeFirst reports whether the analyser found no way at the table before it asked the ACL, where AWS asks
// the ACL first (F6.017) and the table stands in the way as well.
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
func (s *oracleSide) at(n *packetwalk.Network, t trace.Trace) bool {
	last := t.Hops[len(t.Hops)-1]
	switch {
	case t.Verdict.Code == trace.ReplyAddressMismatch: // the caller finds out; the analyser names who changed it
		return s.At == last.Interface || at(t, trace.StageNATGateway, s.At)
	case s.At == "internet" || s.At == "isp" || s.At == "aws-services":
		return last.Stage == trace.StageInternet || last.Stage == trace.StageInternetGateway
	case strings.HasPrefix(s.At, "vpce-"):
		return last.Stage == trace.StageService || last.Stage == trace.StageInterfaceEndpoint
	case strings.HasPrefix(s.At, "eni-"):
		return last.Interface == s.At
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
		if h.Stage == trace.StageNetworkACL {
			e, _ := h.Rule.(*nacl.Entry)
			met = append(met, aclMet(h, e))
		}
	}
	return met
}

// aclMet is what decided at an ACL, as the analyser prints it; no entry is the final "*".
func aclMet(h trace.Hop, e *nacl.Entry) string {
	rule, action := "*", "deny"
	if e != nil {
		rule, action = fmt.Sprint(e.Number), e.Action.String()
	}
	return strings.Join([]string{h.ID, h.Direction.String(), rule, action}, ":")
}

// rewritten reports whether an address ended as the analyser says; it says nothing where nothing was
// rewritten.
func rewritten(after string, t trace.Trace, of func(packet.Packet) netip.Addr) bool {
	if after == "" {
		return of(t.Sent) == of(t.Last) || !t.Delivered()
	}
	want, _, _ := strings.Cut(after, ":")
	return of(t.Last).String() == want || !t.Delivered()
}
