package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

// echoReply is the type of the answer to a ping.
var echoReply = map[packet.Protocol]uint8{packet.ICMP: packet.ICMPEchoReply, packet.ICMPv6: packet.ICMPv6EchoReply}

// lintReplies finds ACLs that let requests by and not the replies to them (F6.006, A14, A15, A16, item 73).
// With an ACL that serves no subnet nobody speaks.
func (l *linter) lintReplies() {
	served := make(map[*nacl.ACL][]*walk.Subnet)
	for i := range l.Subnets {
		s := l.resolver.subnets[l.Subnets[i].ID]
		served[s.ACL] = append(served[s.ACL], s)
	}
	strict := l.lowPortClients()
	for i := range l.NetworkACLs {
		a := &l.NetworkACLs[i]
		r := replyLint{linter: l, acl: a, subnets: served[a], lowPorts: strict}
		r.sort()
		r.chooseFarEnds()
		for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
			for _, p := range []packet.Protocol{packet.TCP, packet.UDP, packet.ICMP, packet.ICMPv6} {
				r.lint(d, p)
			}
		}
	}
}

// lowPortClients are the interfaces that may ask VPC addresses from any port above 1023 (F6.006). A public
// NAT gateway asks the internet.
func (l *linter) lowPortClients() (list []*walk.Interface) {
	for i := range l.Interfaces {
		e := &l.Interfaces[i]
		switch e.Kind {
		case subnet.Lambda, subnet.LoadBalancer, subnet.NetworkLoadBalancer, subnet.NATGateway:
			list = append(list, l.resolver.ifaces[e.ID])
		}
	}
	return list
}

// replyLint looks at one ACL.
type replyLint struct {
	*linter
	acl      *nacl.ACL
	subnets  []*walk.Subnet // that it serves
	lowPorts []*walk.Interface
	in, out  []*nacl.Entry // in the order in which they are read
	ends     []farEnd
}

// sort files the entries by direction, in the order of their numbers.
func (r *replyLint) sort() {
	for i := range r.acl.Entries {
		switch e := &r.acl.Entries[i]; e.Direction {
		case packet.Ingress:
			r.in = append(r.in, e)
		case packet.Egress:
			r.out = append(r.out, e)
		}
	}
	byNumber := func(a, b *nacl.Entry) int { return a.Number - b.Number }
	slices.SortStableFunc(r.in, byNumber)
	slices.SortStableFunc(r.out, byNumber)
}

// lint looks at the requests in a direction, and warns once of all that it finds for a protocol.
func (r *replyLint) lint(d packet.Direction, p packet.Protocol) {
	var numbers []string
	var first *nacl.Entry
	var missing []packet.PortRange
	var leaks []leak
	for _, e := range r.read(d) {
		ask, ok := request(e, p)
		if !ok {
			continue
		}
		if leaks == nil {
			if leaks = r.leaks(d, ask); len(leaks) == 0 {
				return
			}
		}
		lost, drops := r.drops(d, e, ask, leaks)
		if !drops {
			continue
		}
		if numbers = append(numbers, fmt.Sprint(e.Number)); first == nil {
			first, missing = e, lost
		}
	}
	if first != nil {
		r.warnOf(d, p, first, numbers, missing)
	}
}

// leak is a far end to which replies are lost: on these ports, or pings' on none.
type leak struct {
	farEnd
	lost []packet.PortRange
}

// leaks are the far ends that may ask, or be asked, in a direction, and whose replies are lost.
func (r *replyLint) leaks(d packet.Direction, ask packet.Packet) []leak {
	list := []leak{}
	for _, end := range r.ends {
		if d == packet.Ingress && !end.inside && !end.open {
			continue
		}
		if ask.Protocol.IsICMP() {
			if r.echoDenied(d, between(d, ask, end.addr)) {
				list = append(list, leak{end, nil})
			}
		} else if lost := r.lost(d, ask.Protocol, end.addr); len(lost) > 0 {
			list = append(list, leak{end, lost})
		}
	}
	return list
}

// between gives a request its far end. The near one is not looked at by an ACL (F6.007).
func between(d packet.Direction, ask packet.Packet, far netip.Addr) packet.Packet {
	if d == packet.Ingress {
		ask.Src = far
	} else {
		ask.Dst = far
	}
	return ask
}

// warnOf words the warning: which entries, what is missing, for whom.
func (r *replyLint) warnOf(d packet.Direction, p packet.Protocol, first *nacl.Entry, numbers []string, lost []packet.PortRange) {
	let, way, at := "in", "outbound", "to"
	if d == packet.Egress {
		let, way, at = "out", "inbound", "from"
	}
	by := "entry " + numbers[0] + " lets"
	if len(numbers) > 1 {
		by = "entries " + strings.Join(numbers, ", ") + " let"
	}
	field := entryField(r.acl, first)
	if p.IsICMP() {
		r.warn(ACLDropsReplies, KindNetworkACL, r.acl.ID, field, "%s pings %s, and no %s entry lets the replies by: allow %s %s %s",
			by, let, way, packet.ICMPType(p, echoReply[p]), at, first.CIDR)
		return
	}
	var missing []string
	for _, ports := range lost {
		missing = append(missing, packet.Ports(p, ports).String())
	}
	r.warn(ACLDropsReplies, KindNetworkACL, r.acl.ID, field,
		"%s %s requests %s, and no %s entry lets all replies to the clients' ports by: allow %s %s %s (%s)",
		by, p, let, way, strings.Join(missing, " and "), at, first.CIDR, whoUsesWhich)
}

// read are the entries of a direction.
func (r *replyLint) read(d packet.Direction) []*nacl.Entry {
	if d == packet.Ingress {
		return r.in
	}
	return r.out
}

// drops reports whether somebody can ask by e and the replies are lost, on which ports.
func (r *replyLint) drops(d packet.Direction, e *nacl.Entry, ask packet.Packet, leaks []leak) (lost []packet.PortRange, yes bool) {
	for _, k := range leaks {
		if !e.CIDR.Contains(k.addr) || ask.Protocol.HasPorts() && !r.matters(d, e, k) {
			continue
		}
		if by, _ := r.acl.Eval(d, between(d, ask, k.addr)); by == e {
			return k.lost, true
		}
	}
	return nil, false
}

// request makes a packet that e is to let by: to port 443 where e has it, else to its first. An entry for
// replies has none: one from port 1024 on that holds all that Linux and Windows share. All traffic counts as
// TCP alone.
func request(e *nacl.Entry, p packet.Protocol) (packet.Packet, bool) {
	ask := packet.Packet{Protocol: p, DstPort: 443}
	proto, ok := e.Service.Protocol()
	switch {
	case e.Action != nacl.Allow:
		return ask, false
	case !ok:
		return ask, p == packet.TCP && e.Service.IsAll()
	case proto != p:
		return ask, false
	case p.IsICMP():
		ask.ICMPType = p.EchoRequest()
		return ask, e.Service.Matches(ask) && e.CIDR.Addr().Is4() == (p == packet.ICMP)
	}
	ports, ok := e.Service.PortRange()
	if !ports.Contains(ask.DstPort) {
		ask.DstPort = ports.First
	}
	shared := packet.PortRange{First: windowsEphemeral.First, Last: linuxEphemeral.Last}
	forReplies := ports.First >= ephemeral.First && within(ports, shared)
	return ask, ok && !forReplies
}

// lost are the ports of clients to which no entry lets replies by. Ports that a deny entry singles out are
// not missing, somebody meant them; one that denies all ports to everybody is like the last one of every ACL.
func (r *replyLint) lost(request packet.Direction, p packet.Protocol, far netip.Addr) []packet.PortRange {
	left := []packet.PortRange{ephemeral}
	for _, e := range r.read(request.Opposite()) {
		ports, ok := portsOf(e.Service, p)
		if !ok || !e.CIDR.Contains(far) {
			continue
		}
		if e.Action == nacl.Deny && e.CIDR.Bits() == 0 && within(ports, ephemeral) {
			break
		}
		if left = without(left, ports); len(left) == 0 {
			return nil
		}
	}
	return left
}

// echoDenied is lost for a ping.
func (r *replyLint) echoDenied(d packet.Direction, ask packet.Packet) bool {
	answer, _ := ask.Reply()
	by, ok := r.acl.Eval(d.Opposite(), answer)
	return !ok && (by == nil || by.CIDR.Bits() == 0)
}

// matters reports whether somebody who can ask by e waits for a reply on the lost ports: a client that uses
// all from 1024, or a host, be it Linux or Windows. Which of the two the hosts are is not known, so one of
// them is enough.
func (r *replyLint) matters(d packet.Direction, e *nacl.Entry, k leak) bool {
	switch {
	case meets(k.lost, linuxEphemeral) && meets(k.lost, windowsEphemeral):
		return true
	case d == packet.Ingress:
		return k.open || slices.ContainsFunc(r.lowPorts, func(c *walk.Interface) bool {
			return asksInside(c) && e.CIDR.Contains(c.Data.Address(e.CIDR.Addr().Is6()))
		})
	}
	return slices.ContainsFunc(r.lowPorts, func(c *walk.Interface) bool {
		return slices.Contains(r.subnets, c.Subnet) && (asksInside(c) || !k.inside)
	})
}

// asksInside reports whether a client with low ports asks addresses of VPCs: all but a public NAT gateway.
func asksInside(c *walk.Interface) bool { return c.NAT == nil || c.NAT.Connectivity == gateway.Private }
