package packetwalk

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/trace"
)

// keepsFlowLogs reports each flow log of n that differs from the one of its ID in the session's network: none
// can be changed (F1.016).
func (s *Session) keepsFlowLogs(n *Network) error {
	var errs []error
	for i := range n.config.FlowLogs {
		l := &n.config.FlowLogs[i]
		if was := flowLogNamed(&s.network.config, l.ID); was != nil {
			if field := changed(was, l); field != "" {
				errs = append(errs, &ConfigError{Kind: KindFlowLog, ID: l.ID, Field: field, Err: fmt.Errorf(
					"%w: a flow log can't be changed: want it deleted, and a new one with an ID of its own", ErrInvalid)})
			}
		}
	}
	return errors.Join(errs...)
}

func flowLogNamed(c *Config, id string) *flowlog.FlowLog {
	for i := range c.FlowLogs {
		if c.FlowLogs[i].ID == id {
			return &c.FlowLogs[i]
		}
	}
	return nil
}

// changed names the first field in which a flow log is another one. A name, tags, and whether records get
// through are no part of what it is.
func changed(a, b *flowlog.FlowLog) string {
	switch {
	case a.Resource != b.Resource:
		return "Resource"
	case a.TrafficType != b.TrafficType:
		return "TrafficType"
	case a.MaxAggregationInterval != b.MaxAggregationInterval:
		return "MaxAggregationInterval"
	case !slices.Equal(a.Format, b.Format):
		return "Format"
	case a.TagFields != b.TagFields:
		return "TagFields"
	case a.Destination != b.Destination:
		return "Destination"
	case a.Account != b.Account:
		return "Account"
	}
	return ""
}

// moveFlowLogs lets the flow logs of the session's network, which is a new one, watch on. One that is gone,
// or whose interface is, ends: what it saw is delivered, and nothing more.
func (s *Session) moveFlowLogs() {
	g, now := &s.gathered, s.Now().Unix()
	for _, id := range slices.Sorted(maps.Keys(g.at)) {
		before := g.at[id]
		delete(g.at, id)
		for _, l := range s.network.flowLogsAt(id) {
			interval := l.Interval(s.network.index.ofInstance(id))
			at := slices.IndexFunc(before, func(v *viewer) bool { return v.of.ID == l.ID && v.log.Interval() == interval })
			if at < 0 {
				g.at[id] = append(g.at[id], s.newViewer(l, id))
				continue
			}
			v := before[at]
			v.move(s.network, l)
			g.at[id], before = append(g.at[id], v), slices.Delete(before, at, at+1)
		}
		for _, v := range before {
			if v.log.Stop(now); !v.log.Empty() {
				g.gone = append(g.gone, v)
			}
		}
	}
}

// move lets a viewer watch on in another network: what is written of intervals without traffic tells of the
// interface as it is now (F1.654), or as it was for a regional NAT gateway that is not available any more and
// has none to tell of.
func (v *viewer) move(n *Network, l *flowlog.FlowLog) {
	v.of = l
	if v.log.Known() && n.observers[v.eni+v.nat] != nil {
		here := trace.Crossing{Interface: v.eni, Resource: v.nat}
		r := n.record(&trace.Trace{}, &here, watch{owner: l.Account, tags: l.TagFields})
		v.log.About(&r)
	}
}
