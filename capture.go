package packetwalk

import (
	"cmp"
	"slices"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/capture"
	"github.com/packetwalk/packetwalk/trace"
)

// FlowLogLimits bound what a [Session] gathers for flow logs. The zero FlowLogLimits are the defaults.
type FlowLogLimits struct {
	// Flows is how many flows a flow log records of one interface in one interval; what is beyond is one
	// SKIPDATA record (F1.652, F1.653). Where AWS has its bound it does not say. 0 and below count as
	// 100,000.
	Flows int
	// Silence is for how long after its last packet an interface has a NODATA record for each interval
	// (F1.651). AWS knows no end of it. 0 counts as a day; below zero there are no such records.
	Silence time.Duration
}

func (l FlowLogLimits) flows() int {
	if l.Flows <= 0 {
		return 100_000
	}
	return l.Flows
}

func (l FlowLogLimits) silence() int64 {
	return int64(cmp.Or(l.Silence, 24*time.Hour) / time.Second)
}

// LimitFlowLogs sets the limits for what is gathered from now on: for the number of flows, at interfaces that
// had no traffic yet.
func (s *Session) LimitFlowLogs(l FlowLogLimits) { s.gathered.limits = l }

// gathering is what the flow logs of a session saw, and nobody collected yet. The zero gathering is ready.
type gathering struct {
	limits FlowLogLimits
	at     map[string][]*viewer // by network interface or regional NAT gateway; those that had traffic
	gone   []*viewer            // of flow logs that are gone, with records left to collect
	unseen trace.Trace          // of packets whose trace nobody asked for
}

// viewer is a flow log at an interface.
type viewer struct {
	of       *flowlog.FlowLog
	eni, nat string // one of them
	region   string
	log      *capture.Log
}

// observe shows a packet to the flow logs that watch the interfaces on its way, and what was sent back for
// it.
func (s *Session) observe(t *trace.Trace) {
	if len(s.network.index.flowLogs) == 0 {
		return
	}
	now := s.Now().Unix()
	for i := range t.Crossings {
		c := &t.Crossings[i]
		flow := capture.FlowOf(c)
		for _, v := range s.viewers(c) {
			v.see(s.network, t, c, flow, now)
		}
	}
	if t.Answer != nil {
		s.observe(t.Answer)
	}
}

// observeFlow shows all packets of a connection: the lookup of the name, the request and the reply.
func (s *Session) observeFlow(f *Flow) {
	if len(s.network.index.flowLogs) == 0 {
		return
	}
	for _, lookup := range f.lookups() {
		s.observeFlow(&lookup)
	}
	s.observe(&f.Forward)
	s.observe(&f.Return)
}

// see gathers one packet.
func (v *viewer) see(n *Network, t *trace.Trace, c *trace.Crossing, flow capture.Flow, now int64) {
	action := flowlog.Reject
	if c.Accepted {
		action = flowlog.Accept
	}
	keeps := v.of.Keeps(action)
	switch {
	case keeps && v.log.Add(flow, &c.Packet, now):
		return
	case !keeps:
		if v.log.Touch(now); v.log.Known() {
			return
		}
	}
	r := n.record(t, c, watch{owner: v.of.Account, tags: v.of.TagFields, packets: 1, start: now, end: now})
	if keeps {
		v.log.Begin(flow, &r, now)
	} else {
		v.log.About(&r)
	}
}

// viewers are the flow logs that watch where a packet crosses; each begins with the first packet there
// (F1.019).
func (s *Session) viewers(c *trace.Crossing) []*viewer {
	id := cmp.Or(c.Interface, c.Resource)
	list, known := s.gathered.at[id]
	if known {
		return list
	}
	if s.gathered.at == nil {
		s.gathered.at = make(map[string][]*viewer)
	}
	for _, l := range s.network.flowLogsAt(id) {
		list = append(list, s.newViewer(l, id))
	}
	s.gathered.at[id] = list
	return list
}

func (s *Session) newViewer(l *flowlog.FlowLog, id string) *viewer {
	x := s.network.index
	v := &viewer{of: l, log: capture.New(l.Interval(x.ofInstance(id)), s.gathered.limits.flows())}
	vpc := ""
	if e := x.interfaces[id]; e != nil {
		v.eni, vpc = id, x.vpcOf(e)
	} else {
		v.nat, vpc = id, x.nats[id].VPC
	}
	v.region = x.vpcs[vpc].Region
	return v
}

// flowLogsAt lists the flow logs that watch a network interface or a regional NAT gateway: its own, those of
// its subnet, and those of its VPC (F1.015). That a VPC's watch its regional NAT gateways, which have no
// interface, is assumed.
func (n *Network) flowLogsAt(id string) []*flowlog.FlowLog {
	x := n.index
	if g := x.nats[id]; g != nil && g.IsRegional() {
		return slices.Concat(x.flowLogs[id], x.flowLogs[g.VPC])
	}
	e := x.interfaces[id]
	if e == nil {
		return nil
	}
	return slices.Concat(x.flowLogs[id], x.flowLogs[e.Subnet], x.flowLogs[x.vpcOf(e)])
}

// ofInstance reports whether a network interface is attached to an instance.
func (x *index) ofInstance(id string) bool {
	e := x.interfaces[id]
	return e != nil && e.Attachment.Instance != ""
}
